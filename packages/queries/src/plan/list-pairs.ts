import type { LinkageLayout } from "@symbolon/case-data/encode/layout";
import { type MatchRule, matchRule } from "./match-rule.js";
import type { Epsilon, LinkingPlan } from "./plan.js";

/** Two of the lists of a run, by number, and how they are matched. */
export interface ListPair {
  readonly a: number;
  readonly b: number;
  readonly rule: MatchRule;
}

/**
 * All pairs of lists a < b of so many rows, by b, and the rule for each. A list is in one pair with
 * each other one, so that each pair's histogram has an even share of the plan's ε.
 */
export function listPairs(
  { overlap, linking }: LinkingPlan,
  layout: LinkageLayout,
  rows: readonly number[],
): ListPair[] {
  const epsilon: Epsilon = {
    numerator: linking.numerator,
    denominator: linking.denominator * (rows.length - 1),
  };
  return rows.flatMap((columns, b) =>
    rows.slice(0, b).map((count, a) => ({
      a,
      b,
      rule: matchRule({ overlap, epsilon }, layout, count, columns),
    })),
  );
}
