import { assert } from "@symbolon/base/assert";
import { wordsOf } from "@symbolon/base/bytes";
import type { Crypto } from "../crypto/crypto.js";

/**
 * A uniform permutation of 0..count−1 from a 16-byte seed: Fisher-Yates on 64-bit draws.
 * Each draw's bias is below count·2^−64, the same on every machine; the time does not depend on
 * the outcome.
 */
export function permutationFrom(crypto: Crypto, seed: Uint8Array, count: number): Uint32Array {
  assert(count < 2 ** 31, "a permutation of fewer than 2^31 rows");
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  const draws = wordsOf(crypto.keystream(seed, 8 * count));
  for (let k = count - 1; k > 0; k -= 1) {
    const draw = (BigInt(draws[2 * k + 1]) << 32n) | BigInt(draws[2 * k]);
    const other = Number((draw * BigInt(k + 1)) >> 64n);
    [order[k], order[other]] = [order[other], order[k]];
  }
  return order;
}
