import type { CrossTabRule, NamedColumn } from "@symbolon/mpc/table/cross-tab";
import { codePlanes } from "@symbolon/mpc/table/hot-codes";
import { type CellNumbers, SHOWN_BIT, type ShownRule } from "@symbolon/mpc/table/shown-cells";
import { isShown } from "@symbolon/release/minimum-cell";
import { rational } from "@symbolon/release/rational";

/** A list of coded cases in the clear: one word a row of each column. */
export interface ClearCodes {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Uint32Array>;
}

/** Noise of one cell: of the figure, and of each list's own count. */
export interface CellNoise {
  readonly figure: number;
  readonly own: readonly number[];
}

/** Codes, from 1, that a row counts for. */
function codesOf(
  { kind, codes, most, name }: NamedColumn,
  list: ClearCodes,
  row: number,
): number[] {
  const word = list.columns.get(name)?.[row] ?? 0;
  if (kind === "one") {
    const number = word % 2 ** codePlanes({ kind, codes, most });
    return number >= 1 && number <= codes ? [number] : [];
  }
  const all = Array.from({ length: codes }, (_, k) => k + 1);
  return all.filter((code) => ((word >>> (code - 1)) & 1) === 1).slice(0, most);
}

/** For each cell how many rows of one list it has. */
export function cellsInTheClear(
  list: ClearCodes,
  { rows, columns, where }: CrossTabRule,
): number[] {
  const width = columns?.codes ?? 1;
  const cells = new Array<number>(rows.codes * width).fill(0);
  for (let row = 0; row < list.rows; row += 1) {
    if (where.some(({ column, code }) => !codesOf(column, list, row).includes(code))) continue;
    for (const r of codesOf(rows, list, row)) {
      for (const c of columns ? codesOf(columns, list, row) : [1]) {
        cells[(r - 1) * width + c - 1] += 1;
      }
    }
  }
  return cells;
}

/** Π_cross-tab in the clear: the oracle. */
export function crossTabInTheClear(
  lists: readonly ClearCodes[],
  rule: CrossTabRule,
  noiseOf: (cell: number) => CellNoise,
): Uint32Array {
  const own = lists.map((list) => cellsInTheClear(list, rule));
  return shownInTheClear({ own }, rule.shown, noiseOf);
}

/** Π_shown-cells in the clear, from exact counts. */
export function shownInTheClear(
  { own: counts, all }: CellNumbers<readonly number[]>,
  shown: ShownRule,
  noiseOf: (cell: number) => CellNoise,
): Uint32Array {
  const { persons, lists: own } = shown;
  const minimum = {
    persons,
    ...(own && {
      organisations: {
        count: own.count,
        visibleFrom: own.visibleFrom,
        shareMost: rational(BigInt(own.shareMost.numerator), BigInt(own.shareMost.denominator)),
      },
    }),
  };
  return Uint32Array.from(counts[0], (_, cell) => {
    const noise = noiseOf(cell);
    const exact = all ? all[cell] : counts.reduce((sum, list) => sum + list[cell], 0);
    const noised = exact + noise.figure;
    const each = counts.map((list, l) => list[cell] + noise.own[l]);
    return isShown(minimum, noised, each) ? (2 ** SHOWN_BIT + noised) >>> 0 : 0;
  });
}
