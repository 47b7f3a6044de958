import type { DatasetId, MemberId, PartyIndex, RunId, SpaceId } from "@symbolon/base/id";
import {
  base64,
  type Check,
  hash,
  identifier,
  instant,
  integer,
  list,
  numbers,
  oneOf,
  record,
  set,
  text,
  where,
} from "../check.js";
import type { Hash } from "../hash.js";
import { LISTS_MAX, PARAMS_MAX, type RunParams, type Statement } from "../statement.js";

/** A dataset of a data space. */
export interface SpacedRef {
  readonly space: SpaceId;
  readonly dataset: DatasetId;
  readonly root: Hash;
}

/**
 * A beneficiary asks within a use case. Its datasets may be of several data spaces; the request
 * stands in the log of `space`, and each of the spaces must allow it.
 */
export interface UseRequest extends Statement<"run-request", "v2"> {
  readonly asker: MemberId;
  readonly query: Hash;
  readonly useCase: Hash;
  readonly purpose: string;
  readonly params: RunParams;
  readonly ours: SpacedRef;
  readonly theirs: readonly SpacedRef[];
  readonly nonce: string;
  readonly resultKey: string;
}

/** How far a node's disclosure ledger has come: its entries, and the root over all of them. */
export interface LedgerHead {
  readonly size: number;
  readonly root: Hash;
}

/** A node has decided that a request may run, and writes down what that uses up. */
export interface RunGranted extends Statement<"run-granted", "v2"> {
  readonly node: PartyIndex;
  readonly request: Hash;
  /** The consents that it runs under. */
  readonly consents: readonly Hash[];
  /** Its own ledger, before this run is in it. */
  readonly ledger: LedgerHead;
}

export interface RunEnded extends Statement<"run-ended", "v2"> {
  readonly node: PartyIndex;
  readonly run: RunId;
  readonly outcome: "done" | "aborted" | "refused";
  /** Its own ledger, with this run in it if it began. */
  readonly ledger: LedgerHead;
}

/** The asker has its answer. */
export interface ResultReceived extends Statement<"result-received"> {
  readonly asker: MemberId;
  readonly run: RunId;
}

/** Something was said to some members only: the log has a commitment to it and no more. */
export interface PrivateContents extends Statement<"private-contents"> {
  readonly by: MemberId;
  /** The statement that it belongs to. */
  readonly about: Hash;
  readonly commitment: Hash;
  readonly readers: readonly MemberId[];
}

const ledgerHead = record<LedgerHead>({ size: integer(0, Number.MAX_SAFE_INTEGER), root: hash });
const spacedRef = record<SpacedRef>({ space: identifier, dataset: identifier, root: hash });

/** 32 hexadecimal digits. */
export const nonce: Check<string> = where(
  text(32),
  (value) => /^[0-9a-f]{32}$/.test(value),
  "be 32 hexadecimal digits",
  { pattern: "^[0-9a-f]{32}$" },
);

const base = { space: identifier, issuedAt: instant };

export const useRequest = record<UseRequest>({
  type: oneOf("urn:symbolon:statement:run-request:v2"),
  ...base,
  asker: identifier,
  query: hash,
  useCase: hash,
  purpose: identifier,
  params: numbers(PARAMS_MAX),
  ours: spacedRef,
  theirs: list(spacedRef, 1, LISTS_MAX),
  nonce,
  resultKey: base64(32),
});

export const runGranted = record<RunGranted>({
  type: oneOf("urn:symbolon:statement:run-granted:v2"),
  ...base,
  node: oneOf(0, 1, 2),
  request: hash,
  consents: set(hash, 1, LISTS_MAX),
  ledger: ledgerHead,
});

export const runEnded = record<RunEnded>({
  type: oneOf("urn:symbolon:statement:run-ended:v2"),
  ...base,
  node: oneOf(0, 1, 2),
  run: identifier,
  outcome: oneOf("done", "aborted", "refused"),
  ledger: ledgerHead,
});

export const resultReceived = record<ResultReceived>({
  type: oneOf("urn:symbolon:statement:result-received:v1"),
  ...base,
  asker: identifier,
  run: identifier,
});

export const privateContents = record<PrivateContents>({
  type: oneOf("urn:symbolon:statement:private-contents:v1"),
  ...base,
  by: identifier,
  about: hash,
  commitment: hash,
  readers: set<MemberId>(identifier, 1, 100),
});
