import { ROWS_STEP } from "@symbolon/base/dataset";
import { CELLS_MAX } from "@symbolon/mpc/table/cross-tab";
import { ORGANISATIONS_MIN, PERSONS_MIN } from "@symbolon/release/minimum-cell";
import { defineQuery } from "../define-query.js";
import { countLeakage } from "../leakage/count-leakage.js";
import { FIGURES_EPSILON, OWN_EPSILON } from "../plan/count-rule.js";
import { type CountParams, countDeclaration, countPlan, ROWS_MAX } from "./count-question.js";

/**
 * How many cases all lists have together, by one attribute or two.
 *
 *     SELECT a, b, COUNT(*) + noise FROM all lists WHERE … GROUP BY a, b HAVING large enough
 */
export const count = defineQuery({
  name: "count",
  version: 1,
  question: "How many cases do all of us have together, by one or two attributes?",
  sql: `SELECT a, b, COUNT(*) + noise FROM (ours UNION ALL theirs) WHERE conditions
        GROUP BY a, b HAVING enough persons of enough organisations`,
  ...countDeclaration,
  constants: {
    epsilon: "1/1",
    epsilonFigures: FIGURES_EPSILON,
    epsilonRule: OWN_EPSILON,
    personsMin: PERSONS_MIN,
    organisationsMin: ORGANISATIONS_MIN,
    shareMost: "4/5",
    cellsMax: CELLS_MAX,
  },
  lists: { othersMin: ORGANISATIONS_MIN - 1, rowsMax: ROWS_MAX },
  reveals: [
    {
      to: "asker",
      what:
        "for each cell of a table by one or two attributes, with up to three conditions: about " +
        "how many cases all named lists have in it together, with discrete-Laplace noise that " +
        "nobody knows, or that it is not shown: fewer than 10 cases, fewer than 3 organisations " +
        "that visibly have some, or one with more than four fifths, all by noised counts. " +
        "ε = 1 for each case, half for the figures and half for what is shown",
    },
    {
      to: "computing parties",
      what:
        "by which attributes and under which conditions is counted; the number of cases of each " +
        `list, rounded up to a multiple of ${ROWS_STEP}; that the run ended`,
    },
    { to: "providers", what: "that the run took place, when and on whose behalf" },
  ],
  noise: {
    mechanism: "discrete-laplace",
    epsilon: "1/1",
    of: "all cells together and which are shown, for each case of any list",
  },
  leakage: countLeakage,
  plan: (given: CountParams) => countPlan(given, "all"),
});
