import { assert } from "@symbolon/base/assert";
import { wordsOf } from "@symbolon/base/bytes";
import type { Crypto } from "../crypto/crypto.js";

/** Words of one draw. */
const DRAW_WORDS = 4;

/**
 * A uniform permutation of 0..count−1 from a 16-byte seed: Fisher-Yates on 128-bit draws.
 * The distance from uniform is below count²·2^−128, the same on every machine; the time does not
 * depend on the outcome.
 */
export function permutationFrom(crypto: Crypto, seed: Uint8Array, count: number): Uint32Array {
  assert(count < 2 ** 31, "a permutation of fewer than 2^31 rows");
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  const draws = wordsOf(crypto.keystream(seed, 4 * DRAW_WORDS * count));
  for (let k = count - 1; k > 0; k -= 1) {
    const other = scaled(draws, DRAW_WORDS * k, k + 1);
    const moved = order[k];
    order[k] = order[other];
    order[other] = moved;
  }
  return order;
}

/**
 * ⌊draw · bound / 2^128⌋ for the 128-bit number in four words from `at` on, by long multiplication
 * in digits of 16 bits: each step stays below 2^47 + 2^31, so it is exact.
 */
export function scaled(draws: Uint32Array, at: number, bound: number): number {
  let carry = 0;
  for (let word = at; word < at + DRAW_WORDS; word += 1) {
    carry = Math.floor(((draws[word] & 0xffff) * bound + carry) / 65_536);
    carry = Math.floor(((draws[word] >>> 16) * bound + carry) / 65_536);
  }
  return carry;
}
