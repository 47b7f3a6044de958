import type { TableRow } from "./headed-table.js";
import type { HeaderRow } from "./header-row.js";
import type { RawRow } from "./raw-table.js";

/** Rows or columns that a note names one by one. */
const LINES_NAMED = 5;

/** Which row the headings were taken from, if it is not the first. */
export function headerNotes(rows: readonly RawRow[], { index, ids }: HeaderRow): string[] {
  if (ids !== undefined) return ["The headings are the labels below a row of ids."];
  return index === 0 ? [] : [`The headings were found in row ${rows[index].line} of the file.`];
}

/** Rows that repeat the headings: they are no case. */
export function repeatNotes(rows: readonly RawRow[]): string[] {
  if (rows.length === 0) return [];
  const lines = rows.slice(0, LINES_NAMED).map(({ line }) => line);
  const more = rows.length > lines.length ? " and more" : "";
  return [`The headings stand again in row ${lines.join(", ")}${more}, which is no case.`];
}

/** A column's name in a spreadsheet: A, B, …, Z, AA. */
export function columnLetters(index: number): string {
  const before = Math.floor(index / 26) - 1;
  return (before < 0 ? "" : columnLetters(before)) + String.fromCharCode(65 + (index % 26));
}

/** Columns with cells and without a heading, but for row numbers. */
export function namelessNotes(headers: readonly string[], rows: readonly TableRow[]): string[] {
  const nameless = headers.flatMap((header, k) => {
    const cells = header === "" ? rows.map((row) => row.cells[k]).filter((it) => it !== "") : [];
    const isNumbering = k === 0 && cells.every((cell) => /^\d+$/.test(cell));
    return cells.length === 0 || isNumbering ? [] : [columnLetters(k)];
  });
  if (nameless.length === 0) return [];
  const shown = nameless.slice(0, LINES_NAMED).join(", ");
  const more = nameless.length > LINES_NAMED ? " and more" : "";
  const [noun, verb] = nameless.length === 1 ? ["Column", "has"] : ["Columns", "have"];
  return [`${noun} ${shown}${more} ${verb} no heading, and nothing of it is read.`];
}

/** Filters hide rows that belong to the list all the same. */
export function hiddenNotes(rows: readonly RawRow[]): string[] {
  const hidden = rows.filter(({ isHidden }) => isHidden).length;
  if (hidden === 0) return [];
  const those = hidden === 1 ? "1 row that is hidden was" : `${hidden} rows that are hidden were`;
  return [`${those} read like the others.`];
}
