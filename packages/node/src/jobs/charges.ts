import type { BudgetUsed } from "@symbolon/governance/api";
import type { DatasetManifest } from "@symbolon/governance/statement";
import type { Budget, Cost } from "@symbolon/release/ledger";
import { formatRational, parseRational } from "@symbolon/release/rational";
import type { NodeConfig } from "../config.js";
import type { Charge } from "../store/ledger.js";
import type { RunGrant } from "../store/store.js";
import type { JobServices } from "./job-services.js";

export const HOUR_MS = 3_600_000;

/** Of runs without a use case, which name none. */
const NO_PURPOSE = "unstated";

export interface ChargeTerms {
  readonly cost: Cost;
  readonly budget: NodeConfig["budget"];
  /** Hours of an epoch, after which budgets are counted anew. */
  readonly epochHours: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The name of this node, for people. */
  readonly node: string;
}

type Owned = Pick<DatasetManifest, "provider" | "dataset">;

/** The account of a dataset in an epoch, for all beneficiaries together. */
export function datasetAccount({ provider, dataset }: Owned, epochHours: number, now: number) {
  const epoch = Math.floor(now / (epochHours * HOUR_MS));
  return [provider, dataset, `${epochHours}h/${epoch}`];
}

/**
 * What a run uses up of each dataset of others that it names: of what this beneficiary has for this
 * purpose, and of what all have together, since askers can put their answers together. A dataset's
 * newer version has the same account: it may have the same people in it.
 */
export function chargesOf(
  request: RunGrant["request"],
  theirs: readonly Owned[],
  { cost, budget, epochHours, now, node }: ChargeTerms,
): readonly Charge[] {
  const purpose = "purpose" in request ? request.purpose : NO_PURPOSE;
  const end = (Math.floor(now / (epochHours * HOUR_MS)) + 1) * epochHours * HOUR_MS;
  const until = new Date(end).toISOString().slice(0, 16).replace("T", " ");
  return theirs.flatMap((owned) => {
    const all = datasetAccount(owned, epochHours, now);
    const rest = `of ${owned.provider}'s ${owned.dataset} at ${node} until ${until}`;
    const charge = (account: readonly string[], most: Budget, who: string): Charge => {
      const whose = `the budget ${who} ${rest} (ask ${node}'s operator and ${owned.provider})`;
      return { account: JSON.stringify(account), cost, budget: most, whose };
    };
    return [
      charge(
        [...all, request.asker, purpose],
        budgetIn(budget.each),
        `of ${request.asker} for ${purpose}`,
      ),
      charge(all, budgetIn(budget.total), "of all"),
    ];
  });
}

/** A budget as the configuration spells it. */
export const budgetIn = ({ epsilon, rho, exact }: NodeConfig["budget"]["each"]): Budget => ({
  epsilon: epsilon === undefined ? undefined : parseRational(epsilon),
  rho: rho === undefined ? undefined : parseRational(rho),
  exact,
});

/** What is used up of each dataset in this epoch, by all beneficiaries together. */
export function budgetsUsed(
  { ledger, budget, spaceLog, now }: Pick<JobServices, "ledger" | "budget" | "spaceLog" | "now">,
  datasets: readonly Owned[],
): BudgetUsed[] {
  const epochHours = epochHoursOf({ budget, ...(spaceLog && { spaceLog }) });
  const most = budgetIn(budget.total);
  return datasets.flatMap((owned) => {
    const account = JSON.stringify(datasetAccount(owned, epochHours, now()));
    const { epsilon, exact } = ledger.spent(account);
    if (epsilon.numerator === 0n && exact === 0) return [];
    return {
      dataset: owned.dataset,
      epsilon: formatRational(epsilon),
      ...(most.epsilon && { epsilonMost: formatRational(most.epsilon) }),
      exact,
      ...(most.exact !== undefined && { exactMost: most.exact }),
    };
  });
}

/** Hours of an epoch: the charter's, or without one the operator's. */
export function epochHoursOf({
  budget,
  spaceLog,
}: Pick<JobServices, "budget" | "spaceLog">): number {
  const state = spaceLog?.state;
  return state?.charter === undefined ? budget.epochHours : state.epochHours;
}

/** The same by the services of a node's jobs. */
export function runCharges(
  { engine, budget, spaceLog, space, self, now }: JobServices,
  request: RunGrant["request"],
  theirs: readonly Owned[],
): readonly Charge[] {
  const epochHours = epochHoursOf({ budget, ...(spaceLog && { spaceLog }) });
  const cost = engine.costOf(request.query);
  return chargesOf(request, theirs, {
    ...{ cost, budget, epochHours, now: now() },
    node: space.nodes[self].name,
  });
}
