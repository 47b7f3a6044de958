import type { RowError } from "@symbolon/case-data/error";
import { readCsv } from "@symbolon/case-data/intake/csv";
import type { RawTable } from "@symbolon/case-data/intake/raw-table";

/** A table with what its reader has to say. */
export interface OpenedTable {
  readonly table: RawTable;
  readonly notes: readonly string[];
  readonly errors: readonly RowError[];
}

/** The table of a file. */
export function openTable(bytes: Uint8Array, delimiter?: string): OpenedTable {
  const { headers, rows, notes, errors } = readCsv(bytes, {
    ...(delimiter !== undefined && { delimiter }),
  });
  const first = { line: (rows[0]?.line ?? 2) - 1, cells: headers };
  return { table: { rows: [first, ...rows] }, notes, errors };
}
