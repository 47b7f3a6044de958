import type { RunId } from "@symbolon/base/id";
import type { UseRequest } from "./acts/run.js";
import type { QueryRules } from "./decide.js";
import { byLastWord, covers, isGiven } from "./fold/consents.js";
import type { Hash } from "./hash.js";
import { millisecondsOf } from "./instant.js";
import { Refusal } from "./refusal.js";
import { type Consent, datasetName, memberIn, type SpaceState } from "./space-state.js";
import type { DatasetManifest, RunRequest } from "./statement.js";

/** What is asked of one dataset of another member. */
export interface ConsentQuestion {
  readonly state: SpaceState;
  readonly request: RunRequest | UseRequest;
  /** The request's own run: what another node has written down of it uses nothing up twice. */
  readonly run: RunId;
  readonly manifest: DatasetManifest;
  readonly rules: Pick<QueryRules, "reads" | "direction">;
  readonly now: number;
  /** Runs by consent that this node has written down. */
  readonly used: ReadonlyMap<Hash, number>;
}

/**
 * The provider's last word on its dataset for this query and asker, if it allows the run. Throws
 * `Refusal` with what is missing.
 */
export function consentFor(question: ConsentQuestion): Consent {
  const { request, manifest, rules, now } = question;
  const { provider, dataset } = manifest;
  const details = { provider, dataset };
  const refuse = (code: ConstructorParameters<typeof Refusal>[0], why: string): never => {
    throw new Refusal(code, `${provider} ${why}`, details);
  };
  const consent = lastWord(question, refuse);
  const { terms } = consent;
  if (terms.runsMax === 0) refuse("RUNS_USED_UP", `has taken its offer of ${dataset} back`);
  if ((millisecondsOf(terms.expires) as number) <= now)
    throw new Refusal("OFFER_EXPIRED", `${provider}'s offer expired at ${terms.expires}`, details);
  if (!consent.isOneSided && !consent.agreed.has(request.asker))
    refuse("NOT_AGREED", `offers ${dataset} on terms that ${request.asker} has not agreed to`);
  if (terms.purpose !== undefined && terms.purpose !== ("purpose" in request && request.purpose))
    refuse("OTHER_PURPOSE", `offers ${dataset} for the purpose ${terms.purpose}`);
  const { fields } = terms;
  const extra = fields && rules.reads.columns.find(({ name }) => !fields.includes(name));
  if (extra) refuse("OTHER_FIELDS", `does not offer the column ${extra.name} of ${dataset}`);
  if ((rules.direction ?? "asker") === "all" && terms.direction !== "all")
    refuse("OTHER_DIRECTION", `offers ${dataset} only for runs that tell the asker alone`);
  if (runsOf(question, consent.hash) >= terms.runsMax)
    throw new Refusal("RUNS_USED_UP", `${provider}'s offer allows no more runs`, details);
  return consent;
}

/** What the log counts and what this node has written down, whichever is more. */
const runsOf = ({ state, run, used }: ConsentQuestion, consent: Hash): number =>
  Math.max(countBeside(run, state.spent.consents.get(consent)), used.get(consent) ?? 0);

/** How many runs there are beside this one. */
export const countBeside = (run: RunId, runs: ReadonlySet<RunId> = new Set()): number =>
  runs.size - (runs.has(run) ? 1 : 0);

function lastWord(
  { state, request, manifest }: ConsentQuestion,
  refuse: (code: ConstructorParameters<typeof Refusal>[0], why: string) => never,
): Consent {
  const { provider, dataset } = manifest;
  const withdrawn = state.withdrawn.get(datasetName(provider, dataset)) ?? -1;
  // What was offered before the dataset was taken back went with it; a member that left has none.
  const mine = [...state.consents.values()].filter(
    (consent) =>
      consent.provider === provider &&
      consent.dataset === dataset &&
      consent.index > withdrawn &&
      isGiven(consent),
  );
  if (mine.length === 0 || memberIn(state, provider) === undefined)
    return refuse("NO_OFFER", `has not offered ${dataset}`);
  const asked = mine.filter(({ terms }) => terms.query === request.query);
  if (asked.length === 0) return refuse("OTHER_QUERY", `offers ${dataset} for another query`);
  const useCase = "useCase" in request ? request.useCase : undefined;
  const used =
    state.charter === undefined ? asked : asked.filter(({ terms }) => terms.useCase === useCase);
  if (used.length === 0) return refuse("OTHER_USE_CASE", `offers ${dataset} for another use case`);
  const asker = memberIn(state, request.asker);
  const [consent] = used
    .filter(({ terms }) => asker !== undefined && covers(terms.beneficiaries, asker))
    .sort(byLastWord);
  return consent ?? refuse("OTHER_BENEFICIARY", `offers ${dataset} to others`);
}
