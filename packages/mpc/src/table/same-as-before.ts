import { equal } from "../circuit/equal.js";
import type { Context } from "../context.js";
import { maskPublic } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { type Blocks, blockBits, rowBefore } from "./blocks.js";

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
