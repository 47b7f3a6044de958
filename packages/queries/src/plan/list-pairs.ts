import type { LinkageLayout } from "@symbolon/case-data/encode/layout";
import { type LinkingRule, linkingRule, type MatchRule, matchRule } from "./match-rule.js";
import type { Epsilon, EstimatedLinking, LinkingPlan } from "./plan.js";

/** Two of the lists of a run, by number, and how they are matched. */
export interface ListPair<Rule extends LinkingRule = LinkingRule> {
  readonly a: number;
  readonly b: number;
  readonly rule: Rule;
}

/** All pairs of lists a < b of so many rows, by b, and the rule for each. */
export function linkedPairs(
  plan: LinkingPlan,
  layout: LinkageLayout,
  rows: readonly number[],
): ListPair[] {
  if (plan.linking) return listPairs({ ...plan, linking: plan.linking }, layout, rows);
  return pairsOf(rows, (count, columns) => linkingRule(plan, layout, count, columns));
}

/**
 * The same with histograms. A list is in one pair with each other one, so that each pair's has an
 * even share of the plan's ε.
 */
export function listPairs(
  { overlap, linking }: EstimatedLinking,
  layout: LinkageLayout,
  rows: readonly number[],
): ListPair<MatchRule>[] {
  const epsilon: Epsilon = {
    numerator: linking.numerator,
    denominator: linking.denominator * (rows.length - 1),
  };
  const ruleOf = (count: number, columns: number): MatchRule =>
    matchRule({ overlap, epsilon }, layout, count, columns);
  return pairsOf(rows, ruleOf);
}

const pairsOf = <Rule extends LinkingRule>(
  rows: readonly number[],
  ruleOf: (rows: number, columns: number) => Rule,
): ListPair<Rule>[] =>
  rows.flatMap((columns, b) =>
    rows.slice(0, b).map((count, a) => ({ a, b, rule: ruleOf(count, columns) })),
  );
