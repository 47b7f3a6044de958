import { describe, expect, it } from "vitest";
import { composePure, releasesWithin } from "./budget.js";
import { laplaceScale } from "./laplace.js";
import { type Rational, rational, toNumber } from "./rational.js";

/*
 * Who may ask many counting queries can solve for the records [Dinur, Nissim 2003]. Here the asker
 * knows everything but one secret bit of each of 256 people, chooses the queries that are best for
 * least squares (the rows of a Hadamard matrix, in turn), and knows how frequent the bit is.
 */

const PEOPLE = 256;
const QUERIES = 100_000;
const TRIALS = 100;

/** Uniform numbers in (0, 1), from a seed. [Vigna's SplitMix, 32 bits] */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32 + 2 ** -33;
  };
}

/** Σ_j ±x_j for each row of the Hadamard matrix, in place. */
function transform(x: Float64Array): Float64Array {
  for (let half = 1; half < x.length; half *= 2) {
    for (let k = 0; k < x.length; k += 1) {
      if ((k & half) !== 0) continue;
      const [a, b] = [x[k], x[k + half]];
      x[k] = a + b;
      x[k + half] = a - b;
    }
  }
  return x;
}

/** One attack: the share of people whose bit it gets right. */
function recovered(each: Rational, rate: number, random: () => number): number {
  const scale = toNumber(laplaceScale({ epsilon: each, sensitivity: 1n }));
  const geometric = (): number => Math.floor(-scale * Math.log(random()));
  const bits = Uint8Array.from({ length: PEOPLE }, () => (random() < rate ? 1 : 0));
  const signed = transform(Float64Array.from(bits));
  const sums = new Float64Array(PEOPLE);
  for (let k = 0; k < QUERIES; k += 1) {
    const row = k % PEOPLE;
    // Of those with a plus in the row: (Σ ±x + Σ x) / 2.
    sums[row] += (signed[row] + signed[0]) / 2 + geometric() - geometric();
  }
  const repeats = QUERIES / PEOPLE;
  const means = sums.map(
    (sum, row) => sum / (Math.floor(repeats) + (row < QUERIES % PEOPLE ? 1 : 0)),
  );
  const estimates = transform(means.map((mean, row) => (row === 0 ? mean : 2 * mean - means[0])));
  const variance = (8 * scale ** 2) / repeats / PEOPLE;
  const prior = Math.log(rate / (1 - rate));
  const right = bits.filter((bit, j) => {
    const odds = prior + (estimates[j] / PEOPLE - 0.5) / variance;
    return bit === (odds > 0 ? 1 : 0);
  });
  return right.length / PEOPLE;
}

/** Mean over all trials, in per cent. */
function percentRecovered(each: Rational, rate: number, trials = TRIALS): number {
  const random = uniform(1);
  let sum = 0;
  for (let trial = 0; trial < trials; trial += 1) sum += recovered(each, rate, random);
  return (100 * sum) / trials;
}

describe("reconstruction by 10^5 counting queries", { timeout: 300_000 }, () => {
  const budget = rational(1n);
  const within = rational(1n, BigInt(QUERIES));

  it.each([0.5, 0.3])("recovers no more than guessing, within a budget: rate %d", (rate) => {
    expect(releasesWithin(budget, within)).toBe(BigInt(QUERIES));
    expect(composePure([within, within])).toEqual(rational(2n, BigInt(QUERIES)));
    const guessing = 100 * Math.max(rate, 1 - rate);
    // 25,600 people: one standard deviation of the mean is 0.3 points.
    expect(percentRecovered(within, rate)).toBeLessThanOrEqual(guessing + 1);
  });

  it("recovers nearly everybody if each query has the whole budget, so the attack is one", () => {
    expect(percentRecovered(budget, 0.5, 2)).toBeGreaterThan(99);
  });

  it("recovers many already with a hundredth of it for each", () => {
    expect(percentRecovered(rational(1n, 100n), 0.5, 5)).toBeGreaterThan(55);
  });
});
