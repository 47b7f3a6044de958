import Papa from "papaparse";
import { CaseDataError, type RowError } from "../error.js";
import { decodeText, type Encoding } from "./decode.js";
import { DELIMITERS, delimiterName, detectDelimiter, widthBy } from "./delimiter.js";
import { findHeader } from "./header.js";
import { DEFAULT_LIMITS, type IntakeLimits } from "./limits.js";

export interface CsvOptions {
  /** Detected if absent. */
  readonly delimiter?: string;
  readonly limits?: Partial<IntakeLimits>;
  /** Headers that the caller names: the header row is the one that has them. */
  readonly expected?: readonly string[];
}

/** A row with as many cells as there are headers; an unusable cell is empty and has an error. */
export interface CsvRow {
  /** 1-based line of the file on which the row starts. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvTable {
  readonly headers: readonly string[];
  readonly rows: readonly CsvRow[];
  readonly encoding: Encoding;
  readonly delimiter: string;
  /** Sentences for the data steward; they quote nothing but headers. */
  readonly notes: readonly string[];
  readonly errors: readonly RowError[];
}

interface Line {
  readonly line: number;
  readonly cells: string[];
}

const countNewlines = (text: string, from: number, to: number): number => {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) {
    count += 1;
  }
  return count;
};

/** Records with the line on which each starts. Blank ones are dropped. */
function records(text: string, delimiter: string, limits: IntakeLimits): Line[] {
  const lines: Line[] = [];
  let line = 1;
  let cursor = 0;
  Papa.parse<string[]>(text, {
    delimiter,
    newline: "\n",
    skipEmptyLines: false,
    step: ({ data, errors, meta }) => {
      if (errors.some(({ code }) => code === "MissingQuotes")) {
        throw new CaseDataError(
          "QUOTE_OPEN",
          `a quotation mark opened on line ${line} is never closed`,
          { line },
          "Close or remove the quotation mark on that line, or export the list again.",
        );
      }
      if (data.some((cell) => cell.trim() !== "")) lines.push({ line, cells: data });
      line += countNewlines(text, cursor, meta.cursor);
      cursor = meta.cursor;
      // Some room for title rows and the header.
      if (lines.length > limits.rowsMax + 20) {
        throw new CaseDataError(
          "TOO_MANY_ROWS",
          `the file has more than ${limits.rowsMax} rows`,
          { rowsMax: limits.rowsMax },
          "Split the list into several files.",
        );
      }
    },
  });
  return lines;
}

/** Control characters but for tab and line break. */
const CONTROL = /(?![\t\n])\p{Cc}/u;

/** Undoes what spreadsheets do to keep text as text: ="0012" and '+31. */
function unwrap(cell: string): string {
  const trimmed = cell.trim();
  const formula = /^="(.*)"$/s.exec(trimmed);
  if (formula !== null) return formula[1].trim();
  return /^'[=+\-@|%\d]/.test(trimmed) ? trimmed.slice(1) : trimmed;
}

function readRow(
  { line, cells }: Line,
  headers: readonly string[],
  limits: IntakeLimits,
  errors: RowError[],
): CsvRow | undefined {
  const row = { row: line };
  if (cells.slice(headers.length).some((cell) => cell.trim() !== "")) {
    const cure =
      "The row has more cells than the header: put quotation marks around the cell " +
      "that contains the delimiter.";
    errors.push({ ...row, severity: "row", code: "CELLS_TOO_MANY", cure });
    return undefined;
  }
  const tooLong = cells.findIndex((cell) => cell.length > limits.cellCharactersMax);
  if (tooLong >= 0) {
    const cure =
      `Shorten the cell to ${limits.cellCharactersMax} characters or less; look for a ` +
      "quotation mark that was not closed.";
    errors.push({ ...row, severity: "row", column: headers[tooLong], code: "CELL_TOO_LONG", cure });
    return undefined;
  }
  if (cells.length < headers.length) {
    const cure = "The row has fewer cells than the header: the last ones count as missing.";
    errors.push({ ...row, severity: "cell", code: "CELLS_TOO_FEW", cure });
  }
  const clean = headers.map((column, k) => {
    const cell = unwrap(cells[k] ?? "");
    if (!CONTROL.test(cell)) return cell;
    const cure = "Remove the control characters from this cell; it counts as missing.";
    errors.push({ ...row, severity: "cell", column, code: "CELL_CONTROL_CHARACTERS", cure });
    return "";
  });
  return { line, cells: clean };
}

const DELIMITER_NAMES: Readonly<Record<string, string>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  "\\t": "\t",
  pipe: "|",
};

/** A delimiter as people write it: the character itself or its name. */
function readDelimiter(given: string): string {
  const delimiter = DELIMITER_NAMES[given.toLowerCase()] ?? given;
  if (delimiter.length === 1 && !/["\n\r\ufeff]/.test(delimiter)) return delimiter;
  throw new CaseDataError(
    "WRONG_DELIMITER",
    "a delimiter is one character",
    {},
    "Give one of: comma, semicolon, tab, pipe, or the character itself.",
  );
}

/** A delimiter that leaves one column where another gives several is the wrong one. */
function checkDelimiter(text: string, delimiter: string): void {
  if (widthBy(text, delimiter).width > 1) return;
  const better = DELIMITERS.find(
    (other) =>
      other !== delimiter && widthBy(text, other).width > 1 && widthBy(text, other).share > 0.8,
  );
  if (better === undefined) return;
  throw new CaseDataError(
    "WRONG_DELIMITER",
    `cut at "${delimiterName(delimiter)}", the file has one column only`,
    { delimiter: delimiterName(delimiter), likely: delimiterName(better) },
    `The columns seem to be separated by a ${delimiterName(better)}: leave the delimiter out or ` +
      "give that one.",
  );
}

function checkColumns(headers: readonly string[], limits: IntakeLimits): void {
  if (headers.length <= limits.columnsMax) return;
  throw new CaseDataError(
    "TOO_MANY_COLUMNS",
    `the file has ${headers.length} columns, more than ${limits.columnsMax}`,
    { columns: headers.length, columnsMax: limits.columnsMax },
    "Export only the columns that you need.",
  );
}

/**
 * A CSV file → rows and row errors; good rows go on. Encoding, delimiter and header row are
 * detected. Throws `CaseDataError` if the file as a whole cannot be used.
 */
export function readCsv(bytes: Uint8Array, options: CsvOptions = {}): CsvTable {
  const limits: IntakeLimits = { ...DEFAULT_LIMITS, ...options.limits };
  if (bytes.length > limits.bytesMax) {
    throw new CaseDataError(
      "FILE_TOO_LARGE",
      `the file has more than ${limits.bytesMax} bytes`,
      { bytes: bytes.length, bytesMax: limits.bytesMax },
      "Split the list into several files, or leave out columns that are not needed.",
    );
  }
  const decoded = decodeText(bytes);
  const whole = decoded.text.replace(/\r\n?/g, "\n");
  // A first line "sep=;" is Excel's; a blank line in its place keeps the line numbers.
  const declared = /^sep=(.)\n/i.exec(whole);
  const text = declared === null ? whole : whole.slice(declared[0].length - 1);
  if (text.trim() === "") {
    throw new CaseDataError("FILE_EMPTY", "the file is blank", {}, "Export the list again.");
  }
  const given = options.delimiter ?? declared?.[1];
  const delimiter = given === undefined ? detectDelimiter(text) : readDelimiter(given);
  checkDelimiter(text, delimiter);
  const lines = records(text, delimiter, limits);
  const { index, notes } = findHeader(
    lines.slice(0, 20).map(({ cells }) => cells),
    options.expected,
  );
  const headers = trimEmptyEnd(lines[index].cells.map((cell) => cell.trim()));
  checkColumns(headers, limits);
  const body = lines.slice(index + 1);
  if (body.length === 0) {
    const cure = "Export the list again with its rows; the first row must hold the headers.";
    throw new CaseDataError("NO_ROWS", "the file has headers but no rows", {}, cure);
  }
  if (body.length > limits.rowsMax) {
    throw new CaseDataError(
      "TOO_MANY_ROWS",
      `the file has more than ${limits.rowsMax} rows`,
      { rowsMax: limits.rowsMax },
      "Split the list into several files.",
    );
  }
  const errors: RowError[] = [];
  const rows = body.flatMap((line) => readRow(line, headers, limits, errors) ?? []);
  const { encoding } = decoded;
  return { headers, rows, encoding, delimiter, notes: [...decoded.notes, ...notes], errors };
}

function trimEmptyEnd(headers: string[]): string[] {
  let length = headers.length;
  while (length > 1 && headers[length - 1] === "") length -= 1;
  return headers.slice(0, length);
}
