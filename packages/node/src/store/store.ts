import type { DatasetId, MemberId, RunId } from "@symbolon/base/id";
import type { RunReply } from "@symbolon/governance/api";
import type { Grant } from "@symbolon/governance/decide";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import type { Instant } from "@symbolon/governance/instant";
import type { SealedResult } from "@symbolon/governance/sealed-result";

/** A dataset as its provider committed to it. `root` is the hash of its manifest. */
export interface DatasetRow {
  readonly dataset: DatasetId;
  readonly root: Hash;
  readonly provider: MemberId;
  readonly epoch: number;
  readonly manifest: Envelope;
  readonly state: "uploading" | "complete";
  readonly inputCheck: "pending" | "passed" | "failed";
  /** Hash of the rules that the verdict is by (`QueryRules.inputRules`). */
  readonly inputRules: Hash | undefined;
  readonly receipt: Envelope | undefined;
  /** When its manifest came, in milliseconds since 1970. */
  readonly since: number;
}

/** Why a dataset goes. */
export type DeletionReason = "withdrawn" | "expired" | "replaced";

/** A version of a dataset that is to go or is gone. Its root never comes back. */
export interface DeletionRow {
  readonly root: Hash;
  readonly dataset: DatasetId;
  readonly provider: MemberId;
  readonly reason: DeletionReason;
  /** When it was decided, in milliseconds since 1970. */
  readonly since: number;
  /** This node's word that it is done. */
  readonly tombstone: Envelope | undefined;
}

/** What is known of a dataset before any part of it. */
export type NewDataset = Omit<DatasetRow, "state" | "inputCheck" | "inputRules" | "receipt">;

/** Whose dataset was taken back when. */
export interface Withdrawn {
  readonly provider: MemberId;
  readonly dataset: DatasetId;
  readonly issuedAt: Instant;
}

export interface OfferRow {
  readonly hash: Hash;
  readonly provider: MemberId;
  readonly dataset: DatasetId;
  readonly envelope: Envelope;
}

/** A place within a dataset: of an uploaded (sealed) or a stored (opened, encrypted) chunk. */
export interface ChunkAt {
  readonly root: Hash;
  readonly table: string;
  readonly column: string;
  readonly chunk: number;
}
export type ColumnAt = Omit<ChunkAt, "chunk">;

/** What a grant uses up, and what a run needs of it later. */
export type RunGrant = Omit<Grant, "ours" | "theirs">;

/**
 * `waiting`: not begun; `running`; `interrupted`: begun, to be taken up again; `finishing`: this
 * node has its result and has not heard yet that both others have theirs; the rest are ends.
 */
export type StoredRunState =
  | "waiting"
  | "running"
  | "interrupted"
  | "finishing"
  | "done"
  | "aborted"
  | "refused";

export interface RunRow {
  readonly run: RunId;
  readonly request: Envelope;
  readonly asker: MemberId;
  readonly state: StoredRunState;
  /** The last attempt that was announced to the peers; 0 before the first. */
  readonly attempt: number;
  readonly grant: RunGrant | undefined;
  /** Both neighbours have said that they keep the same seeds: they are never drawn again. */
  readonly isSettled: boolean;
  readonly stats: RunStats | undefined;
  /** Why it was refused or aborted. */
  readonly reason: string | undefined;
  readonly result: SealedResult | undefined;
  /** Milliseconds since 1970. */
  readonly since: number;
}

export type RunStats = Required<Pick<RunReply, "stats" | "soundnessBits">>;

/** What changes in a run as it goes on. */
export type RunChange = Partial<
  Pick<RunRow, "state" | "attempt" | "isSettled" | "stats" | "reason" | "result">
>;

/**
 * What a node must not lose. Every call is one transaction: when it returns, its effect survives a
 * kill of the process; if it throws, there is none.
 */
export interface Store {
  dataset(id: DatasetId): DatasetRow | undefined;
  datasetByRoot(root: Hash): DatasetRow | undefined;
  datasets(): readonly DatasetRow[];
  datasetCount(provider: MemberId): number;
  /** A new dataset and its first offer; there is none of this name. */
  putDataset(row: NewDataset, offer: OfferRow): void;
  /** Every part is stored: keeps the receipt and forgets the sealed chunks. */
  completeDataset(root: Hash, receipt: Envelope): void;
  /** From here on no run may begin with the dataset; a decision that was made stays. */
  beginDeletion(row: DatasetRow, reason: DeletionReason, since: number): void;
  /** All that the database has of it, overwritten. */
  deleteDataset(root: Hash): void;
  finishDeletion(root: Hash, tombstone: Envelope): void;
  deletion(root: Hash): DeletionRow | undefined;
  /** Of all versions of a dataset. */
  deletionsOf(dataset: DatasetId): readonly DeletionRow[];
  /** Decided and not done. */
  pendingDeletions(): readonly DeletionRow[];
  /** A provider's newest word of this kind, and the offers that it ends. */
  putWithdrawal(about: Withdrawn, envelope: Envelope, offers: readonly Hash[]): void;
  /** When the provider last took this dataset back. */
  withdrawnAt(provider: MemberId, dataset: DatasetId): Instant | undefined;

  setInputCheck(root: Hash, verdict: "passed" | "failed", rules: Hash): void;

  putSealedChunk(at: ChunkAt, bytes: Uint8Array): void;
  sealedChunk(at: ChunkAt): Uint8Array | undefined;
  /** Places of all sealed chunks of a dataset. */
  sealedChunks(root: Hash): readonly ChunkAt[];
  putPart(at: ChunkAt, bytes: Uint8Array): void;
  part(at: ChunkAt): Uint8Array | undefined;

  putOffer(row: OfferRow): void;
  /** Those offers of the given datasets that have not been withdrawn. */
  offers(datasets: readonly DatasetId[]): readonly OfferRow[];

  /** A new run, with what its grant uses up. */
  putRun(row: Omit<RunRow, "isSettled" | "stats" | "result">): void;
  run(id: RunId): RunRow | undefined;
  unfinishedRuns(): readonly RunRow[];
  runCounts(): Readonly<Record<StoredRunState, number>>;
  changeRun(id: RunId, change: RunChange): void;
  /** The end of a run that never began: what its grant used up is given back. */
  refuseRun(id: RunId, reason: string): void;
  /** The end of a run that began: its result is deleted, the grant stays used. */
  abortRun(id: RunId, reason: string): void;
  /** Runs begun under each of the offers. */
  runsUsed(offers: readonly Hash[]): ReadonlyMap<Hash, number>;
  isAnswered(answerKey: string): boolean;
  /** Deletes runs that were asked before then and are over. What they used up stays used. */
  deleteRuns(before: number): void;
  /** Whether a run that is not over uses the dataset. */
  isInUse(root: Hash): boolean;

  close(): void;
}
