/** Both components of the vectors of AND claims, all of one length. */
export interface BitClaims {
  readonly x0: Uint32Array;
  readonly x1: Uint32Array;
  readonly y0: Uint32Array;
  readonly y1: Uint32Array;
  readonly z0: Uint32Array;
  readonly z1: Uint32Array;
}

/**
 * The inner loops of the engine, over whole vectors. Two implementations, `plainKernels` (clear)
 * and `wasmKernels` (fast), pass one contract suite and agree word for word.
 *
 * Lengths are in elements. Bits are packed little-endian in words, a multiple of four words.
 * Results are freshly allocated unless `out` is given; arguments are never changed. Shapes are
 * asserted. Time depends on lengths alone, but for cache effects: the field kernels of the WASM
 * look up tables at places that depend on shares.
 */
export interface Kernels {
  readonly name: "plain" | "wasm";

  /**
   * C[j·n+i] += Σ_t A[i·d+t]·B[j·d+t] mod 2^16, onto zeros or onto `out`. A is n×d and B is m×d,
   * row by row; the result is m×n: the row index i of A is contiguous. d is a multiple of 8.
   */
  matmul16(
    a: Uint16Array,
    b: Uint16Array,
    n: number,
    m: number,
    d: number,
    out?: Uint16Array,
  ): Uint16Array;
  /** The same mod 2^32. */
  matmul32(
    a: Uint32Array,
    b: Uint32Array,
    n: number,
    m: number,
    d: number,
    out?: Uint32Array,
  ): Uint32Array;

  /** The same mod 2^64, always onto zeros. */
  matmul64(a: BigUint64Array, b: BigUint64Array, n: number, m: number, d: number): BigUint64Array;

  /** z = x0·(y0+y1) + x1·y0 + alpha mod 2^16, element by element. */
  mulLocal16(
    x0: Uint16Array,
    x1: Uint16Array,
    y0: Uint16Array,
    y1: Uint16Array,
    alpha: Uint16Array,
  ): Uint16Array;
  /** The same mod 2^32. */
  mulLocal32(
    x0: Uint32Array,
    x1: Uint32Array,
    y0: Uint32Array,
    y1: Uint32Array,
    alpha: Uint32Array,
  ): Uint32Array;
  /** The same mod 2^64. */
  mulLocal64(
    x0: BigUint64Array,
    x1: BigUint64Array,
    y0: BigUint64Array,
    y1: BigUint64Array,
    alpha: BigUint64Array,
  ): BigUint64Array;
  /** z_i = Σ_t x0·(y0+y1) + x1·y0 + alpha_i over each row of `width` elements, mod 2^16. */
  dotLocal16(...rows: DotArguments<Uint16Array>): Uint16Array;
  /** The same mod 2^32. */
  dotLocal32(...rows: DotArguments<Uint32Array>): Uint32Array;
  /** The same mod 2^64. */
  dotLocal64(...rows: DotArguments<BigUint64Array>): BigUint64Array;
  /** z = (x0 & (y0 ^ y1)) ^ (x1 & y0) ^ alpha over words of bits. */
  andLocal(
    x0: Uint32Array,
    x1: Uint32Array,
    y0: Uint32Array,
    y1: Uint32Array,
    alpha: Uint32Array,
  ): Uint32Array;

  /**
   * Bit p of every element, for each p < planes: plane after plane, each of 4·⌈n/128⌉ words with
   * zeros behind the n bits.
   */
  bitPlanes16(x: Uint16Array, planes: number): Uint32Array;
  bitPlanes32(x: Uint32Array, planes: number): Uint32Array;
  bitPlanes64(x: BigUint64Array, planes: number): Uint32Array;
  /**
   * The inverse of bitPlanes32: bit p of word k is bit k of plane p, for `count` ≤ 32 planes that
   * lie end to end. Bits above are zero; 32 words for each word of a plane.
   */
  wordsFromPlanes(planes: Uint32Array, count: number): Uint32Array;

  // GF(2^96), see field.ts: an element is four words, the top one zero.

  /** a_j·b_j for every j; into `out` when given, which may be a or b. */
  gfMul(a: Uint32Array, b: Uint32Array, out?: Uint32Array): Uint32Array;
  /** a_j·c for every j; c is one element. */
  gfScale(a: Uint32Array, c: Uint32Array): Uint32Array;
  /** Σ_j a_j·b_j over the first `count` elements: one element. */
  gfInner(a: Uint32Array, b: Uint32Array, count: number): Uint32Array;
  /** Σ_j x0_j·(y0_j + y1_j) + x1_j·y0_j: one element. */
  gfCross(x0: Uint32Array, x1: Uint32Array, y0: Uint32Array, y1: Uint32Array): Uint32Array;
  /** gfCross over the upper halves, then over the sums of both halves: two elements; n is even. */
  gfHalves(x0: Uint32Array, x1: Uint32Array, y0: Uint32Array, y1: Uint32Array): Uint32Array;
  /** a_i + r·(a_i + a_{i+n/2}) for i < n/2; n is even. `out` may be the first half of a. */
  gfFold(a: Uint32Array, r: Uint32Array, out?: Uint32Array): Uint32Array;
  /** w_j = Π_b τ_b^{bit b of j} for every j < 2^t, from t elements τ. */
  gfTensor(taus: Uint32Array): Uint32Array;

  // Bits weighted by field elements. Slot s of J bits starts at word s·J/32; J a multiple of 128.

  /**
   * Weighted sums of products on the grid {0,1,∞}^v of 2^v slots (verify/grid.ts), v ≥ 1:
   *
   *     Σ_j w_j·bit_j( x0_p & (y0_p ^ y1_p) ^ x1_p & y0_p )    at points with an ∞
   *     Σ_j w_j·bit_j(z0_s)                                    at the points that are slots
   *
   * where a vector at ∞ in a variable is the XOR of its two slots; and behind these 3^v elements,
   * for each slot, Σ_j w_j·bit_j(z1_s): 2^v elements.
   */
  bitGrid(claims: BitClaims, variables: number, w: Uint32Array): Uint32Array;
  /** out_j = Σ_s coef_s·bit_j(x_s) for every j: J elements. */
  bitFold(x: Uint32Array, slots: number, coefs: Uint32Array): Uint32Array;
  /** The sum of bitGrid over blocks; each block is read before the next one is asked for. */
  bitGrids?(
    blocks: Iterable<{ claims: BitClaims; w: Uint32Array }>,
    variables: number,
  ): Uint32Array;
  /** bitFold of each block, in order; each is read before the next one is asked for. */
  bitFolds?(
    blocks: Iterable<Uint32Array>,
    slots: number,
    coefs: Uint32Array,
    take: (made: Uint32Array, block: number) => void,
  ): void;

  /**
   * a·h over GF(2): a has k rows of m bits, h has m rows of n bits, the result k rows of n bits.
   * m and n are multiples of 128.
   */
  bitMatmul(a: Uint32Array, h: Uint32Array, k: number, m: number, n: number): Uint32Array;

  // Galois rings GR(2^32, 80) and, with `64`, GR(2^64, 80), see field.ts: an element is 80 words,
  // or 80 pairs of words, low one first.

  /** a_j·b_j for every j. */
  grMul(a: Uint32Array, b: Uint32Array): Uint32Array;
  gr64Mul(a: Uint32Array, b: Uint32Array): Uint32Array;
  /** a_j·c for every j; c is one element. */
  grScale(a: Uint32Array, c: Uint32Array): Uint32Array;
  gr64Scale(a: Uint32Array, c: Uint32Array): Uint32Array;
  /** Σ_j a_j·b_j: one element. */
  grInner(a: Uint32Array, b: Uint32Array): Uint32Array;
  gr64Inner(a: Uint32Array, b: Uint32Array): Uint32Array;
  /** Σ_j x0_j·(y0_j + y1_j) + x1_j·y0_j: one element. */
  grCross(x0: Uint32Array, x1: Uint32Array, y0: Uint32Array, y1: Uint32Array): Uint32Array;
  gr64Cross(x0: Uint32Array, x1: Uint32Array, y0: Uint32Array, y1: Uint32Array): Uint32Array;
  /** `cross` over the upper halves, then over upper − lower: two elements; n is even. */
  grHalves(x0: Uint32Array, x1: Uint32Array, y0: Uint32Array, y1: Uint32Array): Uint32Array;
  gr64Halves(x0: Uint32Array, x1: Uint32Array, y0: Uint32Array, y1: Uint32Array): Uint32Array;
  /** a_i + r·(a_{i+n/2} − a_i) for every i < n/2; n is even; coefficients of r are 0 or 1. */
  grFold(a: Uint32Array, r: Uint32Array): Uint32Array;
  gr64Fold(a: Uint32Array, r: Uint32Array): Uint32Array;

  // Words in the ring. Row j·2^v + s of `width` words is position j of slot s; absent rows are
  // zero. Challenge w_j is ten bytes, its 80 coefficients 0 or 1.

  /**
   * Σ_j w_j·⟨x_j, y_j⟩ at all points of {0,1,∞}^v, one party's part: 3^v elements in the order of
   * the grid (verify/grid.ts). At a point, ∞ in a variable takes the difference of the slots.
   */
  wordsGrid32(...claim: GridArguments<Uint32Array>): Uint32Array;
  wordsGrid64(...claim: GridArguments<BigUint64Array>): Uint32Array;
  /** Σ_j w_j·z_j for rows z_j of `size` words: `size` elements. */
  wordsWeigh32(z: Uint32Array, size: number, w: Uint8Array): Uint32Array;
  wordsWeigh64(z: BigUint64Array, size: number, w: Uint8Array): Uint32Array;
  /** Σ_s coef_s·x_{s,j,t} for every j and t < width, from 2^v elements: j·width + t elements. */
  wordsFold32(x: Uint32Array, shape: GridShape, coefs: Uint32Array): Uint32Array;
  wordsFold64(x: BigUint64Array, shape: GridShape, coefs: Uint32Array): Uint32Array;
}

/** Rows of `width` words in 2^variables slots. */
export interface GridShape {
  readonly variables: number;
  readonly width: number;
}

/** Both components of x and y, their shape, and a challenge of ten bytes a position. */
export type GridArguments<V> = readonly [
  x0: V,
  x1: V,
  y0: V,
  y1: V,
  shape: GridShape,
  w: Uint8Array,
];

/** Both components of the rows of x and y, a mask for each row, and the width of a row. */
export type DotArguments<V> = readonly [x0: V, x1: V, y0: V, y1: V, alpha: V, width: number];
