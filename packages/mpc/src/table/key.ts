import { assert } from "@symbolon/base/assert";
import { equal } from "../circuit/equal.js";
import type { Context } from "../context.js";
import { maskPublic } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { type Blocks, blockBits, rowBefore } from "./blocks.js";
import type { SortKey } from "./sort.js";

/*
 * A row begins with its key: `keyBits` bits, 32 a word from the first word on; of the last word
 * the low ones, so that a code of a few bits costs no more than its bits.
 */

/** Words that a key of so many bits takes; what stands above its bits is not looked at. */
export function keyWords(keyBits: number): number {
  assert(Number.isInteger(keyBits) && keyBits >= 1, "a key has at least one bit");
  return Math.ceil(keyBits / 32);
}

/** The columns that rows are sorted by so that equal keys lie together: first word first. */
export const sortKeys = (keyBits: number): SortKey[] =>
  Array.from({ length: keyWords(keyBits) }, (_, column) => ({
    column,
    bits: Math.min(32, keyBits - 32 * column),
  }));

/**
 * One bit a row of a table that is sorted by these planes: is its key that of the row before?
 * keyBits − 1 AND a row, ⌈log2 keyBits⌉ rounds. Never set for the first row.
 */
export async function sameAsBefore(
  ctx: Context,
  blocks: Blocks,
  keys: readonly Bits[],
): Promise<Bits> {
  const before = keys.map((plane) => rowBefore(blocks, plane));
  const same = await equal(ctx.narrow("same"), keys, before);
  return maskPublic(
    same,
    blockBits(blocks, (row) => row > 0),
  );
}
