import { assert } from "@symbolon/base/assert";
import { any } from "../circuit/all.js";
import { cutPlanes, planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import type { Context } from "../context.js";
import { inFlight } from "../in-flight.js";
import { and, concatBits, not, publicBits, sliceBits } from "../protocol/and.js";
import { bitMatmul } from "../protocol/bit-matmul.js";
import { prepareCoin } from "../protocol/coin.js";
import type { Bits } from "../sharing/shares.js";
import { type Compacted, compactRows } from "../table/compact.js";
import {
  besides,
  type Pieces,
  publicColumn,
  rowNumbers,
  stacked,
  type Table,
  tableOf,
  takeColumns,
  takeRows,
} from "../table/table.js";
import { verifyBitMatrix } from "../verify/bit-matrix.js";
import { verifyProducts } from "../verify/products.js";
import { candidateSlots, markSlots } from "./candidates.js";
import { type Block, eachBlock, GROUPS_IN_FLIGHT } from "./compare.js";
import type { Side } from "./list.js";
import { type PairFloor, weighPlaces } from "./pair-floor.js";
import type { RecordLayout } from "./record-layout.js";

/** How pairs of two lists are weighed. Public. */
export interface LinkRule {
  readonly records: RecordLayout;
  /** Score of the first stage from which on a pair is a candidate, in score units. */
  readonly score: number;
  /** A row has room for 2^rankBits − 1 candidates of a group of columns; of more, none counts. */
  readonly rankBits: number;
  /** Columns of theirs that make up a group, a multiple of 128. */
  readonly groupColumns: number;
  /** Candidates that each block of rows has room for, for each of its rows; the first ones. */
  readonly perRow: number;
  /** Slots that are compacted together, at most, unless one group has more: bounds the memory. */
  readonly slotRowsMax: number;
  /** What a pair must weigh to count as one at all; absent if every candidate does. */
  readonly floor?: PairFloor;
}

/** Weighing a place costs about as many gates as comparing this many pairs; for progress. */
const PAIRS_A_PLACE = 250;

/** Places of all batches of so many rows and columns, block by block. */
export function linkPlaces(rule: LinkRule, rows: number, columns: number, tile: number): number {
  let places = 0;
  for (let row = 0; row < rows; row += tile) {
    const batches = linkBatches(rule, Math.min(tile, rows - row), columns);
    places += batches.reduce((sum, batch) => sum + batch.places, 0);
  }
  return places;
}

/** Work of weighing so many places, in pairs to compare; for progress. */
export const weighingWork = (places: number): number => places * PAIRS_A_PLACE;

/** Groups of columns whose slots are compacted together, and places for what is in them. */
export interface LinkBatch {
  readonly column: number;
  readonly columns: number;
  readonly slotRows: number;
  readonly places: number;
}

/** The batches of a block of so many rows; public. A batch's share of the block's room is even. */
export function linkBatches(rule: LinkRule, rows: number, columns: number): LinkBatch[] {
  const { groupColumns, perRow, slotRowsMax } = rule;
  const slots = rows * candidateSlots(rule.rankBits);
  const width = groupColumns * Math.max(1, Math.floor(slotRowsMax / slots));
  const count = Math.ceil(columns / width);
  const room = 128 * Math.ceil((rows * perRow) / count / 128);
  return Array.from({ length: count }, (_, k) => {
    const column = k * width;
    const size = Math.min(width, columns - column);
    const slotRows = slots * Math.ceil(size / groupColumns);
    return { column, columns: size, slotRows, places: Math.min(room, slotRows) };
  });
}

/** One side of a linkage: for the first stage, and the records of the second, one a row. */
export interface RecordSide {
  readonly side: Side;
  /** From `recordTable`; words behind those of the layout go where the record goes. */
  readonly records: Table;
}

/** A side whose pairs carry the number of its row, for what is done with whole lists of pairs. */
export const withRowNumbers = (ctx: Context, { side, records }: RecordSide): RecordSide => ({
  side,
  records: besides(records, publicColumn(ctx.self, rowNumbers(side.rows))),
});

/** The candidates of a batch of a block of rows of ours, weighed; whose they are stays hidden. */
export interface WeighedPairs {
  /** The rows of ours. */
  readonly row: number;
  readonly rows: number;
  /** Places for candidates, empty ones included. */
  readonly places: number;
  /** One bit a place: is there a candidate? */
  readonly isPair: Bits;
  /** Planes of its weight less the least one that any two records have. */
  readonly weights: readonly Bits[];
  /** What our and their records carry besides, if they do; zeros in an empty place. */
  readonly carried: readonly [ours: Table | undefined, theirs: Table | undefined];
  /** Puts rows, one a place, back where the candidates stood: slot after slot of all rows. */
  readonly restore: Compacted["restore"];
}

/**
 * Π_weigh-pairs: the match weights of all pairs that are near by their score, without saying which
 * pairs these are, how many, or whose.
 *
 *     [score(i, j) ≥ T]  →  slots for each row and group of columns (Π_candidates)
 *     both records of each slot, side by side  →  Π_compact, to a public number of places
 *     →  Π_match-weight
 *
 * Block by block of ours. What finds no room is left out: a row's candidates of a group that has
 * more of them than slots, and of a block's candidates all but the first ones. Beside the
 * comparison 2^rankBits AND a pair, some 125 for each slot, 7,600 for each place (persons). All is
 * verified before anything is opened, and nothing is opened but what Π_compact opens.
 * docs/protocols/link.md.
 */
export async function weighPairs(
  ctx: Context,
  ours: RecordSide,
  theirs: RecordSide,
  rule: LinkRule,
): Promise<WeighedPairs[]> {
  assert(rule.groupColumns % 128 === 0 && theirs.side.rows % 128 === 0, "columns by the 128");
  assert(rule.score >= 1, "rows that fill a list up are no candidates");
  assert(
    [ours, theirs].every(({ side, records }) => side.rows === records.rows),
    "one record a row",
  );
  const found: WeighedPairs[] = [];
  await eachBlock(ctx, ours.side, theirs.side, rule.score, async (at, block, isBelow) => {
    found.push(...(await weighBlock(at, block, not(at, isBelow), { ours, theirs, rule })));
  });
  return found;
}

/** What a block is weighed with. */
interface Sides {
  readonly ours: Pick<RecordSide, "records">;
  readonly theirs: Pick<RecordSide, "records">;
  readonly rule: LinkRule;
}

/** Slots of a block's rows, slot after slot. */
interface Slots {
  /** One bit a slot. */
  readonly isTaken: Bits;
  /** Our record, and theirs. */
  readonly pairs: Pieces;
}

/** The slots of each row of the block. Verified. */
async function slotRows(
  ctx: Context,
  { row, rows, column, columns }: Block,
  matches: Bits,
  { ours, theirs, rule }: Sides,
): Promise<Slots> {
  const coin = prepareCoin(ctx);
  ctx.claims.owe("records of candidates");
  const taken = publicBits(ctx, new Uint32Array(columns / 32).fill(0xffffffff));
  const { width } = theirs.records;
  const shown = planesOfRows(ctx, takeRows(theirs.records, column, column + columns).shares, width);
  // A column of ones behind the records: a slot that no column has chosen gets zeros.
  const planes = [...shown, taken];
  const a = { rows: planes.length, columns, bits: concatBits(...planes) };
  const marks = { rows: columns, columns: rows, bits: matches };
  const { chosen, tooMany } = await markSlots(ctx.narrow("slots"), marks, rule.rankBits);
  const gathered = await bitMatmul(ctx, a, chosen);
  const crowded = await any(ctx.narrow("crowded"), tooMany, rows / 32);
  const slots = candidateSlots(rule.rankBits);
  const right = cutPlanes(gathered.bits, planes.length);
  const hasRoom = not(ctx, crowded);
  const isTaken = await and(
    ctx.narrow("taken"),
    right[planes.length - 1],
    concatBits(...Array.from({ length: slots }, () => hasRoom)),
  );
  await verifyProducts(ctx);
  await verifyBitMatrix(ctx, { a, h: chosen, c: gathered }, coin);
  ctx.claims.settle("records of candidates");
  const count = rows * slots;
  const mine = Uint32Array.from({ length: count }, (_, k) => row + (k % rows));
  const others = tableOf(rowsOfPlanes(ctx, right.slice(0, -1), count), width);
  const pairs = {
    rows: count,
    width: ours.records.width + width,
    placed: [
      { table: ours.records, row: 0, column: 0, order: mine },
      { table: others, row: 0, column: ours.records.width },
    ],
  };
  return { isTaken, pairs };
}

/**
 * The candidates of a block of rows of ours with all of theirs, weighed. `matches` are verified
 * bits of its pairs, 1 = near by score.
 */
export async function weighBlock(
  ctx: Context,
  { row, rows, columns }: Block,
  matches: Bits,
  sides: Sides,
): Promise<WeighedPairs[]> {
  const { rule } = sides;
  const weighed: WeighedPairs[] = [];
  for (const batch of linkBatches(rule, rows, columns)) {
    const slots: Slots[] = [];
    const end = batch.column + batch.columns;
    const groups = Math.ceil(batch.columns / rule.groupColumns);
    await inFlight(ctx, GROUPS_IN_FLIGHT, groups, async (index, after) => {
      const column = batch.column + index * rule.groupColumns;
      const to = Math.min(column + rule.groupColumns, end);
      const step = ctx.batch(`group-${row}-${column}`, after);
      const marks = sliceBits(matches, (column * rows) / 32, (to * rows) / 32);
      const group = { row, rows, column, columns: to - column };
      slots[index] = await slotRows(step, group, marks, sides);
      return step;
    });
    const step = ctx.batch(`pairs-${row}-${batch.column}`);
    const block = { row, rows, places: batch.places };
    weighed.push(await weighSlots(step, block, slots, sides));
    ctx.join(step);
    ctx.progress(weighingWork(batch.places));
  }
  return weighed;
}

/** Weighs what stands in the slots of a batch. */
async function weighSlots(
  ctx: Context,
  { row, rows, places }: Pick<WeighedPairs, "row" | "rows" | "places">,
  slots: readonly Slots[],
  { ours, theirs, rule: { records, floor } }: Sides,
): Promise<WeighedPairs> {
  const width = records.bits / 32;
  const isTaken = concatBits(...slots.map((group) => group.isTaken));
  const pairs = stacked(slots.map((group) => group.pairs));
  const { table, isFlagged, restore } = await compactRows(ctx, isTaken, pairs, places);
  const mine = takeColumns(table, 0, ours.records.width);
  const other = takeColumns(table, mine.width, mine.width + theirs.records.width);
  const [x, y] = [mine, other].map((side) =>
    planesOfRows(ctx, takeColumns(side, 0, width).shares, width),
  );
  const { weights, isPair } = await weighPlaces(ctx, [x, y], { records, floor, has: isFlagged });
  await verifyProducts(ctx);
  const more = (side: Table): Table | undefined =>
    side.width > width ? takeColumns(side, width, side.width) : undefined;
  const carried = [more(mine), more(other)] as const;
  return { row, rows, places, isPair, weights, carried, restore };
}
