import type { DatasetId, MemberId, RunId } from "@symbolon/base/id";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import type { SealedResult } from "@symbolon/governance/sealed-result";
import type { SqlRow, SqlValue } from "./sqlite.js";
import type {
  ChunkAt,
  DatasetRow,
  DeletionReason,
  DeletionRow,
  OfferRow,
  RunGrant,
  RunRow,
  RunStats,
  StoredRunState,
} from "./store.js";

/** Rows of the database as the values that they stand for. They were written by this program. */

const json = <T>(value: SqlValue): T => JSON.parse(value as string) as T;
const optional = <T>(value: SqlValue): T | undefined =>
  value === null ? undefined : json<T>(value);

/** A blob. The driver gives a buffer for one row, and the memory under it for several. */
export function bytes(row: SqlRow | undefined, name: string): Uint8Array | undefined {
  const value: unknown = row?.[name];
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return value instanceof Uint8Array ? value : undefined;
}

export const datasetRow = (row: SqlRow): DatasetRow => ({
  dataset: row.dataset as DatasetId,
  root: row.root as Hash,
  provider: row.provider as MemberId,
  epoch: row.epoch as number,
  manifest: json<Envelope>(row.manifest),
  state: row.state as DatasetRow["state"],
  inputCheck: row.input_check as DatasetRow["inputCheck"],
  inputRules: row.input_rules === null ? undefined : (row.input_rules as Hash),
  receipt: optional<Envelope>(row.receipt),
  since: row.since as number,
});

export const deletionRow = (row: SqlRow): DeletionRow => ({
  root: row.root as Hash,
  dataset: row.dataset as DatasetId,
  provider: row.provider as MemberId,
  reason: row.reason as DeletionReason,
  since: row.since as number,
  tombstone: optional<Envelope>(row.tombstone),
});

export const offerRow = (row: SqlRow): OfferRow => ({
  hash: row.hash as Hash,
  provider: row.provider as MemberId,
  dataset: row.dataset as DatasetId,
  envelope: json<Envelope>(row.envelope),
});

export const chunkAt = (row: SqlRow): ChunkAt => ({
  root: row.root as Hash,
  table: row.table_name as string,
  column: row.column_name as string,
  chunk: row.chunk as number,
});

export const runRow = (row: SqlRow): RunRow => ({
  run: row.run as RunId,
  request: json<Envelope>(row.request),
  asker: row.asker as MemberId,
  state: row.state as StoredRunState,
  attempt: row.attempt as number,
  grant: optional<RunGrant>(row.grant_json),
  isSettled: row.is_settled === 1,
  stats: optional<RunStats>(row.stats),
  reason: row.reason === null ? undefined : (row.reason as string),
  result: optional<SealedResult>(row.result),
  since: row.since as number,
});
