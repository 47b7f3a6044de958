import { assert } from "@symbolon/base/assert";
import { type Rational, rational, toNumber } from "./rational.js";

/**
 * Discrete-Laplace noise of scale t = sensitivity/ε: P(X = x) = (1 − q)/(1 + q) · q^|x| with
 * q = e^(−1/t). [Ghosh, Roughgarden, Sundararajan 2012]
 */
export interface Laplace {
  readonly epsilon: Rational;
  /** By how much one person moves all numbers of a table together, at most (L1). */
  readonly sensitivity: bigint;
}

/** Floating-point results are used only after they have been moved outwards by this factor. */
const ROUNDING = 1e-9;

/** sensitivity/ε, exact. */
export function laplaceScale({ epsilon, sensitivity }: Laplace): Rational {
  assert(epsilon.numerator > 0n && sensitivity > 0n, "ε and sensitivity are positive");
  return rational(sensitivity * epsilon.denominator, epsilon.numerator);
}

/** P(X = x). */
export function laplaceChance(noise: Laplace, x: number): number {
  const rate = 1 / toNumber(laplaceScale(noise));
  // (1 − q)/(1 + q) = tanh(rate/2), without the loss of digits that 1 − q has.
  return Math.tanh(rate / 2) * Math.exp(-rate * Math.abs(x));
}

/** P(X ≥ x), for a whole x ≥ 1: q^x/(1 + q). */
export function laplaceTail(noise: Laplace, x: number): number {
  assert(Number.isInteger(x) && x >= 1, "a tail begins above zero");
  const rate = 1 / toNumber(laplaceScale(noise));
  return Math.exp(-rate * x) / (1 + Math.exp(-rate));
}

/** Standard deviation: √(2q)/(1 − q). */
export function laplaceDeviation(noise: Laplace): number {
  const rate = 1 / toNumber(laplaceScale(noise));
  return Math.SQRT2 / (2 * Math.sinh(rate / 2));
}

/** The least whole x ≥ 1 with P(X ≥ x) ≤ `chance`. */
export function laplaceQuantile(noise: Laplace, chance: number): number {
  assert(chance > 0 && chance < 1, "a chance");
  const scale = toNumber(laplaceScale(noise));
  const safe = chance * (1 - ROUNDING);
  let x = Math.max(1, Math.floor(-scale * Math.log(safe * (1 + Math.exp(-1 / scale)))) - 1);
  while (laplaceTail(noise, x) > safe) x += 1;
  return x;
}

/** What a noised figure says about the exact one. Whole numbers, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The shortest interval around a noised count that holds the exact one with `confidence`, from the
 * exact distribution of the noise. A count is never negative, so neither are the ends; that only
 * cuts off what cannot be. The promise is about all figures of a table, shown or not: those shown
 * because noise lifted them over a limit are too high more often than that.
 */
export function countInterval(noise: Laplace, noised: number, confidence = 0.95): Interval {
  assert(Number.isInteger(noised), "a count is whole");
  // P(|X| > h) = 2·P(X ≥ h + 1).
  const half = laplaceQuantile(noise, (1 - confidence) / 2) - 1;
  return { low: Math.max(0, noised - half), high: Math.max(0, noised + half) };
}
