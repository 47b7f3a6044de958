import type { RowError } from "@symbolon/case-data/error";
import { asTable } from "@symbolon/case-data/intake/headed-table";
import type { RawTable } from "@symbolon/case-data/intake/raw-table";
import { readList } from "@symbolon/case-data/intake/read-list";

/** A table with what its reader has to say. */
export interface OpenedTable {
  readonly table: RawTable;
  readonly notes: readonly string[];
  readonly errors: readonly RowError[];
}

/** The table of a file that holds the list; `preferred`: the sheet of the last time. */
export function openTable(
  bytes: Uint8Array,
  options: { readonly delimiter?: string; readonly sheet?: string },
  preferred?: string,
): OpenedTable {
  const { delimiter, sheet } = options;
  const list = readList(bytes, {
    ...(delimiter !== undefined && { delimiter }),
    ...(sheet !== undefined && { sheet }),
    ...(preferred !== undefined && { preferred }),
  });
  return { table: asTable(list), notes: list.notes, errors: list.errors };
}
