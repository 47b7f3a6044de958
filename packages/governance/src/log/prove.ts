import { assert } from "@symbolon/base/assert";
import { type Digest, emptyRoot, isCount, nodeHash, splitOf } from "./tree.js";

/**
 * Reads the hash of a complete subtree: of the entries from `index`·2^`level` up to
 * (`index` + 1)·2^`level`. Whoever proves needs no other hashes.
 */
export type ReadHash = (level: number, index: number) => Promise<Digest>;

/** Entries from `start` up to, not including, `end`. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** The root of the first `size` entries. */
export async function treeRoot(read: ReadHash, size: number): Promise<Digest> {
  assert(isCount(size), "a tree's size is a whole number");
  return size === 0 ? emptyRoot() : rangeHash(read, { start: 0, end: size });
}

/**
 * PATH(index, D[size]) of RFC 6962 §2.1.1: the siblings on the way from the entry to the root,
 * the lowest first.
 */
export async function inclusionProof(
  read: ReadHash,
  index: number,
  size: number,
): Promise<Digest[]> {
  assert(isCount(index) && isCount(size) && index < size, "a proof is for an entry of the tree");
  const siblings: Range[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      siblings.push({ start: middle, end });
      end = middle;
    } else {
      siblings.push({ start, end: middle });
      start = middle;
    }
  }
  return Promise.all(siblings.reverse().map((range) => rangeHash(read, range)));
}

/**
 * PROOF(oldSize, D[size]) of RFC 6962 §2.1.2: the hashes from which both roots can be computed.
 * Empty if the sizes are equal or the old tree had no entries.
 */
export async function consistencyProof(
  read: ReadHash,
  oldSize: number,
  size: number,
): Promise<Digest[]> {
  assert(isCount(oldSize) && isCount(size) && oldSize <= size, "a log only grows");
  if (oldSize === 0) return [];
  const parts: Range[] = [];
  let [start, end] = [0, size];
  while (oldSize !== end) {
    const middle = start + splitOf(end - start);
    if (oldSize <= middle) {
      parts.push({ start: middle, end });
      end = middle;
    } else {
      parts.push({ start, end: middle });
      start = middle;
    }
  }
  // The verifier knows the whole old tree's root; any other last part it must be told.
  if (start > 0) parts.push({ start, end });
  return Promise.all(parts.reverse().map((range) => rangeHash(read, range)));
}

/** The hash over a range that starts where RFC 6962's recursion starts one. */
async function rangeHash(read: ReadHash, { start, end }: Range): Promise<Digest> {
  const parts = await Promise.all(completeSubtrees(start, end).map(([l, n]) => read(l, n)));
  let [hash, ...left] = parts.reverse();
  for (const part of left) hash = await nodeHash(part, hash);
  return hash;
}

/** The complete subtrees, as level and index, that make up a range: the largest first. */
function completeSubtrees(start: number, end: number): (readonly [number, number])[] {
  const parts: (readonly [number, number])[] = [];
  for (let at = start; at < end; ) {
    let [level, count] = [0, 1];
    while (count * 2 <= end - at) [level, count] = [level + 1, count * 2];
    assert(at % count === 0, "a subtree starts at a multiple of its size");
    parts.push([level, at / count]);
    at += count;
  }
  return parts;
}
