import { CaseDataError, type RowError } from "../error.js";
import { isOnlyNumbered } from "../htcds/template.js";
import { withoutUnseen } from "../normalise/text.js";
import { headerKey, isOfOthers } from "./header.js";
import { findHeaderRow, HEADER_ROWS_MAX, type HeaderHints } from "./header-row.js";
import type { IntakeLimits } from "./limits.js";
import type { RawRow, RawTable } from "./raw-table.js";
import { joinFlags } from "./split-columns.js";
import { isSpreadsheetError } from "./spreadsheet-error.js";
import { headerNotes, hiddenNotes, namelessNotes, repeatNotes } from "./table-notes.js";
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
  /** Rows that cannot be used as they stand, as in the file; each has an error. */
  readonly broken: readonly RawRow[];
  /** Sentences for the data steward; they quote nothing but headers and names of sheets. */
  readonly notes: readonly string[];
  readonly errors: readonly RowError[];
}

/** The first rows, of their cells no more than a column beyond those that there may be. */
export const topRows = ({ rows }: RawTable, { columnsMax }: IntakeLimits): RawRow[] =>
  rows
    .slice(0, HEADER_ROWS_MAX)
    .map((row) => ({ ...row, cells: row.cells.slice(0, columnsMax + 1) }));

/** Control characters but for tab and line break. */
const CONTROL = /(?![\t\n])\p{Cc}/u;

/** A long number as a spreadsheet shows it in a narrow column, and saves it as text. */
const SHORTENED = /^[+-]?\d(?:[.,]\d+)?E\+\d{1,3}$/i;

/**
 * Undoes what keeps text as text: ="0012" by spreadsheets, and ' before signs that start a formula,
 * by spreadsheets and by exports that guard against formulas.
 */
export function unwrap(cell: string): string {
  const trimmed = withoutUnseen(cell).trim();
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
      const cure =
        "The row has more cells than the header: put quotation marks around the cell that " +
        "contains the delimiter.";
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
    if (SHORTENED.test(text)) {
      const cure =
        "The cell shows a long number in short, and its last digits are gone: export the list " +
        "again with this column as text. It counts as missing.";
      this.errors.push({ row, severity: "cell", column, code: "NUMBER_SHORTENED", cure });
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
  hints: HeaderHints = {},
): HeadedTable {
  const top = topRows(table, limits);
  const { index, ids } = table.header ?? findHeaderRow(top, hints);
  const { format, notes: told = [] } = table.origin ?? {};
  const isText = format === undefined || format === "delimited";
  const below = table.rows.slice(index + 1);
  const headers = headersOf(top[index]?.cells ?? [], below, isText);
  if (headers.length > limits.columnsMax) throw tooManyColumns(limits);
  const isNumbered = headers[0] === "";
  const filled = isNumbered ? below.filter(({ cells }) => !isOnlyNumbered(cells)) : below;
  const body = filled.filter(({ cells }) => !repeatsHeader(headers, cells));
  const kept = new Set(body);
  if (body.length === 0) {
    const cure = "Export the list again with its rows; the first row must hold the headers.";
    throw new CaseDataError("NO_ROWS", "the file has headers but no rows", {}, cure);
  }
  if (body.length > limits.rowsMax) throw tooManyRows(limits);
  const reader = new RowReader(headers, limits, isText);
  const read = body.map((row) => reader.read(row));
  const rows = read.filter((row) => row !== undefined);
  const { sheet } = table;
  const joined = joinFlags(headers, rows, ids === undefined ? formNames(headers) : top[ids].cells);
  return {
    ...(sheet !== undefined && { sheet }),
    ...joined,
    broken: body.filter((_, k) => read[k] === undefined),
    notes: [
      ...told,
      ...headerNotes(table.rows, { index, ...(ids !== undefined && { ids }) }),
      ...repeatNotes(filled.filter((row) => !kept.has(row))),
      ...namelessNotes(headers, rows),
      ...hiddenNotes(body),
    ],
    errors: reader.errors,
  };
}

/** A table whose header is known, as one before anything is known: ids, headers, good rows. */
export function asTable({ sheet, headers, ids, rows }: HeadedTable): RawTable {
  const top = [
    ...(ids === undefined ? [] : [{ line: 0, cells: ids, isHidden: true }]),
    { line: 0, cells: headers },
  ];
  const header = ids === undefined ? { index: 0 } : { index: 1, ids: 0 };
  return { ...(sheet !== undefined && { sheet }), header, rows: [...top, ...rows] };
}

/**
 * Names of questions where headers have the groups of an ODK form before them: `person-first_name`.
 * `undefined` if the table is no such export, which has keys of submissions.
 */
function formNames(headers: readonly string[]): string[] | undefined {
  const isOdk =
    headers.includes("KEY") && /(^|-)instanceID$|^PARENT_KEY$/m.test(headers.join("\n"));
  if (!isOdk) return undefined;
  return headers.map((header) => {
    const at = header.lastIndexOf("-");
    return at > 0 && isOfOthers(header.slice(0, at)) ? header : header.slice(at + 1);
  });
}

/** Lists that were pasted together have the headings again within. */
function repeatsHeader(headers: readonly string[], cells: readonly string[]): boolean {
  const isSame = (header: string, cell: string): boolean =>
    header === cell || (headerKey(header) !== "" && headerKey(header) === headerKey(cell));
  return headers.every((header, k) => isSame(header, unwrap(cells[k] ?? "")));
}

/**
 * A heading for each column that has one, or a cell below. In a text, what stands beyond the
 * headings' own row is no column: a cell was cut in two.
 */
function headersOf(cells: readonly string[], below: readonly RawRow[], isText: boolean): string[] {
  const headers = cells.map((cell) => withoutUnseen(cell).trim());
  const isFilled = (cell: string): boolean => cell.trim() !== "";
  const last = below.reduce((most, row) => Math.max(most, row.cells.findLastIndex(isFilled)), 0);
  const length = Math.max(
    headers.findLastIndex((header) => header !== ""),
    isText ? Math.min(last, headers.length - 1) : last,
  );
  return Array.from({ length: length + 1 }, (_, k) => headers[k] ?? "");
}
