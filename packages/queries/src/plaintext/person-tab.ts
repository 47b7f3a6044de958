import type { CrossTabRule, NamedColumn } from "@symbolon/mpc/table/cross-tab";
import { codePlanes } from "@symbolon/mpc/table/hot-codes";
import type { ClearHead } from "./clusters.js";
import { type CellNoise, type ClearCodes, cellsInTheClear, shownInTheClear } from "./count.js";

/** Records of several lists as persons. */
export interface ClearPersons {
  /** Who heads the person of each row, list by list. */
  readonly heads: readonly (readonly ClearHead[])[];
  /** Whether a row heads a person, list by list. */
  readonly isHead: readonly (readonly boolean[])[];
}

/** What several records say of one attribute, as the word of one. */
export function personWord({ kind, codes, most }: NamedColumn, words: readonly number[]): number {
  const size = 2 ** codePlanes({ kind, codes, most });
  const said = words.map((word) => word % size);
  if (kind === "several") {
    const any = said.reduce((all, word) => (all | word) >>> 0, 0);
    const known = any - (any % 2);
    return known > 0 ? known : any;
  }
  const known = said.filter((number) => number > 1);
  return known.length > 0 ? Math.min(...known) : Math.max(0, ...said);
}

/** The persons as a list of coded rows. */
export function codedPersons(
  lists: readonly ClearCodes[],
  { heads, isHead }: ClearPersons,
  columns: readonly NamedColumn[],
): ClearCodes {
  const members = new Map<string, { list: number; row: number }[]>();
  heads.forEach((rows, list) => {
    rows.forEach((head, row) => {
      const key = `${head.list} ${head.row}`;
      members.set(key, [...(members.get(key) ?? []), { list, row }]);
    });
  });
  const persons = isHead.flatMap((rows, list) =>
    rows.flatMap((is, row) => (is ? [members.get(`${list} ${row}`) ?? []] : [])),
  );
  const words = (column: NamedColumn): Uint32Array =>
    Uint32Array.from(persons, (records) =>
      personWord(
        column,
        records.map(({ list, row }) => lists[list].columns.get(column.name)?.[row] ?? 0),
      ),
    );
  return {
    rows: persons.length,
    columns: new Map(columns.map((column) => [column.name, words(column)])),
  };
}

/** Π_person-tab in the clear: the oracle. */
export function personTabInTheClear(
  lists: readonly ClearCodes[],
  persons: ClearPersons,
  rule: CrossTabRule,
  noiseOf: (cell: number) => CellNoise,
): Uint32Array {
  const { rows, columns, where } = rule;
  const used = [rows, ...(columns ? [columns] : []), ...where.map(({ column }) => column)];
  const all = cellsInTheClear(codedPersons(lists, persons, used), rule);
  const own = lists.map((list) => cellsInTheClear(list, rule));
  return shownInTheClear({ own, all }, rule.shown, noiseOf);
}
