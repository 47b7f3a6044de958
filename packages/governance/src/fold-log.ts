import type { Application, Identity } from "./acts/identity.js";
import { CLOCK_SKEW_MS, REQUEST_AGE_MAX_MS } from "./admit.js";
import { directoryIn, requireSigners, verifyAuthor } from "./author.js";
import { type Envelope, payloadJson, statementHash } from "./envelope.js";
import {
  takeAgreement,
  takeCounterOffer,
  takeOffer,
  takePrivateContents,
  takeReceipt,
  takeTermsOffer,
  takeTombstone,
  takeWithdrawal,
} from "./fold/consents.js";
import { type Act, type Draft, draftOf, known, type Placed } from "./fold/draft.js";
import { takeApplication, takeDeparture, takeIdentity } from "./fold/members.js";
import { propose, takeApproval, takeNodeApproval } from "./fold/proposals.js";
import { takeEnd, takeGrant, takeRequest, takeResult, takeVeto } from "./fold/runs.js";
import { millisecondsOf } from "./instant.js";
import { InvalidDocument } from "./invalid-document.js";
import { append } from "./log/frontier.js";
import { LogError } from "./log/log-error.js";
import { leafHash } from "./log/tree.js";
import { entryBytes, type LogEntry, parseEntry } from "./log-entry.js";
import { parseStatement } from "./parse-statement.js";
import { Refusal, type RefusalCode } from "./refusal.js";
import type { Signatures } from "./signatures.js";
import type { SpaceState } from "./space-state.js";
import type { AnyStatement } from "./statement.js";

/** How long after it was signed a statement may be logged; two people and a board take days. */
export const STATEMENT_DAYS_MAX = 14;
const DAY_MS = 86_400_000;

/** An entry without effect, and why. */
export interface RefusedEntry {
  readonly index: number;
  readonly refuse: RefusalCode;
  readonly reason: string;
  readonly cure: string;
}

export interface Folded {
  readonly state: SpaceState;
  readonly refused: readonly RefusedEntry[];
}

type Acts = { readonly [T in AnyStatement as T["type"]]?: Act<T> };

const ACTS: Acts = {
  "urn:symbolon:statement:charter:v1": propose,
  "urn:symbolon:statement:enrolment:v1": propose,
  "urn:symbolon:statement:recovery:v1": propose,
  "urn:symbolon:statement:removal:v1": propose,
  "urn:symbolon:statement:node-replacement:v1": propose,
  "urn:symbolon:statement:software-acceptance:v1": propose,
  "urn:symbolon:statement:use-case:v1": propose,
  "urn:symbolon:statement:query-proposal:v1": propose,
  "urn:symbolon:statement:approval:v1": takeApproval,
  "urn:symbolon:statement:node-approval:v1": takeNodeApproval,
  "urn:symbolon:statement:application:v1": takeApplication,
  "urn:symbolon:statement:departure:v1": takeDeparture,
  "urn:symbolon:statement:offer:v1": takeOffer,
  "urn:symbolon:statement:offer:v2": takeTermsOffer,
  "urn:symbolon:statement:counter-offer:v1": takeCounterOffer,
  "urn:symbolon:statement:agreement:v1": takeAgreement,
  "urn:symbolon:statement:withdrawal:v1": takeWithdrawal,
  "urn:symbolon:statement:receipt:v1": takeReceipt,
  "urn:symbolon:statement:tombstone:v1": takeTombstone,
  "urn:symbolon:statement:private-contents:v1": takePrivateContents,
  "urn:symbolon:statement:run-request:v1": takeRequest,
  "urn:symbolon:statement:run-request:v2": takeRequest,
  "urn:symbolon:statement:veto:v1": takeVeto,
  "urn:symbolon:statement:run-granted:v2": takeGrant,
  "urn:symbolon:statement:run-ended:v2": takeEnd,
  "urn:symbolon:statement:result-received:v1": takeResult,
};

/**
 * What a log says, from a state on: pure, the same for everybody. An entry that its author may not
 * make at that place has no effect, and its reason stands in `refused`; it stays in the log and
 * under its root all the same. `entries` are the bytes of the log's leaves.
 */
export async function foldLog(
  signatures: Signatures,
  from: SpaceState,
  entries: readonly Uint8Array[],
): Promise<Folded> {
  const draft = draftOf(from);
  const refused: RefusedEntry[] = [];
  for (const bytes of entries) {
    const index = draft.frontier.size;
    draft.frontier = await append(draft.frontier, await leafHash(bytes));
    try {
      await take(signatures, draft, parsed(bytes), index);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ index, refuse: error.code, reason: error.message, cure: error.cure });
    }
  }
  return { state: draft, refused };
}

function parsed(bytes: Uint8Array): LogEntry {
  try {
    return parseEntry(bytes);
  } catch (error) {
    if (!(error instanceof InvalidDocument) && !(error instanceof LogError)) throw error;
    throw new Refusal("ENTRY_MALFORMED", `not an entry: ${error.message}`);
  }
}

async function take(signatures: Signatures, draft: Draft, entry: LogEntry, index: number) {
  const { at, envelope } = entry;
  const ms = millisecondsOf(at) as number;
  if (draft.at !== undefined && at < draft.at)
    throw new Refusal("ENTRY_OUT_OF_ORDER", `the entry is of ${at}, the one before of ${draft.at}`);
  // A moment counts even if the statement does not: nothing that follows may be dated before it.
  draft.at = at;
  const statement = statementOf(envelope);
  requireOurs(draft, statement);
  requireRecent(statement, ms);
  const hash = await statementHash(envelope);
  if (draft.seen.has(hash)) throw new Refusal("ENTRY_REPLAYED", "the statement is in the log");
  await act(signatures, draft, envelope, { statement, hash, index, at, ms });
  draft.seen.add(hash);
}

function statementOf(envelope: Envelope): AnyStatement {
  try {
    return parseStatement(payloadJson(envelope));
  } catch (error) {
    if (!(error instanceof InvalidDocument)) throw error;
    throw new Refusal("NOT_A_STATEMENT", `not a valid statement: ${error.message}`);
  }
}

/** An identity is of no space; a request is of every space whose datasets it names. */
function requireOurs({ space }: Draft, statement: AnyStatement): void {
  if (statement.type === "urn:symbolon:statement:identity:v1") return;
  if (statement.space === space) return;
  const isAsked =
    statement.type === "urn:symbolon:statement:run-request:v2" &&
    [statement.ours, ...statement.theirs].some((ref) => ref.space === space);
  if (!isAsked)
    throw new Refusal("WRONG_SPACE", `the statement is for the data space ${statement.space}`);
}

const isRequest = ({ type }: AnyStatement): boolean =>
  type === "urn:symbolon:statement:run-request:v1" ||
  type === "urn:symbolon:statement:run-request:v2";

function requireRecent(statement: AnyStatement, ms: number): void {
  const { issuedAt } = statement;
  const signed = millisecondsOf(issuedAt) as number;
  if (signed - ms > CLOCK_SKEW_MS)
    throw new Refusal("REQUEST_IN_FUTURE", `the statement is of ${issuedAt}`);
  if (isRequest(statement) && ms - signed > REQUEST_AGE_MAX_MS)
    throw new Refusal("REQUEST_TOO_OLD", `the request is of ${issuedAt}`);
  if (ms - signed > STATEMENT_DAYS_MAX * DAY_MS)
    throw new Refusal("STATEMENT_TOO_OLD", `the statement is of ${issuedAt}`);
}

async function act(
  signatures: Signatures,
  draft: Draft,
  envelope: Envelope,
  placed: Placed,
): Promise<void> {
  const directory = directoryIn(draft);
  const { statement } = placed;
  if (statement.type === "urn:symbolon:statement:identity:v1")
    return takeIdentity(signatures, draft, directory, envelope, placed as Placed<Identity>);
  const take = ACTS[statement.type] as Act<AnyStatement> | undefined;
  if (take === undefined)
    throw new Refusal("NOT_FOR_THE_LOG", `the log does not take statements of ${statement.type}`);
  if (statement.type === "urn:symbolon:statement:application:v1")
    await verifyApplication(signatures, draft, envelope, statement);
  else await verifyAuthor(signatures, directory, envelope, statement);
  take(draft, placed);
}

/** Who is no member yet signs by the identity that it names. */
async function verifyApplication(
  signatures: Signatures,
  draft: Draft,
  envelope: Envelope,
  { type, identity }: Application,
): Promise<void> {
  const { keys, twoPerson } = known(draft.identities, identity, "identity");
  const admins = keys.filter(({ roles }) => roles.includes("admin"));
  const needed = twoPerson.includes("admin") ? 2 : 1;
  await requireSigners(signatures, draft, envelope, { type, needed, keys: admins, others: keys });
}

/**
 * The state of a space without a log: its file, and the statements that a node was given, each
 * taken as of the moment that it names; of the same moment the lower hash last, so that all nodes
 * agree. Statements that do not count are passed over.
 */
export async function foldUnlogged(
  signatures: Signatures,
  from: SpaceState,
  envelopes: readonly Envelope[],
): Promise<SpaceState> {
  const placed: { readonly entry: LogEntry; readonly hash: string }[] = [];
  for (const envelope of envelopes) {
    try {
      const { issuedAt } = statementOf(envelope);
      placed.push({ entry: { at: issuedAt, envelope }, hash: await statementHash(envelope) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  placed.sort((a, b) => {
    if (a.entry.at !== b.entry.at) return a.entry.at < b.entry.at ? -1 : 1;
    return a.hash < b.hash ? 1 : -1;
  });
  const entries = placed.map(({ entry }) => entryBytes(entry));
  return (await foldLog(signatures, from, entries)).state;
}
