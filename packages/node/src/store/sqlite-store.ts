import { assert } from "@symbolon/base/assert";
import type { DatasetId, MemberId, RunId } from "@symbolon/base/id";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import type { Instant } from "@symbolon/governance/instant";
import { bytes, chunkAt, datasetRow, deletionRow, offerRow, runRow } from "./rows.js";
import type { Sqlite, SqlValue } from "./sqlite.js";
import type {
  ChunkAt,
  DatasetRow,
  DeletionReason,
  DeletionRow,
  NewDataset,
  OfferRow,
  RunChange,
  RunRow,
  Store,
  StoredRunState,
  Withdrawn,
} from "./store.js";

const AT = "root = ? AND table_name = ? AND column_name = ?";
const OVER = "('done', 'aborted', 'refused')";
const STATES: readonly StoredRunState[] = [
  "waiting",
  "running",
  "interrupted",
  "finishing",
  "done",
  "aborted",
  "refused",
];

const placeOf = (at: ChunkAt) => [at.root, at.table, at.column, at.chunk] as const;
const text = (value: unknown): string | null =>
  value === undefined ? null : JSON.stringify(value);

/** The store in one SQLite file. */
export class SqliteStore implements Store {
  readonly #db: Sqlite;
  constructor(db: Sqlite) {
    this.#db = db;
  }

  dataset(id: DatasetId): DatasetRow | undefined {
    const row = this.#db.get("SELECT * FROM datasets WHERE dataset = ?", id);
    return row && datasetRow(row);
  }

  datasetByRoot(root: Hash): DatasetRow | undefined {
    const row = this.#db.get("SELECT * FROM datasets WHERE root = ?", root);
    return row && datasetRow(row);
  }

  datasets(): readonly DatasetRow[] {
    return this.#db.all("SELECT * FROM datasets ORDER BY dataset").map(datasetRow);
  }

  datasetCount(provider: MemberId): number {
    const sql = "SELECT count(*) AS count FROM datasets WHERE provider = ?";
    return this.#db.get(sql, provider)?.count as number;
  }

  putDataset(row: NewDataset, offer: OfferRow): void {
    const { dataset, root, provider, epoch, manifest, since } = row;
    this.#db.atomically(() => {
      this.#db.run(
        `INSERT INTO datasets (dataset, root, provider, epoch, manifest, since, state, input_check)
         VALUES (?, ?, ?, ?, ?, ?, 'uploading', 'pending')`,
        ...[dataset, root, provider, epoch, JSON.stringify(manifest), since],
      );
      this.#putOffer(offer);
    });
  }

  beginDeletion(
    { root, dataset, provider }: DatasetRow,
    reason: DeletionReason,
    since: number,
  ): void {
    const sql = "INSERT OR IGNORE INTO deletions VALUES (?, ?, ?, ?, ?, NULL)";
    this.#db.run(sql, root, dataset, provider, reason, since);
  }

  deleteDataset(root: Hash): void {
    this.#db.atomically(() => {
      for (const table of ["sealed_chunks", "parts", "datasets"])
        this.#db.run(`DELETE FROM ${table} WHERE root = ?`, root);
    });
    this.#db.forget();
  }

  finishDeletion(root: Hash, tombstone: Envelope): void {
    const sql = "UPDATE deletions SET tombstone = ? WHERE root = ?";
    this.#db.run(sql, JSON.stringify(tombstone), root);
  }

  deletion(root: Hash): DeletionRow | undefined {
    const row = this.#db.get("SELECT * FROM deletions WHERE root = ?", root);
    return row && deletionRow(row);
  }

  deletionsOf(dataset: DatasetId): readonly DeletionRow[] {
    const sql = "SELECT * FROM deletions WHERE dataset = ? ORDER BY since, root";
    return this.#db.all(sql, dataset).map(deletionRow);
  }

  pendingDeletions(): readonly DeletionRow[] {
    const sql = "SELECT * FROM deletions WHERE tombstone IS NULL ORDER BY since, root";
    return this.#db.all(sql).map(deletionRow);
  }

  putWithdrawal(
    { provider, dataset, issuedAt }: Withdrawn,
    envelope: Envelope,
    offers: readonly Hash[],
  ): void {
    this.#db.atomically(() => {
      const sql = "INSERT OR REPLACE INTO withdrawals VALUES (?, ?, ?, ?)";
      this.#db.run(sql, dataset, provider, issuedAt, JSON.stringify(envelope));
      for (const offer of offers)
        this.#db.run("UPDATE offers SET is_withdrawn = 1 WHERE hash = ?", offer);
    });
  }

  withdrawnAt(provider: MemberId, dataset: DatasetId): Instant | undefined {
    const sql = "SELECT issued_at FROM withdrawals WHERE dataset = ? AND provider = ?";
    return this.#db.get(sql, dataset, provider)?.issued_at as Instant | undefined;
  }

  completeDataset(root: Hash, receipt: Envelope): void {
    this.#db.atomically(() => {
      const sql = "UPDATE datasets SET state = 'complete', receipt = ? WHERE root = ?";
      this.#db.run(sql, JSON.stringify(receipt), root);
      this.#db.run("DELETE FROM sealed_chunks WHERE root = ?", root);
    });
  }

  setInputCheck(root: Hash, verdict: "passed" | "failed", rules: Hash): void {
    const sql = "UPDATE datasets SET input_check = ?, input_rules = ? WHERE root = ?";
    this.#db.run(sql, verdict, rules, root);
  }

  putSealedChunk(at: ChunkAt, data: Uint8Array): void {
    const sql = "INSERT OR REPLACE INTO sealed_chunks VALUES (?, ?, ?, ?, ?)";
    this.#db.run(sql, ...placeOf(at), data);
  }

  sealedChunk(at: ChunkAt): Uint8Array | undefined {
    const sql = `SELECT bytes FROM sealed_chunks WHERE ${AT} AND chunk = ?`;
    return bytes(this.#db.get(sql, ...placeOf(at)), "bytes");
  }

  sealedChunks(root: Hash): readonly ChunkAt[] {
    const sql = "SELECT root, table_name, column_name, chunk FROM sealed_chunks WHERE root = ?";
    return this.#db.all(sql, root).map(chunkAt);
  }

  putPart(at: ChunkAt, data: Uint8Array): void {
    const sql = "INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?)";
    this.#db.run(sql, ...placeOf(at), data);
  }

  part(at: ChunkAt): Uint8Array | undefined {
    const sql = `SELECT bytes FROM parts WHERE ${AT} AND chunk = ?`;
    return bytes(this.#db.get(sql, ...placeOf(at)), "bytes");
  }

  putOffer(row: OfferRow): void {
    this.#putOffer(row);
  }

  offers(datasets: readonly DatasetId[]): readonly OfferRow[] {
    const sql = "SELECT * FROM offers WHERE dataset = ? AND NOT is_withdrawn ORDER BY hash";
    return datasets.flatMap((dataset) => this.#db.all(sql, dataset).map(offerRow));
  }

  putRun(row: Omit<RunRow, "isSettled" | "stats" | "result">): void {
    const { run, request, asker, state, attempt, grant, reason, since } = row;
    this.#db.atomically(() => {
      this.#db.run(
        `INSERT INTO runs (run, request, asker, state, attempt, grant_json, reason, since)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[
          run,
          JSON.stringify(request),
          asker,
          state,
          attempt,
          text(grant),
          reason ?? null,
          since,
        ],
      );
      if (grant === undefined) return;
      const { ours, theirs } = grant.request;
      for (const { root } of [ours, ...theirs])
        this.#db.run("INSERT INTO run_datasets VALUES (?, ?)", run, root);
      for (const offer of grant.offers)
        this.#db.run("INSERT INTO run_offers VALUES (?, ?)", run, offer);
      this.#db.run("INSERT INTO answered VALUES (?, ?)", grant.answerKey, run);
    });
  }

  run(id: RunId): RunRow | undefined {
    const row = this.#db.get("SELECT * FROM runs WHERE run = ?", id);
    return row && runRow(row);
  }

  unfinishedRuns(): readonly RunRow[] {
    const sql = `SELECT * FROM runs WHERE state NOT IN ${OVER} ORDER BY since, run`;
    return this.#db.all(sql).map(runRow);
  }

  runCounts(): Readonly<Record<StoredRunState, number>> {
    const counts = Object.fromEntries(STATES.map((state) => [state, 0]));
    for (const row of this.#db.all("SELECT state, count(*) AS count FROM runs GROUP BY state"))
      counts[row.state as string] = row.count as number;
    return counts as Record<StoredRunState, number>;
  }

  changeRun(id: RunId, change: RunChange): void {
    const set: [string, SqlValue][] = [];
    if ("state" in change) set.push(["state", change.state as string]);
    if ("attempt" in change) set.push(["attempt", change.attempt as number]);
    if ("stats" in change) set.push(["stats", text(change.stats)]);
    if ("reason" in change) set.push(["reason", change.reason ?? null]);
    if ("result" in change) set.push(["result", text(change.result)]);
    if ("isSettled" in change) set.push(["is_settled", change.isSettled ? 1 : 0]);
    assert(set.length > 0, "a change changes something");
    const columns = set.map(([column]) => `${column} = ?`).join(", ");
    this.#db.run(`UPDATE runs SET ${columns} WHERE run = ?`, ...set.map(([, value]) => value), id);
  }

  refuseRun(id: RunId, reason: string): void {
    this.#db.atomically(() => {
      this.changeRun(id, { state: "refused", reason, result: undefined });
      for (const table of ["run_datasets", "run_offers", "answered"])
        this.#db.run(`DELETE FROM ${table} WHERE run = ?`, id);
    });
  }

  abortRun(id: RunId, reason: string): void {
    this.changeRun(id, { state: "aborted", reason, result: undefined });
  }

  runsUsed(offers: readonly Hash[]): ReadonlyMap<Hash, number> {
    const sql = "SELECT count(*) AS count FROM run_offers WHERE offer = ?";
    return new Map(offers.map((offer) => [offer, this.#db.get(sql, offer)?.count as number]));
  }

  isAnswered(answerKey: string): boolean {
    return this.#db.get("SELECT 1 FROM answered WHERE answer_key = ?", answerKey) !== undefined;
  }

  deleteRuns(before: number): void {
    const old = `SELECT run FROM runs WHERE state IN ${OVER} AND since < ?`;
    if (this.#db.get(`${old} LIMIT 1`, before) === undefined) return;
    this.#db.atomically(() => {
      this.#db.run(`DELETE FROM run_datasets WHERE run IN (${old})`, before);
      this.#db.run(`DELETE FROM runs WHERE state IN ${OVER} AND since < ?`, before);
    });
    this.#db.forget();
  }

  isInUse(root: Hash): boolean {
    const sql = `SELECT 1 FROM run_datasets JOIN runs USING (run)
      WHERE root = ? AND state NOT IN ${OVER} LIMIT 1`;
    return this.#db.get(sql, root) !== undefined;
  }

  close(): void {
    this.#db.close();
  }

  #putOffer({ hash, provider, dataset, envelope }: OfferRow): void {
    const sql = "INSERT OR IGNORE INTO offers VALUES (?, ?, ?, ?, 0)";
    this.#db.run(sql, hash, provider, dataset, JSON.stringify(envelope));
  }
}
