import type { RawTable } from "../intake/raw-table.js";
import { draftMapping, sureChoices } from "./draft.js";
import { findHeadings } from "./headings.js";
import type { Mapping } from "./mapping.js";
import { matchColumns } from "./match-columns.js";

/** A table as lines of cells, for tests. */
export const tableOf = (...lines: readonly (readonly string[])[]): RawTable => ({
  rows: lines.map((cells, k) => ({ line: k + 1, cells })),
});

/** What `provider map --yes` would make of a table. */
export function sureMapping(table: RawTable): Mapping {
  const headings = findHeadings(table);
  return draftMapping(table, headings, sureChoices(matchColumns(table, headings)));
}

/** Changes the column with a heading. */
export const withRules = (mapping: Mapping, from: string, rules: object): Mapping => ({
  ...mapping,
  columns: mapping.columns.map((it) => (it.from === from ? { ...it, ...rules } : it)),
});
