import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  composeConcentrated,
  composePure,
  concentrated,
  epsilonAt,
  groupPure,
  releasesWithin,
} from "./budget.js";
import { laplaceChance } from "./laplace.js";
import { formatRational, isAtMost, parseRational, rational, toNumber } from "./rational.js";

/** The exact privacy profile of k counts with noise of ε each that one person all moves by one. */
function deltaOf(epsilon: { n: number; d: number }, k: number, at: number): number {
  const noise = { epsilon: rational(BigInt(epsilon.n), BigInt(epsilon.d)), sensitivity: 1n };
  const q = Math.exp(-epsilon.n / epsilon.d);
  // P(X = x)/P(X + 1 = x) is e^ε for x ≤ 0 and e^−ε above: the loss of a count has two values.
  let up = 0;
  for (let x = 0; x <= 2_000; x += 1) up += laplaceChance(noise, x);
  expect(up).toBeCloseTo(1 / (1 + q), 9);
  let delta = 0;
  let ways = 1;
  for (let ups = k; ups >= 0; ups -= 1) {
    const loss = ((2 * ups - k) * epsilon.n) / epsilon.d;
    const chance = ways * up ** ups * (1 - up) ** (k - ups);
    if (loss > at) delta += chance * (1 - Math.exp(at - loss));
    ways = (ways * ups) / (k - ups + 1);
  }
  return delta;
}

describe("a budget", () => {
  it("adds up exactly, where floating point does not", () => {
    const tenth = rational(1n, 10n);
    expect(composePure(Array(10).fill(tenth))).toEqual(rational(1n));
    expect(groupPure(tenth, 3n)).toEqual(rational(3n, 10n));
    expect(releasesWithin(rational(1n), tenth)).toBe(10n);
    expect(releasesWithin(rational(1n), rational(1n, 100_000n))).toBe(100_000n);
    const all = composeConcentrated(Array(200).fill(concentrated(tenth)));
    expect(formatRational(all)).toBe("1");
  });

  it("never promises less than the exact profile of composed noise shows", () => {
    fc.assert(
      fc.property(
        fc.record({ n: fc.integer({ min: 1, max: 4 }), d: fc.integer({ min: 1, max: 20 }) }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(1e-3, 1e-6, 1e-9),
        (epsilon, k, delta) => {
          const each = rational(BigInt(epsilon.n), BigInt(epsilon.d));
          const rho = composeConcentrated(Array(k).fill(concentrated(each)));
          const promised = epsilonAt(rho, delta);
          expect(deltaOf(epsilon, k, promised)).toBeLessThanOrEqual(delta);
          // No promise is better than pure composition by more than it can be.
          const pure = toNumber(composePure(Array(k).fill(each)));
          expect(deltaOf(epsilon, k, pure)).toBeLessThanOrEqual(1e-12);
        },
      ),
    );
  });

  it("converts to the least ε over all orders", () => {
    const rho = rational(1n, 2n);
    const at = (order: number) =>
      0.5 * order +
      (Math.log(1e6) + (order - 1) * Math.log(1 - 1 / order) - Math.log(order)) / (order - 1);
    const orders = Array.from({ length: 20_000 }, (_, k) => 1.001 + k / 100);
    const least = Math.min(...orders.map(at));
    expect(epsilonAt(rho, 1e-6)).toBeGreaterThan(least * 0.9999);
    expect(epsilonAt(rho, 1e-6)).toBeLessThan(least * 1.0001);
    expect(epsilonAt(rational(0n), 1e-6)).toBe(0);
  });

  it("reads fractions, and nothing that would have to be rounded", () => {
    expect(parseRational("1/2")).toEqual(rational(1n, 2n));
    expect(parseRational("4/8")).toEqual(rational(1n, 2n));
    for (const text of ["0.5", "", "1/0", "-1", "1e3", "1/2/3", " 1"]) {
      expect(parseRational(text)).toBeUndefined();
    }
    expect(isAtMost(rational(1n, 3n), rational(1n, 2n))).toBe(true);
    expect(isAtMost(rational(2n, 3n), rational(1n, 2n))).toBe(false);
  });
});
