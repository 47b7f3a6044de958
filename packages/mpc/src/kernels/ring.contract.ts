import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RING_DEGREE, RING_EXPONENTS } from "./field.js";
import type { Kernels } from "./kernels.js";
import { forLengths, ringVector, seeds, words32 } from "./samples.contract.js";

type Element = readonly bigint[];

const elementOf = (vector: Uint32Array, k: number): Element =>
  Array.from(vector.subarray(k * RING_DEGREE, (k + 1) * RING_DEGREE), BigInt);

const sum = (a: Element, b: Element, sign = 1n): Element =>
  a.map((value, k) => value + sign * b[k]);

/** Product of polynomials over the integers, divided by the modulus; not reduced mod 2^32. */
function product(a: Element, b: Element): Element {
  const wide = Array.from({ length: 2 * RING_DEGREE }, () => 0n);
  a.forEach((x, i) => {
    b.forEach((y, j) => {
      wide[i + j] += x * y;
    });
  });
  for (let k = wide.length - 1; k >= RING_DEGREE; k -= 1) {
    for (const exponent of RING_EXPONENTS) {
      if (exponent < RING_DEGREE) wide[k - RING_DEGREE + exponent] -= wide[k];
    }
  }
  return wide.slice(0, RING_DEGREE);
}

function expectElement(vector: Uint32Array, k: number, expected: Element): void {
  expect([...vector.subarray(k * RING_DEGREE, (k + 1) * RING_DEGREE)]).toEqual(
    expected.map((value) => Number(BigInt.asUintN(32, value))),
  );
}

const counts = fc.integer({ min: 0, max: 4 });
const zero: Element = Array.from({ length: RING_DEGREE }, () => 0n);

export function ringContract(kernels: Kernels): void {
  describe("products in GR(2^32, 80)", () => {
    it("are those of polynomials mod X^80 + X^9 + X^4 + X^2 + 1", () => {
      forLengths(
        counts,
        (seed, count) => {
          const [a, b, c] = [
            ringVector(seed, count),
            ringVector(seed + 1, count),
            words32(seed, 80),
          ];
          const [products, multiples] = [kernels.grMul(a, b), kernels.grScale(a, c)];
          expect(products.length).toBe(a.length);
          for (let k = 0; k < count; k += 1) {
            expectElement(products, k, product(elementOf(a, k), elementOf(b, k)));
            expectElement(multiples, k, product(elementOf(a, k), elementOf(c, 0)));
          }
        },
        10,
      );
    });

    it("reduce every power of X right", () => {
      const power = (k: number) => Uint32Array.from({ length: 80 }, (_, c) => (c === k ? 1 : 0));
      for (let k = 0; k < RING_DEGREE; k += 1) {
        const expected = product(elementOf(power(k), 0), elementOf(power(79), 0));
        expectElement(kernels.grMul(power(k), power(79)), 0, expected);
      }
    });
  });

  sumContract(kernels);
}

function sumContract(kernels: Kernels): void {
  describe("sums and folds in GR(2^32, 80)", () => {
    it("are sums of products", () => {
      forLengths(
        counts,
        (seed, count) => {
          const [x0, x1, y0, y1] = [0, 1, 2, 3].map((k) => ringVector(seed + k, count));
          let [inner, cross] = [zero, zero];
          for (let k = 0; k < count; k += 1) {
            const [a, b] = [elementOf(x0, k), elementOf(x1, k)];
            const [c, d] = [elementOf(y0, k), elementOf(y1, k)];
            inner = sum(inner, product(a, b));
            cross = sum(sum(cross, product(a, sum(c, d))), product(b, c));
          }
          expectElement(kernels.grInner(x0, x1), 0, inner);
          expectElement(kernels.grCross(x0, x1, y0, y1), 0, cross);
        },
        10,
      );
    });

    it("fold neighbours: a_2i + r·(a_2i+1 − a_2i)", () => {
      forLengths(
        counts,
        (seed, half) => {
          const [a, r] = [ringVector(seed, 2 * half), ringVector(seed + 1, 1)];
          const folded = kernels.grFold(a, r);
          expect(folded.length).toBe(RING_DEGREE * half);
          for (let i = 0; i < half; i += 1) {
            const [low, high] = [elementOf(a, i), elementOf(a, half + i)];
            expectElement(folded, i, sum(low, product(elementOf(r, 0), sum(high, low, -1n))));
          }
        },
        10,
      );
    });

    it("weigh the words of slots with coefficients", () => {
      const slots = fc.integer({ min: 1, max: 6 });
      const property = fc.property(seeds, slots, fc.nat(9), (seed, count, length) => {
        const [x, coefs] = [words32(seed, count * length), ringVector(seed + 1, count)];
        const out = kernels.grFoldWords(x, count, coefs);
        expect(out.length).toBe(RING_DEGREE * length);
        for (let j = 0; j < length; j += 1) {
          let expected = zero;
          for (let s = 0; s < count; s += 1) {
            const word = BigInt(x[s * length + j]);
            expected = sum(
              expected,
              elementOf(coefs, s).map((value) => value * word),
            );
          }
          expectElement(out, j, expected);
        }
      });
      fc.assert(property, { numRuns: 20 });
    });

    it("refuse parts of elements", () => {
      const [a, b] = [new Uint32Array(81), new Uint32Array(80)];
      expect(() => kernels.grMul(a, a)).toThrow("multiple of 80");
      expect(() => kernels.grFold(b, b)).toThrow("multiple of 160");
      expect(() => kernels.grFoldWords(a, 2, new Uint32Array(160))).toThrow("one length");
    });
  });
}
