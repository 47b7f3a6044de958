import { personBands } from "@symbolon/case-data/compare/band-rule";
import { estimateMatches, type MatchEstimate } from "@symbolon/case-data/compare/estimate";
import { linkRule } from "@symbolon/case-data/compare/link-rule";
import type { LinkageLayout } from "@symbolon/case-data/encode/layout";
import type { BandRule } from "@symbolon/mpc/linkage/band-rule";
import type { LinkRule } from "@symbolon/mpc/linkage/link";
import { weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { RARITY_MOST, type RecordLayout } from "@symbolon/mpc/linkage/record-layout";
import type { HistogramRule } from "@symbolon/mpc/linkage/weight-histogram";
import type { LinkingPlan, MatchesPlan } from "./plan.js";

/** Of lists with more pairs only those are weighed that a few sorted windows bring together. */
export const ALL_PAIRS_MAX = 2 ** 30;

/** How two lists of so many rows are linked: all of it follows from the plan and public sizes. */
export interface LinkingRule {
  readonly link: LinkRule;
  /** Where there are too many pairs to look at all of them. */
  readonly bands?: BandRule;
  /** Units below which a pair is neither linked nor counted, and is in no other pair's way. */
  readonly least: number;
  /** How matches are estimated, if they are; then the stricter number decides what one weighs. */
  readonly histogram?: HistogramRule;
  readonly pairs: number;
  /** Matches that the parties agreed to expect. */
  readonly agreed: number;
}

/** How two lists are matched, where it is estimated how many matches there are. */
export interface MatchRule extends LinkingRule {
  readonly histogram: HistogramRule;
}

/** Bins above the weight at which a pair of lists that agree wholly is a match. */
const BITS_ABOVE = 10;
/**
 * A row of either list more or less takes one pair away and lets its partner have another one, if
 * it is the best of no more than one row of the other list.
 */
const SENSITIVITY = 2n;

/** How two lists of so many rows are linked, by the overlap that was agreed. */
export function linkingRule(
  { overlap }: Pick<LinkingPlan, "overlap">,
  layout: LinkageLayout,
  rows: number,
  columns: number,
): LinkingRule {
  const whole = linkRule(layout, rows, columns);
  const least = corroborated(whole.records);
  const { fields } = whole.records;
  const without = fields.findIndex(({ name }) => name === GUESSED);
  const own = OWN.map((name) => fields.findIndex((field) => field.name === name));
  const floor = { least, without, own };
  const pairs = rows * columns;
  return {
    link: { ...whole, floor },
    ...(pairs > ALL_PAIRS_MAX && { bands: { ...personBands(rows, columns), floor } }),
    least,
    pairs,
    agreed: overlap * Math.min(rows, columns),
  };
}

/** The rule for two lists of so many rows, with a histogram of that ε. */
export function matchRule(
  plan: Pick<MatchesPlan, "overlap" | "epsilon">,
  layout: LinkageLayout,
  rows: number,
  columns: number,
): MatchRule {
  const linking = linkingRule(plan, layout, rows, columns);
  const { least, pairs } = linking;
  const { records } = linking.link;
  const smaller = Math.min(rows, columns);
  // Lower bins would tell of pairs that nobody may learn of (matches.attack.test.ts).
  const from = Math.floor(least / records.unitsPerBit + 0.5);
  const middle = Math.max(from, Math.round(Math.log2(pairs / smaller)));
  const { numerator, denominator } = plan.epsilon;
  return {
    ...linking,
    histogram: {
      from,
      to: middle + BITS_ABOVE,
      noise: {
        epsilon: { numerator: BigInt(numerator), denominator: BigInt(denominator) },
        sensitivity: SENSITIVITY,
      },
    },
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
export function matchThreshold(rule: MatchRule, counts: Int32Array): MatchThreshold {
  const { histogram, pairs, agreed } = rule;
  const { from, noise } = histogram;
  const scale =
    (Number(noise.sensitivity) * Number(noise.epsilon.denominator)) /
    Number(noise.epsilon.numerator);
  const bins = Array.from(counts, (count, k) => ({ bits: from + k, count }));
  const matches = estimateMatches(bins, pairs, Math.SQRT2 * scale);
  return { least: thresholdFor(rule, Math.min(agreed, matches.expected)), matches };
}

/** What a pair must weigh, in units, by the number of matches that was agreed alone. */
export const agreedThreshold = (rule: LinkingRule): number => thresholdFor(rule, rule.agreed);

/** The weight from which on a pair is as likely one person as two, if so many are. */
function thresholdFor({ link, least: floor, pairs }: LinkingRule, matches: number): number {
  const { unitsPerBit } = link.records;
  const bounds = weightBounds(link.records);
  const likely = Math.round(Math.log2(pairs / Math.max(1, matches)) * unitsPerBit);
  const least = Math.max(likely, floor);
  return Math.min(Math.max(least, bounds.least + 1), bounds.most);
}
