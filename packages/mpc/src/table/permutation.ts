import { assert } from "@symbolon/base/assert";
import { wordsOf } from "@symbolon/base/bytes";
import type { Crypto } from "../crypto/crypto.js";

/**
 * A uniform permutation of 0..count−1 from a 16-byte seed: Fisher-Yates on 96-bit draws.
 * The distance from uniform is below count²·2^−96, the same on every machine; the time does not
 * depend on the outcome.
 */
export function permutationFrom(crypto: Crypto, seed: Uint8Array, count: number): Uint32Array {
  assert(count < 2 ** 31, "a permutation of fewer than 2^31 rows");
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  const draws = wordsOf(crypto.keystream(seed, 12 * count));
  for (let k = count - 1; k > 0; k -= 1) {
    const [low, middle, high] = draws.subarray(3 * k, 3 * k + 3);
    const draw = (BigInt(high) << 64n) | (BigInt(middle) << 32n) | BigInt(low);
    const other = Number((draw * BigInt(k + 1)) >> 96n);
    [order[k], order[other]] = [order[other], order[k]];
  }
  return order;
}
