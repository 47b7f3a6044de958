import { ROWS_STEP } from "@symbolon/base/dataset";
import { type Band, bandOf } from "@symbolon/case-data/compare/band";
import { type MatchEstimate, matchProbability } from "@symbolon/case-data/compare/estimate";
import { RECORDS } from "@symbolon/case-data/compare/link-rule";
import { PERSONS_TABLE, personColumns } from "@symbolon/case-data/encode/dataset";
import { personLayout } from "@symbolon/case-data/encode/layout";
import { weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { z } from "zod";
import { defineQuery } from "../define-query.js";
import { matchesLeakage } from "../leakage/matches-leakage.js";
import { corroborated, matchRule, matchThreshold } from "../plan/match-rule.js";
import type { MatchesPlan } from "../plan/plan.js";

/** ε of the histogram of one list. */
const EPSILON = { numerator: 1, denominator: 1 };

/** Bits that speak for every pair that is linked or counted, at least. */
const LEAST = corroborated(RECORDS) / RECORDS.unitsPerBit;

const layout = personLayout();
const READ: readonly string[] = ["content", "present", "real", RECORDS.id];

const params = z.strictObject({ overlap: z.number().min(0.001).max(0.999) });

export type MatchesParams = z.infer<typeof params>;

const planOf = ({ overlap }: MatchesParams): MatchesPlan => ({
  op: "matches",
  of: "theirs",
  overlap,
  epsilon: EPSILON,
});

/**
 * Which of our own cases another organisation holds as well, with the match weight in bits.
 *
 *     SELECT a.row, b.list, weight(a, b) FROM ours AS a JOIN theirs AS b
 *     WHERE weight(a, b) >= threshold AND best_of_both(a, b)
 *
 * It tells the asker of each of its own rows whether a list holds that person. Whoever offers a
 * list for it says yes to that.
 */
export const matches = defineQuery({
  name: "matches",
  version: 1,
  question: "Which of our own cases does another list hold as well, and how sure is that?",
  sql: `SELECT a.row, b.list, weight(a, b) FROM ours AS a JOIN theirs AS b
        WHERE weight(a, b) >= threshold(b.list) AND best_of_both(a, b)`,
  params,
  paramsText: {
    overlap: "the share of the smaller of two lists that is expected to be on the other one",
  },
  constants: {
    epsilon: "1/1",
    threshold:
      "log2(pairs / matches) bits, matches the agreed overlap or the estimate from the noised " +
      "histogram, whichever is fewer, at least 1; without what the sex says never less than more " +
      "than any one field says, but for identifier, phone and e-mail; given name, birth date, " +
      "identifier and e-mail together never below 0",
    candidates:
      "all pairs near by score; of more than 2^30 pairs those that agree in one of nine keys and " +
      "stand near one another in its order",
  },
  layout,
  reads: {
    table: PERSONS_TABLE,
    columns: personColumns(layout).filter(({ name }) => READ.includes(name)),
  },
  records: RECORDS,
  reveals: [
    {
      to: "asker",
      what:
        "of each of its own rows and each named list: whether that list holds the same person, " +
        "as far as can be told, and how many bits speak for it; nothing else of the list's " +
        "record. And the noised counts of the computing parties, so about how many matches there " +
        "are. Of lists with more than 2^30 pairs, if it enters many rows that are alike in a key " +
        "(as a birth date) and knows a match among them, perhaps whether the list has more such " +
        "rows",
    },
    {
      to: "computing parties",
      what:
        "for each list how many pairs that are each other's best weigh so many bits, from " +
        `${LEAST} on, ` +
        "with discrete-Laplace noise that nobody knows, ε = 1 for each row that is the best " +
        "of at most one row of the other list; the number of rows of each list, rounded up to a " +
        `multiple of ${ROWS_STEP}; the fields of the layout; whether each list passed its ` +
        "validity check; that the run ended",
    },
    { to: "providers", what: "that the run took place, when and on whose behalf" },
  ],
  noise: {
    mechanism: "discrete-laplace",
    epsilon: "1/1",
    of: "the histogram of match weights, for each row that is the best of at most one other row",
  },
  leakage: matchesLeakage,
  plan: planOf,
  picks: false,
});

/** A row of ours that a list holds as well. */
export interface Match {
  readonly row: number;
  readonly bits: number;
  /** That it is one person, by the estimated number of matches and its interval. */
  readonly probability: MatchEstimate;
  readonly band: Band;
}

/** What the asker learns about one list. */
export interface ListMatches {
  readonly matches: readonly Match[];
  /** How many matches there are, estimated from the noised histogram. */
  readonly estimate: MatchEstimate;
  /** What a pair had to weigh, in bits. */
  readonly thresholdBits: number;
}

/** Reads the words of an answer; `rows` and `theirs` as in the datasets' schemas. */
export function readMatches(
  words: Uint32Array,
  rows: number,
  theirs: readonly number[],
  given: MatchesParams,
): ListMatches[] {
  let at = 0;
  return theirs.map((columns) => {
    const rule = matchRule(planOf(given), layout, rows, columns);
    const bins = rule.histogram.to - rule.histogram.from + 1;
    const counts = Int32Array.from(words.subarray(at, at + bins));
    const weights = words.subarray(at + bins, at + bins + rows);
    at += bins + rows;
    const { least, matches: estimate } = matchThreshold(rule, counts);
    const lowest = weightBounds(RECORDS).least;
    const found = [...weights].flatMap((word, row): Match[] => {
      if (word === 0) return [];
      const bits = ((word & 0x7fffffff) + lowest) / RECORDS.unitsPerBit;
      const of = (matched: number): number =>
        matchProbability(bits, Math.min(Math.max(matched, 1e-3), rule.pairs / 2) / rule.pairs);
      const probability = {
        low: of(estimate.low),
        expected: of(estimate.expected),
        high: of(estimate.high),
      };
      return [{ row, bits, probability, band: bandOf(probability.expected) }];
    });
    return { matches: found, estimate, thresholdBits: least / RECORDS.unitsPerBit };
  });
}
