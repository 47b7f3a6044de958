import { assert } from "@symbolon/base/assert";
import { mux } from "../circuit/mux.js";
import { planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import type { Context } from "../context.js";
import { and, concatBits, maskPublic, not, sliceBits } from "../protocol/and.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { verifyProducts } from "../verify/products.js";
import { type Blocks, blockBits, blockPlanes, blockRows, blocksOf, scan } from "./blocks.js";
import { keyWords, sameAsBefore, sortKeys } from "./key.js";
import { sortTable } from "./sort.js";
import { below, besides, publicColumn, type Table, takeColumns, takeRows } from "./table.js";

/**
 * Two tables to join: the first bits of a row are its key, all words behind those of the key its
 * payload.
 */
export interface JoinSides {
  readonly left: Table;
  readonly right: Table;
  /** Bits of a key; of its last word the low ones. */
  readonly keyBits: number;
}

/**
 * Π_join, silent: for each row of `left`, in its order, whether a row of `right` has the same key,
 * and that row's payload (zeros if there is none): one word that is 1 or 0, then the payload. Many
 * rows of `left` may have one partner. If several rows of `right` have one key, the last of them
 * is the partner of all; to get all of them, let that side be `left`, or join by tags.
 *
 *     SELECT right.key IS NOT NULL, right.payload FROM left LEFT JOIN right USING (key)
 *
 * Both sides' rows in one table, right above left, are sorted by key; then each row of a group
 * takes over the payload of the last row of `right` at or before it; then the rows go back.
 * Opens nothing but what the sort opens: comparisons of a random order. Gates a row, N rows in all:
 * the sort's, keyBits for equal neighbours, 2–3 a bit of payload for the taking over. The
 * result is verified. Soundness: `joinTerms`. docs/protocols/join.md.
 */
export async function leftJoin(ctx: Context, { left, right, keyBits }: JoinSides): Promise<Table> {
  const head = keyWords(keyBits);
  assert(head <= left.width && head <= right.width, "keys of both sides");
  const step = ctx.batch("join");
  const rows = below(
    sideRows(step, right, head, right.width - head, 1),
    sideRows(step, takeColumns(left, 0, head), head, right.width - head, 0),
  );
  const { table: sorted, restore } = await sortTable(step, rows, sortKeys(keyBits));
  const blocks = blocksOf(rows.rows);
  const planes = blockPlanes(step, blocks, sorted);
  const same = await sameAsBefore(step, blocks, planes.slice(0, keyBits));
  // The bit of the side, then the payload: all zero in a row of the left side.
  const side = planes[32 * head];
  const values = [side, ...planes.slice(32 * (head + 1))];
  const taken = await takeOver(step, blocks, side, same, values);
  await verifyProducts(step);
  const found = blockTable(step, blocks, taken);
  const back = await restore(step, found);
  ctx.join(step);
  return takeRows(back, right.rows, rows.rows);
}

/** [match, payload …] from the planes of match and payload. */
function blockTable(ctx: Context, blocks: Blocks, planes: readonly Bits[]): Table {
  const match = blockRows(ctx, blocks, planes.slice(0, 1));
  return planes.length === 1 ? match : besides(match, blockRows(ctx, blocks, planes.slice(1)));
}

/** Key, the side as a word, payload (zeros for the left side): the columns of the common table. */
function sideRows(ctx: Context, table: Table, head: number, payload: number, side: 0 | 1): Table {
  const { rows } = table;
  const parts = [
    takeColumns(table, 0, head),
    publicColumn(ctx.self, new Uint32Array(rows).fill(side)),
  ];
  if (payload === 0) return besides(...parts);
  const none = new Uint32Array(rows * payload);
  const more =
    side === 1
      ? takeColumns(table, head, table.width)
      : { rows, width: payload, shares: new Shares(none, none) };
  return besides(...parts, more);
}

/**
 * Each row has the values of the last row at or before it, in its group, that is of the right side;
 * a group that begins with another row begins with zeros.
 */
async function takeOver(
  ctx: Context,
  blocks: Blocks,
  side: Bits,
  same: Bits,
  values: readonly Bits[],
): Promise<Bits[]> {
  // A stop is a row of the right side, or the first of its group: ¬(¬side ∧ same).
  const goesOn = await and(ctx.narrow("goes-on"), not(ctx, side), same);
  const stop = not(ctx, goesOn);
  return scan(ctx, blocks, stop, values, (at, stops, value, earlier) =>
    mux(at, stops, value, earlier),
  );
}

/**
 * Π_inner-join: the rows of `left` that have a partner, with its payload, in the order of `left`:
 * a word that is 1 or 0, the row of `left`, the payload; all zero where there is no partner, since
 * their number stays secret.
 *
 *     SELECT left.*, right.payload FROM left JOIN right USING (key)
 *
 * `leftJoin`, and one AND a bit of `left`.
 */
export async function innerJoin(ctx: Context, sides: JoinSides): Promise<Table> {
  const step = ctx.batch("inner-join");
  const joined = await leftJoin(step, sides);
  const { left } = sides;
  const planes = planesOfRows(step, left.shares, left.width);
  const [match] = matchPlane(step, joined);
  const masked = await and(
    step.narrow("mask"),
    concatBits(...planes),
    concatBits(...planes.map(() => match)),
  );
  await verifyProducts(step);
  ctx.join(step);
  const words = match.length;
  const kept = planes.map((_, p) => sliceBits(masked, p * words, (p + 1) * words));
  const shares = rowsOfPlanes(step, kept, left.rows);
  const rows = { rows: left.rows, width: left.width, shares };
  const found = takeColumns(joined, 0, 1);
  if (joined.width === 1) return besides(found, rows);
  return besides(found, rows, takeColumns(joined, 1, joined.width));
}

const matchPlane = (ctx: Context, joined: Table): Bits[] =>
  planesOfRows(ctx, takeColumns(joined, 0, 1).shares, 1).slice(0, 1);

/**
 * Π_semi-join: one bit a row of `left`: is its key among those of `right`? Payload is left out.
 *
 *     SELECT EXISTS (SELECT 1 FROM right WHERE right.key = left.key) FROM left
 */
export async function semiJoin(ctx: Context, { left, right, keyBits }: JoinSides): Promise<Bits> {
  const keys = (table: Table): Table => takeColumns(table, 0, keyWords(keyBits));
  const joined = await leftJoin(ctx, { left: keys(left), right: keys(right), keyBits });
  return matchPlane(ctx, joined)[0];
}

/** Π_anti-join: one bit a row of `left`: is its key *not* among those of `right`? */
export async function antiJoin(ctx: Context, sides: JoinSides): Promise<Bits> {
  const found = await semiJoin(ctx, sides);
  const here = blockBits(blocksOf(sides.left.rows, 1), () => true);
  return maskPublic(not(ctx, found), here);
}
