import { assert } from "@symbolon/base/assert";
import { addRationals, multiplyRationals, type Rational, rational, toNumber } from "./rational.js";

/** Pure differential privacy: what several releases spend together. [Dwork et al. 2006] */
export const composePure = (spent: readonly Rational[]): Rational =>
  spent.reduce(addRationals, rational(0n));

/** ε for whoever is in k rows, or the ε for a group of k people: k·ε. */
export const groupPure = (epsilon: Rational, rows: bigint): Rational =>
  multiplyRationals(epsilon, rational(rows));

/** ε-differential privacy is ρ-zCDP with ρ = ε²/2. [Bun, Steinke 2016, proposition 1.4] */
export const concentrated = (epsilon: Rational): Rational =>
  multiplyRationals(multiplyRationals(epsilon, epsilon), rational(1n, 2n));

/** zCDP adds up. [Bun, Steinke 2016, lemma 1.7] */
export const composeConcentrated = (spent: readonly Rational[]): Rational =>
  spent.reduce(addRationals, rational(0n));

/**
 * An ε such that ρ-zCDP is (ε, δ)-differentially private: for every order α > 1
 *
 *     ε = ρ·α + (ln(1/δ) + (α − 1)·ln(1 − 1/α) − ln α) / (α − 1)
 *
 * holds [Canonne, Kamath, Steinke 2020, proposition 12], so the least that a search finds does too.
 * Rounded up.
 */
export function epsilonAt(rho: Rational, delta: number): number {
  assert(delta > 0 && delta < 1, "δ is a chance");
  const r = toNumber(rho);
  if (r === 0) return 0;
  const at = (order: number): number =>
    r * order +
    (-Math.log(delta) + (order - 1) * Math.log1p(-1 / order) - Math.log(order)) / (order - 1);
  // Near its least value the curve is flat and convex in log(α − 1).
  let [low, high] = [-30, 30];
  for (let k = 0; k < 200; k += 1) {
    const third = (high - low) / 3;
    if (at(1 + Math.exp(low + third)) < at(1 + Math.exp(high - third))) high -= third;
    else low += third;
  }
  return Math.max(0, at(1 + Math.exp((low + high) / 2))) * (1 + 1e-9);
}

/** How many releases of ε each fit a budget. */
export function releasesWithin(budget: Rational, each: Rational): bigint {
  assert(each.numerator > 0n, "a release spends something");
  return (budget.numerator * each.denominator) / (budget.denominator * each.numerator);
}
