import { assert } from "@symbolon/base/assert";
import { bytesOf, wordsOf } from "@symbolon/base/bytes";
import type { RingVector } from "../sharing/shares.js";

/** How components add up to a value: by XOR, or in Z_2^k with k the width of the elements. */
export type Adding = "xor" | "add";

/** A vector of `like`'s kind over the same bytes (copied if they are not aligned). */
export function vectorLike<V extends RingVector>(like: V, bytes: Uint8Array): V {
  const aligned = bytes.byteOffset % like.BYTES_PER_ELEMENT === 0 ? bytes : bytes.slice();
  const Vector = like.constructor as new (buffer: ArrayBufferLike, at: number, n: number) => V;
  return new Vector(aligned.buffer, aligned.byteOffset, aligned.length / like.BYTES_PER_ELEMENT);
}

/** A zero vector of `like`'s kind. */
export function zerosLike<V extends RingVector>(like: V, length: number = like.length): V {
  const Vector = like.constructor as new (length: number) => V;
  return new Vector(length);
}

/** a + b, element by element mod 2^k. Each kind of vector has a loop of its own, to be fast. */
export function add<V extends RingVector>(a: V, b: V): V {
  assert(a.length === b.length, "vectors of one length");
  return byKind(a, b, add32, add16, addPairs);
}

/** a − b, element by element mod 2^k. */
export function subtract<V extends RingVector>(a: V, b: V): V {
  assert(a.length === b.length, "vectors of one length");
  return byKind(a, b, subtract32, subtract16, subtractPairs);
}

type Loop<W> = (a: W, b: W, out: W) => void;

function byKind<V extends RingVector>(
  a: V,
  b: V,
  words: Loop<Uint32Array>,
  halves: Loop<Uint16Array>,
  pairs: Loop<Uint32Array>,
): V {
  if (a instanceof Uint32Array) {
    const out = new Uint32Array(a.length);
    words(a, b as Uint32Array, out);
    return out as RingVector as V;
  }
  if (a instanceof Uint16Array) {
    const out = new Uint16Array(a.length);
    halves(a, b as Uint16Array, out);
    return out as RingVector as V;
  }
  const out = new BigUint64Array(a.length);
  pairs(wordsOf(bytesOf(a)), wordsOf(bytesOf(b)), new Uint32Array(out.buffer));
  return out as RingVector as V;
}

function add32(a: Uint32Array, b: Uint32Array, out: Uint32Array): void {
  for (let k = 0; k < out.length; k += 1) out[k] = a[k] + b[k];
}

function subtract32(a: Uint32Array, b: Uint32Array, out: Uint32Array): void {
  for (let k = 0; k < out.length; k += 1) out[k] = a[k] - b[k];
}

function add16(a: Uint16Array, b: Uint16Array, out: Uint16Array): void {
  for (let k = 0; k < out.length; k += 1) out[k] = a[k] + b[k];
}

function subtract16(a: Uint16Array, b: Uint16Array, out: Uint16Array): void {
  for (let k = 0; k < out.length; k += 1) out[k] = a[k] - b[k];
}

/** out = a + b for numbers mod 2^64 that stand as pairs of words, the low one first. */
export function addPairs(a: Uint32Array, b: Uint32Array, out: Uint32Array): void {
  for (let k = 0; k < out.length; k += 2) {
    // `>>> 0` and `| 0` keep to integers of 32 bits, which is several times as fast.
    const left = a[k];
    const low = (left + b[k]) >>> 0;
    out[k] = low;
    out[k + 1] = (a[k + 1] + b[k + 1] + (low < left ? 1 : 0)) | 0;
  }
}

/** out = a − b for such numbers. */
export function subtractPairs(a: Uint32Array, b: Uint32Array, out: Uint32Array): void {
  for (let k = 0; k < out.length; k += 2) {
    const left = a[k];
    const right = b[k];
    out[k] = (left - right) | 0;
    out[k + 1] = (a[k + 1] - b[k + 1] - (left < right ? 1 : 0)) | 0;
  }
}

/** a ⊕ b. */
export function xor(a: Uint32Array, b: Uint32Array): Uint32Array {
  assert(a.length === b.length, "vectors of one length");
  const out = new Uint32Array(a.length);
  for (let k = 0; k < out.length; k += 1) out[k] = a[k] ^ b[k];
  return out;
}

/** sum = sum ⊕ more. */
export function xorInto(sum: Uint32Array, more: Uint32Array): void {
  assert(sum.length === more.length, "vectors of one length");
  for (let k = 0; k < sum.length; k += 1) sum[k] ^= more[k];
}

/** The value that three components make. */
export function addUp<V extends RingVector>(adding: Adding, a: V, b: V, c: V): V {
  if (adding === "add") return add(add(a, b), c);
  return xor(xor(a as Uint32Array, b as Uint32Array), c as Uint32Array) as V;
}
