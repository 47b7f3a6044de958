import type { DatasetId, PartyIndex, RunId, SpaceId } from "@symbolon/base/id";
import type { Envelope } from "./envelope.js";
import type { Hash } from "./hash.js";
import type { SealedResult } from "./sealed-result.js";

/** The HTTP interface of a node: paths and JSON shapes. Statements inside are signed. */
export const paths = {
  descriptor: "/descriptor",
  status: "/status",
  offers: "/offers",
  withdrawals: "/withdrawals",
  runs: "/runs",
  log: "/log",
  checkpoint: "/log/checkpoint",
  checkpointAt: (size: number) => `/log/checkpoint/${size}`,
  tile: (path: string) => `/log/${path}`,
  statements: "/log/statements",
  statement: (hash: Hash) => `/log/statements/${hash}`,
  entryReceipt: (hash: Hash) => `/log/receipts/${hash}`,
  cosignatures: "/log/cosignatures",
  manifest: (dataset: DatasetId) => `/datasets/${dataset}/manifest`,
  part: (dataset: DatasetId, table: string, column: string, chunk: number) =>
    `/datasets/${dataset}/parts/${table}/${column}/${chunk}`,
  commit: (dataset: DatasetId) => `/datasets/${dataset}/commit`,
  run: (run: RunId) => `/runs/${run}`,
  result: (run: RunId) => `/runs/${run}/result`,
} as const;

/** GET /descriptor → 200. */
export interface DescriptorReply {
  readonly descriptor: Envelope;
}

/** PUT /datasets/:id/manifest. The same manifest again is no error: it resumes. */
export interface ManifestBody {
  readonly manifest: Envelope;
  readonly offer: Envelope;
}

/** → 201 (new) or 200 (resumed). */
export interface ManifestReply {
  readonly dataset: DatasetId;
  readonly root: Hash;
  readonly state: "uploading" | "complete";
  /** Chunks that the node already has, as `table/column/chunk`. */
  readonly present: readonly string[];
}

/** PUT /datasets/:id/parts/:table/:column/:chunk, octet-stream → 204, also if it was there. */

/** POST /datasets/:id/commit → 200. */
export interface CommitReply {
  readonly receipt: Envelope;
}

/** POST /offers → 201. */
export interface OfferBody {
  readonly offer: Envelope;
}

/** The hash of the offer's statement. */
export interface OfferReply {
  readonly offer: Hash;
}

/** POST /withdrawals. The same again is no error: it tells how far the node has come. */
export interface WithdrawalBody {
  readonly withdrawal: Envelope;
}

/** → 200, and GET /withdrawals/:dataset. Versions of it that are to go, or are gone. */
export interface WithdrawalReply {
  readonly dataset: DatasetId;
  readonly versions: readonly {
    readonly root: Hash;
    readonly reason: "withdrawn" | "expired" | "replaced";
    /** The node's word that it has destroyed its keys; until then it waits for a run to end. */
    readonly tombstone?: Envelope;
  }[];
}

/** POST /runs → 202, also for a request that was posted before. */
export interface RunBody {
  readonly request: Envelope;
}

export type RunState = "waiting" | "running" | "interrupted" | "done" | "aborted" | "refused";

export interface RunAccepted {
  readonly run: RunId;
  readonly state: RunState;
}

export interface RunProgress {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  readonly ratePerSecond: number;
  readonly secondsLeft: number;
}

/** The chance that a picked name is on one of the lists. */
export interface Risk {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/** GET /runs/:id → 200. */
export interface RunReply extends RunAccepted {
  readonly progress?: RunProgress;
  readonly risk?: Risk;
  readonly soundnessBits?: number;
  readonly stats?: { readonly rounds: number; readonly bytesSent: readonly number[] };
  /** Why it was refused or aborted. */
  readonly reason?: string;
}

/** POST /runs/:id/result with a `result-request`. */
export interface ResultBody {
  readonly request: Envelope;
}

export type ResultReply = SealedResult;

/** What runs have used up of a dataset in this epoch, for all beneficiaries together. */
export interface BudgetUsed {
  readonly dataset: DatasetId;
  /** Of noise, for each record: an exact fraction. */
  readonly epsilon: string;
  readonly epsilonMost?: string;
  /** Runs that told something exactly. */
  readonly exact: number;
  readonly exactMost?: number;
}

/** GET /status → 200. */
export interface StatusReply {
  readonly space: SpaceId;
  readonly node: PartyIndex;
  readonly name: string;
  readonly version: string;
  readonly buildHash: Hash;
  readonly peers: readonly {
    readonly node: PartyIndex;
    readonly name: string;
    readonly up: boolean;
  }[];
  readonly datasets: number;
  readonly runs: Readonly<Record<RunState, number>>;
  /** Entries of the disclosure ledger, and the root over them. */
  readonly ledger?: { readonly size: number; readonly root: Hash };
  /** Of datasets that something of was used up in this epoch. */
  readonly budgets?: readonly BudgetUsed[];
}

/** GET /log → 200: how far this node's copy of the space's log goes. */
export interface LogReply {
  readonly size: number;
  /** Entries under the newest head that witnesses enough have cosigned. */
  readonly witnessed: number;
  /** Statements that are not in the log yet. */
  readonly pending: number;
  readonly hasCharter: boolean;
  /** Why the node takes no more entries. */
  readonly stopped?: string;
}

/** GET /log/checkpoint and /log/checkpoint/:size → 200, text; GET /log/tile/… → 200, bytes. */

/** POST /log/statements → 202. The hash of the statement. */
export interface StatementBody {
  readonly statement: Envelope;
}
export interface StatementReply {
  readonly statement: Hash;
}

/** GET /log/statements/:hash → 200. */
export type StatementFate =
  | { readonly state: "logged"; readonly index: number }
  | { readonly state: "pending"; readonly reason?: string }
  | { readonly state: "unknown" }
  | { readonly state: "refused"; readonly reason: string };

/** GET /log/receipts/:hash → 200, an offline proof (C2SP tlog-proof) as text. */
/** POST /log/cosignatures, a note with cosignatures of witnesses as text → 204. */

/** Any error, as application/problem+json (RFC 9457). */
export interface Problem {
  readonly type: `urn:symbolon:problem:${string}`;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly cure: string;
}
