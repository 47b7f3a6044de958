import { assert } from "@symbolon/base/assert";
import { FIELD_WORDS, RING_DEGREE } from "./field.js";
import type { DotArguments, GridArguments, GridShape, Kernels } from "./kernels.js";

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
    ...bitMatrices(kernels),
    ...ring(kernels),
    ...words(kernels),
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

function dotRows(...[x0, x1, y0, y1, alpha, width]: DotArguments<Vector>): void {
  counts(width);
  same(x0, x1, y0, y1);
  assert(x0.length === alpha.length * width, "a mask for each row of the width");
}

function planes(width: number, count: number): void {
  counts(count);
  assert(count <= width, "no more planes than bits");
}

type ProductNames = "matmul16" | "matmul32" | "matmul64";
type LocalNames =
  | ("mulLocal16" | "mulLocal32" | "mulLocal64" | "andLocal")
  | ("dotLocal16" | "dotLocal32" | "dotLocal64");
type PlaneNames = "bitPlanes16" | "bitPlanes32" | "bitPlanes64" | "wordsFromPlanes";

function integers(k: Kernels): Part<ProductNames | LocalNames | PlaneNames> {
  return { ...matrices(k), ...locals(k), ...bitPlanes(k) };
}

function matrices(k: Kernels): Part<ProductNames> {
  return {
    matmul16: (a, b, n, m, d, out) => {
      product(a, b, n, m, d, out);
      return k.matmul16(a, b, n, m, d, out);
    },
    matmul32: (a, b, n, m, d, out) => {
      product(a, b, n, m, d, out);
      return k.matmul32(a, b, n, m, d, out);
    },
    matmul64: (a, b, n, m, d) => {
      product(a, b, n, m, d);
      return k.matmul64(a, b, n, m, d);
    },
  };
}

function locals(k: Kernels): Part<LocalNames> {
  return {
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
    dotLocal16: (...rows) => {
      dotRows(...rows);
      return k.dotLocal16(...rows);
    },
    dotLocal32: (...rows) => {
      dotRows(...rows);
      return k.dotLocal32(...rows);
    },
    dotLocal64: (...rows) => {
      dotRows(...rows);
      return k.dotLocal64(...rows);
    },
    andLocal: (...vectors) => {
      elements(4, ...vectors);
      return k.andLocal(...vectors);
    },
  };
}

function bitPlanes(k: Kernels): Part<PlaneNames> {
  return {
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

function bitMatrices(k: Kernels): Part<"bitMatmul"> {
  return {
    bitMatmul: (a, h, rows, m, n) => {
      counts(rows, m, n);
      assert(m % 128 === 0 && n % 128 === 0, "bits come in groups of 128");
      assert(32 * a.length === rows * m && 32 * h.length === m * n, "matrices have whole rows");
      return k.bitMatmul(a, h, rows, m, n);
    },
  };
}

type RingNames = "grMul" | "grScale" | "grInner" | "grCross" | "grHalves" | "grFold";
type WideNames =
  | ("gr64Mul" | "gr64Scale" | "gr64Inner")
  | ("gr64Cross" | "gr64Halves" | "gr64Fold");

function ring(k: Kernels): Part<RingNames | WideNames> {
  const [mul, scale, inner, cross, halves, fold] = ringChecks(RING_DEGREE);
  const [mul64, scale64, inner64, cross64, halves64, fold64] = ringChecks(2 * RING_DEGREE);
  return {
    grMul: mul(k.grMul),
    grScale: scale(k.grScale),
    grInner: inner(k.grInner),
    grCross: cross(k.grCross),
    grHalves: halves(k.grHalves),
    grFold: fold(k.grFold),
    gr64Mul: mul64(k.gr64Mul),
    gr64Scale: scale64(k.gr64Scale),
    gr64Inner: inner64(k.gr64Inner),
    gr64Cross: cross64(k.gr64Cross),
    gr64Halves: halves64(k.gr64Halves),
    gr64Fold: fold64(k.gr64Fold),
  };
}

/** Checks before mul, scale, inner, cross, halves and fold of elements of so many words. */
function ringChecks(size: number) {
  type Many = (...vectors: [Uint32Array, Uint32Array, Uint32Array, Uint32Array]) => Uint32Array;
  type Two = (a: Uint32Array, b: Uint32Array) => Uint32Array;
  const same =
    (kernel: Two): Two =>
    (a, b) => {
      elements(size, a, b);
      return kernel(a, b);
    };
  const byOne =
    (multiple: number, digitMax: number) =>
    (kernel: Two): Two =>
    (a, c) => {
      elements(multiple * size, a);
      one(size, c);
      assert(
        c.every((digit) => digit <= digitMax),
        "a challenge has coefficients 0 and 1",
      );
      return kernel(a, c);
    };
  const many =
    (multiple: number) =>
    (kernel: Many): Many =>
    (...vectors) => {
      elements(multiple * size, ...vectors);
      return kernel(...vectors);
    };
  return [same, byOne(1, 0xffffffff), same, many(1), many(2), byOne(2, 1)] as const;
}

/** Variables of a grid of words at most. */
const VARIABLES_MAX = 8;

type WordNames =
  | ("wordsGrid32" | "wordsGrid64" | "wordsWeigh32" | "wordsWeigh64")
  | ("wordsFold32" | "wordsFold64");

function words(k: Kernels): Part<WordNames> {
  return {
    wordsGrid32: (...claim) => {
      gridRows(claim);
      return k.wordsGrid32(...claim);
    },
    wordsGrid64: (...claim) => {
      gridRows(claim);
      return k.wordsGrid64(...claim);
    },
    wordsWeigh32: (z, size, w) => {
      positions(z, size, w);
      return k.wordsWeigh32(z, size, w);
    },
    wordsWeigh64: (z, size, w) => {
      positions(z, size, w);
      return k.wordsWeigh64(z, size, w);
    },
    wordsFold32: (x, grid, coefs) => {
      shape(x, grid);
      one(2 ** grid.variables * RING_DEGREE, coefs);
      return k.wordsFold32(x, grid, coefs);
    },
    wordsFold64: (x, grid, coefs) => {
      shape(x, grid);
      one(2 ** grid.variables * 2 * RING_DEGREE, coefs);
      return k.wordsFold64(x, grid, coefs);
    },
  };
}

function shape(x: Vector, { variables, width }: GridShape): void {
  counts(variables, width);
  assert(variables <= VARIABLES_MAX, `a grid has at most ${VARIABLES_MAX} variables`);
  assert(x.length > 0 && x.length % width === 0, "whole rows");
}

function positions(x: Vector, size: number, w: Uint8Array): void {
  counts(size);
  assert(x.length > 0, "a row at least");
  const count = Math.ceil(x.length / size);
  assert(w.length === (count * RING_DEGREE) / 8, "there is a challenge for every position");
}

function gridRows([x0, x1, y0, y1, grid, w]: GridArguments<Vector>): void {
  same(x0, x1, y0, y1);
  shape(x0, grid);
  positions(x0, 2 ** grid.variables * grid.width, w);
}
