import Papa from "papaparse";
import { CaseDataError } from "../error.js";
import type { DecodedText } from "./decode.js";
import { DELIMITERS, delimiterName, detectDelimiter, widthBy } from "./delimiter.js";
import { refuseBinary } from "./file-kind.js";
import type { IntakeLimits } from "./limits.js";
import type { RawRow, RawTable } from "./raw-table.js";
import { tooManyCells, tooManyRows } from "./workbook/sheet-builder.js";

const countNewlines = (text: string, from: number, to: number): number => {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) {
    count += 1;
  }
  return count;
};

/** Records with the line on which each starts. Blank ones are dropped. */
function records(text: string, delimiter: string, limits: IntakeLimits): RawRow[] {
  const lines: RawRow[] = [];
  let line = 1;
  let cursor = 0;
  let cells = 0;
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
      cells += data.length;
      if (cells > limits.cellsMax) throw tooManyCells(limits);
      if (data.some((cell) => cell.trim() !== "")) lines.push({ line, cells: data });
      line += countNewlines(text, cursor, meta.cursor);
      cursor = meta.cursor;
      // Some room for title rows and the header.
      if (lines.length > limits.rowsMax + 20) throw tooManyRows(limits);
    },
  });
  return lines;
}

const DELIMITER_NAMES: ReadonlyMap<string, string> = new Map([
  ["comma", ","],
  ["semicolon", ";"],
  ["tab", "\t"],
  ["\\t", "\t"],
  ["pipe", "|"],
]);

/** A delimiter as people write it: the character itself or its name. */
function readDelimiter(given: string): string {
  const delimiter = DELIMITER_NAMES.get(given.toLowerCase()) ?? given;
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

/** Programs that write a web page or XML and call it XLS: a spreadsheet program reads it. */
function refuseMarkup(text: string): void {
  const [start] = /^\s*<(?:!doctype|html|head|meta|table|\?xml|workbook)\b/i.exec(text) ?? [];
  if (start === undefined) return;
  const kind = /xml|workbook/i.test(start) ? "an XML document" : "a web page (HTML)";
  refuseBinary(kind, "Open it in Excel or LibreOffice and save it as XLSX.");
}

/**
 * Delimited text → a table; the delimiter is detected unless it is given. Throws `CaseDataError`
 * FILE_EMPTY, FILE_BINARY, QUOTE_OPEN, WRONG_DELIMITER, TOO_MANY_ROWS, TOO_MANY_CELLS.
 */
export function readDelimited(
  decoded: DecodedText,
  given: string | undefined,
  limits: IntakeLimits,
): RawTable {
  refuseMarkup(decoded.text);
  // Old programs end a file with this sign.
  const ended = decoded.text.endsWith("\u001a") ? decoded.text.slice(0, -1) : decoded.text;
  const whole = ended.replace(/\r\n?/g, "\n");
  // A first line "sep=;" is Excel's; a blank line in its place keeps the line numbers.
  const declared = /^sep=(.)\n/i.exec(whole);
  const text = declared === null ? whole : whole.slice(declared[0].length - 1);
  if (text.trim() === "") {
    throw new CaseDataError("FILE_EMPTY", "the file is blank", {}, "Export the list again.");
  }
  const wanted = given ?? declared?.[1];
  const delimiter = wanted === undefined ? detectDelimiter(text) : readDelimiter(wanted);
  checkDelimiter(text, delimiter);
  const { encoding, notes } = decoded;
  const rows = records(text, delimiter, limits);
  return { rows, origin: { format: "delimited", encoding, delimiter, notes } };
}
