import { assert } from "@symbolon/base/assert";
import { fromBase64, sameBytes } from "@symbolon/base/bytes";
import { PARTIES } from "@symbolon/base/id";
import type { UseRequest } from "./acts/run.js";
import type { UseCase } from "./acts/use-case.js";
import type { Case, QueryRules } from "./decide.js";
import { countBeside } from "./decide-consent.js";
import { covers } from "./fold/consents.js";
import { vetoEnds } from "./fold/veto-time.js";
import type { Hash } from "./hash.js";
import { millisecondsOf } from "./instant.js";
import { frontierRoot } from "./log/frontier.js";
import { LogError } from "./log/log-error.js";
import { noteKey } from "./log/note-key.js";
import { checkPolicy, type LogPolicy } from "./log/policy.js";
import { verifyCheckpoint } from "./log/verify-checkpoint.js";
import { Refusal } from "./refusal.js";
import type { Signatures } from "./signatures.js";
import { budgetKey, datasetName, type HeadKeys, memberIn, type SpaceState } from "./space-state.js";
import { type DatasetManifest, type RunRequest, runIdOf } from "./statement.js";

/** A space as a node knows it: what its log says, and the newest signed head. */
export interface SpaceView {
  readonly state: SpaceState;
  /** The checkpoint of the whole log as a note; under a charter no run starts without it. */
  readonly head?: string;
}

interface Question {
  readonly about: Pick<Case, "signatures" | "now">;
  readonly request: RunRequest | UseRequest;
  readonly hash: Hash;
  readonly rules: QueryRules;
}

/** What a charter asks of a run, besides consent. Throws `Refusal`. */
export async function checkCharter(view: SpaceView, question: Question): Promise<void> {
  const { state } = view;
  const { about, hash } = question;
  await checkHead(about.signatures, view);
  checkLogged(state, hash, about.now);
  checkUse(state, question);
}

/**
 * The head that all three nodes, and witnesses enough, have signed must be of the very log that the
 * state was folded from: who was shown another log has another root.
 */
async function checkHead(signatures: Signatures, { state, head }: SpaceView): Promise<void> {
  const refuse = (why: string) => new Refusal("HEAD_NOT_COSIGNED", why, { space: state.space });
  assert(state.heads !== undefined, "a charter says who signs heads");
  if (head === undefined) throw refuse("the log's head is not there");
  const policy = await headPolicy(state.heads);
  const checkpoint = await verifyCheckpoint(signatures, head, policy).catch((error) => {
    if (!(error instanceof LogError)) throw error;
    throw refuse(error.message);
  });
  const { size } = state.frontier;
  const isSame =
    checkpoint.size === size && sameBytes(checkpoint.root, await frontierRoot(state.frontier));
  if (!isSame)
    throw new Refusal("HEAD_OF_OTHER_LOG", "the signed head is of another log than this node's", {
      size,
      signed: checkpoint.size,
    });
}

/** Who must have signed a head of the log, as a keys file says it. */
export async function headPolicy({ log, nodes, witnesses, quorum }: HeadKeys): Promise<LogPolicy> {
  const raw = (key: string): Uint8Array => fromBase64(key) ?? new Uint8Array();
  const [a, b, c] = await Promise.all(
    nodes.map((key, k) => noteKey(`${log}/node${k}`, "note", raw(key))),
  );
  const keys = witnesses.map(({ member, headKey }) =>
    noteKey(`${log}/${member}`, "cosignature", raw(headKey)),
  );
  const policy = { origin: log, nodes: [a, b, c] as const, quorum };
  return checkPolicy({ ...policy, witnesses: await Promise.all(keys) });
}

/** Else requests of many epochs could be saved up, each within its budget, and begun at once. */
const BEGIN_HOURS_MAX = 72;

/** The request stands in the log, nobody said no, and the time to say no is over. */
function checkLogged(state: SpaceState, hash: Hash, now: number): void {
  const logged = state.requests.get(hash);
  if (logged === undefined)
    throw new Refusal("NOT_LOGGED", `the request is not in the log of ${state.space}`);
  const [first] = logged.vetoes;
  if (first !== undefined)
    throw new Refusal("VETOED", `${first} has said no to this request`, { provider: first });
  const until = vetoEnds(state, logged);
  if (now < until)
    throw new Refusal("VETO_OPEN", `providers may say no until ${new Date(until).toISOString()}`);
  if (now > until + BEGIN_HOURS_MAX * 3_600_000)
    throw new Refusal("REQUEST_TOO_OLD", `the request is of ${logged.at}`);
}

/** The query is approved, and the use case that is named has this use in it. */
function checkUse(state: SpaceState, { request, hash, rules }: Question): void {
  const { query } = request;
  const approved = state.queries.get(query);
  if (approved === undefined)
    throw new Refusal("QUERY_NOT_APPROVED", "the members have not approved the query", { query });
  if (rules.explanation !== approved)
    throw new Refusal("QUERY_NOT_APPROVED", "this node explains the query in another text", {
      query,
    });
  const useCase = "useCase" in request ? state.useCases.get(request.useCase) : undefined;
  if (useCase === undefined)
    throw new Refusal("USE_CASE_UNKNOWN", "the members have not approved the use case");
  const asked = request as UseRequest;
  const asker = memberIn(state, request.asker);
  if (asker === undefined || !covers(useCase.beneficiaries, asker))
    throw new Refusal("OTHER_BENEFICIARY", `${useCase.name} is for others`);
  if (useCase.purpose !== asked.purpose)
    throw new Refusal("OTHER_PURPOSE", `${useCase.name} is for the purpose ${useCase.purpose}`);
  checkReads(useCase, rules);
  checkParams(useCase, asked);
  checkBudget(state, useCase, asked, hash);
}

function checkReads({ name, data }: UseCase, { reads }: QueryRules): void {
  if (reads.layout !== data.layout)
    throw new Refusal("LAYOUT_MISMATCH", `${name} is about data that are encoded in another way`);
  const extra = reads.columns.find((column) => !data.fields.includes(column.name));
  if (extra)
    throw new Refusal("OTHER_FIELDS", `${name} does not allow the column ${extra.name}`, {
      column: extra.name,
    });
}

function checkParams({ name, queries }: UseCase, { query, params }: UseRequest): void {
  const found = queries.find((entry) => entry.query === query);
  if (found === undefined)
    throw new Refusal("OTHER_USE_CASE", `${name} does not have this query`, { query });
  const bounds = new Map(found.params.map((entry) => [entry.name, entry]));
  for (const [param, value] of Object.entries(params)) {
    const bound = bounds.get(param);
    if (bound === undefined || !(value >= bound.min && value <= bound.max))
      throw new Refusal("BAD_PARAMS", `${name} does not allow this value of ${param}`, { param });
  }
}

function checkBudget(
  state: SpaceState,
  { name, budget }: UseCase,
  { useCase, asker }: UseRequest,
  hash: Hash,
): void {
  const at = millisecondsOf(state.requests.get(hash)?.at ?? "") ?? 0;
  const runs = state.spent.budgets.get(budgetKey(state, useCase, asker, at));
  const spent = countBeside(runIdOf(hash), runs);
  if (spent >= budget.runsPerEpoch)
    throw new Refusal("BUDGET_SPENT", `${asker} has asked ${spent} times under ${name}`, { spent });
}

/** All three nodes have the dataset, and nobody has taken it back or deleted it. */
export function checkHolding(
  state: SpaceState,
  { provider, dataset }: Pick<DatasetManifest, "provider" | "dataset">,
  root: Hash,
): void {
  const held = state.holdings.get(root);
  if (held === undefined || held.provider !== provider || held.dataset !== dataset)
    throw new Refusal("NOT_LOGGED", `the log has no receipt for ${dataset}`, { dataset });
  if (held.deleted.size > 0)
    throw new Refusal("DATASET_DELETED", `${dataset} has been deleted`, { dataset });
  const withdrawn = state.withdrawn.get(datasetName(provider, dataset)) ?? -1;
  const first = Math.min(...held.receipts.values());
  if (withdrawn > first)
    throw new Refusal("DATASET_WITHDRAWN", `${provider} has taken ${dataset} back`, { dataset });
  const absent = PARTIES.filter((node) => !held.receipts.has(node));
  if (absent.length > 0)
    throw new Refusal("NOT_LOGGED", `the log lacks a receipt of node ${absent[0]}`, { dataset });
}
