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
  readonly histogram: HistogramRule;
  readonly pairs: number;
  /** Matches that the parties agreed to expect. */
  readonly agreed: number;
}

/** Bins on either side of the weight at which a pair of lists that agree wholly is a match. */
const BITS_AROUND = 10;
/** A row of either list more or less: at most one pair goes and another comes. */
const SENSITIVITY = 2n;

/** The rule for two lists of so many rows. */
export function matchRule(
  plan: Pick<MatchesPlan, "overlap" | "epsilon">,
  layout: LinkageLayout,
  rows: number,
  columns: number,
): MatchRule {
  const link = linkRule(layout, rows, columns);
  const pairs = rows * columns;
  const smaller = Math.min(rows, columns);
  const middle = Math.round(Math.log2(pairs / smaller));
  const { numerator, denominator } = plan.epsilon;
  return {
    link,
    histogram: {
      from: middle - BITS_AROUND,
      to: middle + BITS_AROUND,
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

/**
 * More units than any one field says where it agrees, but for those that are nearly a person's own:
 * so that an asker who knows a birth date, or a name, and no more, learns of nobody by it.
 */
export function corroborated({ fields }: RecordLayout): number {
  const most = fields.map(({ name, weights, rarity }) =>
    ALONE.includes(name) ? 0 : Math.max(...weights) + (rarity ? 2 * RARITY_MOST : 0),
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
 * matches that was agreed or by the estimated one, whichever is fewer, at least one; and if more
 * than one field speaks for it.
 */
export function matchThreshold(
  { link, histogram, pairs, agreed }: MatchRule,
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
  const least = Math.max(likely, corroborated(link.records));
  return { least: Math.min(Math.max(least, bounds.least + 1), bounds.most), matches };
}
