import fc from "fast-check";
import { FIELD_WORDS, RING_DEGREE } from "./field.js";

/** Words of a small seeded generator (SplitMix32), every eighth of them an extreme. */
function wordStream(seed: number): () => number {
  const extremes = [0, 1, 0xffff, 0x8000, 0x10000, 0x80000000, 0x7fffffff, 0xffffffff];
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    z = (z ^ (z >>> 15)) >>> 0;
    return (z & 7) === 0 ? extremes[(z >>> 3) & 7] : z;
  };
}

/** `length` words that a seed determines. */
export function words32(seed: number, length: number): Uint32Array {
  const next = wordStream(seed);
  return Uint32Array.from({ length }, next);
}

export function words16(seed: number, length: number): Uint16Array {
  return new Uint16Array(words32(seed, length));
}

export function words64(seed: number, length: number): BigUint64Array {
  return new BigUint64Array(words32(seed, 2 * length).buffer);
}

/** `count` elements of GF(2^96). */
export function fieldVector(seed: number, count: number): Uint32Array {
  return words32(seed, FIELD_WORDS * count).map((word, k) => (k % FIELD_WORDS === 3 ? 0 : word));
}

/** `count` elements of GR(2^32, 80). */
export const ringVector = (seed: number, count: number): Uint32Array =>
  words32(seed, RING_DEGREE * count);

export const seeds = fc.integer();
export const lengths = fc.integer({ min: 0, max: 300 });

/** Runs a property over seeds and one length. */
export function forLengths(
  length: fc.Arbitrary<number>,
  check: (seed: number, length: number) => void,
  runs = 50,
): void {
  fc.assert(fc.property(seeds, length, check), { numRuns: runs });
}

export const bit = (words: Uint32Array, k: number): number => (words[k >>> 5] >>> (k & 31)) & 1;
