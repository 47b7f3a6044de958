import { assert } from "@symbolon/base/assert";
import { andEach } from "../circuit/batch.js";
import { planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import { sumPlanes } from "../circuit/weighted-sum.js";
import type { Context } from "../context.js";
import type { Profile } from "../profile.js";
import { publicBits } from "../protocol/and.js";
import { type Bits, Shares } from "../sharing/shares.js";
import {
  type Blocks,
  blockPlanes,
  blockRows,
  blocksOf,
  rowAfter,
  rowBefore,
} from "../table/blocks.js";
import { type SortKey, sortTable } from "../table/sort.js";
import {
  below,
  besides,
  publicColumn,
  rowNumbers,
  type Table,
  tableOf,
  takeRows,
} from "../table/table.js";
import { shuffleTerms, sortTerms } from "../table/terms.js";
import { inBatch } from "../verify/products.js";
import { gatesError, type SoundnessTerm } from "../verify/soundness.js";
import { type Edges, type ListSizes, numberBits } from "./edges.js";
import { weightBounds } from "./match-weight.js";
import type { RecordLayout } from "./record-layout.js";
import { reaching } from "./row-bests.js";

/** For each row of a list, in public order, the row of the other list that it is linked to. */
export interface Partners {
  readonly rows: number;
  /** One bit a row: is it linked? */
  readonly has: Bits;
  /** Planes of the link's weight less the least one that any two records have; else zeros. */
  readonly weights: readonly Bits[];
  /** Planes of the other row's number; zeros without a link. */
  readonly number: readonly Bits[];
}

/** Links of two lists, at most one for each row of either. */
export interface OneToOne {
  /** One bit an edge. */
  readonly isLink: Bits;
  readonly ours: Partners;
  readonly theirs: Partners;
}

/** From which weight on a pair may be a link, in units of the layout. Public. */
export interface LinkBound {
  readonly records: RecordLayout;
  readonly least: number;
}

/*
 * A table in which every row of both lists stands above the ends of its edges. Word 0: the row's
 * number, with one bit more for theirs. Word 1: what it is sorted by within the row: the weight,
 * then whether the edge may be a link, then whether this is the row itself. Word 2: the number at
 * the edge's other end.
 */
const ROW = 0;
const RANK = 1;
const OTHER = 2;

/**
 * Π_one-to-one: of the pairs that weigh at least `least`, those that are the best of their row
 * *and* the best of their column. The heaviest is the best; of equal ones that with the earliest
 * partner.
 *
 *     rows of both lists, both ends of every edge  →  Π_sort by (row, weight ↓, other row)
 *     best_k = may be a link ∧ the line before is the row itself;   back to the edges
 *     link = best at our end ∧ best at theirs;   forth again, up one line, and back to the rows
 *
 * So the result is the same whichever list is ours, and no link depends on a pair that has a better
 * one. One sort of all rows and both ends of all edges, three shuffles more, and some 30 AND an
 * end. Nothing is opened but what the sort opens. Verified. Soundness: `oneToOneTerms`. Own
 * construction; docs/protocols/one-to-one.md.
 */
export async function oneToOne(
  ctx: Context,
  edges: Edges,
  sizes: ListSizes,
  bound: LinkBound,
): Promise<OneToOne> {
  const { rows, columns } = sizes;
  const step = ctx.narrow("one-to-one");
  const mayLink = await inBatch(step, "may-link", (at) =>
    reaching(at, edges.isPair, edges.weights, bound),
  );
  const lines = linesOf(step, { ...edges, isPair: mayLink }, sizes);
  const planes = edges.weights.length;
  const { table, follow, restore } = await sortTable(step, lines, sortKeys(sizes, planes));
  const blocks = blocksOf(lines.rows);
  const sorted = blockPlanes(step, blocks, table);
  const weights = sorted.slice(32 * RANK, 32 * RANK + planes);
  const [mayBe, isRow] = sorted.slice(32 * RANK + planes);
  const other = sorted.slice(32 * OTHER, 32 * OTHER + numberBits(sizes));
  const best = await inBatch(step, "best", (at) =>
    andEach(at, [[mayBe, rowBefore(blocks, isRow)]]),
  );
  const bests = await restore(step.narrow("bests"), blockRows(step, blocks, best));
  const isLink = await inBatch(step, "both-ends", (at) => bothEnds(at, bests, edges.places));
  const linked = await follow(step.narrow("links"), endLines(step, isLink, edges, sizes));
  const link = blockPlanes(step, blocks, linked)[0];
  const shown = await inBatch(step, "shown", (at) =>
    partnersAbove(at, blocks, link, [...weights, ...other]),
  );
  const found = await restore(step.narrow("partners"), shown);
  const side = (from: number, to: number): Partners =>
    partnersOf(step, takeRows(found, from, to), planes, numberBits(sizes));
  return { isLink, ours: side(0, rows), theirs: side(rows, rows + columns) };
}

/** What the checks of Π_one-to-one of so many edges may miss. */
export function oneToOneTerms(
  profile: Profile,
  records: RecordLayout,
  sizes: ListSizes,
  edges: number,
): SoundnessTerm[] {
  const { least, most } = weightBounds(records);
  const planes = sumPlanes(most - least);
  const lines = sizes.rows + sizes.columns + 2 * edges;
  const { blockRows: height, sliceWords } = blocksOf(lines);
  const places = 32 * height * sliceWords;
  const keyBits = sortKeys(sizes, planes).reduce((sum, { bits = 32 }) => sum + bits, 0);
  const gates = (check: string, count: number): SoundnessTerm => ({
    check,
    count: 1,
    error: gatesError(profile, count),
  });
  return [
    gates("gates of edges that may be links", edges * (planes + 1)),
    ...sortTerms(profile, lines, 3, keyBits),
    gates("gates of best edges", places),
    gates("gates of links", edges),
    gates("gates of partners", places * (planes + numberBits(sizes))),
    ...shuffleTerms(profile, lines, 1),
    ...shuffleTerms(profile, lines, 1),
    ...shuffleTerms(profile, lines, Math.ceil((1 + planes + numberBits(sizes)) / 32)),
  ];
}

const sortKeys = (sizes: ListSizes, weightPlanes: number): SortKey[] => [
  { column: ROW, bits: numberBits(sizes) + 1 },
  { column: RANK, bits: weightPlanes + 2, isDescending: true },
  { column: OTHER, bits: numberBits(sizes) },
];

/** The rows of ours, those of theirs, our ends of all edges, their ends. */
function linesOf(ctx: Context, edges: Edges, sizes: ListSizes): Table {
  const { places, isPair, weights, row, column } = edges;
  const side = numberBits(sizes);
  assert(row.length === side && column.length === side, "numbers of rows");
  assert(side < 32 && weights.length + 2 <= 32, "keys that fit words");
  const none = new Uint32Array(isPair.length);
  const one = publicBits(
    ctx,
    none.map(() => 0xffffffff),
  );
  const word = (planes: readonly Bits[]): Table => tableOf(rowsOfPlanes(ctx, planes, places), 1);
  const rank = word([...weights, isPair]);
  const ourEnds = besides(word(row), rank, word(column));
  const theirEnds = besides(word([...column, one]), rank, word(row));
  const numbers = [
    ...rowNumbers(sizes.rows),
    ...rowNumbers(sizes.columns).map((number) => number | (1 << side)),
  ];
  const count = numbers.length;
  const rows = besides(
    publicColumn(ctx.self, Uint32Array.from(numbers)),
    publicColumn(ctx.self, new Uint32Array(count).fill(1 << (weights.length + 1))),
    publicColumn(ctx.self, new Uint32Array(count)),
  );
  return below(rows, ourEnds, theirEnds);
}

/** One bit an edge: is the bit set that came back to both of its ends, the last lines? */
async function bothEnds(ctx: Context, back: Table, places: number): Promise<Bits> {
  const end = (to: number): Bits => planesOfRows(ctx, takeRows(back, to - places, to).shares, 1)[0];
  const [both] = await andEach(ctx, [[end(back.rows - places), end(back.rows)]]);
  return both;
}

/** One word a line: the bit of its edge, and zeros for the rows themselves. */
function endLines(
  ctx: Context,
  isLink: Bits,
  { places }: Edges,
  { rows, columns }: ListSizes,
): Table {
  const none = new Uint32Array(rows + columns);
  const bits = tableOf(rowsOfPlanes(ctx, [isLink], places), 1);
  return below(tableOf(new Shares(none, none), 1), bits, bits);
}

/**
 * A row's link, if it has one, is its best edge, which stands on the line below it. So each row
 * gets what the line below has, if that is a link: the bit, the weight, and a number.
 */
async function partnersAbove(
  ctx: Context,
  blocks: Blocks,
  link: Bits,
  values: readonly Bits[],
): Promise<Table> {
  const has = rowAfter(blocks, link);
  const shown = await andEach(
    ctx,
    values.map((plane) => [has, rowAfter(blocks, plane)] as const),
  );
  return blockRows(ctx, blocks, [has, ...shown]);
}

function partnersOf(ctx: Context, rows: Table, weights: number, numbers: number): Partners {
  const planes = planesOfRows(ctx, rows.shares, rows.width);
  return {
    rows: rows.rows,
    has: planes[0],
    weights: planes.slice(1, 1 + weights),
    number: planes.slice(1 + weights, 1 + weights + numbers),
  };
}
