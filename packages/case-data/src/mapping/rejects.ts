import { utf8 } from "@symbolon/base/bytes";
import { csvCell } from "../intake/csv-cell.js";
import type { RawTable } from "../intake/raw-table.js";
import type { CellProblem, MappedRow } from "./apply.js";

/** Headings of what is added; a mapping never takes them for columns of the list. */
export const REJECT_HEADINGS = ["What is wrong", "Line in the list"] as const;

const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

function reason({ severity, column, cure }: CellProblem): string {
  const what = severity === "row" ? "Left out" : "Cell skipped";
  return column === undefined ? `${what}: ${cure}` : `${what}, ${column}: ${cure}`;
}

/**
 * The rows of which something could not be read, as a CSV file in UTF-8: the headings of the
 * table, the rows as they were, and in two more columns what is wrong and the line. Corrected, it
 * can be read with the same mapping. `undefined` if nothing is wrong. Holds case data.
 */
export function rejectsCsv(
  table: RawTable,
  headerRow: number,
  rows: readonly Pick<MappedRow, "row" | "problems">[],
): Uint8Array | undefined {
  const wrong = rows.filter(({ problems }) => problems.length > 0);
  if (wrong.length === 0) return undefined;
  const headers = table.rows[headerRow].cells;
  const width = Math.max(headers.length, ...wrong.map(({ row }) => row.cells.length));
  const filled = (cells: readonly string[]): string[] =>
    Array.from({ length: width }, (_, k) => cells[k] ?? "");
  const lines = wrong.map(({ row, problems }) =>
    csvRow([...filled(row.cells), problems.map(reason).join(" "), String(row.line)]),
  );
  // A mark tells spreadsheets that this is UTF-8.
  return utf8(`\ufeff${csvRow([...filled(headers), ...REJECT_HEADINGS])}${lines.join("")}`);
}
