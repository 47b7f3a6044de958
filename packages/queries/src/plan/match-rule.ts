import { estimateMatches, type MatchEstimate } from "@symbolon/case-data/compare/estimate";
import { linkRule } from "@symbolon/case-data/compare/link-rule";
import type { LinkageLayout } from "@symbolon/case-data/encode/layout";
import type { LinkRule } from "@symbolon/mpc/linkage/link";
import { weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { RARITY_MOST, type RecordLayout } from "@symbolon/mpc/linkage/record-layout";
import type { HistogramRule } from "@symbolon/mpc/linkage/weight-histogram";
import type { MatchesPlan } from "./plan.js";

/** How two lists of so many rows are matched: all of it follows from the plan and public sizes. */
export interface MatchRule {
  readonly link: LinkRule;
  /** Units below which a pair is neither linked nor counted, and is in no other pair's way. */
  readonly least: number;
  readonly histogram: HistogramRule;
  readonly pairs: number;
  /** Matches that the parties agreed to expect. */
  readonly agreed: number;
}

/** Bins above the weight at which a pair of lists that agree wholly is a match. */
const BITS_ABOVE = 10;
/**
 * A row of either list more or less takes one pair away and lets its partner have another one, if
 * it is the best of no more than one row of the other list.
 */
const SENSITIVITY = 2n;

/** The rule for two lists of so many rows. */
export function matchRule(
  plan: Pick<MatchesPlan, "overlap" | "epsilon">,
  layout: LinkageLayout,
  rows: number,
  columns: number,
): MatchRule {
  const whole = linkRule(layout, rows, columns);
  const pairs = rows * columns;
  const smaller = Math.min(rows, columns);
  const { records } = whole;
  const least = corroborated(records);
  const without = records.fields.findIndex(({ name }) => name === GUESSED);
  const own = OWN.map((name) => records.fields.findIndex((field) => field.name === name));
  const link = { ...whole, floor: { least, without, own } };
  // Lower bins would tell of pairs that nobody may learn of (matches.attack.test.ts).
  const from = Math.floor(least / records.unitsPerBit + 0.5);
  const middle = Math.max(from, Math.round(Math.log2(pairs / smaller)));
  const { numerator, denominator } = plan.epsilon;
  return {
    link,
    least,
    histogram: {
      from,
      to: middle + BITS_ABOVE,
      noise: {
        epsilon: { numerator: BigInt(numerator), denominator: BigInt(denominator) },
        sensitivity: SENSITIVITY,
      },
    },
    pairs,
    agreed: plan.overlap * smaller,
  };
}

/** Fields of which one alone may make a match. */
const ALONE: readonly string[] = ["identifier", "phone", "email"];
/** A field that is guessed right by trying both of its frequent values: it is left out. */
const GUESSED = "sex";

/**
 * A family, or the guests of a house, have surname, address, phone and nationality in common. These
 * fields tell them apart: a pair of which they say, together, "two people" is no match.
 */
const OWN: readonly string[] = ["given", "birth-date", "identifier", "email"];

/**
 * More units than any one field says, but for those that are nearly a person's own. What is left
 * when the sex is taken out must be as much: so an asker who knows a birth date, or one name, and
 * guesses the sex, learns of nobody by it.
 */
export function corroborated({ fields }: RecordLayout): number {
  const single = fields.filter(({ name }) => !ALONE.includes(name) && name !== GUESSED);
  const most = single.map(
    ({ weights, rarity }) => Math.max(...weights) + (rarity ? 2 * RARITY_MOST : 0),
  );
  return Math.max(...most) + 1;
}

/** What a pair must weigh, in units, and how many matches there are. */
export interface MatchThreshold {
  readonly least: number;
  readonly matches: MatchEstimate;
}

/**
 * From the noised histogram: a pair counts if it is as likely one person as two, by the number of
 * matches that was agreed or by the estimated one, whichever is fewer, at least one; and if it is
 * `corroborated`.
 */
export function matchThreshold(
  { link, least: floor, histogram, pairs, agreed }: MatchRule,
  counts: Int32Array,
): MatchThreshold {
  const { from, noise } = histogram;
  const scale =
    (Number(noise.sensitivity) * Number(noise.epsilon.denominator)) /
    Number(noise.epsilon.numerator);
  const bins = Array.from(counts, (count, k) => ({ bits: from + k, count }));
  const matches = estimateMatches(bins, pairs, Math.SQRT2 * scale);
  const fewer = Math.max(1, Math.min(agreed, matches.expected));
  const { unitsPerBit } = link.records;
  const bounds = weightBounds(link.records);
  const likely = Math.round(Math.log2(pairs / fewer) * unitsPerBit);
  const least = Math.max(likely, floor);
  return { least: Math.min(Math.max(least, bounds.least + 1), bounds.most), matches };
}
