import { ROWS_STEP } from "@symbolon/base/dataset";
import {
  personAttribute,
  personAttributeColumns,
} from "@symbolon/case-data/attributes/person-attributes";
import { RECORDS } from "@symbolon/case-data/compare/link-rule";
import { PERSONS_TABLE, personColumns } from "@symbolon/case-data/encode/dataset";
import { personLayout } from "@symbolon/case-data/encode/layout";
import { SETS_LISTS_MAX } from "@symbolon/mpc/linkage/person-counts";
import { CELLS_MAX } from "@symbolon/mpc/table/cross-tab";
import { ORGANISATIONS_MIN, PERSONS_MIN } from "@symbolon/release/minimum-cell";
import { z } from "zod";
import { defineQuery } from "../define-query.js";
import { countPersonsLeakage } from "../leakage/count-persons-leakage.js";
import {
  PERSON_FIGURES_EPSILON,
  PERSON_OWN_EPSILON,
  PERSONS_CHANGED,
  personFigureNoise,
} from "../plan/count-persons-rule.js";
import type { CountPersonsPlan } from "../plan/plan.js";
import {
  attributeLayout,
  type CountTable,
  readTables,
  tableParams,
  tableParamsText,
  tablePlan,
  tableShape,
} from "./count-question.js";

/** Rows of one list: every two lists are linked. */
const ROWS_MAX = 2 ** 17;

const layout = { ...personLayout(), counted: attributeLayout };
const READ: readonly string[] = ["content", "present", "real", RECORDS.id];

const shape = tableShape.extend({ overlap: z.number().min(0.001).max(0.999) });

export type CountPersonsParams = z.infer<typeof shape>;

const planOf = (given: CountPersonsParams): CountPersonsPlan => ({
  ...{ op: "count-persons", of: "all", overlap: given.overlap },
  ...tablePlan(given, personAttribute),
});

/**
 * How many persons all lists know together, by one attribute or two, each person counted once.
 *
 *     SELECT a, b, COUNT(*) + noise FROM persons(all lists) WHERE … GROUP BY a, b
 *     HAVING large enough
 */
export const countPersons = defineQuery({
  name: "count-persons",
  version: 1,
  question: "How many different persons do all of us know together, by one or two attributes?",
  sql: `SELECT a, b, COUNT(*) + noise FROM (SELECT person, codes_of(records)
        FROM linked(ours UNION ALL theirs) GROUP BY person) WHERE conditions
        GROUP BY a, b HAVING enough persons of enough organisations`,
  params: tableParams(shape),
  paramsText: {
    ...tableParamsText,
    overlap: "the share of the smaller of two lists that is expected to be on the other one",
  },
  constants: {
    epsilon: "1/1",
    epsilonFigures: PERSON_FIGURES_EPSILON,
    epsilonRule: PERSON_OWN_EPSILON,
    personsChanged: Number(PERSONS_CHANGED),
    personsMin: PERSONS_MIN,
    organisationsMin: ORGANISATIONS_MIN,
    shareMost: "4/5",
    cellsMax: CELLS_MAX,
    clusters: "records are one person if each is linked to more than half of those before it",
    codes:
      "of an attribute with one code the least known one that a record has; of others all that " +
      "any record has; not known only if all say so",
  },
  layout,
  reads: {
    table: PERSONS_TABLE,
    columns: [
      ...personColumns(layout).filter(({ name }) => READ.includes(name)),
      ...personAttributeColumns(),
    ],
  },
  records: RECORDS,
  lists: {
    othersMin: ORGANISATIONS_MIN - 1,
    othersMax: SETS_LISTS_MAX - 1,
    rowsMax: ROWS_MAX,
  },
  reveals: [
    {
      to: "asker",
      what:
        "for each cell of a table by one or two attributes, with up to three conditions: about " +
        "how many different persons all named lists know together, each counted once, with " +
        "discrete-Laplace noise that nobody knows, or that it is not shown: fewer than 10 " +
        "persons, fewer than 3 organisations that visibly have records in it, or one that has " +
        "more than four fifths as many, all by noised counts. ε = 1 for each record that changes " +
        "at most four persons, three quarters for the figures and a quarter for what is shown",
    },
    {
      to: "computing parties",
      what:
        "by which attributes and under which conditions is counted; the number of rows of each " +
        `list, rounded up to a multiple of ${ROWS_STEP}; the fields of the layout; whether each ` +
        "list passed its validity check; that the run ended. Nothing of who is linked with whom",
    },
    { to: "providers", what: "that the run took place, when and on whose behalf" },
  ],
  noise: {
    mechanism: "discrete-laplace",
    epsilon: "1/1",
    of:
      "all cells together and which are shown, for each record of any list that changes at most " +
      "four persons",
  },
  leakage: countPersonsLeakage,
  plan: planOf,
  picks: false,
  repeats: true,
});

/** Reads the words of an answer, one a cell. */
export const readPersonCounts = (words: Uint32Array, given: CountPersonsParams): CountTable => {
  const { overlap: _, ...table } = given;
  return readTables(words, table, personFigureNoise(planOf(given)))[0];
};
