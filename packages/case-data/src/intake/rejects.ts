import { utf8 } from "@symbolon/base/bytes";
import { CaseDataError, type RowError } from "../error.js";
import { csvCell } from "./csv-cell.js";
import type { HeadedTable, TableRow } from "./headed-table.js";
import { headerKey } from "./header.js";

/** Headings of what is added to rows that could not be read: what is wrong, and their line. */
export const REJECT_HEADINGS = ["What is wrong", "Line in the list"] as const;

const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

function reason({ severity, column, cure }: RowError): string {
  const what = severity === "row" ? "Left out" : "Cell skipped";
  return column === undefined ? `${what}: ${cure}` : `${what}, ${column}: ${cure}`;
}

/**
 * The rows of which something could not be read, as a CSV file in UTF-8: the headings of the list,
 * the rows as they were, and in two more columns what is wrong and the line. Corrected, it is read
 * together with the list (`withCorrections`), or by itself in the same way. `undefined` if nothing
 * is wrong. Holds case data.
 */
export function rejectsCsv(
  { headers, rows, broken }: Pick<HeadedTable, "headers" | "rows" | "broken">,
  errors: readonly RowError[],
): Uint8Array | undefined {
  const byRow = new Map<number, RowError[]>();
  for (const error of errors) byRow.set(error.row, [...(byRow.get(error.row) ?? []), error]);
  const wrong = [...rows, ...broken]
    .filter(({ line }) => byRow.has(line))
    .sort((a, b) => a.line - b.line);
  if (wrong.length === 0) return undefined;
  const lines = wrong.map(({ line, cells }) => {
    const reasons = (byRow.get(line) ?? []).map(reason).join(" ");
    return csvRow([reasons, String(line), ...cells]);
  });
  // A mark tells spreadsheets that this is UTF-8.
  return utf8(`\ufeff${csvRow([...REJECT_HEADINGS, ...headers])}${lines.join("")}`);
}

const notRejects = (why: string, cure: string): CaseDataError =>
  new CaseDataError("UNKNOWN_HEADER", `the file of corrected rows ${why}`, {}, cure);

/** Where a list's columns are in a file of corrected rows; of several of one name the nth. */
function positions(headers: readonly string[], corrected: readonly string[]): number[] {
  const seen = new Map<string, number>();
  return headers.map((header) => {
    const nth = seen.get(header) ?? 0;
    seen.set(header, nth + 1);
    const same = corrected.flatMap((other, k) => (other === header ? [k] : []));
    return header === "" ? -1 : (same[nth] ?? -1);
  });
}

/**
 * A list with rows that somebody corrected in the file of its rejects: each takes the place of the
 * line that it names, and what was wrong with that line is forgotten. Columns that the corrected
 * file lacks stay as they were. Throws `CaseDataError` UNKNOWN_HEADER if it is no such file, or
 * one of another list.
 */
export function withCorrections(list: HeadedTable, corrected: HeadedTable): HeadedTable {
  const at = corrected.headers.findIndex(
    (header) => headerKey(header) === headerKey(REJECT_HEADINGS[1]),
  );
  if (at < 0) {
    const cure = "Give the file that --rejects wrote, with its column of lines.";
    throw notRejects(`has no column "${REJECT_HEADINGS[1]}"`, cure);
  }
  const from = positions(list.headers, corrected.headers);
  const before = new Map([...list.rows, ...list.broken].map((row) => [row.line, row]));
  const lineOf = ({ cells }: TableRow): number => Number(cells[at]);
  const strange = corrected.rows.find((row) => !before.has(lineOf(row)));
  if (strange !== undefined) {
    const why = `names in its row ${strange.line} a line that the list does not have`;
    throw notRejects(why, "Give the rejects of this very list; keep the column of lines as it is.");
  }
  const rows = new Map(list.rows.map((row) => [row.line, row]));
  for (const row of corrected.rows) {
    const line = lineOf(row);
    const old = before.get(line)?.cells ?? [];
    const cells = from.map((index, k) => (index < 0 ? (old[k] ?? "") : row.cells[index]));
    rows.set(line, { line, cells });
  }
  const lines = new Map(corrected.rows.map((row) => [row.line, lineOf(row)]));
  // A row that is still broken keeps the error that the list has of it.
  const errors = corrected.errors.flatMap((error): RowError[] => {
    const row = lines.get(error.row);
    return row === undefined ? [] : [{ ...error, row }];
  });
  const done = new Set(lines.values());
  const count = done.size === 1 ? "1 row was" : `${done.size} rows were`;
  return {
    ...list,
    rows: [...rows.values()].sort((a, b) => a.line - b.line),
    broken: list.broken.filter(({ line }) => !done.has(line)),
    notes: [...list.notes, `${count} taken as corrected.`],
    errors: [...list.errors.filter(({ row }) => !done.has(row)), ...errors],
  };
}
