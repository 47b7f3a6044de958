import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countInterval,
  type Laplace,
  laplaceChance,
  laplaceDeviation,
  laplaceQuantile,
  laplaceScale,
  laplaceTail,
} from "./laplace.js";
import { rational, toNumber } from "./rational.js";

/** Scales from 1/8 to 40. */
const noises: fc.Arbitrary<Laplace> = fc
  .tuple(
    fc.integer({ min: 1, max: 8 }),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 10 }),
  )
  .map(([n, d, sensitivity]) => ({
    epsilon: rational(BigInt(n), BigInt(d)),
    sensitivity: BigInt(sensitivity),
  }));

/** Far enough that what is left out is below 10^-17. */
const far = (noise: Laplace): number => Math.ceil(40 * toNumber(laplaceScale(noise))) + 1;
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, k) => from + k);

describe("discrete-Laplace noise", () => {
  it("has chances that add up to one, and the tails and deviation of their sums", () => {
    fc.assert(
      fc.property(noises, fc.integer({ min: 1, max: 30 }), (noise, x) => {
        const end = far(noise) + x;
        const chance = (y: number) => laplaceChance(noise, y);
        const sum = (ys: number[]) => ys.reduce((total, y) => total + chance(y), 0);
        expect(sum(range(-end, end))).toBeCloseTo(1, 12);
        expect(laplaceTail(noise, x)).toBeCloseTo(sum(range(x, end)), 12);
        const variance = range(-end, end).reduce((total, y) => total + y * y * chance(y), 0);
        expect(laplaceDeviation(noise) / Math.sqrt(variance)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("moves no chance by more than e^ε for who moves the number by the sensitivity", () => {
    fc.assert(
      fc.property(noises, fc.integer({ min: -60, max: 60 }), (noise, x) => {
        const moved = laplaceChance(noise, x + Number(noise.sensitivity));
        const ratio = Math.abs(Math.log(laplaceChance(noise, x) / moved));
        expect(ratio).toBeLessThanOrEqual(toNumber(noise.epsilon) * (1 + 1e-9));
      }),
    );
  });

  it("has quantiles that are the least ones", () => {
    fc.assert(
      fc.property(noises, fc.double({ min: 1e-6, max: 0.4, noNaN: true }), (noise, chance) => {
        const x = laplaceQuantile(noise, chance);
        expect(laplaceTail(noise, x)).toBeLessThanOrEqual(chance);
        if (x > 1) expect(laplaceTail(noise, x - 1)).toBeGreaterThan(chance * (1 - 1e-8));
      }),
    );
  });

  it("gives intervals that hold the exact count as often as they say, and no longer ones", () => {
    fc.assert(
      fc.property(noises, fc.constantFrom(0.8, 0.9, 0.95, 0.99), (noise, confidence) => {
        // Far from zero, so that no end is cut off.
        const at = 10_000;
        const { low, high } = countInterval(noise, at, confidence);
        const covered = (half: number) =>
          range(-half, half).reduce((total, y) => total + laplaceChance(noise, y), 0);
        const half = at - low;
        expect(high - at).toBe(half);
        expect(covered(half)).toBeGreaterThanOrEqual(confidence);
        if (half > 0) expect(covered(half - 1)).toBeLessThan(confidence + 1e-7);
      }),
    );
  });

  it("says of ε = 1/2 for one count what its formula gives", () => {
    const noise = { epsilon: rational(1n, 2n), sensitivity: 1n };
    expect(laplaceScale(noise)).toEqual({ numerator: 2n, denominator: 1n });
    expect(countInterval(noise, 20)).toEqual({ low: 14, high: 26 });
    expect(countInterval(noise, 3)).toEqual({ low: 0, high: 9 });
    expect(laplaceDeviation(noise)).toBeCloseTo(2.7994, 3);
  });
});
