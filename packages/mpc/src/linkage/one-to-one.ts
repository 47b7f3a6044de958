import { assert } from "@symbolon/base/assert";
import { andEach } from "../circuit/batch.js";
import { planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import { sumPlanes } from "../circuit/weighted-sum.js";
import type { Context } from "../context.js";
import type { Profile } from "../profile.js";
import { xorPublic } from "../protocol/and.js";
import { type Bits, Shares } from "../sharing/shares.js";
import {
  type Blocks,
  blockPlanes,
  blockRows,
  blocksOf,
  rowAfter,
  rowBefore,
} from "../table/blocks.js";
import { rowNumberBits, type SortKey, sortTable } from "../table/sort.js";
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

/** Two lists to link, and from which weight on a pair may be a link, in units of the layout. */
export interface LinkTask {
  readonly edges: Edges;
  readonly sizes: ListSizes;
  readonly least: number;
}

/*
 * A table in which every row of every list, once for each pair of lists, stands above the ends of
 * its edges. Word 0: the row's number, above it a bit for their side, above that the pair of lists.
 * Word 1: what it is sorted by within the row: the weight, then whether the edge may be a link,
 * then whether this is the row itself. Word 2: the number at the edge's other end.
 */
const ROW = 0;
const RANK = 1;
const OTHER = 2;

/** Bits of row numbers, and of the numbers of pairs of lists. */
interface Widths {
  readonly number: number;
  readonly pair: number;
  readonly weight: number;
}

/**
 * Π_one-to-one, for several pairs of lists at once: of the pairs that weigh at least `least`, those
 * that are the best of their row *and* the best of their column. The heaviest is the best; of equal
 * ones that with the earliest partner.
 *
 *     rows of both lists, both ends of every edge  →  Π_sort by (row, weight ↓, other row)
 *     best_k = may be a link ∧ the line before is the row itself;   back to the edges
 *     link = best at our end ∧ best at theirs;   forth again, up one line, and back to the rows
 *
 * So the result is the same whichever list is ours, and no link depends on a pair that has a better
 * one. One sort of all rows and both ends of all edges, three shuffles more, and some 30 AND an
 * end; pairs of lists that are linked together take as many rounds as one. Nothing is opened but
 * what the sort opens. Verified. Soundness: `oneToOneTerms`. Own construction;
 * docs/protocols/one-to-one.md.
 */
export async function oneToOne(
  ctx: Context,
  records: RecordLayout,
  tasks: readonly LinkTask[],
): Promise<OneToOne[]> {
  const step = ctx.narrow("one-to-one");
  const mayLink = await inBatch(step, "may-link", (at) => reachingEach(at, records, tasks));
  const widths = widthsOf(records, tasks);
  const lines = linesOf(step, tasks, mayLink, widths);
  const { table, follow, restore } = await sortTable(step, lines, sortKeys(widths));
  const blocks = blocksOf(lines.rows);
  const sorted = blockPlanes(step, blocks, table);
  const [mayBe, isRow] = sorted.slice(32 * RANK + widths.weight);
  const values = [
    ...sorted.slice(32 * RANK, 32 * RANK + widths.weight),
    ...sorted.slice(32 * OTHER, 32 * OTHER + widths.number),
  ];
  const best = await inBatch(step, "best", (at) =>
    andEach(at, [[mayBe, rowBefore(blocks, isRow)]]),
  );
  const bests = await restore(step.narrow("bests"), blockRows(step, blocks, best));
  const places = sum(tasks, ({ edges }) => edges.places);
  const isLink = await inBatch(step, "both-ends", (at) => bothEnds(at, bests, places));
  const linked = await follow(step.narrow("links"), endLines(isLink, bests.rows));
  const [link] = blockPlanes(step, blocks, linked);
  const shown = await inBatch(step, "shown", (at) => partnersAbove(at, blocks, link, values));
  const found = await restore(step.narrow("partners"), shown);
  return resultsOf(step, tasks, isLink, found, widths);
}

/** What the checks of Π_one-to-one of so many places for pairs of each two lists may miss. */
export function oneToOneTerms(
  profile: Profile,
  records: RecordLayout,
  tasks: readonly { readonly sizes: ListSizes; readonly places: number }[],
): SoundnessTerm[] {
  const widths = widthsOf(records, tasks);
  const edges = sum(tasks, ({ places }) => 128 * Math.ceil(places / 128));
  const rows = sum(tasks, ({ sizes }) => sizes.rows + sizes.columns);
  const lines = rows + sum(tasks, ({ places }) => 2 * places);
  const { blockRows: height, sliceWords } = blocksOf(lines);
  const all = 32 * height * sliceWords;
  const keyBits = sum(sortKeys(widths), ({ bits = 32 }) => bits);
  const gates = (check: string, count: number): SoundnessTerm => ({
    check,
    count: 1,
    error: gatesError(profile, count),
  });
  return [
    gates("gates of edges that may be links", edges * (widths.weight + 1)),
    ...sortTerms(profile, lines, 3, keyBits),
    gates("gates of best edges", all),
    gates("gates of links", edges),
    gates("gates of partners", all * (widths.weight + widths.number)),
    ...shuffleTerms(profile, lines, 1),
    ...shuffleTerms(profile, lines, 1),
    ...shuffleTerms(profile, lines, Math.ceil((1 + widths.weight + widths.number) / 32)),
  ];
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

function widthsOf(records: RecordLayout, tasks: readonly { readonly sizes: ListSizes }[]): Widths {
  const { least, most } = weightBounds(records);
  return {
    number: Math.max(...tasks.map(({ sizes }) => numberBits(sizes))),
    pair: tasks.length > 1 ? rowNumberBits(tasks.length) : 0,
    weight: sumPlanes(most - least),
  };
}

const sortKeys = ({ number, pair, weight }: Widths): SortKey[] => [
  { column: ROW, bits: number + 1 + pair },
  { column: RANK, bits: weight + 2, isDescending: true },
  { column: OTHER, bits: number },
];

/** One bit an edge of each pair of lists, all in the same rounds: may it be a link? */
async function reachingEach(
  ctx: Context,
  records: RecordLayout,
  tasks: readonly LinkTask[],
): Promise<Bits[]> {
  const forks = tasks.map((_, k) => ctx.fork(`pair-${k}`));
  const made = await Promise.all(
    tasks.map(({ edges, least }, k) =>
      reaching(forks[k], edges.isPair, edges.weights, { records, least }),
    ),
  );
  ctx.join(...forks);
  return made;
}

/** The rows of all pairs of lists, our ends of all edges, their ends. */
function linesOf(
  ctx: Context,
  tasks: readonly LinkTask[],
  mayLink: readonly Bits[],
  { number, pair, weight }: Widths,
): Table {
  assert(number + 1 + pair <= 32 && weight + 2 <= 32, "keys that fit words");
  const lines = tasks.map(({ edges, sizes }, k) => {
    const { places, weights, row, column } = edges;
    const side = numberBits(sizes);
    assert(row.length === side && column.length === side, "numbers of rows");
    assert(weights.length === weight, "weights of the layout");
    const word = (planes: readonly Bits[]): Table => tableOf(rowsOfPlanes(ctx, planes, places), 1);
    const rank = word([...weights, mayLink[k]]);
    const [ours, theirs] = [(k << 1) << number, ((k << 1) | 1) << number];
    const numbers = [
      ...rowNumbers(sizes.rows).map((at) => ours | at),
      ...rowNumbers(sizes.columns).map((at) => theirs | at),
    ];
    return {
      rows: besides(
        publicColumn(ctx.self, Uint32Array.from(numbers)),
        publicColumn(ctx.self, new Uint32Array(numbers.length).fill(1 << (weight + 1))),
        publicColumn(ctx.self, new Uint32Array(numbers.length)),
      ),
      ours: besides(marked(ctx, word(row), ours), rank, word(column)),
      theirs: besides(marked(ctx, word(column), theirs), rank, word(row)),
    };
  });
  const all = (of: "rows" | "ours" | "theirs"): Table[] => lines.map((one) => one[of]);
  return below(...all("rows"), ...all("ours"), ...all("theirs"));
}

/** Numbers with these higher bits set, which none of them has. */
const marked = (ctx: Context, numbers: Table, bits: number): Table => ({
  ...numbers,
  shares: xorPublic(ctx, numbers.shares, new Uint32Array(numbers.rows).fill(bits)),
});

/** One word an edge: is the bit set that came back to both of its ends, the last lines? */
async function bothEnds(ctx: Context, back: Table, places: number): Promise<Table> {
  const end = (to: number): Bits => planesOfRows(ctx, takeRows(back, to - places, to).shares, 1)[0];
  const both = await andEach(ctx, [[end(back.rows - places), end(back.rows)]]);
  return tableOf(rowsOfPlanes(ctx, both, places), 1);
}

/** One word a line: the bit of its edge, and zeros for the rows themselves. */
function endLines(isLink: Table, lines: number): Table {
  const none = new Uint32Array(lines - 2 * isLink.rows);
  return below(tableOf(new Shares(none, none), 1), isLink, isLink);
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

/** What was found, pair of lists by pair of lists. */
function resultsOf(
  ctx: Context,
  tasks: readonly LinkTask[],
  isLink: Table,
  found: Table,
  { weight }: Widths,
): OneToOne[] {
  let [edge, line] = [0, 0];
  return tasks.map(({ edges, sizes }) => {
    const partners = (rows: number): Partners => {
      const { shares, width } = takeRows(found, line, (line += rows));
      const [has, ...planes] = planesOfRows(ctx, shares, width);
      const number = planes.slice(weight, weight + numberBits(sizes));
      return { rows, has, weights: planes.slice(0, weight), number };
    };
    const links = takeRows(isLink, edge, (edge += edges.places));
    return {
      isLink: planesOfRows(ctx, links.shares, 1)[0],
      ours: partners(sizes.rows),
      theirs: partners(sizes.columns),
    };
  });
}
