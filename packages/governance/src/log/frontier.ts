import { assert } from "@symbolon/base/assert";
import { malformed } from "./log-error.js";
import { type Digest, emptyRoot, isCount, isDigest, nodeHash } from "./tree.js";

/**
 * All that appending needs of a log: the roots of its complete subtrees, one for each 1 in the
 * size's binary digits, the largest first. At most 53 hashes, whatever the log's length.
 */
export interface Frontier {
  readonly size: number;
  readonly roots: readonly Digest[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, roots: [] };

/** The frontier after one more entry, given by its leaf hash. */
export async function append({ size, roots }: Frontier, leaf: Digest): Promise<Frontier> {
  assert(isDigest(leaf), "a leaf's hash has 32 bytes");
  assert(isCount(size + 1), "a log has at most 2^53 − 1 entries");
  const left = [...roots];
  let hash = leaf;
  // As in adding 1 to a binary number: each trailing 1 is a subtree that becomes whole.
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const sibling = left.pop();
    assert(sibling !== undefined, "a frontier has a root for each 1 of its size");
    hash = await nodeHash(sibling, hash);
  }
  return { size: size + 1, roots: [...left, hash] };
}

/** The root of the whole tree. */
export async function frontierRoot({ roots }: Frontier): Promise<Digest> {
  let [hash, ...left] = [...roots].reverse();
  if (hash === undefined) return emptyRoot();
  for (const root of left) hash = await nodeHash(root, hash);
  return hash;
}

/** A frontier from storage, by its form; compare `frontierRoot` with a signed root before use. */
export function checkFrontier({ size, roots }: Frontier): Frontier {
  let ones = 0;
  for (let rest = isCount(size) ? size : 0; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  if (!isCount(size) || roots.length !== ones || !roots.every(isDigest))
    throw malformed("a frontier", "have 32 bytes for each 1 among its size's binary digits");
  return { size, roots: [...roots] };
}
