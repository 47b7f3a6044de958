import type { CrossTabRule } from "@symbolon/mpc/table/cross-tab";
import { tableSensitivity } from "@symbolon/release/contribution";
import type { Laplace } from "@symbolon/release/laplace";
import { parseRational, type Rational } from "@symbolon/release/rational";
import { tableRule } from "./count-rule.js";
import type { CountPersonsPlan, TablePlan } from "./plan.js";

/** ε of all figures of a table together, and of each list's own counts, which the rule looks at. */
export const PERSON_FIGURES_EPSILON = "3/4";
export const PERSON_OWN_EPSILON = "1/4";

/**
 * Persons that a record more or less changes, at most, as long as it leaves all links between other
 * records as they are: she who had it and she who has it not, and, if it comes between two other
 * records that are linked with each other and not both with it, two more. True of three lists
 * (`persons-changed.test.ts`); docs/decisions/0029-noise-of-counted-persons.md says what of more.
 */
export const PERSONS_CHANGED = 4n;

/** Cells in which one person counts, or one record. */
const cellsOfOne = ({ rows, columns }: TablePlan): bigint =>
  tableSensitivity(columns === undefined ? [rows] : [rows, columns]);

/** The noise of each figure. */
export const personFigureNoise = (plan: TablePlan): Laplace => ({
  epsilon: parseRational(PERSON_FIGURES_EPSILON) as Rational,
  sensitivity: PERSONS_CHANGED * cellsOfOne(plan),
});

/**
 * The table that a plan makes of so many lists. A list's own counts are of its rows, whoever is
 * linked with whom: there a record moves its own cells and no others.
 */
export function countPersonsRule(plan: CountPersonsPlan, lists: number): CrossTabRule {
  const own = {
    epsilon: parseRational(PERSON_OWN_EPSILON) as Rational,
    sensitivity: cellsOfOne(plan),
  };
  return tableRule(plan, lists, { figures: personFigureNoise(plan), own });
}
