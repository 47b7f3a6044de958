import type { CrossTabRule } from "@symbolon/mpc/table/cross-tab";
import { tableSensitivity } from "@symbolon/release/contribution";
import type { Laplace } from "@symbolon/release/laplace";
import { minimumCell } from "@symbolon/release/minimum-cell";
import { parseRational, type Rational } from "@symbolon/release/rational";
import type { CountPlan, TablePlan } from "./plan.js";

/** ε of all figures of a table together, and of each list's own counts, which the rule looks at. */
export const FIGURES_EPSILON = "1/2";
export const OWN_EPSILON = "1/2";
/** ε of the figures of a list that is counted by itself: no other counts are looked at. */
export const EACH_EPSILON = "1/1";

function noiseOf({ rows, columns }: CountPlan, epsilon: string): Laplace {
  return {
    epsilon: parseRational(epsilon) as Rational,
    sensitivity: tableSensitivity(columns === undefined ? [rows] : [rows, columns]),
  };
}

/** The noise of each figure: a case moves as many cells by one as its codes make. */
export const figureNoise = (plan: CountPlan): Laplace =>
  noiseOf(plan, plan.of === "all" ? FIGURES_EPSILON : EACH_EPSILON);

/**
 * The table that a plan makes of so many lists. A case is on one list, so one ε pays for the own
 * counts of all of them.
 */
export const countRule = (plan: CountPlan, lists: number): CrossTabRule =>
  tableRule(plan, lists, { figures: figureNoise(plan), own: noiseOf(plan, OWN_EPSILON) });

/** The noise of the figures, and of each list's own counts. */
export interface TableNoise {
  readonly figures: Laplace;
  readonly own: Laplace;
}

/** A table of so many lists with that noise, and with the least cell that goes with it. */
export function tableRule(
  { rows, columns, where }: TablePlan,
  lists: number,
  { figures, own }: TableNoise,
): CrossTabRule {
  const { persons, organisations } = minimumCell(lists, own);
  return {
    rows,
    ...(columns && { columns }),
    where,
    shown: {
      noise: figures,
      persons,
      ...(organisations && {
        lists: {
          noise: own,
          count: organisations.count,
          visibleFrom: organisations.visibleFrom,
          shareMost: {
            numerator: Number(organisations.shareMost.numerator),
            denominator: Number(organisations.shareMost.denominator),
          },
        },
      }),
    },
  };
}
