import { assert } from "@symbolon/base/assert";
import { andEach } from "../circuit/batch.js";
import { planesOfRows } from "../circuit/planes.js";
import { sumPlanes } from "../circuit/weighted-sum.js";
import type { Context } from "../context.js";
import type { Profile } from "../profile.js";
import type { Bits, Shares } from "../sharing/shares.js";
import { verifyProducts } from "../verify/products.js";
import { gatesError, type SoundnessTerm } from "../verify/soundness.js";
import { cellCounts, cellGates } from "./cell-counts.js";
import { type CodedColumn, checkColumn, hotCodes, hotGates } from "./hot-codes.js";
import { type ShownRule, shownCells, shownTerms } from "./shown-cells.js";
import type { SelectionSeeds } from "./shuffle.js";

/** A coded column of a list, by its name. */
export interface NamedColumn extends CodedColumn {
  readonly name: string;
}

/** What a table counts. All public. */
export interface CrossTabRule {
  readonly rows: NamedColumn;
  /** Absent for a table by one attribute. */
  readonly columns?: NamedColumn;
  /** Only rows with this code of each of these columns count. */
  readonly where: readonly { readonly column: NamedColumn; readonly code: number }[];
  readonly shown: ShownRule;
}

/** One organisation's list: words by column, one a row, XOR-shared. */
export interface CodedList {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Bits>;
  /**
   * Bits of the rows that count, packed, if not all do: so that of several rows of one person only
   * one does.
   */
  readonly counted?: Bits;
}

/** Cells of the table. */
export const cellsOf = ({ rows, columns }: Pick<CrossTabRule, "rows" | "columns">): number =>
  rows.codes * (columns?.codes ?? 1);

/** Rows and cells that are laid out together, at most. */
export const CELLS_MAX = 2 ** 17;

/**
 * Π_cross-tab: one word a cell (`shownCells`), code after code of `rows`, and within it of
 * `columns`: how many rows of all lists have both codes, with noise, where it may be shown.
 *
 *     SELECT a, b, COUNT(*) + noise FROM all lists WHERE … GROUP BY a, b HAVING rule
 *
 * List after list: Π_hot-codes, the filter, Π_cell-counts; then Π_shown-cells. Nothing is opened.
 * Any content of the columns is proper input, and a row moves at most `most`·`most` cells by one.
 * Soundness: `crossTabTerms`. docs/protocols/count.md.
 */
export async function crossTab(
  ctx: Context,
  lists: readonly CodedList[],
  rule: CrossTabRule,
  seeds: SelectionSeeds,
): Promise<Shares> {
  const step = ctx.narrow("cross-tab");
  const own: Bits[][] = [];
  for (const [l, list] of lists.entries()) {
    own.push(await listCells(step.narrow(`list-${l}`), list, rule));
  }
  return shownCells(step, { own }, cellsOf(rule), rule.shown, seeds);
}

/**
 * The exact counts of one list's cells, as planes of one lane a cell: Π_hot-codes, the filter and
 * the rows that count, Π_cell-counts. Verified. Soundness: `listCellsTerms`.
 */
export async function listCells(
  ctx: Context,
  list: CodedList,
  rule: CrossTabRule,
): Promise<Bits[]> {
  checkRule(rule);
  const codes = ctx.batch("codes");
  const hot = await countedCodes(codes, list, rule);
  await verifyProducts(codes);
  ctx.join(codes);
  const counts = await cellCounts(ctx, hot);
  ctx.progress(list.rows * cellsOf(rule));
  return counts;
}

/** The columns that a table looks at; one may stand in it more than once. */
export const columnsOf = ({
  rows,
  columns,
  where,
}: Pick<CrossTabRule, "rows" | "columns" | "where">): NamedColumn[] => [
  rows,
  ...(columns ? [columns] : []),
  ...where.map(({ column }) => column),
];

function checkRule(rule: CrossTabRule): void {
  for (const column of columnsOf(rule)) checkColumn(column);
  assert(
    rule.where.every(({ column, code }) => code >= 1 && code <= column.codes),
    "filters by codes that there are",
  );
  assert(cellsOf(rule) <= CELLS_MAX, "a table of so many cells");
}

/** The bits that are counted: the filter stands in those of the rows' codes. */
async function countedCodes(
  ctx: Context,
  list: CodedList,
  { rows, columns, where }: CrossTabRule,
): Promise<{ rows: Bits[]; columns?: Bits[] }> {
  const codesOf = (step: Context, column: NamedColumn): Promise<Bits[]> => {
    const words = list.columns.get(column.name);
    assert(words !== undefined && words.length === list.rows, "a word a row of each column");
    return hotCodes(step, planesOfRows(step, words, 1), column);
  };
  const filters: Bits[] = list.counted ? [list.counted] : [];
  for (const [k, { column, code }] of where.entries()) {
    filters.push((await codesOf(ctx.narrow(`where-${k}`), column))[code - 1]);
  }
  let left = await codesOf(ctx.narrow("rows"), rows);
  for (const [k, filter] of filters.entries()) {
    left = await andEach(
      ctx.narrow(`filter-${k}`),
      left.map((bit) => [bit, filter] as const),
    );
  }
  if (columns === undefined) return { rows: left };
  return { rows: left, columns: await codesOf(ctx.narrow("columns"), columns) };
}

/** What the checks of Π_cross-tab over lists of so many rows may miss. */
export function crossTabTerms(
  profile: Profile,
  rule: CrossTabRule,
  lists: readonly number[],
): SoundnessTerm[] {
  return [
    ...lists.flatMap((length) => listCellsTerms(profile, rule, length)),
    ...shownTerms(profile, { own: lists.map(countPlanes) }, cellsOf(rule), rule.shown),
  ];
}

/** Planes of the counts of a list of so many rows, at most. */
export const countPlanes = (rows: number): number => sumPlanes(128 * Math.ceil(rows / 128));

/** What the checks of the counts of one list of so many rows may miss. */
export function listCellsTerms(
  profile: Profile,
  rule: CrossTabRule,
  length: number,
): SoundnessTerm[] {
  checkRule(rule);
  const { rows, where } = rule;
  const hot = columnsOf(rule).reduce((sum, column) => sum + hotGates(column), 0);
  const checked = (check: string, count: number, gates: number): SoundnessTerm => ({
    check,
    count,
    error: gatesError(profile, gates),
  });
  const lanes = 128 * Math.ceil(length / 128);
  const gates = cellGates(length, cellsOf(rule));
  return [
    checked("gates of codes", 1, lanes * (hot + (where.length + 1) * rows.codes)),
    checked("gates of cells", gates.chunks, gates.chunk),
    checked("gates of counts", 1, gates.lanes),
  ];
}
