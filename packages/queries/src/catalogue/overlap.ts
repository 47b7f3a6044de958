import { ROWS_STEP } from "@symbolon/base/dataset";
import type { MatchEstimate } from "@symbolon/case-data/compare/estimate";
import { RECORDS } from "@symbolon/case-data/compare/link-rule";
import { PERSONS_TABLE, personColumns } from "@symbolon/case-data/encode/dataset";
import { personLayout } from "@symbolon/case-data/encode/layout";
import { personCells, SETS_LISTS_MAX } from "@symbolon/mpc/linkage/person-counts";
import { SHOWN_BIT } from "@symbolon/mpc/table/shown-cells";
import { countInterval, laplaceDeviation } from "@symbolon/release/laplace";
import { PERSONS_MIN } from "@symbolon/release/minimum-cell";
import { z } from "zod";
import { defineQuery } from "../define-query.js";
import { overlapLeakage } from "../leakage/overlap-leakage.js";
import { listPairs } from "../plan/list-pairs.js";
import { matchThreshold } from "../plan/match-rule.js";
import { overlapNoise } from "../plan/overlap-rule.js";
import type { OverlapPlan } from "../plan/plan.js";
import type { Figure } from "./count-question.js";

/** ε of a list's histograms together, and of all figures together. */
const HALF = { numerator: 1, denominator: 2 };
/** Rows of one list: every two lists are linked. */
const ROWS_MAX = 2 ** 17;

const layout = personLayout();
const READ: readonly string[] = ["content", "present", "real", RECORDS.id];

const params = z.strictObject({ overlap: z.number().min(0.001).max(0.999) });

export type OverlapParams = z.infer<typeof params>;

const planOf = ({ overlap }: OverlapParams): OverlapPlan => ({
  op: "overlap",
  of: "all",
  overlap,
  linking: HALF,
  table: HALF,
});

/**
 * How many different persons all lists know together, and how many of them exactly those of each
 * set of lists.
 *
 *     SELECT lists, COUNT(*) + noise FROM persons(all lists) GROUP BY lists HAVING large enough
 */
export const overlap = defineQuery({
  name: "overlap",
  version: 1,
  question: "How many different persons do all of us know together, and who shares how many?",
  sql: `SELECT lists, COUNT(*) + noise FROM (SELECT person, set_of(list) AS lists
        FROM linked(ours UNION ALL theirs) GROUP BY person) GROUP BY lists HAVING enough persons`,
  params,
  paramsText: {
    overlap: "the share of the smaller of two lists that is expected to be on the other one",
  },
  constants: {
    epsilon: "1/1",
    epsilonLinking: "1/2",
    epsilonFigures: "1/2",
    personsMin: PERSONS_MIN,
    clusters: "records are one person if each is linked to more than half of those before it",
  },
  layout,
  reads: {
    table: PERSONS_TABLE,
    columns: personColumns(layout).filter(({ name }) => READ.includes(name)),
  },
  records: RECORDS,
  lists: { othersMin: 1, othersMax: SETS_LISTS_MAX - 1, rowsMax: ROWS_MAX },
  reveals: [
    {
      to: "asker",
      what:
        "about how many different persons all named lists know together, and for each set of " +
        "lists how many are on these and no others, with discrete-Laplace noise that nobody " +
        "knows, or that it is not shown: fewer than 10 by the noised count. Of each two lists " +
        "about how many pairs of records weigh so many bits. ε = 1 for each record, as long as " +
        "it leaves all links between others as they are: half for the figures, half for the pairs",
    },
    {
      to: "computing parties",
      what:
        "of each two lists how many pairs that are each other's best weigh so many bits, with " +
        "discrete-Laplace noise that nobody knows, ε = 1/2 for each record in all pairs of " +
        "lists together; the number of rows of each list, rounded up to a multiple of " +
        `${ROWS_STEP}; the fields of the layout; ` +
        "whether each list passed its validity check; that the run ended",
    },
    { to: "providers", what: "that the run took place, when and on whose behalf" },
  ],
  noise: {
    mechanism: "discrete-laplace",
    epsilon: "1/1",
    of: "all figures together and the histograms of match weights, for each record of any list",
  },
  leakage: overlapLeakage,
  plan: planOf,
  picks: false,
  repeats: true,
});

/** Two of the lists, by number; 0 is the asker's. */
export interface PairFound {
  readonly a: number;
  readonly b: number;
  /** How many records of one have a match on the other, estimated from the noised histogram. */
  readonly estimate: MatchEstimate;
  /** What a link had to weigh, in bits. */
  readonly thresholdBits: number;
}

/** What the asker learns; figures that are not shown are absent. */
export interface PersonsFound {
  readonly persons?: Figure;
  /** Persons on exactly these lists. */
  readonly sets: readonly { readonly lists: readonly number[]; readonly figure?: Figure }[];
  readonly pairs: readonly PairFound[];
  /** Standard deviation of each figure's noise. */
  readonly deviation: number;
}

/** Reads the words of an answer; `rows` of all lists, ours first, as in the datasets' schemas. */
export function readOverlap(
  words: Uint32Array,
  rows: readonly number[],
  given: OverlapParams,
): PersonsFound {
  const plan = planOf(given);
  let at = 0;
  const pairs = listPairs(plan, layout, rows).map(({ a, b, rule }): PairFound => {
    const bins = rule.histogram.to - rule.histogram.from + 1;
    const counts = Int32Array.from(words.subarray(at, at + bins));
    at += bins;
    const { least, matches: estimate } = matchThreshold(rule, counts);
    return { a, b, estimate, thresholdBits: least / RECORDS.unitsPerBit };
  });
  const noise = overlapNoise(plan, rows.length);
  const figures = Array.from({ length: personCells(rows.length) }, (_, cell) => {
    const word = words[at + cell];
    if (word >>> SHOWN_BIT === 0) return {};
    const noised = word & (2 ** SHOWN_BIT - 1);
    return { figure: { noised, interval: countInterval(noise, noised) } };
  });
  const all = figures.pop();
  const lists = (set: number): number[] => rows.map((_, k) => k).filter((k) => (set >>> k) & 1);
  return {
    ...(all?.figure && { persons: all.figure }),
    sets: figures.map((figure, k) => ({ lists: lists(k + 1), ...figure })),
    pairs,
    deviation: laplaceDeviation(noise),
  };
}
