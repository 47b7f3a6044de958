import { ROWS_STEP } from "@symbolon/base/dataset";
import { CELLS_MAX } from "@symbolon/mpc/table/cross-tab";
import { PERSONS_MIN } from "@symbolon/release/minimum-cell";
import { defineQuery } from "../define-query.js";
import { countEachLeakage } from "../leakage/count-each-leakage.js";
import { EACH_EPSILON } from "../plan/count-rule.js";
import { type CountParams, countDeclaration, countPlan, ROWS_MAX } from "./count-question.js";

/**
 * How many cases each named list has by itself, by one attribute or two.
 *
 *     SELECT list, a, b, COUNT(*) + noise FROM theirs WHERE …
 *     GROUP BY list, a, b HAVING enough persons
 *
 * It tells how much one organisation has: whoever offers its list for it says yes to that.
 */
export const countEach = defineQuery({
  name: "count-each",
  version: 1,
  question: "How many cases does each of the others have by itself, by one or two attributes?",
  sql: `SELECT list, a, b, COUNT(*) + noise FROM theirs WHERE conditions
        GROUP BY list, a, b HAVING enough persons`,
  ...countDeclaration,
  constants: { epsilon: EACH_EPSILON, personsMin: PERSONS_MIN, cellsMax: CELLS_MAX },
  lists: { othersMin: 1, rowsMax: ROWS_MAX },
  reveals: [
    {
      to: "asker",
      what:
        "for each named list and each cell of a table by one or two attributes, with up to three " +
        "conditions: about how many cases that one list has in it, with discrete-Laplace noise " +
        "that nobody knows, or that it is not shown: fewer than 10, by the noised count. " +
        "ε = 1 for each case. It is told of each organisation by name",
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
    epsilon: EACH_EPSILON,
    of: "all cells of a list's table together, for each case of the list",
  },
  leakage: countEachLeakage,
  plan: (given: CountParams) => countPlan(given, "each"),
});
