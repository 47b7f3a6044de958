import type { RowErrorCode } from "../error.js";
import type { CodeSystems } from "../htcds/code-system.js";
import { FIELDS, type FieldId } from "../htcds/record.js";
import { LONG_TEXT_MAX, TEXT_MAX } from "../htcds/spec.js";
import { SEX_OF_GENDER } from "../htcds/systems/standard.js";
import type { WrittenIndicator } from "../indicators/case-slots.js";
import { indicatorsOfCell } from "../indicators/written-indicators.js";
import { readPhones } from "../normalise/contact.js";
import { isMissing } from "../normalise/text.js";
import type { BirthDate } from "../person.js";
import { type ColumnMapping, columnName } from "./mapping.js";
import { decisionsOf, readCodes, valueKey } from "./read-codes.js";
import { readDate } from "./read-date.js";
import { readYesNo } from "./read-yes-no.js";
import { targetOf } from "./target.js";

export type Value = string | number | boolean | readonly string[];

/** `text` is a value of a case: it never leaves the provider. */
interface Unread {
  readonly code: RowErrorCode;
  readonly text: string;
}

/** What one cell says. */
export interface ReadCell {
  /** For the record, by field. */
  readonly values: readonly (readonly [FieldId, Value])[];
  /** For the person, as text that `readPerson` takes; "" if nothing. */
  readonly person: string;
  /** What could not be read. */
  readonly problems: readonly Unread[];
  /** What the person has, and the record has no place for. */
  readonly recordProblems?: readonly Unread[];
  /** Traces that cases may share. */
  readonly indicators?: readonly WrittenIndicator[];
}

export interface CellContext {
  readonly systems: CodeSystems;
  readonly phoneCountry?: string;
  /** Latest year of birth that can be right. */
  readonly yearMax: number;
}

export type CellReader = (cell: string) => ReadCell;

const NOTHING: ReadCell = { values: [], person: "", problems: [] };
/** Plans reach further than births. */
const PLAN_YEAR_MAX = 2199;
/** Different cells of one column whose reading is remembered. */
const REMEMBERED_MAX = 10_000;

const failed = (code: RowErrorCode, text: string): ReadCell => ({
  ...NOTHING,
  problems: [{ code, text }],
});

/** A nought is a number, a no and a level, although it stands for nothing elsewhere. */
const saysNothing = (cell: string): boolean => isMissing(cell) && !cell.includes("0");

/** How the cells of a column are read. */
export function cellReader(column: ColumnMapping, context: CellContext): CellReader {
  const read = readerOf(column, context);
  const unknown = new Set((column.unknown ?? []).map(valueKey));
  const known = new Map<string, ReadCell>();
  return (cell) => {
    if (saysNothing(cell)) return NOTHING;
    const before = known.get(cell);
    if (before !== undefined) return before;
    const result = unknown.has(valueKey(cell)) ? NOTHING : read(cell);
    if (known.size < REMEMBERED_MAX) known.set(cell, result);
    return result;
  };
}

function readerOf(column: ColumnMapping, context: CellContext): CellReader {
  const { id, kind, isList, indicator } = targetOf(column.to);
  if (indicator !== undefined) {
    const name = columnName(column);
    return (cell) => ({ ...NOTHING, indicators: indicatorsOfCell(indicator, cell, name) });
  }
  if (column.code !== undefined) return flagReader(column.to as FieldId, column.code);
  switch (kind) {
    case "code":
      return codeReader(column, context);
    case "date":
      return dateReader(column, context);
    case "number":
      return numberReader(id as FieldId);
    case "yes-no":
      return (cell) => {
        const value = readYesNo(cell);
        if (value === undefined) return failed("YES_NO_UNREADABLE", cell);
        return { ...NOTHING, values: [[id as FieldId, value]] };
      };
    case "phone":
      return phoneReader(id as FieldId, context.phoneCountry);
    case "text":
      return FIELDS.has(id) ? textReader(id as FieldId, isList) : personReader;
  }
}

/** Parts of a name or a date: the person alone has them. */
const personReader: CellReader = (cell) => ({ ...NOTHING, person: cell });

function flagReader(field: FieldId, code: string): CellReader {
  return (cell) => {
    const value = readYesNo(cell);
    if (value === undefined) return failed("YES_NO_UNREADABLE", cell);
    return value ? { ...NOTHING, values: [[field, [code]]] } : NOTHING;
  };
}

function codeReader(column: ColumnMapping, { systems }: CellContext): CellReader {
  const field = column.to as FieldId;
  const decisions = decisionsOf(column);
  return (cell) => {
    const { codes, unread } = readCodes(field, cell, decisions, systems);
    const values = codes.map(({ field: home, code }): [FieldId, Value] => [
      home,
      targetOf(home).isList ? [code] : code,
    ]);
    const own = codes.filter((it) => it.field === field).map(({ code }) => code);
    const problems = unread.map((text) => ({ code: "CODE_UNKNOWN", text }) as const);
    return { values, person: personCodes(field, own), problems };
  };
}

/** Codes of the standard in the words that persons are read from. */
function personCodes(field: FieldId, codes: readonly string[]): string {
  if (field === "prs_Citizenship") return codes.join(";");
  if (field !== "prs_Gender") return "";
  return SEX_OF_GENDER[codes[0] as keyof typeof SEX_OF_GENDER] ?? "";
}

const two = (part: number): string => String(part).padStart(2, "0");

const isoDate = ({ year, month, day }: BirthDate): string =>
  [String(year), ...[month, day].filter((part) => part !== undefined).map(two)].join("-");

function dateReader(column: ColumnMapping, { yearMax }: CellContext): CellReader {
  const isBirth = column.to === "prs_Birthdate";
  return (cell) => {
    const result = readDate(cell, column, isBirth ? yearMax : PLAN_YEAR_MAX);
    if (result.kind === "ambiguous") return failed("DATE_AMBIGUOUS", cell);
    if (result.kind === "error") return failed(result.code, cell);
    // The record takes a date of birth from the person, with its precision.
    if (isBirth) return { ...NOTHING, person: isoDate(result.date) };
    if (result.date.day === undefined) return failed("DATE_INCOMPLETE", cell);
    return { ...NOTHING, values: [[column.to as FieldId, isoDate(result.date)]] };
  };
}

function numberReader(field: FieldId): CellReader {
  const { min = -Infinity, max = Infinity, whole = false } = FIELDS.get(field)!;
  return (cell) => {
    const bare = cell.trim().replace(",", ".");
    if (!/^[+-]?\d+(\.\d+)?$/.test(bare)) return failed("NUMBER_UNREADABLE", cell);
    const value = Number(bare);
    const fits = value >= min && value <= max && (!whole || Number.isInteger(value));
    return fits ? { ...NOTHING, values: [[field, value]] } : failed("NUMBER_OUT_OF_RANGE", cell);
  };
}

function phoneReader(field: FieldId, country: string | undefined): CellReader {
  const isPerson = targetOf(field).person !== undefined;
  return (cell) => {
    const { numbers, isComplete } = readPhones(cell, country);
    // A record holds one international number; a person is compared by any.
    const [first, second] = numbers.filter((number) => number.startsWith("+"));
    const isBare = numbers.some((number) => !number.startsWith("+"));
    const lost: RowErrorCode[] = [
      ...(isBare ? (["PHONE_COUNTRY_UNKNOWN"] as const) : []),
      ...(second === undefined ? [] : (["VALUES_TOO_MANY"] as const)),
    ];
    return {
      values: first === undefined ? [] : [[field, first]],
      person: isPerson ? cell : "",
      // Of a person's numbers `readPerson` says itself what is no number.
      problems: isComplete || isPerson ? [] : [{ code: "PHONE_UNREADABLE", text: cell }],
      recordProblems: lost.map((code) => ({ code, text: cell })),
    };
  };
}

function textReader(field: FieldId, isList: boolean): CellReader {
  const max = FIELDS.get(field)!.type === "Long Text" ? LONG_TEXT_MAX : TEXT_MAX;
  return (cell) => {
    const text = cell.trim();
    const parts = isList ? text.split(/\s*(?:\|\|\||[;\n|])\s*/).filter((it) => it !== "") : [text];
    const tooLong = parts.find((part) => [...part].length > max);
    if (tooLong !== undefined) return failed("CELL_TOO_LONG", cell);
    const distinct = [...new Set(parts)];
    return { values: [[field, isList ? distinct : text]], person: cell, problems: [] };
  };
}
