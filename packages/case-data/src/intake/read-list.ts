import { type HeadedTable, headTable } from "./headed-table.js";
import { DEFAULT_LIMITS } from "./limits.js";
import { type PickOptions, pickTable } from "./pick-table.js";
import { readTables, type TableOptions } from "./read-tables.js";
import { REJECT_HEADINGS, withCorrections } from "./rejects.js";
import { joinRepeats } from "./repeats.js";

export interface ListOptions extends TableOptions, PickOptions {
  /** Rows of the list that somebody corrected: the file of rejects. */
  readonly corrected?: Uint8Array;
}

/**
 * A file → its list: the table that holds it, below its header, good rows and what is wrong with
 * the others. Throws `CaseDataError` if the file as a whole cannot be used.
 */
export function readList(bytes: Uint8Array, options: ListOptions = {}): HeadedTable {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const tables = readTables(bytes, options);
  const { table, notes } = pickTable(tables, options, limits);
  const found = joinRepeats(headTable(table, limits, options), table, tables, limits);
  const list = { ...found, notes: [...notes, ...found.notes] };
  if (options.corrected === undefined) return list;
  const remembered = [...REJECT_HEADINGS, ...list.headers.filter((header) => header !== "")];
  return withCorrections(list, readList(options.corrected, { remembered, limits }));
}
