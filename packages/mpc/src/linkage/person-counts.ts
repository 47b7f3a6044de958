import { assert } from "@symbolon/base/assert";
import { planesOfRows } from "../circuit/planes.js";
import { sumPlanes } from "../circuit/weighted-sum.js";
import type { Context } from "../context.js";
import type { Profile } from "../profile.js";
import type { Shares } from "../sharing/shares.js";
import { cellCounts, cellGates } from "../table/cell-counts.js";
import { type CodedColumn, hotCodes, hotGates } from "../table/hot-codes.js";
import { type ShownRule, shownCells, shownTerms } from "../table/shown-cells.js";
import type { SelectionSeeds } from "../table/shuffle.js";
import type { Table } from "../table/table.js";
import { verifyProducts } from "../verify/products.js";
import { gatesError, type SoundnessTerm } from "../verify/soundness.js";

/** Lists whose sets are told apart, at most: there are 2^lists − 1 of them. */
export const SETS_LISTS_MAX = 8;

/** Cells of a count of persons on so many lists: each set of lists, then all persons. */
export const personCells = (lists: number): number => 2 ** lists;

/** Set s of lists as a code: bit ℓ of s says whether list ℓ is in it. */
const setsOf = (lists: number): CodedColumn => ({ kind: "one", codes: 2 ** lists - 1, most: 1 });

/**
 * Π_person-counts: how many persons are on exactly the lists of each set, and how many there are.
 * `heads` is what Π_clusters gives: one word a row, bit 0: heads a person, bit 1 + ℓ: on list ℓ.
 *
 *     set_s = Π_hot-codes of the membership bits;   Σ_rows set_s, Σ_rows head   (Π_cell-counts)
 *     →  noise, and which are large enough to be shown (Π_shown-cells)
 *
 * One word a cell: set 1, 2, 3, …, then all persons. The noise follows from `seeds`. Some 2·2^lists
 * AND a row. Nothing is opened; verified. Soundness: `personCountTerms`. Own composition;
 * docs/protocols/clusters.md.
 */
export async function personCounts(
  ctx: Context,
  heads: Table,
  lists: number,
  shown: ShownRule,
  seeds: SelectionSeeds,
): Promise<Shares> {
  assert(heads.width === 1 && heads.rows % 128 === 0, "one word a row, in groups of rows");
  assert(lists >= 1 && lists <= SETS_LISTS_MAX, "so many lists");
  const step = ctx.narrow("person-counts");
  const [isHead, ...members] = planesOfRows(step, heads.shares, 1).slice(0, lists + 1);
  const codes = step.batch("sets");
  const sets = await hotCodes(codes, members, setsOf(lists));
  await verifyProducts(codes);
  step.join(codes);
  const counts = await cellCounts(step, { rows: [...sets, isHead] });
  return shownCells(step, { own: [counts] }, personCells(lists), shown, seeds);
}

/** What the checks of Π_person-counts over so many rows of all lists together may miss. */
export function personCountTerms(
  profile: Profile,
  rows: number,
  lists: number,
  shown: ShownRule,
): SoundnessTerm[] {
  const cells = personCells(lists);
  const { chunk, chunks, lanes } = cellGates(rows, cells);
  const checked = (check: string, count: number, gates: number): SoundnessTerm => ({
    check,
    count,
    error: gatesError(profile, gates),
  });
  return [
    checked("gates of sets of lists", 1, rows * hotGates(setsOf(lists))),
    checked("gates of persons", chunks, chunk),
    checked("gates of counts of persons", 1, lanes),
    ...shownTerms(profile, { own: [sumPlanes(rows)] }, cells, shown),
  ];
}
