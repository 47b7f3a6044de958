import type { Archive } from "../archive/archive.js";
import { damaged } from "../archive/damaged.js";
import type { IntakeLimits } from "../limits.js";
import type { RawRow } from "../raw-table.js";
import { FORMULA_WITHOUT_RESULT } from "../spreadsheet-error.js";
import type { NumberKind } from "./number-format.js";
import { plainNumber } from "./plain-number.js";
import { serialDate } from "./serial-date.js";
import { type CellCount, type Merge, SheetBuilder } from "./sheet-builder.js";
import { unescapeText } from "./xlsx-strings.js";
import { readXml } from "./xml.js";

/** What the cells of all sheets refer to. */
export interface XlsxContext {
  /** Absent if the workbook has no part of common texts. */
  readonly strings: readonly string[] | undefined;
  /** By the number of a cell's style. */
  readonly kinds: readonly NumberKind[];
  readonly is1904: boolean;
}

const ROW_MAX = 1_048_576;
const COLUMN_MAX = 16_384;

/** Column (from 0) and row (from 1) of a reference like AB12. */
function parseReference(reference: string): { column: number; row: number } {
  const parts = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference);
  if (parts === null) throw damaged("a cell has no place");
  let column = 0;
  for (const letter of parts[1].toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(parts[2]);
  if (column > COLUMN_MAX || row < 1 || row > ROW_MAX) throw damaged("a cell has no place");
  return { column: column - 1, row };
}

function parseMerge(range: string): Merge | undefined {
  const [from, to] = range.split(":");
  if (to === undefined) return undefined;
  const [a, b] = [parseReference(from), parseReference(to)];
  return { top: a.row, bottom: b.row, left: a.column, right: b.column };
}

function parseRow(number: string | undefined, before: number): number {
  const row = number === undefined ? before + 1 : Number(number);
  if (!Number.isInteger(row) || row < 1 || row > ROW_MAX) throw damaged("a row has no place");
  return row;
}

/** What one cell says, as text. */
interface Cell {
  readonly type: string;
  readonly style: number;
  hasFormula: boolean;
  value: string;
}

function textOf(cell: Cell, { strings, kinds, is1904 }: XlsxContext): string {
  const { type, value } = cell;
  if (value === "") return cell.hasFormula ? FORMULA_WITHOUT_RESULT : "";
  switch (type) {
    case "s": {
      if (strings === undefined) throw damaged("the part with its texts is missing");
      const text = strings[Number(value)];
      if (text === undefined) throw damaged("cells refer to texts that are not there");
      return text;
    }
    case "str":
    case "inlineStr":
      return unescapeText(value);
    case "b":
      return value === "1" || value === "true" ? "TRUE" : "FALSE";
    case "d":
      return value.replace(/T00:00(:00(\.0+)?)?Z?$/, "");
    case "e":
      return value;
    default:
      return numberText(value, kinds[cell.style] ?? "number", is1904);
  }
}

function numberText(value: string, kind: NumberKind, is1904: boolean): string {
  if (kind === "date") return serialDate(Number(value), is1904) ?? plainNumber(value);
  const plain = plainNumber(value);
  if (kind === "number" || !/^\d+$/.test(plain)) return plain;
  return plain.padStart(kind.zeros, "0");
}

/**
 * The rows of one sheet: formulas by the result that was stored, never computed; dates in ISO form;
 * numbers with all their digits. `mergedRows`: rows that were given the value of a merged cell.
 */
export function readSheet(
  archive: Archive,
  part: string,
  context: XlsxContext,
  limits: IntakeLimits,
  count: CellCount,
): { rows: RawRow[]; mergedRows: number } {
  const builder = new SheetBuilder(limits, count);
  let row = 0;
  let column = -1;
  let cell: Cell | undefined;
  /** Element whose text is a cell's value. */
  let within: "v" | "t" | undefined;
  let isPhonetic = false;
  readXml(archive, part, {
    open(name, attribute) {
      if (name === "row") {
        row = parseRow(attribute("r"), row);
        column = -1;
        builder.row(row, /^(1|true)$/.test(attribute("hidden") ?? ""));
      } else if (name === "c") {
        const reference = attribute("r");
        column = reference === undefined ? column + 1 : parseReference(reference).column;
        const style = Number(attribute("s") ?? 0);
        cell = { type: attribute("t") ?? "n", style, hasFormula: false, value: "" };
      } else if (name === "mergeCell") {
        const merge = parseMerge(attribute("ref") ?? "");
        if (merge !== undefined) builder.merge(merge);
      } else if (cell !== undefined) {
        if (name === "v" || name === "t") within = name;
        else if (name === "f") cell.hasFormula = true;
        else if (name === "rPh") isPhonetic = true;
      }
    },
    text(text) {
      if (cell !== undefined && within !== undefined && !isPhonetic) cell.value += text;
    },
    close(name) {
      if (name === within) within = undefined;
      else if (name === "rPh") isPhonetic = false;
      else if (name === "c" && cell !== undefined) {
        builder.cell(column, textOf(cell, context));
        cell = undefined;
      }
    },
  });
  return builder.build();
}
