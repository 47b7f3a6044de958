import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RING_DEGREE, RING_EXPONENTS } from "./field.js";
import type { Kernels } from "./kernels.js";
import { forLengths, words32 } from "./samples.contract.js";

type Element = readonly bigint[];

/** One of the two rings: how its elements stand in words, and its kernels. */
interface Ring {
  readonly bits: 32 | 64;
  readonly mul: Kernels["grMul"];
  readonly scale: Kernels["grScale"];
  readonly inner: Kernels["grInner"];
  readonly cross: Kernels["grCross"];
  readonly halves: Kernels["grHalves"];
  readonly fold: Kernels["grFold"];
}

const ringsOf = (kernels: Kernels): readonly Ring[] => [
  {
    bits: 32,
    mul: kernels.grMul,
    scale: kernels.grScale,
    inner: kernels.grInner,
    cross: kernels.grCross,
    halves: kernels.grHalves,
    fold: kernels.grFold,
  },
  {
    bits: 64,
    mul: kernels.gr64Mul,
    scale: kernels.gr64Scale,
    inner: kernels.gr64Inner,
    cross: kernels.gr64Cross,
    halves: kernels.gr64Halves,
    fold: kernels.gr64Fold,
  },
];

/** The k-th element of a vector, as integers. */
export function elementOf(vector: Uint32Array, k: number, bits: number): Element {
  const words = bits / 32;
  return Array.from({ length: RING_DEGREE }, (_, c) => {
    const at = (k * RING_DEGREE + c) * words;
    return BigInt(vector[at]) + (words === 2 ? BigInt(vector[at + 1]) << 32n : 0n);
  });
}

export const sum = (a: Element, b: Element, sign = 1n): Element =>
  a.map((value, k) => value + sign * b[k]);

/** Product of polynomials over the integers, divided by the modulus; not reduced mod 2^k. */
export function product(a: Element, b: Element): Element {
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

export function expectElement(
  vector: Uint32Array,
  k: number,
  expected: Element,
  bits: number,
): void {
  expect(elementOf(vector, k, bits)).toEqual(expected.map((value) => BigInt.asUintN(bits, value)));
}

const counts = fc.integer({ min: 0, max: 18 });
export const zero: Element = Array.from({ length: RING_DEGREE }, () => 0n);

export function ringContract(kernels: Kernels): void {
  for (const ring of ringsOf(kernels)) {
    const words = (RING_DEGREE * ring.bits) / 32;
    const vector = (seed: number, count: number) => words32(seed, count * words);
    const at = (x: Uint32Array, k: number) => elementOf(x, k, ring.bits);

    describe(`products in GR(2^${ring.bits}, 80)`, () => {
      it("are those of polynomials mod X^80 + X^9 + X^4 + X^2 + 1", () => {
        forLengths(
          counts,
          (seed, count) => {
            const [a, b, c] = [vector(seed, count), vector(seed + 1, count), vector(seed + 2, 1)];
            const [products, multiples] = [ring.mul(a, b), ring.scale(a, c)];
            expect(products.length).toBe(a.length);
            for (let k = 0; k < count; k += 1) {
              expectElement(products, k, product(at(a, k), at(b, k)), ring.bits);
              expectElement(multiples, k, product(at(a, k), at(c, 0)), ring.bits);
            }
          },
          6,
        );
      });

      it("reduce every power of X right", () => {
        const power = (k: number) =>
          Uint32Array.from({ length: words }, (_, c) => (c === (k * words) / RING_DEGREE ? 1 : 0));
        for (let k = 0; k < RING_DEGREE; k += 1) {
          const expected = product(at(power(k), 0), at(power(79), 0));
          expectElement(ring.mul(power(k), power(79)), 0, expected, ring.bits);
        }
      });
    });

    sumContract(ring, vector, at);
  }
}

function sumContract(
  ring: Ring,
  vector: (seed: number, count: number) => Uint32Array,
  at: (x: Uint32Array, k: number) => Element,
): void {
  const { bits } = ring;
  const words = (RING_DEGREE * bits) / 32;
  describe(`sums and folds in GR(2^${bits}, 80)`, () => {
    it("are sums of products", () => {
      forLengths(
        counts,
        (seed, count) => {
          const [x0, x1, y0, y1] = [0, 1, 2, 3].map((k) => vector(seed + k, count));
          let [inner, cross] = [zero, zero];
          for (let k = 0; k < count; k += 1) {
            const [a, b, c, d] = [x0, x1, y0, y1].map((x) => at(x, k));
            inner = sum(inner, product(a, b));
            cross = sum(sum(cross, product(a, sum(c, d))), product(b, c));
          }
          expectElement(ring.inner(x0, x1), 0, inner, bits);
          expectElement(ring.cross(x0, x1, y0, y1), 0, cross, bits);
        },
        6,
      );
    });

    it("make both sums of a halving: over upper halves, and over upper − lower", () => {
      forLengths(
        counts,
        (seed, half) => {
          const vectors = [0, 1, 2, 3].map((k) => vector(seed + k, 2 * half));
          let [upper, change] = [zero, zero];
          const crossed = ([a, b, c, d]: readonly Element[]): Element =>
            sum(product(a, sum(c, d)), product(b, c));
          for (let k = 0; k < half; k += 1) {
            const low = vectors.map((x) => at(x, k));
            const high = vectors.map((x) => at(x, half + k));
            upper = sum(upper, crossed(high));
            change = sum(change, crossed(high.map((x, v) => sum(x, low[v], -1n))));
          }
          const [a, b, c, d] = vectors;
          const both = ring.halves(a, b, c, d);
          expect(both.length).toBe(2 * words);
          expectElement(both, 0, upper, bits);
          expectElement(both, 1, change, bits);
        },
        6,
      );
    });

    it("fold halves by a challenge: a_i + r·(a_{i+n/2} − a_i)", () => {
      const challenge = (seed: number) =>
        words32(seed, words).map((word, k) => (bits === 64 && k % 2 === 1 ? 0 : word & 1));
      forLengths(
        counts,
        (seed, half) => {
          const [a, r] = [vector(seed, 2 * half), challenge(seed + 1)];
          const folded = ring.fold(a, r);
          expect(folded.length).toBe(words * half);
          for (let i = 0; i < half; i += 1) {
            const [low, high] = [at(a, i), at(a, half + i)];
            const expected = sum(low, product(at(r, 0), sum(high, low, -1n)));
            expectElement(folded, i, expected, bits);
          }
        },
        6,
      );
      const ones = challenge(1).map((_, k) => (bits === 64 && k % 2 === 1 ? 0 : 1));
      const a = vector(1, 2);
      const expected = sum(at(a, 0), product(at(ones, 0), sum(at(a, 1), at(a, 0), -1n)));
      expectElement(ring.fold(a, ones), 0, expected, bits);
    });

    it("refuse parts of elements, and a fold by anything but a challenge", () => {
      const [a, b] = [new Uint32Array(words + 1), new Uint32Array(words)];
      expect(() => ring.mul(a, a)).toThrow(`multiple of ${words}`);
      expect(() => ring.fold(b, b)).toThrow(`multiple of ${2 * words}`);
      expect(() => ring.halves(b, b, b, b)).toThrow(`multiple of ${2 * words}`);
      expect(() => ring.fold(new Uint32Array(2 * words), b.fill(2))).toThrow("0 and 1");
    });
  });
}
