import type { DatasetId, MemberId, RunId } from "@symbolon/base/id";
import type { Hash } from "@symbolon/governance/hash";
import type { DatasetManifest, RunParams } from "@symbolon/governance/statement";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import type { Transport } from "@symbolon/mpc/transport/transport";

/** 32-byte secrets of this node: `own` is shared with the previous party, `next` with the next. */
export interface PairSecrets {
  readonly own: Uint8Array;
  readonly next: Uint8Array;
}

/** A dataset as a run sees it. */
export interface RunInput {
  readonly dataset: DatasetId;
  readonly root: Hash;
  readonly provider: MemberId;
  readonly manifest: DatasetManifest;
  /** All three nodes have found its values within bounds in an earlier run. */
  readonly isChecked: boolean;
  /** This node's shares of a column, decrypted on every call. */
  load(table: string, column: string): Promise<Shares<Uint32Array>>;
}

/** A list that the asker has asked about before, as a run sees it. */
export interface AskedInput {
  readonly root: Hash;
  readonly rows: number;
  /** This node's shares of a column that is remembered, decrypted on every call. */
  load(column: string): Promise<Shares<Uint32Array>>;
}

export interface RunTask {
  readonly run: RunId;
  readonly attempt: number;
  readonly query: Hash;
  readonly params: RunParams;
  readonly ours: RunInput;
  readonly theirs: readonly RunInput[];
  readonly asked: readonly AskedInput[];
  readonly transport: Transport;
  /** Keys of the common randomness; fresh for every attempt. */
  readonly keys: PairSecrets;
  /** Seeds of the choice; the same for all attempts at a run, so that it has one answer. */
  readonly selection: PairSecrets;
  onProgress(progress: { done: number; total: number; unit: string }): void;
  /** The values of a dataset were found within bounds, by all three nodes. */
  onInputChecked(dataset: DatasetId): void;
}

export interface RunOutcome {
  /** Components `self` and `self` + 1 of the answer, as words. */
  readonly own: Uint32Array;
  readonly next: Uint32Array;
  readonly rounds: number;
  readonly soundnessBits: number;
}

/**
 * Computes an answer with the two other parties. Resolves only after all three have said that
 * every check passed. Rejects with `ProtocolAbort` (somebody deviated: the run is over),
 * `InputRefused` with `details.dataset` or `details.list` (that dataset is invalid: refused), or
 * `PeerUnavailable` (the run is tried again with the same inputs and the same selection).
 */
export type Execute = (task: RunTask) => Promise<RunOutcome>;
