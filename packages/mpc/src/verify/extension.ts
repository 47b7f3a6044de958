import { assert } from "@symbolon/base/assert";
import { wordsOf } from "@symbolon/base/bytes";
import type { Kernels } from "../kernels/kernels.js";
import { type Adding, add, subtract, xor } from "../ring/vector.js";

/**
 * A ring big enough that a random element of it catches any error in the base ring:
 * GF(2^96) over bits, GR(2^32, 80) over Z_2^32 (and, by reduction, over Z_2^16).
 * A vector of n elements is a Uint32Array of n · words.
 */
export interface Extension {
  readonly adding: Adding;
  /** 32-bit words of one element. */
  readonly words: number;
  /** Two different challenges differ by a unit; there are 2^κ of them. */
  readonly kappa: number;
  add(a: Uint32Array, b: Uint32Array): Uint32Array;
  subtract(a: Uint32Array, b: Uint32Array): Uint32Array;
  mul(a: Uint32Array, b: Uint32Array): Uint32Array;
  /** Every element of a times the one element c. */
  scale(a: Uint32Array, c: Uint32Array): Uint32Array;
  /** Σ a_j · b_j. */
  inner(a: Uint32Array, b: Uint32Array): Uint32Array;
  /** Σ x0_j·(y0_j + y1_j) + x1_j·y0_j: one party's part of an inner product of shares. */
  cross(x0: Uint32Array, x1: Uint32Array, y0: Uint32Array, y1: Uint32Array): Uint32Array;
  /** Both parts of a halving: `cross` over the upper halves, then over upper − lower. */
  halves(x0: Uint32Array, x1: Uint32Array, y0: Uint32Array, y1: Uint32Array): Uint32Array;
  /** lower + r·(upper − lower) of both halves; may overwrite a. */
  fold(a: Uint32Array, r: Uint32Array): Uint32Array;
  /** `mul` that may overwrite a. */
  mulInto(a: Uint32Array, b: Uint32Array): Uint32Array;
  one(): Uint32Array;
  /** The `index`-th element of the exceptional set: its binary digits as coefficients. */
  point(index: number): Uint32Array;
  /** Inverse of one unit. */
  inverse(a: Uint32Array): Uint32Array;
  /** Bytes of randomness that `count` challenges take. */
  challengeBytes(count: number): number;
  /** Uniform members of the exceptional set. */
  challenges(bytes: Uint8Array): Uint32Array;
  /** Uniform elements of the whole ring, from uniform words; for masks. */
  uniform(words: Uint32Array): Uint32Array;
}

const FIELD_WORDS = 4;
const RING_DEGREE = 80;

/** GF(2^96): 16 bytes an element, the top four zero. */
export function fieldExtension(kernels: Kernels): Extension {
  const canonical = (words: Uint32Array): Uint32Array => {
    const out = words.slice();
    for (let k = 3; k < out.length; k += FIELD_WORDS) out[k] = 0;
    return out;
  };
  const extension: Extension = {
    adding: "xor",
    words: FIELD_WORDS,
    kappa: 96,
    add: xor,
    subtract: xor,
    mul: (a, b) => kernels.gfMul(a, b),
    scale: (a, c) => kernels.gfScale(a, c),
    inner: (a, b) => kernels.gfInner(a, b, a.length / FIELD_WORDS),
    cross: (x0, x1, y0, y1) => kernels.gfCross(x0, x1, y0, y1),
    halves: (x0, x1, y0, y1) => kernels.gfHalves(x0, x1, y0, y1),
    fold: (a, r) => kernels.gfFold(a, r, a.subarray(0, a.length / 2)),
    mulInto: (a, b) => kernels.gfMul(a, b, a),
    one: () => extension.point(1),
    point: (index) => Uint32Array.of(index, 0, 0, 0),
    // a^(2^96 − 2) = a^-1 in a field of 2^96 elements.
    inverse: (a) => power(extension, a, (1n << 96n) - 2n),
    challengeBytes: (count) => 16 * count,
    challenges: (bytes) => canonical(wordsOf(bytes)),
    uniform: canonical,
  };
  return extension;
}

/** GR(2^32, 80): 80 words an element. */
export function ringExtension(kernels: Kernels): Extension {
  const extension: Extension = {
    adding: "add",
    words: RING_DEGREE,
    kappa: RING_DEGREE,
    add,
    subtract,
    mul: (a, b) => kernels.grMul(a, b),
    scale: (a, c) => kernels.grScale(a, c),
    inner: (a, b) => kernels.grInner(a, b),
    cross: (x0, x1, y0, y1) => kernels.grCross(x0, x1, y0, y1),
    halves: (...vectors) => {
      const half = vectors[0].length / 2;
      const [x0, x1, y0, y1] = vectors.map((x) => ({
        upper: x.subarray(half),
        change: subtract(x.subarray(half), x.subarray(0, half)),
      }));
      const both = new Uint32Array(2 * RING_DEGREE);
      both.set(kernels.grCross(x0.upper, x1.upper, y0.upper, y1.upper));
      both.set(kernels.grCross(x0.change, x1.change, y0.change, y1.change), RING_DEGREE);
      return both;
    },
    fold: (a, r) => kernels.grFold(a, r),
    mulInto: (a, b) => kernels.grMul(a, b),
    one: () => extension.point(1),
    point: (index) => Uint32Array.from({ length: RING_DEGREE }, (_, k) => bit(index, k)),
    inverse: (a) => inverseOfUnit(extension, a),
    challengeBytes: (count) => (RING_DEGREE / 8) * count,
    challenges: (bytes) =>
      Uint32Array.from({ length: bytes.length * 8 }, (_, k) => (bytes[k >> 3] >> (k & 7)) & 1),
    uniform: (words) => words,
  };
  return extension;
}

const bit = (index: number, k: number): number => (k < 31 ? (index >> k) & 1 : 0);

function power(extension: Extension, base: Uint32Array, exponent: bigint): Uint32Array {
  let result = extension.one();
  for (const digit of exponent.toString(2)) {
    result = extension.mul(result, result);
    if (digit === "1") result = extension.mul(result, base);
  }
  return result;
}

/** Mod 2 the ring is GF(2^80), so a^(2^80 − 2) is right mod 2; Newton doubles the digits. */
function inverseOfUnit(extension: Extension, a: Uint32Array): Uint32Array {
  const two = extension.add(extension.one(), extension.one());
  let inverse = power(extension, a, (1n << BigInt(RING_DEGREE)) - 2n);
  for (let digits = 1; digits < 32; digits *= 2) {
    inverse = extension.mul(inverse, extension.subtract(two, extension.mul(a, inverse)));
  }
  const isInverse = extension.mul(a, inverse).every((word, k) => word === (k === 0 ? 1 : 0));
  assert(isInverse, "only units are inverted");
  return inverse;
}
