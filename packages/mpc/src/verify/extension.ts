import { assert } from "@symbolon/base/assert";
import { bytesOf, wordsOf } from "@symbolon/base/bytes";
import type { Context } from "../context.js";
import type { Kernels } from "../kernels/kernels.js";
import { openMasked } from "../protocol/open.js";
import { reshare } from "../protocol/reshare.js";
import {
  type Adding,
  add,
  addPairs,
  subtract,
  subtractPairs,
  vectorLike,
  xor,
} from "../ring/vector.js";
import type { Shares } from "../sharing/shares.js";

/**
 * A ring big enough that a random element of it catches any error in the base ring:
 * GF(2^96) over bits, GR(2^32, 80) over Z_2^32, GR(2^64, 80) over Z_2^64. Two different challenges
 * differ by a unit; there are 2^96 of them in the field and 2^80 in the rings. A vector of n
 * elements is a Uint32Array of n · words.
 */
export interface Extension {
  readonly adding: Adding;
  /** 32-bit words of one element. */
  readonly words: number;
  /** The same elements as a vector over the ring that shares add up in. */
  lanes(elements: Uint32Array): Uint32Array | BigUint64Array;
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
  /** lower + r·(upper − lower) of both halves, r a challenge; may overwrite a. */
  fold(a: Uint32Array, r: Uint32Array): Uint32Array;
  /** `mul` that may overwrite a. */
  mulInto(a: Uint32Array, b: Uint32Array): Uint32Array;
  one(): Uint32Array;
  /** Bytes of randomness that `count` challenges take. */
  challengeBytes(count: number): number;
  /** Uniform members of the exceptional set; may overwrite the bytes. */
  challenges(bytes: Uint8Array): Uint32Array;
  /** Uniform elements of the whole ring, from uniform words; for masks. */
  uniform(words: Uint32Array): Uint32Array;
}

const FIELD_WORDS = 4;
const RING_DEGREE = 80;

/** GF(2^96): 16 bytes an element, the top four zero. */
export function fieldExtension(kernels: Kernels): Extension {
  const cleared = (words: Uint32Array): Uint32Array => {
    for (let k = 3; k < words.length; k += FIELD_WORDS) words[k] = 0;
    return words;
  };
  return {
    adding: "xor",
    words: FIELD_WORDS,
    lanes: (elements) => elements,
    add: xor,
    subtract: xor,
    mul: (a, b) => kernels.gfMul(a, b),
    scale: (a, c) => kernels.gfScale(a, c),
    inner: (a, b) => kernels.gfInner(a, b, a.length / FIELD_WORDS),
    cross: (x0, x1, y0, y1) => kernels.gfCross(x0, x1, y0, y1),
    halves: (x0, x1, y0, y1) => kernels.gfHalves(x0, x1, y0, y1),
    fold: (a, r) => kernels.gfFold(a, r, a.subarray(0, a.length / 2)),
    mulInto: (a, b) => kernels.gfMul(a, b, a),
    one: () => Uint32Array.of(1, 0, 0, 0),
    challengeBytes: (count) => 16 * count,
    challenges: (bytes) => cleared(wordsOf(bytes)),
    uniform: (words) => cleared(words.slice()),
  };
}

/** GR(2^32, 80), an element 80 words; or GR(2^64, 80), an element 80 pairs, the low word first. */
export function ringExtension(kernels: Kernels, bits: 32 | 64 = 32): Extension {
  const isWide = bits === 64;
  const perCoefficient = bits / 32;
  const words = RING_DEGREE * perCoefficient;
  const mul = isWide ? kernels.gr64Mul : kernels.grMul;
  return {
    adding: "add",
    words,
    lanes: (elements) => (isWide ? vectorLike(PAIRS, bytesOf(elements)) : elements),
    add: isWide ? pairwise(addPairs) : add,
    subtract: isWide ? pairwise(subtractPairs) : subtract,
    mul,
    scale: isWide ? kernels.gr64Scale : kernels.grScale,
    inner: isWide ? kernels.gr64Inner : kernels.grInner,
    cross: isWide ? kernels.gr64Cross : kernels.grCross,
    halves: isWide ? kernels.gr64Halves : kernels.grHalves,
    fold: isWide ? kernels.gr64Fold : kernels.grFold,
    mulInto: mul,
    one: () => Uint32Array.from({ length: words }, (_, k) => (k === 0 ? 1 : 0)),
    challengeBytes: (count) => (RING_DEGREE / 8) * count,
    challenges: (bytes) => {
      const out = new Uint32Array(bytes.length * 8 * perCoefficient);
      spreadBits(bytes, out, perCoefficient);
      return out;
    },
    uniform: (random) => random,
  };
}

/** Bit k of `bytes` to word k·step. */
function spreadBits(bytes: Uint8Array, out: Uint32Array, step: number): void {
  for (let at = 0, k = 0; at < bytes.length; at += 1) {
    for (let byte = bytes[at], bit = 0; bit < 8; bit += 1, byte >>= 1, k += step) {
      out[k] = byte & 1;
    }
  }
}

const PAIRS = new BigUint64Array(0);

const pairwise =
  (operation: (a: Uint32Array, b: Uint32Array, out: Uint32Array) => void) =>
  (a: Uint32Array, b: Uint32Array): Uint32Array => {
    assert(a.length === b.length, "vectors of one length");
    const out = new Uint32Array(a.length);
    operation(a, b, out);
    return out;
  };

/** Π_reshare of elements: masks add up in the ring that the extension is built on. */
export async function reshareElements(
  ctx: Context,
  extension: Extension,
  part: Uint32Array,
): Promise<Shares> {
  const shares = await reshare(ctx, extension.lanes(part), extension.adding);
  return shares.map((lanes) => wordsOf(bytesOf(lanes)));
}

/** Π_open of elements that a uniform mask hides. */
export async function openElements(
  ctx: Context,
  extension: Extension,
  x: Shares,
): Promise<Uint32Array> {
  const lanes = x.map((part) => extension.lanes(part));
  return wordsOf(bytesOf(await openMasked(ctx, lanes, extension.adding)));
}
