import { assert } from "@symbolon/base/assert";
import { lessThan } from "../circuit/less-than.js";
import { mux } from "../circuit/mux.js";
import { planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import { shiftDown } from "../circuit/popcount.js";
import type { Context } from "../context.js";
import { not, publicBits, sliceBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { verifyProducts } from "../verify/products.js";
import { type SortKey, sortTable } from "./sort.js";
import { gatherWords, type Table, takeRows } from "./table.js";

/**
 * Π_first: the row that a sort by these keys would put first: the least, or the greatest where a
 * key is descending. Of equal rows the earliest.
 *
 *     winner = keys(later) < keys(earlier) ? later : earlier
 *
 * A tournament of ⌈log2 n⌉ levels on bit planes; neighbours meet, so that the earlier row is always
 * on the same side. About (2·keyBits + 32·width) AND a row; ⌈log2 n⌉·(log2 keyBits + 2) rounds.
 * Opens nothing; the result is verified. docs/protocols/extreme.md.
 */
export async function firstRow(
  ctx: Context,
  table: Table,
  keys: readonly SortKey[],
): Promise<Table> {
  assert(table.rows >= 1, "a table with a first row");
  const step = ctx.batch("first");
  const places = 2 ** Math.max(7, Math.ceil(Math.log2(table.rows)));
  let planes = tournament(step, table, places);
  for (let left = places; left > 1; left /= 2) {
    const level = step.narrow(`level-${left}`);
    const [earlier, later] = halves(planes, left);
    const isBefore = await lessThan(
      level,
      keyPlanes(level, keys, later),
      keyPlanes(level, keys, earlier),
      "few-rounds",
    );
    planes = await mux(level, isBefore, later, earlier);
  }
  await verifyProducts(step);
  ctx.join(step);
  const shares = rowsOfPlanes(step, planes.slice(1), 1);
  return { rows: 1, width: table.width, shares };
}

/**
 * Π_top-k: the first `count` rows in the order of these keys, in that order; of equal rows the
 * earlier ones. A sort; docs/protocols/sort.md.
 */
export async function topRows(
  ctx: Context,
  table: Table,
  keys: readonly SortKey[],
  count: number,
): Promise<Table> {
  const { table: sorted } = await sortTable(ctx.narrow("top"), table, keys);
  return takeRows(sorted, 0, Math.min(count, table.rows));
}

/**
 * Plane 0: no row is at this place; then the planes of all columns. Place p holds the row whose
 * number is p with its bits in reverse, so that places p and p + half hold neighbours.
 */
function tournament(ctx: Context, table: Table, places: number): Bits[] {
  const bits = Math.log2(places);
  const rowAt = (place: number): number => {
    let row = 0;
    for (let b = 0; b < bits; b += 1) row |= ((place >>> b) & 1) << (bits - 1 - b);
    return row;
  };
  const order = Uint32Array.from({ length: places }, (_, place) => rowAt(place));
  const absent = new Uint32Array(places / 32);
  order.forEach((row, place) => {
    if (row >= table.rows) absent[place >>> 5] |= 1 << (place & 31);
  });
  const laid = table.shares.map((part) => {
    const whole = new Uint32Array(places * table.width);
    whole.set(part);
    return gatherWords(whole, table.width, order);
  });
  return [publicBits(ctx, absent), ...planesOfRows(ctx, laid, table.width)];
}

/** The first and the second half of `left` places; below 128 they lie in the same words. */
function halves(planes: readonly Bits[], left: number): [Bits[], Bits[]] {
  if (left <= 128) return [[...planes], planes.map((plane) => shiftDown(plane, left / 2))];
  const words = left / 64;
  return [
    planes.map((plane) => sliceBits(plane, 0, words)),
    planes.map((plane) => sliceBits(plane, words, 2 * words)),
  ];
}

/** All that decides, lowest first: the keys from the last, then whether there is a row at all. */
function keyPlanes(ctx: Context, keys: readonly SortKey[], planes: readonly Bits[]): Bits[] {
  const columns = [...keys].reverse().flatMap(({ column, bits = 32, isDescending }) => {
    const from = 1 + 32 * column;
    const key = planes.slice(from, from + bits);
    return isDescending ? key.map((plane) => not(ctx, plane)) : key;
  });
  return [...columns, planes[0]];
}
