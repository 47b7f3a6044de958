import { concat, fromHex } from "@symbolon/base/bytes";
import { digest } from "../hash.js";

/**
 * The Merkle tree of RFC 6962 §2.1 (the same in RFC 9162 §2.1), with SHA-256. Leaves and inner
 * nodes are hashed under different first bytes, so that a node can never be passed off as an entry.
 *
 *     MTH()       = SHA-256("")
 *     MTH(d)      = SHA-256(0x00 || d)
 *     MTH(D[n])   = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n]))     k = largest power of 2 below n
 *
 * Sizes and indices are safe integers, at most 2^53 − 1: arithmetic is by `%` and `/`, because
 * JavaScript's bit operators end at 32 bits.
 */

/** The hash of a leaf, a subtree or a tree: 32 bytes. */
export type Digest = Uint8Array;
export const DIGEST_BYTES = 32;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const leafHash = (entry: Uint8Array): Promise<Digest> => digest(concat(LEAF, entry));

export const nodeHash = (left: Digest, right: Digest): Promise<Digest> =>
  digest(concat(NODE, left, right));

/** The root of the tree without entries: SHA-256 of nothing. */
export const emptyRoot = (): Digest =>
  fromHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") as Digest;

/** Whether `value` can be a size or an index. */
export const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** Whether `value` can be a hash of the tree. */
export const isDigest = (value: Uint8Array): boolean => value.length === DIGEST_BYTES;

/** The largest power of two below `n`, for n ≥ 2. */
export function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The root over the given leaf hashes, as RFC 6962 defines it. */
export async function rootOfLeaves(leaves: readonly Digest[]): Promise<Digest> {
  if (leaves.length === 0) return emptyRoot();
  if (leaves.length === 1) return leaves[0];
  const k = splitOf(leaves.length);
  return nodeHash(await rootOfLeaves(leaves.slice(0, k)), await rootOfLeaves(leaves.slice(k)));
}
