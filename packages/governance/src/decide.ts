import type { ColumnSpec } from "@symbolon/base/dataset";
import type { DatasetId, RunId } from "@symbolon/base/id";
import { refuseStale } from "./admit.js";
import type { Risk } from "./api.js";
import type { Envelope } from "./envelope.js";
import type { Hash } from "./hash.js";
import { millisecondsOf } from "./instant.js";
import { Refusal, type RefusalCode } from "./refusal.js";
import type { Signatures } from "./signatures.js";
import type { Space } from "./space.js";
import {
  type DatasetManifest,
  type DatasetRef,
  type Offer,
  type RunParams,
  type RunRequest,
  runIdOf,
} from "./statement.js";
import { type Verified, verifyStatement } from "./verify-statement.js";

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
  readonly lists?: { readonly othersMin: number; readonly rowsMax: number } | undefined;
  /** Whether it picks names that nobody holds: then offers bound the chance that one is held. */
  readonly picks: boolean;
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
  readonly space: Space;
  readonly signatures: Signatures;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly request: Envelope;
  readonly statements: {
    readonly datasets: ReadonlyMap<DatasetId, HeldDataset>;
    /** Every offer that this node was ever given. */
    readonly offers: readonly Envelope[];
  };
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
  readonly request: RunRequest;
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

/** One answer for each committed list and query. */
export const answerKey = (query: Hash, ours: DatasetRef): string => `${query}/${ours.root}`;

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
  const { space, signatures, now, used } = about;
  const type = "urn:symbolon:statement:run-request:v1";
  const { statement: request, hash } = await verifyStatement(
    signatures,
    space,
    about.request,
    type,
  );
  refuseStale(now, request.issuedAt);
  const { reads, lists, picks } = checkQuery(about.queries, request);
  checkDistinct(request);

  const ours = await held(about, request.ours);
  if (ours.provider !== request.asker)
    throw new Refusal("NOT_YOURS", `${ours.dataset} belongs to another member`, {
      dataset: ours.dataset,
    });
  const theirs: DatasetManifest[] = [];
  for (const ref of request.theirs) theirs.push(await held(about, ref));
  for (const manifest of [ours, ...theirs]) checkSchema(reads, manifest);
  if (lists !== undefined) checkLists(lists, reads, [ours, ...theirs]);

  const offers: Verified<Offer>[] = [];
  for (const manifest of theirs) offers.push(await offerFor(about, request, manifest));

  const key = answerKey(request.query, request.ours);
  if (used.answered.has(key))
    throw new Refusal("ALREADY_ANSWERED", `${ours.dataset} was already used for this query`, {
      dataset: ours.dataset,
    });
  return {
    run: runIdOf(hash),
    requestHash: hash,
    request,
    ours,
    theirs,
    offers: offers.map((offer) => offer.hash),
    answerKey: key,
    ...(picks && { risk: acceptedRisk(about.risk, request, ours, theirs, offers) }),
  };
}

function checkQuery(queries: readonly QueryRules[], { query, params }: RunRequest): QueryRules {
  const rules = queries.find((entry) => entry.hash === query);
  if (rules === undefined)
    throw new Refusal("UNKNOWN_QUERY", "this node does not know the query", { query });
  const problem = rules.problem(params);
  if (problem !== undefined) throw new Refusal("BAD_PARAMS", problem);
  return rules;
}

function checkDistinct({ ours, theirs }: RunRequest): void {
  const all = [ours, ...theirs];
  for (const field of ["dataset", "root"] as const)
    if (new Set(all.map((ref) => ref[field])).size !== all.length)
      throw new Refusal("SAME_DATASET_TWICE", "the request names a dataset twice");
}

/** The manifest of a dataset that is complete here, unrefuted, and as the request names it. */
async function held(about: Case, ref: DatasetRef): Promise<DatasetManifest> {
  const { dataset } = ref;
  const found = about.statements.datasets.get(dataset);
  if (found === undefined)
    throw new Refusal("DATASET_MISSING", `this node does not have ${dataset}`, { dataset });
  const type = "urn:symbolon:statement:dataset-manifest:v1";
  const manifest = await verifyStatement(about.signatures, about.space, found.manifest, type);
  if (manifest.hash !== ref.root || manifest.statement.dataset !== dataset)
    throw new Refusal("ROOT_MISMATCH", `${dataset} is not the version asked about`, { dataset });
  if (!found.complete)
    throw new Refusal("DATASET_INCOMPLETE", `this node lacks parts of ${dataset}`, { dataset });
  if (found.inputCheck === "failed")
    throw new Refusal("INPUT_CHECK_FAILED", `${dataset} holds values out of bounds`, { dataset });
  return manifest.statement;
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
  { othersMin, rowsMax }: NonNullable<QueryRules["lists"]>,
  reads: QueryReads,
  manifests: readonly DatasetManifest[],
): void {
  if (manifests.length <= othersMin)
    throw new Refusal("LISTS_UNFIT", `the query needs at least ${othersMin} other lists`);
  if (new Set(manifests.map(({ provider }) => provider)).size !== manifests.length)
    throw new Refusal("LISTS_UNFIT", "the request names two lists of one organisation");
  for (const { dataset, schema } of manifests) {
    const rows = schema.tables.find(({ name }) => name === reads.table)?.rows ?? 0;
    if (rows > rowsMax)
      throw new Refusal("LISTS_UNFIT", `${dataset} has more than ${rowsMax} rows`, { dataset });
  }
}

const COLUMN_TRAITS = ["kind", "sharing", "width"] as const satisfies readonly (keyof ColumnSpec)[];

/** The newest offer of a dataset for this question, if it still allows a run. */
async function offerFor(
  about: Case,
  { query, asker }: RunRequest,
  { provider, dataset }: DatasetManifest,
): Promise<Verified<Offer>> {
  const details = { provider, dataset };
  const mine = await validOffers(about, { provider, dataset });
  if (mine.length === 0)
    throw new Refusal("NO_OFFER", `${provider} has not offered ${dataset}`, details);
  const asked = mine.filter(({ statement }) => statement.query === query);
  if (asked.length === 0)
    throw new Refusal("OTHER_QUERY", `${provider} offers ${dataset} for another query`, details);
  const [offer] = asked
    .filter(({ statement }) => statement.beneficiary === asker)
    .sort(newestFirst);
  if (offer === undefined)
    throw new Refusal("OTHER_BENEFICIARY", `${provider} offers ${dataset} to others`, details);
  const { expires, runsMax } = offer.statement;
  if ((millisecondsOf(expires) as number) <= about.now)
    throw new Refusal("OFFER_EXPIRED", `${provider}'s offer expired at ${expires}`, details);
  if ((about.used.runs.get(offer.hash) ?? 0) >= runsMax)
    throw new Refusal("RUNS_USED_UP", `${provider}'s offer allows no more runs`, details);
  return offer;
}

async function validOffers(
  { space, signatures, statements }: Case,
  of: Pick<Offer, "provider" | "dataset">,
): Promise<Verified<Offer>[]> {
  const valid: Verified<Offer>[] = [];
  for (const envelope of statements.offers) {
    try {
      const type = "urn:symbolon:statement:offer:v1";
      const offer = await verifyStatement(signatures, space, envelope, type);
      const { provider, dataset } = offer.statement;
      if (provider === of.provider && dataset === of.dataset) valid.push(offer);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return valid;
}

/** Newest first; of two of the same second the one with the lower hash, so that all nodes agree. */
function newestFirst(a: Verified<Offer>, b: Verified<Offer>): number {
  if (a.statement.issuedAt !== b.statement.issuedAt)
    return a.statement.issuedAt > b.statement.issuedAt ? -1 : 1;
  return a.hash < b.hash ? -1 : 1;
}

/** The risk under the most cautious overlap anybody named, if every provider accepts it. */
function acceptedRisk(
  estimate: EstimateRisk,
  { params }: RunRequest,
  ours: DatasetManifest,
  theirs: readonly DatasetManifest[],
  offers: readonly Verified<Offer>[],
): Risk {
  const terms = offers.map(({ statement }) => statement);
  const overlap = Math.max(params["overlap"], ...terms.map(({ overlapMin }) => overlapMin));
  const risk = estimate({ params: { ...params, overlap }, ours, theirs });
  for (const { provider, riskMax } of terms)
    if (!(risk[RISK_BOUND] <= riskMax))
      throw new Refusal(
        "RISK_TOO_HIGH",
        `a picked name is on a list with a chance of about ${percent(risk[RISK_BOUND])}; ` +
          `${provider} accepts ${percent(riskMax)}`,
        { provider, risk: risk[RISK_BOUND], riskMax },
      );
  return risk;
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
