import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DIGITS_MAX, type LaplaceNoise, laplaceDigits } from "./laplace-digits.js";

const noise = (numerator: number, denominator: number, sensitivity = 1): LaplaceNoise => ({
  epsilon: { numerator: BigInt(numerator), denominator: BigInt(denominator) },
  sensitivity: BigInt(sensitivity),
});

const noises = fc
  .record({
    numerator: fc.integer({ min: 1, max: 1000 }),
    denominator: fc.integer({ min: 1, max: 100_000 }),
    sensitivity: fc.integer({ min: 1, max: 50 }),
  })
  .filter(({ numerator, denominator, sensitivity }) => numerator < 20 * denominator * sensitivity);

/** e^(−x) with 80 decimal places, by another way than the code: the series of e^x, inverted. */
function inverseExponential(numerator: bigint, denominator: bigint): bigint {
  const one = 10n ** 110n;
  let term = one;
  let sum = one;
  for (let k = 1n; term > 0n; k += 1n) {
    term = (term * numerator) / (denominator * k);
    sum += term;
  }
  return (one * 10n ** 80n) / sum;
}

describe("the digits of discrete-Laplace noise", () => {
  it("have the probabilities q^(2^j) / (1 + q^(2^j)), to the last of 64 bits", () => {
    const scale = 10n ** 80n;
    fc.assert(
      fc.property(noises, ({ numerator, denominator, sensitivity }) => {
        const { thresholds } = laplaceDigits(noise(numerator, denominator, sensitivity));
        thresholds.forEach((threshold, j) => {
          const power = inverseExponential(
            BigInt(numerator) << BigInt(j),
            BigInt(denominator * sensitivity),
          );
          // |t/2^64 − P| ≤ 2^−65 and a hair, all over one denominator.
          const exact = (power << 64n) / (scale + power);
          expect(threshold - exact === 0n || threshold - exact === 1n).toBe(true);
          const rest = (power << 66n) / (scale + power) - 4n * exact;
          if (rest !== 1n && rest !== 2n) expect(threshold - exact).toBe(rest < 2n ? 0n : 1n);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("end where the rest is less likely than a rounding error", () => {
    fc.assert(
      fc.property(noises, ({ numerator, denominator, sensitivity }) => {
        const { thresholds } = laplaceDigits(noise(numerator, denominator, sensitivity));
        const exponent = (j: number) => (numerator / (denominator * sensitivity)) * 2 ** j;
        const bound = 64 * Math.LN2;
        expect(exponent(thresholds.length)).toBeGreaterThan(bound * (1 - 1e-9));
        expect(exponent(thresholds.length - 1)).toBeLessThan(bound * (1 + 1e-9));
      }),
    );
  });

  it("are as far from the exact distribution as they say, and no nearer by half", () => {
    fc.assert(
      fc.property(noises, ({ numerator, denominator, sensitivity }) => {
        const { thresholds, distance } = laplaceDigits(noise(numerator, denominator, sensitivity));
        const scale = 10n ** 80n;
        const over = BigInt(denominator * sensitivity);
        const power = (j: number) => inverseExponential(BigInt(numerator) << BigInt(j), over);
        let missed = power(thresholds.length);
        thresholds.forEach((threshold, j) => {
          const off = ((threshold * scale) >> 64n) - (power(j) * scale) / (scale + power(j));
          missed += off < 0n ? -off : off;
        });
        const whole = (2 * Number(missed)) / Number(scale);
        expect(distance).toBeGreaterThanOrEqual(whole * (1 - 1e-12));
        expect(distance).toBeLessThanOrEqual(whole * (1 + 1e-9));
        expect(distance).toBeLessThanOrEqual((thresholds.length + 2) * 2 ** -64);
      }),
      { numRuns: 60 },
    );
  });

  it("make the exact distribution when they are put together", () => {
    // Weights of all G < 2^J from the digits, against (1 − q)·q^k.
    const q = Math.exp(-1 / 3);
    const { thresholds } = laplaceDigits(noise(1, 3));
    const digits = thresholds.slice(0, 6).map((threshold) => Number(threshold) / 2 ** 64);
    const below = 1 - q ** 64;
    for (let k = 0; k < 64; k += 1) {
      const weight = digits.reduce((w, p, j) => w * ((k >> j) & 1 ? p : 1 - p), 1);
      expect(weight * below).toBeCloseTo((1 - q) * q ** k, 12);
    }
  });

  it("halve ε and double the sensitivity alike", () => {
    expect(laplaceDigits(noise(1, 2, 3))).toEqual(laplaceDigits(noise(1, 6)));
    expect(laplaceDigits(noise(2, 4, 3))).toEqual(laplaceDigits(noise(1, 6)));
  });

  it("refuse what is no noise, or too much of it", () => {
    expect(() => laplaceDigits(noise(0, 1))).toThrow("positive");
    expect(() => laplaceDigits(noise(1, 0))).toThrow("positive");
    expect(() => laplaceDigits(noise(1, 1, 0))).toThrow("positive");
    expect(() => laplaceDigits(noise(45, 1))).toThrow("no noise is left");
    expect(() => laplaceDigits(noise(1, 2 ** 40))).toThrow(`${DIGITS_MAX} digits`);
  });
});
