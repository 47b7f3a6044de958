import { assert } from "@symbolon/base/assert";
import { FIELD_WORDS, RING_DEGREE } from "./field.js";
import type { Kernels } from "./kernels.js";

/** Elements of a tensor at most: 2^TENSOR_MAX. */
const TENSOR_MAX = 26;

/** Variables of a grid at most: 3^GRID_MAX points. */
const GRID_MAX = 8;

/** The same kernels, with the shapes of all arguments asserted first. */
export function checked(kernels: Kernels): Kernels {
  return {
    ...kernels,
    ...integers(kernels),
    ...field(kernels),
    ...bits(kernels),
    ...ring(kernels),
  };
}

type Part<Names extends keyof Kernels> = Pick<Kernels, Names>;
type Vector = { readonly length: number };

function same(...vectors: readonly Vector[]): void {
  const length = vectors[0].length;
  assert(
    vectors.every((vector) => vector.length === length),
    "the vectors have one length",
  );
}

function elements(size: number, ...vectors: readonly Vector[]): void {
  same(...vectors);
  assert(vectors[0].length % size === 0, `a vector of elements has a multiple of ${size} words`);
}

function one(size: number, element: Vector): void {
  assert(element.length === size, `an element has ${size} words`);
}

function counts(...numbers: readonly number[]): void {
  assert(
    numbers.every((k) => Number.isInteger(k) && k >= 1),
    "a count is a positive integer",
  );
}

function product(a: Vector, b: Vector, n: number, m: number, d: number, out?: Vector): void {
  counts(n, m, d);
  assert(d % 8 === 0, "the inner dimension is a multiple of 8");
  assert(a.length === n * d && b.length === m * d, "matrices have rows of the inner dimension");
  assert(out === undefined || out.length === n * m, "the result is m by n");
}

function planes(width: number, count: number): void {
  counts(count);
  assert(count <= width, "no more planes than bits");
}

function integers(
  k: Kernels,
): Part<
  | "matmul16"
  | "matmul32"
  | "mulLocal16"
  | "mulLocal32"
  | "mulLocal64"
  | "andLocal"
  | "bitPlanes16"
  | "bitPlanes32"
  | "bitPlanes64"
  | "wordsFromPlanes"
> {
  return {
    matmul16: (a, b, n, m, d, out) => {
      product(a, b, n, m, d, out);
      return k.matmul16(a, b, n, m, d, out);
    },
    matmul32: (a, b, n, m, d, out) => {
      product(a, b, n, m, d, out);
      return k.matmul32(a, b, n, m, d, out);
    },
    mulLocal16: (...vectors) => {
      same(...vectors);
      return k.mulLocal16(...vectors);
    },
    mulLocal32: (...vectors) => {
      same(...vectors);
      return k.mulLocal32(...vectors);
    },
    mulLocal64: (...vectors) => {
      same(...vectors);
      return k.mulLocal64(...vectors);
    },
    andLocal: (...vectors) => {
      elements(4, ...vectors);
      return k.andLocal(...vectors);
    },
    bitPlanes16: (x, count) => {
      planes(16, count);
      return k.bitPlanes16(x, count);
    },
    bitPlanes32: (x, count) => {
      planes(32, count);
      return k.bitPlanes32(x, count);
    },
    bitPlanes64: (x, count) => {
      planes(64, count);
      return k.bitPlanes64(x, count);
    },
    wordsFromPlanes: (x, count) => {
      planes(32, count);
      assert(x.length % (4 * count) === 0, "a plane has a multiple of 128 bits");
      return k.wordsFromPlanes(x, count);
    },
  };
}

function field(
  k: Kernels,
): Part<"gfMul" | "gfScale" | "gfInner" | "gfCross" | "gfHalves" | "gfFold" | "gfTensor"> {
  return {
    gfMul: (a, b, out) => {
      elements(FIELD_WORDS, a, b);
      if (out) assert(out.length === a.length, "an output takes every product");
      return k.gfMul(a, b, out);
    },
    gfScale: (a, c) => {
      elements(FIELD_WORDS, a);
      one(FIELD_WORDS, c);
      return k.gfScale(a, c);
    },
    gfInner: (a, b, count) => {
      const words = count * FIELD_WORDS;
      assert(Number.isInteger(count) && count >= 0, "a count is a natural number");
      assert(a.length >= words && b.length >= words, "there are `count` elements");
      return k.gfInner(a, b, count);
    },
    gfCross: (...vectors) => {
      elements(FIELD_WORDS, ...vectors);
      return k.gfCross(...vectors);
    },
    gfHalves: (...vectors) => {
      elements(2 * FIELD_WORDS, ...vectors);
      return k.gfHalves(...vectors);
    },
    gfFold: (a, r, out) => {
      elements(2 * FIELD_WORDS, a);
      one(FIELD_WORDS, r);
      if (out) assert(2 * out.length === a.length, "an output takes half the elements");
      return k.gfFold(a, r, out);
    },
    gfTensor: (taus) => {
      elements(FIELD_WORDS, taus);
      assert(taus.length <= TENSOR_MAX * FIELD_WORDS, `a tensor has at most 2^${TENSOR_MAX} terms`);
      return k.gfTensor(taus);
    },
  };
}

function slotted(x: Vector, slots: number): void {
  counts(slots);
  assert(x.length % (4 * slots) === 0, "a slot has a multiple of 128 bits");
}

function weights(x: Vector, slots: number, w: Vector): void {
  assert(w.length * slots === x.length * 32 * FIELD_WORDS, "there is a weight for every bit");
}

function bits(k: Kernels): Part<"bitGrid" | "bitFold"> {
  return {
    bitGrid: (claims, variables, w) => {
      const { x0, x1, y0, y1, z0, z1 } = claims;
      counts(variables);
      assert(variables <= GRID_MAX, `a grid has at most ${GRID_MAX} variables`);
      same(x0, x1, y0, y1, z0, z1);
      slotted(x0, 2 ** variables);
      weights(x0, 2 ** variables, w);
      return k.bitGrid(claims, variables, w);
    },
    bitFold: (x, slots, coefs) => {
      slotted(x, slots);
      one(slots * FIELD_WORDS, coefs);
      return k.bitFold(x, slots, coefs);
    },
  };
}

function ring(
  k: Kernels,
): Part<"grMul" | "grScale" | "grInner" | "grCross" | "grFold" | "grFoldWords"> {
  return {
    grMul: (a, b) => {
      elements(RING_DEGREE, a, b);
      return k.grMul(a, b);
    },
    grScale: (a, c) => {
      elements(RING_DEGREE, a);
      one(RING_DEGREE, c);
      return k.grScale(a, c);
    },
    grInner: (a, b) => {
      elements(RING_DEGREE, a, b);
      return k.grInner(a, b);
    },
    grCross: (...vectors) => {
      elements(RING_DEGREE, ...vectors);
      return k.grCross(...vectors);
    },
    grFold: (a, r) => {
      elements(2 * RING_DEGREE, a);
      one(RING_DEGREE, r);
      return k.grFold(a, r);
    },
    grFoldWords: (x, slots, coefs) => {
      counts(slots);
      assert(x.length % slots === 0, "all slots have one length");
      one(slots * RING_DEGREE, coefs);
      return k.grFoldWords(x, slots, coefs);
    },
  };
}
