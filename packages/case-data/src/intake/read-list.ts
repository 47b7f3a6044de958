import { type HeadedTable, headTable } from "./headed-table.js";
import { DEFAULT_LIMITS } from "./limits.js";
import { type PickOptions, pickTable } from "./pick-table.js";
import { readTables, type TableOptions } from "./read-tables.js";

export type ListOptions = TableOptions & PickOptions;

/**
 * A file → its list: the table that holds it, below its header, good rows and what is wrong with
 * the others. Throws `CaseDataError` if the file as a whole cannot be used.
 */
export function readList(bytes: Uint8Array, options: ListOptions = {}): HeadedTable {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { table, notes } = pickTable(readTables(bytes, options), options, limits);
  const list = headTable(table, limits, options);
  return { ...list, notes: [...notes, ...list.notes] };
}
