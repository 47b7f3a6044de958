import { assert } from "@symbolon/base/assert";

/**
 * The first `words` words (little-endian) of a seed's AES-128-CTR keystream under a zero IV, from
 * word `from` on (a multiple of four: the cipher's block). A seed is 16 uniformly random bytes,
 * used for one column of one dataset and never again. Injected: Node and browsers differ.
 */
export type ExpandSeed = (
  seed: Uint8Array,
  words: number,
  from?: number,
) => Uint32Array | Promise<Uint32Array>;

export const SEED_BYTES = 16;
const WORDS_A_BLOCK = 4;

/** The name of this expansion in manifests. */
export const EXPAND_SUITE = "aes128ctr-zero-iv";

/** The counter block at word `from`: big-endian, as NIST SP 800-38A counts. */
export function counterAt(seed: Uint8Array, words: number, from: number): Uint8Array {
  assert(seed.length === SEED_BYTES, "a seed has 16 bytes");
  assert(Number.isSafeInteger(words) && words >= 0, "a length is a count");
  assert(Number.isSafeInteger(from) && from >= 0, "a place is a count");
  assert(from % WORDS_A_BLOCK === 0, "expansion starts at a whole block");
  const counter = new Uint8Array(16);
  new DataView(counter.buffer).setBigUint64(8, BigInt(from / WORDS_A_BLOCK));
  return counter;
}
