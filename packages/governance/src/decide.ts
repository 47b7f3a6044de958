import type { ColumnSpec } from "@symbolon/base/dataset";
import type { DatasetId, RunId, SpaceId } from "@symbolon/base/id";
import type { Direction } from "./acts/consent.js";
import type { UseRequest } from "./acts/run.js";
import { refuseStale } from "./admit.js";
import type { Risk } from "./api.js";
import { directoryIn, verifyAuthor } from "./author.js";
import { checkCharter, checkHolding, type SpaceView } from "./decide-charter.js";
import { consentFor } from "./decide-consent.js";
import { type Envelope, payloadJson, statementHash } from "./envelope.js";
import type { Hash } from "./hash.js";
import { InvalidDocument } from "./invalid-document.js";
import { parseStatement } from "./parse-statement.js";
import { Refusal, type RefusalCode } from "./refusal.js";
import type { Signatures } from "./signatures.js";
import type { Consent } from "./space-state.js";
import {
  answerKey,
  type DatasetManifest,
  type DatasetRef,
  type RunParams,
  type RunRequest,
  runIdOf,
} from "./statement.js";
import { readStatement, requireSpace, verifyIn } from "./verify-statement.js";

/** A dataset as this node holds it. */
export interface HeldDataset {
  readonly manifest: Envelope;
  /** Every part was opened and stored. */
  readonly complete: boolean;
  /** The verdict of the nodes' joint check of the shared values, once there is one. */
  readonly inputCheck: "pending" | "passed" | "failed";
}

/** A query that this node can execute: the hash of its declaration and the rules it sets. */
export interface QueryRules {
  readonly hash: Hash;
  /** What it reads of every dataset. */
  readonly reads: QueryReads;
  /** Hash of what a run of it checks about the values of a dataset. */
  readonly inputRules: Hash;
  /** How many other lists it needs, each of an organisation of its own, and how long they are. */
  readonly lists?:
    | { readonly othersMin: number; readonly othersMax?: number; readonly rowsMax: number }
    | undefined;
  /** Who learns from a run; the asker alone if it is not said. */
  readonly direction?: Direction;
  /** Whether it picks names that nobody holds: then offers bound the chance that one is held. */
  readonly picks: boolean;
  /** The hash of the text that says what it reveals; under a charter nothing runs without one. */
  readonly explanation?: Hash | undefined;
  /** Whether one list may be asked about again: each run then spends its noise anew. */
  readonly repeats?: boolean | undefined;
  /** What is wrong with the parameters, or `undefined`. */
  readonly problem: (params: RunParams) => string | undefined;
}

/** Columns of one table that a query reads, and the encoding that they must follow. */
export interface QueryReads {
  readonly layout: string;
  readonly table: string;
  readonly columns: readonly ColumnSpec[];
}

/** The chance that a picked name is on a list, estimated from what the manifests say. */
export type EstimateRisk = (about: {
  readonly params: RunParams;
  readonly ours: DatasetManifest;
  readonly theirs: readonly DatasetManifest[];
}) => Risk;

/** Everything that a decision depends on. */
export interface Case {
  /** What the log of each space says that this node serves. */
  readonly spaces: ReadonlyMap<SpaceId, SpaceView>;
  readonly signatures: Signatures;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly request: Envelope;
  readonly datasets: ReadonlyMap<DatasetId, HeldDataset>;
  /** What this node has written down itself, beside what the logs say. */
  readonly used: {
    /** Runs started so far under an offer, by the offer's hash. */
    readonly runs: ReadonlyMap<Hash, number>;
    /** Lists that a query was started on, as `answerKey` spells them. */
    readonly answered: ReadonlySet<string>;
  };
  readonly queries: readonly QueryRules[];
  readonly risk: EstimateRisk;
}

/** What one run may do. A node writes it down, with what it uses up, before the run starts. */
export interface Grant {
  readonly run: RunId;
  readonly requestHash: Hash;
  readonly request: RunRequest | UseRequest;
  readonly ours: DatasetManifest;
  readonly theirs: readonly DatasetManifest[];
  /** Hashes of the offers, in the order of `theirs`; each loses one run. */
  readonly offers: readonly Hash[];
  /** Goes into `used.answered`. */
  readonly answerKey: string;
  /** If names are picked. */
  readonly risk?: Risk;
}

export type Decision =
  | { readonly allow: true; readonly grant: Grant }
  | {
      readonly allow: false;
      readonly refuse: RefusalCode;
      readonly reason: string;
      readonly cure: string;
    };

/**
 * Which number of the estimate is held against the limit that a provider signed: the expected one.
 * It is taken over the worst list and the largest overlap that anybody named; low and high, shown
 * beside it, say how far off it is if the lists are cleaner or dirtier than is usual.
 */
const RISK_BOUND: keyof Risk = "expected";

/**
 * Whether a run may start, by this node's own judgement. Depends on nothing but its argument, so
 * that three nodes with the same statements decide alike and anybody can replay a decision.
 */
export async function decide(about: Case): Promise<Decision> {
  try {
    return { allow: true, grant: await grantOf(about) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { allow: false, refuse: error.code, reason: error.message, cure: error.cure };
  }
}

async function grantOf(about: Case): Promise<Grant> {
  const { request, hash } = await requestOf(about);
  const rules = queryOf(about.queries, request);
  const views = await viewsOf(about, request, hash, rules);
  checkDistinct(request);

  const ours = await held(about, views, request, request.ours);
  if (ours.provider !== request.asker)
    throw new Refusal("NOT_YOURS", `${ours.dataset} belongs to another member`, {
      dataset: ours.dataset,
    });
  const theirs: DatasetManifest[] = [];
  for (const ref of request.theirs) theirs.push(await held(about, views, request, ref));
  const { reads, lists, picks } = rules;
  for (const manifest of [ours, ...theirs]) checkSchema(reads, manifest);
  if (lists !== undefined) checkLists(lists, reads, [ours, ...theirs]);

  const consents = theirs.map((manifest) => {
    const { state } = views.get(manifest.space) as SpaceView;
    const { now, used } = about;
    return consentFor({
      state,
      request,
      run: runIdOf(hash),
      manifest,
      rules,
      now,
      used: used.runs,
    });
  });

  const once = answerKey(request.query, request.ours);
  const key = rules.repeats ? `${once}/${hash}` : once;
  const run = runIdOf(hash);
  const isAnswered = [...views.values()].some(({ state }) => {
    const by = state.spent.answered.get(key);
    return by !== undefined && by !== run;
  });
  if (isAnswered || about.used.answered.has(key))
    throw new Refusal("ALREADY_ANSWERED", `${ours.dataset} was already used for this query`, {
      dataset: ours.dataset,
    });
  return {
    ...{ run, requestHash: hash, request, ours, theirs, answerKey: key },
    offers: consents.map((consent) => consent.hash),
    ...(picks && { risk: acceptedRisk(about.risk, request, ours, theirs, consents) }),
  };
}

type Request = RunRequest | UseRequest;

/** The request, by its form and its asker's signature under the space that it stands in. */
async function requestOf({ spaces, signatures, request: envelope }: Case) {
  const request = formOf(envelope);
  const home = spaces.get(request.space);
  if (home === undefined)
    throw new Refusal("WRONG_SPACE", `the statement is for the data space ${request.space}`, {
      space: request.space,
    });
  await verifyAuthor(signatures, directoryIn(home.state), envelope, request);
  return { request, hash: await statementHash(envelope) };
}

function formOf(envelope: Envelope): Request {
  try {
    const statement = parseStatement(payloadJson(envelope));
    const isRequest =
      statement.type === "urn:symbolon:statement:run-request:v1" ||
      statement.type === "urn:symbolon:statement:run-request:v2";
    if (isRequest) return statement;
  } catch (error) {
    if (!(error instanceof InvalidDocument)) throw error;
    throw new Refusal("NOT_A_STATEMENT", `not a valid statement: ${error.message}`);
  }
  throw new Refusal("NOT_A_STATEMENT", "the statement is not a request for a run");
}

function queryOf(queries: readonly QueryRules[], { query, params }: Request): QueryRules {
  const rules = queries.find((entry) => entry.hash === query);
  if (rules === undefined)
    throw new Refusal("UNKNOWN_QUERY", "this node does not know the query", { query });
  const problem = rules.problem(params);
  if (problem !== undefined) throw new Refusal("BAD_PARAMS", problem);
  return rules;
}

const spaceOfRef = (request: Request, ref: DatasetRef & { readonly space?: SpaceId }): SpaceId =>
  ref.space ?? request.space;

/** Every space whose datasets are named, each of which must allow the run by its own rules. */
async function viewsOf(about: Case, request: Request, hash: Hash, rules: QueryRules) {
  const ids = [request.ours, ...request.theirs].map((ref) => spaceOfRef(request, ref));
  const views = new Map<SpaceId, SpaceView>();
  for (const id of new Set([request.space, ...ids])) {
    const view = about.spaces.get(id);
    if (view === undefined)
      throw new Refusal("UNKNOWN_SPACE", `this node does not serve ${id}`, { space: id });
    if (view.state.charter === undefined) refuseStale(about.now, request.issuedAt);
    else await checkCharter(view, { about, request, hash, rules });
    views.set(id, view);
  }
  return views;
}

function checkDistinct({ ours, theirs }: Request): void {
  const all = [ours, ...theirs];
  for (const field of ["dataset", "root"] as const)
    if (new Set(all.map((ref) => ref[field])).size !== all.length)
      throw new Refusal("SAME_DATASET_TWICE", "the request names a dataset twice");
}

/** The manifest of a dataset that is complete here, unrefuted, and as the request names it. */
async function held(
  about: Case,
  views: ReadonlyMap<SpaceId, SpaceView>,
  request: Request,
  ref: DatasetRef,
): Promise<DatasetManifest> {
  const { dataset } = ref;
  const found = about.datasets.get(dataset);
  const view = views.get(spaceOfRef(request, ref)) as SpaceView;
  if (found === undefined) {
    // What was here says better why it is gone.
    const held = view.state.holdings.get(ref.root);
    if (held !== undefined) checkHolding(view.state, held, ref.root);
    throw new Refusal("DATASET_MISSING", `this node does not have ${dataset}`, { dataset });
  }
  const manifest = await manifestOf(about, view, found.manifest, ref);
  if (!found.complete)
    throw new Refusal("DATASET_INCOMPLETE", `this node lacks parts of ${dataset}`, { dataset });
  if (found.inputCheck === "failed")
    throw new Refusal("INPUT_CHECK_FAILED", `${dataset} holds values out of bounds`, { dataset });
  return manifest;
}

/**
 * A manifest as its provider signed it. Under a charter the receipts of all three nodes stand in
 * the log for its signature, since the provider may have changed its keys since.
 */
async function manifestOf(
  { signatures }: Case,
  { state }: SpaceView,
  envelope: Envelope,
  { dataset, root }: DatasetRef,
): Promise<DatasetManifest> {
  const type = "urn:symbolon:statement:dataset-manifest:v1";
  const isRoot = (await statementHash(envelope)) === root;
  const form = readStatement(envelope, type);
  requireSpace(state, form);
  if (state.charter === undefined) await verifyIn(signatures, directoryIn(state), envelope, type);
  if (!isRoot || form.dataset !== dataset)
    throw new Refusal("ROOT_MISMATCH", `${dataset} is not the version asked about`, { dataset });
  if (state.charter !== undefined) checkHolding(state, form, root);
  return form;
}

/** A dataset from an earlier version may lack what a query of this one reads. */
function checkSchema(reads: QueryReads, { dataset, schema }: DatasetManifest): void {
  if (schema.layout !== reads.layout)
    throw new Refusal("LAYOUT_MISMATCH", `${dataset} is encoded in another way`, { dataset });
  const held = schema.tables.find(({ name }) => name === reads.table)?.columns ?? [];
  for (const wanted of reads.columns) {
    const column = held.find(({ name }) => name === wanted.name);
    const isSame = COLUMN_TRAITS.every((trait) => column?.[trait] === wanted[trait]);
    if (!isSame)
      throw new Refusal("COLUMN_MISSING", `${dataset} lacks the column ${wanted.name}`, {
        dataset,
        column: wanted.name,
      });
  }
}

/** Who counts organisations must not count one twice, nor learn which one it was. */
function checkLists(
  { othersMin, othersMax = Number.POSITIVE_INFINITY, rowsMax }: NonNullable<QueryRules["lists"]>,
  reads: QueryReads,
  manifests: readonly DatasetManifest[],
): void {
  if (manifests.length <= othersMin)
    throw new Refusal("LISTS_UNFIT", `the query needs at least ${othersMin} other lists`);
  if (manifests.length - 1 > othersMax)
    throw new Refusal("LISTS_UNFIT", `the query takes at most ${othersMax} other lists`);
  if (new Set(manifests.map(({ provider }) => provider)).size !== manifests.length)
    throw new Refusal("LISTS_UNFIT", "the request names two lists of one organisation");
  for (const { dataset, schema } of manifests) {
    const rows = schema.tables.find(({ name }) => name === reads.table)?.rows ?? 0;
    if (rows > rowsMax)
      throw new Refusal("LISTS_UNFIT", `${dataset} has more than ${rowsMax} rows`, { dataset });
  }
}

const COLUMN_TRAITS = ["kind", "sharing", "width"] as const satisfies readonly (keyof ColumnSpec)[];

/** The risk under the most cautious overlap anybody named, if every provider accepts it. */
function acceptedRisk(
  estimate: EstimateRisk,
  { params }: Request,
  ours: DatasetManifest,
  theirs: readonly DatasetManifest[],
  consents: readonly Consent[],
): Risk {
  const overlaps = consents.map(({ terms }) => terms.overlapMin);
  const overlap = Math.max(params["overlap"], ...overlaps);
  const risk = estimate({ params: { ...params, overlap }, ours, theirs });
  for (const { provider, terms } of consents) {
    const { riskMax } = terms;
    if (!(risk[RISK_BOUND] <= riskMax))
      throw new Refusal(
        "RISK_TOO_HIGH",
        `a picked name is on a list with a chance of about ${percent(risk[RISK_BOUND])}; ` +
          `${provider} accepts ${percent(riskMax)}`,
        { provider, risk: risk[RISK_BOUND], riskMax },
      );
  }
  return risk;
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
