import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FIELD_BITS, FIELD_EXPONENTS, FIELD_WORDS } from "./field.js";
import type { Kernels } from "./kernels.js";
import { fieldVector, forLengths, seeds } from "./samples.contract.js";

const MODULUS = FIELD_EXPONENTS.reduce((sum, exponent) => sum | (1n << BigInt(exponent)), 0n);

/** Element k as a polynomial: bit i is the coefficient of X^i. */
export function polynomial(vector: Uint32Array, k: number): bigint {
  const words = [...vector.subarray(k * FIELD_WORDS, (k + 1) * FIELD_WORDS)];
  return words.reduceRight((high, word) => (high << 32n) | BigInt(word), 0n);
}

/** Product in GF(2^96), by schoolbook multiplication and long division. */
export function fieldProduct(a: bigint, b: bigint): bigint {
  let sum = 0n;
  for (let bit = 0n; a >> bit !== 0n; bit += 1n) if ((a >> bit) & 1n) sum ^= b << bit;
  for (let bit = BigInt(2 * FIELD_BITS); bit >= BigInt(FIELD_BITS); bit -= 1n) {
    if ((sum >> bit) & 1n) sum ^= MODULUS << (bit - BigInt(FIELD_BITS));
  }
  return sum;
}

/** An element from a polynomial of degree below 96. */
export const element = (value: bigint): Uint32Array =>
  Uint32Array.from([0n, 32n, 64n, 96n], (shift) => Number((value >> shift) & 0xffffffffn));

/** Few elements, and as many as make tables worth filling. */
const counts = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(47, 48, 49, 100));

export function fieldContract(kernels: Kernels): void {
  productContract(kernels);
  sumContract(kernels);
  foldContract(kernels);
}

function productContract(kernels: Kernels): void {
  describe("products in GF(2^96)", () => {
    it("are those of polynomials mod X^96 + X^10 + X^9 + X^6 + 1", () => {
      forLengths(counts, (seed, count) => {
        const [a, b, c] = [0, 1, 2].map((k) => fieldVector(seed + k, count + 1));
        const [products, multiples] = [kernels.gfMul(a, b), kernels.gfScale(a, c.subarray(0, 4))];
        expect(products.length).toBe(a.length);
        for (let k = 0; k <= count; k += 1) {
          const x = polynomial(a, k);
          expect(polynomial(products, k)).toBe(fieldProduct(x, polynomial(b, k)));
          expect(polynomial(multiples, k)).toBe(fieldProduct(x, polynomial(c, 0)));
        }
      });
    });

    it("reduce the highest powers right", () => {
      const top = element(1n << 95n);
      const ones = element((1n << 96n) - 1n);
      for (const [a, b] of [
        [top, top],
        [top, ones],
        [ones, ones],
        [top, element(2n)],
      ]) {
        const expected = element(fieldProduct(polynomial(a, 0), polynomial(b, 0)));
        expect(kernels.gfMul(a, b)).toEqual(expected);
        expect(kernels.gfScale(a, b)).toEqual(expected);
        expect(kernels.gfInner(a, b, 1)).toEqual(expected);
      }
    });

    it("make every element but zero have an inverse: a^(2^96 - 1) = 1", () => {
      const property = fc.property(seeds, (seed) => {
        const a = fieldVector(seed, 1);
        if (polynomial(a, 0) === 0n) return;
        let [power, square] = [element(1n), a];
        for (let k = 0; k < FIELD_BITS; k += 1) {
          power = kernels.gfMul(power, square);
          square = kernels.gfMul(square, square);
        }
        expect(polynomial(power, 0)).toBe(1n);
      });
      fc.assert(property, { numRuns: 5 });
    });

    it("refuse parts of elements", () => {
      expect(() => kernels.gfMul(new Uint32Array(6), new Uint32Array(6))).toThrow("multiple of 4");
      expect(() => kernels.gfScale(new Uint32Array(4), new Uint32Array(8))).toThrow("4 words");
    });
  });
}

function sumContract(kernels: Kernels): void {
  describe("sums of products in GF(2^96)", () => {
    it("make both products of a halving", () => {
      const sizes = fc.constantFrom(2, 4, 18, 1022, 1100);
      forLengths(sizes, (seed, count) => {
        const vectors = [0, 1, 2, 3].map((k) => fieldVector(seed + k, count));
        const upper = vectors.map((x) => x.slice(x.length / 2));
        const sums = vectors.map((x, v) => upper[v].map((word, k) => word ^ x[k]));
        const [a, b, c, d] = vectors;
        const expected = [
          ...kernels.gfCross(upper[0], upper[1], upper[2], upper[3]),
          ...kernels.gfCross(sums[0], sums[1], sums[2], sums[3]),
        ];
        expect([...kernels.gfHalves(a, b, c, d)]).toEqual(expected);
      });
    });

    it("are sums of products, few and many", () => {
      const many = fc.oneof(counts, fc.constantFrom(511, 512, 700));
      forLengths(
        many,
        (seed, count) => {
          const [x0, x1, y0, y1] = [0, 1, 2, 3].map((k) => fieldVector(seed + k, count));
          let [inner, cross] = [0n, 0n];
          for (let k = 0; k < count; k += 1) {
            const [a, b] = [polynomial(x0, k), polynomial(x1, k)];
            const [c, d] = [polynomial(y0, k), polynomial(y1, k)];
            inner ^= fieldProduct(a, b);
            cross ^= fieldProduct(a, c ^ d) ^ fieldProduct(b, c);
          }
          expect(polynomial(kernels.gfInner(x0, x1, count), 0)).toBe(inner);
          expect(polynomial(kernels.gfCross(x0, x1, y0, y1), 0)).toBe(cross);
        },
        30,
      );
    });

    it("take the first `count` elements only, and refuse more than there are", () => {
      const [a, b] = [fieldVector(1, 9), fieldVector(2, 12)];
      expect(kernels.gfInner(a, b, 5)).toEqual(kernels.gfInner(a.slice(0, 20), b.slice(0, 20), 5));
      expect(() => kernels.gfInner(a, b, 10)).toThrow("elements");
    });
  });
}

function foldContract(kernels: Kernels): void {
  describe("folds and tensors in GF(2^96)", () => {
    it("fold halves: a_i + r·(a_i + a_{i+n/2})", () => {
      forLengths(counts, (seed, half) => {
        const [a, r] = [fieldVector(seed, 2 * half), fieldVector(seed + 1, 1)];
        const folded = kernels.gfFold(a, r);
        const own = a.slice();
        expect(kernels.gfFold(own, r, own.subarray(0, own.length / 2))).toEqual(folded);
        expect(folded.length).toBe(4 * half);
        for (let i = 0; i < half; i += 1) {
          const [low, high] = [polynomial(a, i), polynomial(a, half + i)];
          const expected = low ^ fieldProduct(polynomial(r, 0), low ^ high);
          expect(polynomial(folded, i)).toBe(expected);
        }
      });
      expect(() => kernels.gfFold(new Uint32Array(12), new Uint32Array(4))).toThrow("multiple");
    });

    it("multiply the factors that an index's bits choose", () => {
      forLengths(fc.integer({ min: 0, max: 6 }), (seed, count) => {
        const taus = fieldVector(seed, count);
        const weights = kernels.gfTensor(taus);
        expect(weights.length).toBe(4 * 2 ** count);
        for (let j = 0; j < 2 ** count; j += 1) {
          let expected = 1n;
          for (let b = 0; b < count; b += 1) {
            if ((j >> b) & 1) expected = fieldProduct(expected, polynomial(taus, b));
          }
          expect(polynomial(weights, j)).toBe(expected);
        }
      });
    });
  });
}
