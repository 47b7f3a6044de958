import { assert } from "@symbolon/base/assert";
import { type Laplace, laplaceQuantile } from "./laplace.js";
import { isAtMost, type Rational, rational } from "./rational.js";

/**
 * When a cell of a table may be shown. The rule looks at noised counts only: if it looked at the
 * exact ones, somebody who planted nine people in a cell would learn from its being shown that a
 * tenth is there. What it shows is therefore as private as the noise, and it errs as noise does.
 */
export interface MinimumCell {
  /** Least noised count. */
  readonly persons: number;
  /** Absent for the count of a single list. */
  readonly organisations?: {
    /** Least number of organisations that have somebody in the cell. */
    readonly count: number;
    /** An organisation counts from this noised count of its own on. */
    readonly visibleFrom: number;
    /** Greatest share of the noised count that one organisation may have. */
    readonly shareMost: Rational;
  };
}

/** At least 10 persons of at least 3 organisations, none of which has more than four fifths. */
export const PERSONS_MIN = 10;
export const ORGANISATIONS_MIN = 3;
export const SHARE_MOST: Rational = rational(4n, 5n);

/** A cell with too few organisations may be shown with at most this chance. */
const SHOWN_BY_NOISE_MAX = 0.05;

/**
 * The rule for so many lists, whose own counts have that noise: an organisation without anybody in
 * a cell must not seem to be there. Of `lists` − 2 that have nobody one must seem so to break the
 * rule of three, so each may with that fraction of the chance.
 */
export function minimumCell(lists: number, ownNoise: Laplace): MinimumCell {
  assert(Number.isInteger(lists) && lists >= 1, "a list");
  if (lists === 1) return { persons: PERSONS_MIN };
  assert(lists >= ORGANISATIONS_MIN, "two organisations can take each other's part away");
  const chance = SHOWN_BY_NOISE_MAX / (lists - ORGANISATIONS_MIN + 1);
  return {
    persons: PERSONS_MIN,
    organisations: {
      count: ORGANISATIONS_MIN,
      visibleFrom: laplaceQuantile(ownNoise, chance),
      shareMost: SHARE_MOST,
    },
  };
}

/** Whether a cell is shown, by noised counts: of all, and of each organisation. */
export function isShown(
  { persons, organisations }: MinimumCell,
  noised: number,
  own: readonly number[],
): boolean {
  if (noised < persons) return false;
  if (organisations === undefined) return true;
  const { count, visibleFrom, shareMost } = organisations;
  const visible = own.filter((one) => one >= visibleFrom).length;
  const most = Math.max(0, ...own);
  return visible >= count && isAtMost(rational(BigInt(most), BigInt(noised)), shareMost);
}
