import { CaseDataError } from "../error.js";
import { findHeaderRow, HEADER_ROWS_MAX } from "../intake/header-row.js";
import type { RawTable } from "../intake/raw-table.js";
import { type SystemId, systemOf } from "./systems.js";

/** A column as the file names it. */
export interface TableColumn {
  readonly index: number;
  readonly header: string;
  /** What a row of identifiers above the headings calls it. */
  readonly id?: string;
  /** Which of several columns of this name, from 1. */
  readonly nth?: number;
}

/** What is known of a table before its columns are looked at. */
export interface Headings {
  readonly system: SystemId;
  /** Position of the row of headings among the table's rows, and of identifiers above it. */
  readonly headerRow: number;
  readonly idRow?: number;
  /** Columns with a heading; those without stay home. */
  readonly columns: readonly TableColumn[];
}

/** Where a table's headings are, what its columns are called, and which system wrote it. */
export function findHeadings(table: RawTable): Headings {
  if (table.rows.length === 0) {
    throw new CaseDataError("NO_ROWS", "the table is empty", {}, "Export the list again.");
  }
  const { index: headerRow, ids: idRow } =
    table.header ?? findHeaderRow(table.rows.slice(0, HEADER_ROWS_MAX));
  const headers = table.rows[headerRow].cells.map((cell) => cell.trim());
  const ids = idRow === undefined ? [] : table.rows[idRow].cells.map((cell) => cell.trim());
  const columns = headers.flatMap((header, index): TableColumn[] => {
    if (header === "") return [];
    const same = headers.flatMap((other, k) => (other === header ? [k] : []));
    return [
      {
        index,
        header,
        ...(ids[index] !== undefined && ids[index] !== "" && { id: ids[index] }),
        ...(same.length > 1 && { nth: same.indexOf(index) + 1 }),
      },
    ];
  });
  const system = systemOf([...ids, ...headers]);
  return { system, headerRow, columns, ...(idRow !== undefined && { idRow }) };
}
