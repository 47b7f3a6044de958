import { sameBytes } from "@symbolon/base/bytes";
import { type Digest, emptyRoot, isCount, isDigest, nodeHash } from "./tree.js";

const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);

/**
 * Whether `path` leads from `leaf`, the hash of entry `index`, to `root`, the root of `size`
 * entries (RFC 9162 §2.1.3.2). False, never an error, for whatever an outsider may send: another
 * number of hashes, hashes of another length, sizes that are no safe integers.
 */
export async function verifyInclusion(proof: {
  readonly leaf: Digest;
  readonly index: number;
  readonly size: number;
  readonly path: readonly Digest[];
  readonly root: Digest;
}): Promise<boolean> {
  const { leaf, index, size, path, root } = proof;
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (![leaf, root, ...path].every(isDigest)) return false;
  let [at, last] = [index, size - 1];
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      hash = await nodeHash(sibling, hash);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
}

/**
 * Whether `path` shows that the first `oldSize` of `size` entries are those under `oldRoot`
 * (RFC 9162 §2.1.4.2). The tree without entries is the beginning of every log, without a proof.
 * False, never an error, for whatever an outsider may send.
 */
export async function verifyConsistency(proof: {
  readonly oldSize: number;
  readonly oldRoot: Digest;
  readonly size: number;
  readonly root: Digest;
  readonly path: readonly Digest[];
}): Promise<boolean> {
  const { oldSize, oldRoot, size, root, path } = proof;
  if (!isCount(oldSize) || !isCount(size) || oldSize > size) return false;
  if (![oldRoot, root, ...path].every(isDigest)) return false;
  if (size === 0 && !sameBytes(root, emptyRoot())) return false;
  if (oldSize === 0) return path.length === 0 && sameBytes(oldRoot, emptyRoot());
  if (oldSize === size) return path.length === 0 && sameBytes(oldRoot, root);

  let [at, last] = [oldSize - 1, size - 1];
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  // What is left is 0 if the old tree is complete: then its root is the start, and is not sent.
  const [start, ...rest] = at === 0 ? [oldRoot, ...path] : path;
  if (start === undefined) return false;
  let [older, newer] = [start, start];
  for (const hash of rest) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      [older, newer] = [await nodeHash(hash, older), await nodeHash(hash, newer)];
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      newer = await nodeHash(newer, hash);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameBytes(older, oldRoot) && sameBytes(newer, root);
}
