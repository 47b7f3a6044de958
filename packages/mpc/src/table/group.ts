import { assert } from "@symbolon/base/assert";
import { mux } from "../circuit/mux.js";
import { addPlanes, popcount } from "../circuit/popcount.js";
import type { Context } from "../context.js";
import { and, concatBits, not, publicBits, sliceBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { verifyProducts } from "../verify/products.js";
import {
  type Blocks,
  blockBits,
  blockPlanes,
  blockRows,
  blocksOf,
  notHere,
  rowAfter,
  scan,
} from "./blocks.js";
import { keyWords, sameAsBefore, sortKeys } from "./key.js";
import { rowNumberBits, sortTable } from "./sort.js";
import { besides, type Table, takeColumns } from "./table.js";

/** The first bits of a row are its key (`keyWords`); the values of one column may be added up. */
export interface Grouping {
  readonly keyBits: number;
  readonly sumColumn?: number;
}

/**
 * Π_group-by: for each group of equal secret keys one row: 1, key, number of rows, and the sum of
 * a column mod 2^32 if asked for. There are as many rows as the table has, sorted by key; all but
 * the last row of each group are zeros, since the number of groups stays secret.
 *
 *     SELECT 1, key, COUNT(*), SUM(value) FROM table GROUP BY key
 *
 * Sort; equal neighbours; the number of its group's first row is copied down to each row, and
 * count = own number − first number + 1; sums by a scan with addition. Nothing is opened but the
 * comparisons of the sort. Gates a row besides the sort's: 2·keyBits, about 4·log2(n) for the
 * count, about 63·3 for the sum, and one a bit of the result. docs/protocols/group.md.
 */
export async function groupBy(
  ctx: Context,
  table: Table,
  { keyBits, sumColumn }: Grouping,
): Promise<Table> {
  const step = ctx.batch("group");
  const { blocks, planes, same } = await groups(step, table, keyBits);
  const isLast = notHere(step, blocks, rowAfter(blocks, same));
  const start = not(step, same);
  const parts = [[isLast], planes.slice(0, keyBits)];
  parts.push(await countRows(step, blocks, start));
  if (sumColumn !== undefined) {
    const values = planes.slice(32 * sumColumn, 32 * (sumColumn + 1));
    assert(values.length === 32, "the sum is of a column of the table");
    parts.push(await scan(step.narrow("sum"), blocks, start, values, addEarlier));
  }
  const results = await blank(step, isLast, parts.slice(1));
  await verifyProducts(step);
  ctx.join(step);
  return besides(...[[isLast], ...results].map((part) => blockRows(step, blocks, part)));
}

/**
 * Π_distinct: how many different keys a table has, as bit planes whose lowest bit is the number.
 *
 *     SELECT COUNT(DISTINCT key) FROM table
 */
export async function countDistinct(ctx: Context, table: Table, keyBits: number): Promise<Bits[]> {
  const step = ctx.batch("distinct");
  const { blocks, same } = await groups(step, takeColumns(table, 0, keyWords(keyBits)), keyBits);
  const counted = await popcount(step, notHere(step, blocks, same));
  await verifyProducts(step);
  ctx.join(step);
  return counted;
}

/** The table sorted by its key, and for each row whether its key is that of the row before. */
async function groups(ctx: Context, table: Table, keyBits: number) {
  assert(keyWords(keyBits) <= table.width, "keys of the table");
  const { table: sorted } = await sortTable(ctx, table, sortKeys(keyBits));
  const blocks = blocksOf(table.rows);
  const planes = blockPlanes(ctx, blocks, sorted);
  const same = await sameAsBefore(ctx, blocks, planes.slice(0, keyBits));
  return { blocks, planes, same };
}

/** For each row how many rows its group has up to it. */
async function countRows(ctx: Context, blocks: Blocks, start: Bits): Promise<Bits[]> {
  const step = ctx.narrow("count");
  const width = rowNumberBits(blocks.rows + 1);
  const numbers = (first: number): Bits[] =>
    Array.from({ length: width }, (_, p) =>
      publicBits(
        step,
        blockBits(blocks, (row) => (((row + first) >>> p) & 1) === 1),
      ),
    );
  const first = await scan(step, blocks, start, numbers(0), (at, stop, value, earlier) =>
    mux(at, stop, value, earlier),
  );
  // row − first + 1 = (row + 2) + ¬first mod 2^width
  const negative = first.map((plane) => not(step, plane));
  return (await addPlanes(step.narrow("subtract"), numbers(2), negative)).slice(0, width);
}

/** value + (stop ? 0 : earlier) mod 2^32. */
async function addEarlier(
  ctx: Context,
  stop: Bits,
  value: readonly Bits[],
  earlier: readonly Bits[],
): Promise<Bits[]> {
  const goesOn = not(ctx, stop);
  const added = await eachAnd(ctx.narrow("earlier"), goesOn, earlier);
  return (await addPlanes(ctx.narrow("add"), value, added)).slice(0, value.length);
}

/** Zeros in every row without the bit. */
async function blank(
  ctx: Context,
  bit: Bits,
  parts: readonly (readonly Bits[])[],
): Promise<Bits[][]> {
  const kept = await eachAnd(ctx.narrow("blank"), bit, parts.flat());
  let at = 0;
  return parts.map((part) => {
    at += part.length;
    return kept.slice(at - part.length, at);
  });
}

/** bit ∧ plane for each plane, in one round. */
async function eachAnd(ctx: Context, bit: Bits, planes: readonly Bits[]): Promise<Bits[]> {
  const made = await and(ctx, concatBits(...planes.map(() => bit)), concatBits(...planes));
  return planes.map((_, p) => sliceBits(made, p * bit.length, (p + 1) * bit.length));
}
