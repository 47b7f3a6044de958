import { vectorLike } from "../ring/vector.js";
import { RING_DEGREE, RING_EXPONENTS } from "./field.js";
import type { Kernels } from "./kernels.js";

type Ring = Pick<
  Kernels,
  | ("grMul" | "grScale" | "grInner" | "grCross" | "grHalves" | "grFold")
  | ("gr64Mul" | "gr64Scale" | "gr64Inner" | "gr64Cross" | "gr64Halves" | "gr64Fold")
>;

/** Coefficients, low first, as numbers mod 2^64; what is above 32 bits falls off at the end. */
export type Element = BigUint64Array;

/** Vectors over GR(2^32, 80) and GR(2^64, 80), element by element. */
export const plainRing: Ring = {
  ...named(1, ["grMul", "grScale", "grInner", "grCross", "grHalves", "grFold"]),
  ...named(2, ["gr64Mul", "gr64Scale", "gr64Inner", "gr64Cross", "gr64Halves", "gr64Fold"]),
} as Ring;

function named(words: 1 | 2, names: readonly string[]): Partial<Ring> {
  const { mul, scale, inner, cross, halves, fold } = operations(words);
  const functions = [mul, scale, inner, cross, halves, fold];
  return Object.fromEntries(names.map((name, k) => [name, functions[k]]));
}

function operations(words: 1 | 2) {
  const of = (vector: Uint32Array): Element[] => elements(vector, words);
  const back = (all: readonly Element[]): Uint32Array => vector(all, words);
  const total = (products: readonly Element[]): Uint32Array => back([products.reduce(add, zero())]);
  const crossed = ([a, b, c, d]: readonly (readonly Element[])[]): Element =>
    a.map((x, k) => add(product(x, add(c[k], d[k])), product(b[k], c[k]))).reduce(add, zero());
  return {
    mul: (a: Uint32Array, b: Uint32Array) => {
      const right = of(b);
      return back(of(a).map((x, k) => product(x, right[k])));
    },
    scale: (a: Uint32Array, c: Uint32Array) => back(of(a).map((x) => product(x, of(c)[0]))),
    inner: (a: Uint32Array, b: Uint32Array) => {
      const right = of(b);
      return total(of(a).map((x, k) => product(x, right[k])));
    },
    cross: (...vectors: readonly Uint32Array[]) => back([crossed(vectors.map(of))]),
    halves: (...vectors: readonly Uint32Array[]) => {
      const all = vectors.map(of);
      const half = all[0].length / 2;
      const upper = all.map((vector) => vector.slice(half));
      const change = upper.map((vector, v) => vector.map((x, k) => subtract(x, all[v][k])));
      return back([crossed(upper), crossed(change)]);
    },
    fold: (a: Uint32Array, r: Uint32Array) => {
      const all = of(a);
      const half = all.length / 2;
      const low = all.slice(0, half);
      return back(low.map((x, k) => add(x, product(subtract(all[half + k], x), of(r)[0]))));
    },
  };
}

export const zero = (): Element => new BigUint64Array(RING_DEGREE);

export const add = (a: Element, b: Element): Element => a.map((value, c) => value + b[c]);

const subtract = (a: Element, b: Element): Element => a.map((value, c) => value - b[c]);

/** X^80 = −(X^9 + X^4 + X^2 + 1), from the highest coefficient down. */
function product(a: Element, b: Element): Element {
  const [top, ...rest] = RING_EXPONENTS;
  const sum = new BigUint64Array(2 * top - 1);
  for (let k = 0; k < top; k += 1) {
    for (let c = 0; c < top; c += 1) sum[k + c] += a[k] * b[c];
  }
  for (let k = sum.length - 1; k >= top; k -= 1) {
    for (const exponent of rest) sum[k - top + exponent] -= sum[k];
  }
  return sum.slice(0, top);
}

/** Elements of `words` words a coefficient. */
function elements(words: Uint32Array, size: 1 | 2): Element[] {
  const all =
    size === 1
      ? BigUint64Array.from(words, BigInt)
      : vectorLike(new BigUint64Array(0), new Uint8Array(words.slice().buffer));
  return Array.from({ length: all.length / RING_DEGREE }, (_, k) =>
    all.slice(k * RING_DEGREE, (k + 1) * RING_DEGREE),
  );
}

/** The inverse. */
export function vector(all: readonly Element[], size: 1 | 2): Uint32Array {
  const out = new Uint32Array(all.length * RING_DEGREE * size);
  all.forEach((element, k) => {
    const words = new Uint32Array(element.buffer);
    for (let c = 0; c < RING_DEGREE; c += 1) {
      const to = (k * RING_DEGREE + c) * size;
      out[to] = words[2 * c];
      if (size === 2) out[to + 1] = words[2 * c + 1];
    }
  });
  return out;
}

/** The elements of a vector, for sums of words times elements. */
export const elementsOf = elements;
