import { compareRecords } from "@symbolon/case-data/compare/levels";
import { matchWeight } from "@symbolon/case-data/compare/weigh";
import { candidateSlots } from "@symbolon/mpc/linkage/candidates";
import { type LinkRule, placesFor } from "@symbolon/mpc/linkage/link";

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
 * shares: a row's of a group of columns that has more of them than slots, and of those of a block
 * of `blockRows` rows all but the first ones, group after group, slot after slot.
 */
export function weighPairsInTheClear(
  lists: ClearLists,
  rule: LinkRule,
  blockRows: number,
): ClearPair[] {
  const { rows, columns, records } = lists;
  const slots = candidateSlots(rule.rankBits);
  const groups = Math.ceil(columns / rule.groupColumns);
  const kept: ClearPair[] = [];
  for (let from = 0; from < rows; from += blockRows) {
    const height = Math.min(blockRows, rows - from);
    const found: { readonly slot: number; readonly a: number; readonly b: number }[] = [];
    for (let a = from; a < from + height; a += 1) {
      for (let group = 0; group < groups; group += 1) {
        const near = columnsOf(group, rule.groupColumns, columns).filter(
          (b) => lists.score(a, b) >= rule.score,
        );
        if (near.length > slots) continue;
        near.forEach((b, s) => {
          found.push({ slot: (group * slots + s) * height + (a - from), a, b });
        });
      }
    }
    const places = placesFor(rule, height, groups * slots * height);
    const first = found.sort((x, y) => x.slot - y.slot).slice(0, places);
    kept.push(...first.map(({ a, b }) => ({ a, b, weight: weightOf(rule, records, a, b) })));
  }
  return kept;
}

const columnsOf = (group: number, size: number, columns: number): number[] =>
  Array.from({ length: Math.min(size, columns - group * size) }, (_, k) => group * size + k);

function weightOf(
  { records: layout }: LinkRule,
  [ours, theirs]: ClearLists["records"],
  a: number,
  b: number,
): number {
  const levels = compareRecords(layout, ours[a], theirs[b]);
  return matchWeight(layout, levels, ours[a], theirs[b]);
}
