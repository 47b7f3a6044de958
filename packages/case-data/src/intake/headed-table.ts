import { CaseDataError, type RowError } from "../error.js";
import { isOnlyNumbered } from "../htcds/template.js";
import { findHeader } from "./header.js";
import type { IntakeLimits } from "./limits.js";
import type { RawRow, RawTable } from "./raw-table.js";
import { joinFlags } from "./split-columns.js";
import { isSpreadsheetError } from "./spreadsheet-error.js";
import { tooManyColumns, tooManyRows } from "./workbook/sheet-builder.js";

/** A row with as many cells as there are headers; an unusable cell is empty and has an error. */
export interface TableRow {
  /** As `RawRow.line`. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A table whose header row is known, with its good rows. */
export interface HeadedTable {
  readonly sheet?: string;
  readonly headers: readonly string[];
  /** Identifiers that stand in a row above the headers, one for each of them. */
  readonly ids?: readonly string[];
  readonly rows: readonly TableRow[];
  /** Sentences for the data steward; they quote nothing but headers and names of sheets. */
  readonly notes: readonly string[];
  readonly errors: readonly RowError[];
}

/** Rows at the top of a table among which the header is looked for. */
const HEADER_ROWS = 20;

/** Their cells, no more than a column beyond those that there may be. */
export const topRows = ({ rows }: RawTable, { columnsMax }: IntakeLimits): string[][] =>
  rows.slice(0, HEADER_ROWS).map(({ cells }) => cells.slice(0, columnsMax + 1));

/** Control characters but for tab and line break. */
const CONTROL = /(?![\t\n])\p{Cc}/u;

/**
 * Undoes what keeps text as text: ="0012" by spreadsheets, and ' before signs that start a formula,
 * by spreadsheets and by exports that guard against formulas.
 */
export function unwrap(cell: string): string {
  const trimmed = cell.trim();
  const formula = /^="(.*)"$/s.exec(trimmed);
  if (formula !== null) return formula[1].trim();
  return /^'\s*[-=+@|%\d]/.test(trimmed) ? trimmed.slice(1).trim() : trimmed;
}

/** Reads rows below a header, and collects what is wrong with them. */
class RowReader {
  readonly errors: RowError[] = [];
  private readonly headers: readonly string[];
  private readonly limits: IntakeLimits;
  private readonly isText: boolean;

  constructor(headers: readonly string[], limits: IntakeLimits, isText: boolean) {
    this.headers = headers;
    this.limits = limits;
    this.isText = isText;
  }

  read({ line, cells }: RawRow): TableRow | undefined {
    if (!this.fits(line, cells)) return undefined;
    const clean = this.headers.map((column, k) => this.cell(line, column, cells[k] ?? ""));
    return { line, cells: clean };
  }

  /** Whether the row as a whole can be used. */
  private fits(row: number, cells: readonly string[]): boolean {
    const { headers, limits, errors } = this;
    if (cells.slice(headers.length).some((cell) => cell.trim() !== "")) {
      const cure = this.isText
        ? "The row has more cells than the header: put quotation marks around the cell " +
          "that contains the delimiter."
        : "The row has cells beyond the last header: give that column a header, or clear it.";
      errors.push({ row, severity: "row", code: "CELLS_TOO_MANY", cure });
      return false;
    }
    const long = cells.findIndex((cell) => cell.length > limits.cellCharactersMax);
    if (long >= 0) {
      const cure =
        `Shorten the cell to ${limits.cellCharactersMax} characters or less; look for a ` +
        "quotation mark that was not closed.";
      errors.push({ row, severity: "row", column: headers[long], code: "CELL_TOO_LONG", cure });
      return false;
    }
    // Sheets end a row with its last filled cell; text has all its delimiters.
    if (this.isText && cells.length < headers.length) {
      const cure = "The row has fewer cells than the header: the last ones count as missing.";
      errors.push({ row, severity: "cell", code: "CELLS_TOO_FEW", cure });
    }
    return true;
  }

  private cell(row: number, column: string, raw: string): string {
    const text = unwrap(raw);
    if (isSpreadsheetError(text)) {
      const cure =
        "The cell has a formula that failed or whose result was not saved: open the file in a " +
        "spreadsheet program, correct the cell and save it. It counts as missing.";
      this.errors.push({ row, severity: "cell", column, code: "CELL_FORMULA_FAILED", cure });
      return "";
    }
    if (!CONTROL.test(text)) return text;
    const cure = "Remove the control characters from this cell; it counts as missing.";
    this.errors.push({ row, severity: "cell", column, code: "CELL_CONTROL_CHARACTERS", cure });
    return "";
  }
}

/**
 * Finds the header of a table and reads the rows below it; good rows go on. Rows of a template that
 * hold nothing but their number are left out. Throws `CaseDataError` NO_HEADER, UNKNOWN_HEADER,
 * NO_ROWS, TOO_MANY_ROWS, TOO_MANY_COLUMNS.
 */
export function headTable(
  table: RawTable,
  limits: IntakeLimits,
  expected: readonly string[] = [],
): HeadedTable {
  const top = topRows(table, limits);
  const { index, ids, notes } = findHeader(top, expected);
  const headers = trimEmptyEnd((top[index] ?? []).map((cell) => cell.trim()));
  if (headers.length > limits.columnsMax) throw tooManyColumns(limits);
  const isNumbered = headers[0] === "";
  const below = table.rows.slice(index + 1);
  const body = isNumbered ? below.filter(({ cells }) => !isOnlyNumbered(cells)) : below;
  if (body.length === 0) {
    const cure = "Export the list again with its rows; the first row must hold the headers.";
    throw new CaseDataError("NO_ROWS", "the file has headers but no rows", {}, cure);
  }
  if (body.length > limits.rowsMax) throw tooManyRows(limits);
  const { format, notes: told = [] } = table.origin ?? {};
  const reader = new RowReader(headers, limits, format === undefined || format === "delimited");
  const rows = body.flatMap((row) => reader.read(row) ?? []);
  const { sheet } = table;
  const joined = joinFlags(headers, rows, ids === undefined ? formNames(headers) : top[ids]);
  return {
    ...(sheet !== undefined && { sheet }),
    ...joined,
    notes: [...told, ...notes, ...hiddenNotes(body)],
    errors: reader.errors,
  };
}

/** A table whose header is known, as one before anything is known: ids, headers, good rows. */
export function asTable({ sheet, headers, ids, rows }: HeadedTable): RawTable {
  const top = [
    ...(ids === undefined ? [] : [{ line: 0, cells: ids, isHidden: true }]),
    { line: 0, cells: headers },
  ];
  return { ...(sheet !== undefined && { sheet }), rows: [...top, ...rows] };
}

/**
 * Names of questions where headers have the groups of an ODK form before them: `person-first_name`.
 * `undefined` if the table is no such export, which has keys of submissions.
 */
function formNames(headers: readonly string[]): string[] | undefined {
  const isOdk =
    headers.includes("KEY") && /(^|-)instanceID$|^PARENT_KEY$/m.test(headers.join("\n"));
  if (!isOdk) return undefined;
  return headers.map((header) => header.slice(header.lastIndexOf("-") + 1));
}

/** Filters hide rows that belong to the list all the same. */
function hiddenNotes(rows: readonly RawRow[]): string[] {
  const hidden = rows.filter(({ isHidden }) => isHidden).length;
  if (hidden === 0) return [];
  const those = hidden === 1 ? "1 row that is hidden was" : `${hidden} rows that are hidden were`;
  return [`${those} read like the others.`];
}

function trimEmptyEnd(headers: string[]): string[] {
  let length = headers.length;
  while (length > 1 && headers[length - 1] === "") length -= 1;
  return headers.slice(0, length);
}
