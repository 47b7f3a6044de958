import { mux } from "../circuit/mux.js";
import type { Context } from "../context.js";
import { maskPublic, xorPublic } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import {
  type Blocks,
  blockBits,
  blockPlanes,
  blockRows,
  type Combine,
  rowAfter,
  scan,
  scanGates,
} from "./blocks.js";
import { gatherRows } from "./table.js";

/**
 * Π_group-totals: for each row of a table in order the values of *all* rows of its group, combined.
 * `start` is set in the first row of each group (and in row 0).
 *
 *     down the rows: each row gets the values of its group up to it;      Π_scan with `combine`
 *     up the rows: each row takes over what the last of its group has     Π_scan with Π_mux
 *
 * Two scans; turning the order round is local. Nothing is opened; the caller verifies.
 * docs/protocols/scan.md.
 */
export async function groupTotals(
  ctx: Context,
  blocks: Blocks,
  start: Bits,
  values: readonly Bits[],
  combine: Combine,
): Promise<Bits[]> {
  const step = ctx.narrow("group-totals");
  const sums = await scan(step.narrow("down"), blocks, start, values, combine);
  const [stop, ...ends] = turned(step, blocks, [lastOfGroup(step, blocks, start), ...sums]);
  const totals = await scan(step.narrow("up"), blocks, stop, ends, (at, stops, value, earlier) =>
    mux(at, stops, value, earlier),
  );
  return turned(step, blocks, totals);
}

/** AND gates of totals of `planes` planes whose combining takes `bits` AND a row. */
export const groupTotalsGates = (blocks: Blocks, planes: number, bits: number): number =>
  scanGates(blocks, bits) + scanGates(blocks, planes);

/** The row after it starts a group; the last row of all ends one. */
function lastOfGroup(ctx: Context, blocks: Blocks, start: Bits): Bits {
  const end = blocks.rows - 1;
  const inner = maskPublic(
    rowAfter(blocks, start),
    blockBits(blocks, (row) => row < end),
  );
  return xorPublic(
    ctx,
    inner,
    blockBits(blocks, (row) => row === end),
  );
}

/** The planes of the rows in the opposite order, without a message. */
function turned(ctx: Context, blocks: Blocks, planes: readonly Bits[]): Bits[] {
  const { rows } = blocks;
  const backwards = Uint32Array.from({ length: rows }, (_, k) => rows - 1 - k);
  const table = gatherRows(blockRows(ctx, blocks, planes), backwards);
  return blockPlanes(ctx, blocks, table).slice(0, planes.length);
}
