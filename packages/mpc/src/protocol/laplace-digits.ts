import { assert } from "@symbolon/base/assert";

/** Noise for one number: ε as an exact fraction, and how far one person can move the number. */
export interface LaplaceNoise {
  readonly epsilon: { readonly numerator: bigint; readonly denominator: bigint };
  readonly sensitivity: bigint;
}

/** The digits that make a geometric number, and how far they are from the exact distribution. */
export interface LaplaceDigits {
  /** t_j: digit j is 1 when a uniform 64-bit number is below t_j. */
  readonly thresholds: readonly bigint[];
  /** Upper bound of the statistical distance of one noise number from the discrete Laplace. */
  readonly distance: number;
}

/** Bits of a uniform number that decides a digit. */
export const PRECISION = 64;
/** Digits beyond this one are never worth their gates; a noise this wide is no answer either. */
export const DIGITS_MAX = 40;
/** Binary places behind the point in all that is computed here. */
const PLACES = 256n;
const ONE = 1n << PLACES;
/** A digit is left out once the whole rest is less likely than this. */
const LEFT_OUT_MAX = ONE >> 64n;

/** A real number between two of our fixed-point numbers. */
interface Interval {
  readonly low: bigint;
  readonly high: bigint;
}

/**
 * The constants of discrete-Laplace noise: P(X = x) = (1 − q)/(1 + q) · q^|x| with q = e^(−ε/s).
 *
 * X = G − G′ for independent geometric numbers, P(G = k) = (1 − q)·q^k, and the binary digits of
 * a geometric number are independent: Σ_j b_j·2^j has weight Π_j q^(b_j·2^j), a product over j. So
 *
 *     P(b_j = 1) = q^(2^j) / (1 + q^(2^j)),        t_j = that times 2^64, rounded
 *
 * Everything is computed with whole numbers between a lower and an upper bound, rounded outwards;
 * `distance` adds up, for both numbers, what each rounding can move and what is left out:
 *
 *     |t_j/2^64 − P(b_j = 1)| for each digit, and P(G ≥ 2^J) = q^(2^J) for the digits from J on.
 *
 * The statistical distance of two products is at most the sum over their factors, and no larger for
 * what is computed from them. An answer with this noise is therefore (ε, δ)-differentially private
 * with δ ≤ (1 + e^ε)·distance a number, and exactly ε-private but for that. [Ghosh, Roughgarden,
 * Sundararajan 2012 for the distribution; Dwork et al. 2006 for the digits]
 */
export function laplaceDigits({ epsilon, sensitivity }: LaplaceNoise): LaplaceDigits {
  const { numerator, denominator } = epsilon;
  assert(numerator > 0n && denominator > 0n && sensitivity > 0n, "ε and sensitivity are positive");
  const thresholds: bigint[] = [];
  let missed = 0n;
  let power = exponential(numerator, denominator * sensitivity);
  while (power.high > LEFT_OUT_MAX) {
    assert(thresholds.length < DIGITS_MAX, `ε is too small for ${DIGITS_MAX} digits`);
    const likely = {
      low: (power.low << PLACES) / (ONE + power.low),
      high: ceil(power.high << PLACES, ONE + power.high),
    };
    const shift = PLACES - BigInt(PRECISION);
    const threshold = (likely.low + (1n << (shift - 1n))) >> shift;
    thresholds.push(threshold);
    const at = threshold << shift;
    missed += max(magnitude(at - likely.low), magnitude(at - likely.high));
    power = square(power);
  }
  assert(thresholds.length > 0, "ε is so large that no noise is left");
  return { thresholds, distance: upwards(2n * (missed + power.high)) };
}

/** e^(−n/d): the alternating series for an argument halved until it is small, then squared back. */
function exponential(n: bigint, d: bigint): Interval {
  let halvings = 0;
  let divisor = d;
  while (2n * n > divisor) {
    divisor *= 2n;
    halvings += 1;
  }
  let term: Interval = { low: ONE, high: ONE };
  let sum = term;
  for (let k = 1n; term.high > 1n; k += 1n) {
    term = { low: (term.low * n) / (divisor * k), high: ceil(term.high * n, divisor * k) };
    sum =
      k % 2n === 1n
        ? { low: sum.low - term.high, high: sum.high - term.low }
        : { low: sum.low + term.low, high: sum.high + term.high };
  }
  // Terms shrink, so all that are left out together are no larger than the last one.
  let power: Interval = { low: sum.low - term.high, high: sum.high + term.high };
  for (let k = 0; k < halvings; k += 1) power = square(power);
  return power;
}

const square = ({ low, high }: Interval): Interval => ({
  low: (low * low) >> PLACES,
  high: ceil(high * high, ONE),
});

const ceil = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;
const magnitude = (a: bigint): bigint => (a < 0n ? -a : a);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** A floating-point number that is no smaller. */
function upwards(fixed: bigint): number {
  const kept = PLACES - 128n;
  return (Number(ceil(fixed, 1n << kept)) * (1 + Number.EPSILON)) / 2 ** 128;
}
