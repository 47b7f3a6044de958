import { candidateSlots } from "@symbolon/mpc/linkage/candidates";
import type { Block } from "@symbolon/mpc/linkage/compare";
import { type LinkRule, linkBatches } from "@symbolon/mpc/linkage/link";
import { weighInTheClear } from "./pair-floor.js";

/** A candidate pair by its rows, and its match weight in units. */
export interface ClearPair {
  readonly a: number;
  readonly b: number;
  readonly weight: number;
}

/** Two lists in the clear. */
export interface ClearLists {
  readonly rows: number;
  readonly columns: number;
  readonly score: (row: number, column: number) => number;
  readonly records: readonly [a: readonly Uint32Array[], b: readonly Uint32Array[]];
}

/**
 * Π_weigh-pairs in the clear: the oracle. Candidates that find no room are left out as they are on
 * shares: a row's of a group of columns that has more of them than slots, and of those of a batch
 * all but the first ones, group after group, slot after slot.
 */
export function weighPairsInTheClear(
  lists: ClearLists,
  rule: LinkRule,
  blockRows: number,
): ClearPair[] {
  const { rows, columns, records } = lists;
  const kept: ClearPair[] = [];
  for (let from = 0; from < rows; from += blockRows) {
    const height = Math.min(blockRows, rows - from);
    for (const { column, columns: width, places } of linkBatches(rule, height, columns)) {
      const block = { row: from, rows: height, column, columns: width };
      const first = takenSlots(lists, rule, block).slice(0, places);
      for (const { a, b } of first) {
        const weight = weighInTheClear(rule.records, rule.floor, records[0][a], records[1][b]);
        if (weight !== undefined) kept.push({ a, b, weight });
      }
    }
  }
  return kept;
}

/** The candidates of a batch, in the order of its slots. */
function takenSlots(
  { score }: ClearLists,
  rule: LinkRule,
  { row, rows, column, columns }: Block,
): { readonly slot: number; readonly a: number; readonly b: number }[] {
  const slots = candidateSlots(rule.rankBits);
  const found: { readonly slot: number; readonly a: number; readonly b: number }[] = [];
  for (let a = row; a < row + rows; a += 1) {
    for (let from = 0; from < columns; from += rule.groupColumns) {
      const size = Math.min(rule.groupColumns, columns - from);
      const group = Array.from({ length: size }, (_, k) => column + from + k);
      const near = group.filter((b) => score(a, b) >= rule.score);
      if (near.length > slots) continue;
      near.forEach((b, s) => {
        found.push({ slot: ((from / rule.groupColumns) * slots + s) * rows + (a - row), a, b });
      });
    }
  }
  return found.sort((x, y) => x.slot - y.slot);
}
