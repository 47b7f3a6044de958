import type { RowError, RowErrorCode } from "../error.js";
import { readStreet } from "../normalise/address.js";
import { readEmail, readPhones } from "../normalise/contact.js";
import { readCountries } from "../normalise/country.js";
import { type DateOrder, dateOf, parseDate } from "../normalise/date.js";
import { readName, splitFullName } from "../normalise/name.js";
import { readSex } from "../normalise/sex.js";
import { isMissing, latin, plainCode, plainText } from "../normalise/text.js";
import type { BirthDate, Name, Person } from "../person.js";
import type { MappedColumn } from "./columns.js";
import type { SourceField } from "./fields.js";
import { type TableRow, unwrap } from "./headed-table.js";

export interface CellOptions {
  /** How dates in numbers with the year last are read; ambiguous ones are errors without it. */
  readonly dateOrder?: DateOrder;
  /** ISO alpha-2 code of the country whose phone numbers need no prefix. */
  readonly phoneCountry?: string;
  /** Latest year of birth that can be right. */
  readonly yearMax: number;
  /** M is a woman: mujer, beside H. */
  readonly isFemaleM?: boolean;
}

export const CURES: Readonly<Record<RowErrorCode, string>> = {
  CELL_TOO_LONG: "Shorten the cell.",
  CELL_FORMULA_FAILED: "Correct the formula in the cell and save the file. It counts as missing.",
  NUMBER_SHORTENED: "Export the list again with this column as text. It counts as missing.",
  CELL_CONTROL_CHARACTERS: "Remove the control characters from this cell.",
  CELLS_TOO_FEW: "Fill the row up to the number of headers.",
  CELLS_TOO_MANY: "Put quotation marks around cells that contain the delimiter.",
  DATE_AMBIGUOUS: "Day and month can be read either way: give the date order (dmy or mdy).",
  DATE_IMPOSSIBLE: "Correct the date: there is no such day. It counts as missing.",
  DATE_UNREADABLE: "Write the date as YYYY-MM-DD, YYYY-MM or YYYY. It counts as missing.",
  DATE_OUT_OF_RANGE: "Correct the year of birth. The date counts as missing.",
  SEX_UNKNOWN_CODE: "Write female, male or other. It counts as missing.",
  COUNTRY_UNKNOWN: "Write the country's name or ISO code. What was not read counts as missing.",
  PHONE_UNREADABLE:
    "Write each number with its country code, as +31612345678. What was not read counts as " +
    "missing.",
  PHONE_COUNTRY_UNKNOWN:
    "Write the number with its country code, or say which country numbers without one are of. It " +
    "is compared as it stands, and is not in the record.",
  EMAIL_UNREADABLE: "Correct the e-mail address. It counts as missing.",
  VALUE_NOT_TEXT: "The cell has no letters or digits that could be used. It counts as missing.",
  CODE_UNKNOWN: "Write a known value, or say in the mapping what this one means.",
  DATE_YEAR_SHORT: "Write the year with four digits, or say in the mapping what 87 means.",
  DATE_INCOMPLETE: "Write year, month and day. It counts as missing.",
  NUMBER_UNREADABLE: "Write digits only. It counts as missing.",
  NUMBER_OUT_OF_RANGE: "Look the number up again. It counts as missing.",
  YES_NO_UNREADABLE: "Write yes or no. It counts as missing.",
  VALUES_TOO_MANY: "There are more values than can be used; the others count as missing.",
  NOTHING_TO_LINK: "Fill in a name, birth date, identifier, phone or e-mail; the row was left out.",
};

/** One row's cells by field; errors are collected, values never quoted. */
class RowReader {
  readonly errors: RowError[] = [];
  private readonly row: TableRow;
  private readonly columns: readonly MappedColumn[];
  constructor(row: TableRow, columns: readonly MappedColumn[]) {
    this.row = row;
    this.columns = columns;
  }

  /** Values of a field that are not missing, with their headers. */
  cells(field: SourceField): { cell: string; header: string }[] {
    return this.columns
      .filter((column) => column.field === field)
      .flatMap(({ index, header }) => {
        const whole = this.row.cells[index] ?? "";
        if (!whole.includes("|||")) return [{ cell: whole, header }];
        // Several values in one cell, each guarded against formulas as a cell is.
        return whole.split("|||").map((part) => ({ cell: unwrap(part), header }));
      })
      .filter(({ cell }) => !isMissing(cell));
  }

  /** The field's only value; of several different ones the first, with an error. */
  only(field: SourceField): { cell: string; header: string } | undefined {
    const [first, ...others] = this.cells(field);
    const other = others.find(({ cell }) => cell !== first.cell);
    if (other !== undefined) this.fail(other.header, "VALUES_TOO_MANY");
    return first;
  }

  /** The field's value, or `undefined` with an error if the cell cannot be read. */
  read<Value>(
    field: SourceField,
    code: RowErrorCode,
    parse: (cell: string) => Value | undefined,
  ): Value | undefined {
    const first = this.only(field);
    if (first === undefined) return undefined;
    const value = parse(first.cell);
    if (value === undefined) this.fail(first.header, code);
    return value;
  }

  fail(column: string, code: RowErrorCode): void {
    const cure = CURES[code];
    this.errors.push({ severity: "cell", row: this.row.line, column, code, cure });
  }
}

type Draft = { -readonly [Key in keyof Person]: Person[Key] };

function readNames(reader: RowReader, draft: Draft): void {
  const given = reader.read("given", "VALUE_NOT_TEXT", readName);
  const middle = reader.read("middle", "VALUE_NOT_TEXT", readName);
  const surname = reader.read("surname", "VALUE_NOT_TEXT", readName);
  const whole = reader.read("full-name", "VALUE_NOT_TEXT", (cell) => {
    const parts = splitFullName(cell);
    return parts.given === undefined && parts.surname === undefined ? undefined : parts;
  });
  const first: Name | undefined = given ?? whole?.given;
  const last: Name | undefined = surname ?? whole?.surname;
  if (first !== undefined && middle !== undefined) {
    const normal = `${first.normal} ${middle.normal}`;
    draft.given = { raw: `${first.raw} ${middle.raw}`, normal };
  } else if (first !== undefined || middle !== undefined) draft.given = (first ?? middle)!;
  if (last !== undefined) draft.surname = last;
}

function readBirth(reader: RowReader, options: CellOptions): BirthDate | undefined {
  const cell = reader.only("birth-date");
  if (cell === undefined) return readBirthParts(reader, options);
  const result = parseDate(latin(cell.cell), options.yearMax, options.dateOrder);
  if (result.kind === "date") return result.date;
  reader.fail(cell.header, result.kind === "ambiguous" ? "DATE_AMBIGUOUS" : result.code);
  // The year alone may stand in a column of its own.
  return readBirthParts(reader, options);
}

function readBirthParts(reader: RowReader, options: CellOptions): BirthDate | undefined {
  const part = (field: SourceField): number | undefined =>
    reader.read(field, "DATE_UNREADABLE", (text) => {
      const bare = latin(text).trim();
      return /^\d{1,4}(\.0)?$/.test(bare) ? Math.trunc(Number(bare)) : undefined;
    });
  const [year, month, day] = [part("birth-year"), part("birth-month"), part("birth-day")];
  // A day says nothing without its month, nor a month without its year.
  const idle: readonly SourceField[] =
    year === undefined ? ["birth-month", "birth-day"] : month === undefined ? ["birth-day"] : [];
  for (const { header } of idle.flatMap((field) => reader.cells(field).slice(0, 1))) {
    reader.fail(header, "DATE_INCOMPLETE");
  }
  if (year === undefined) return undefined;
  const known = month === undefined ? [0, 0] : [month, day ?? 0];
  const result = dateOf(year, known[0], known[1], options.yearMax);
  if (result.kind === "date") return result.date;
  const header = reader.cells("birth-year")[0].header;
  if (result.kind === "error") reader.fail(header, result.code);
  return undefined;
}

function readPlaces(reader: RowReader, draft: Draft, hasNumberColumn: boolean): void {
  const text = (cell: string): string | undefined => plainText(cell) || undefined;
  const code = (cell: string): string | undefined => plainCode(cell) || undefined;
  const place = reader.read("place", "VALUE_NOT_TEXT", text);
  const region = reader.read("region", "VALUE_NOT_TEXT", text);
  const postcode = reader.read("postcode", "VALUE_NOT_TEXT", code);
  const number = reader.read("street-number", "VALUE_NOT_TEXT", code);
  const street = reader.read("address", "VALUE_NOT_TEXT", (cell) => {
    const found = readStreet(cell, hasNumberColumn);
    return found.street === undefined && found.number === undefined ? undefined : found;
  });
  const address2 = reader.read("address-2", "VALUE_NOT_TEXT", text);
  if (place !== undefined) draft.place = place;
  if (region !== undefined) draft.region = region;
  if (postcode !== undefined) draft.postcode = postcode;
  const streetNumber = number ?? street?.number;
  if (streetNumber !== undefined) draft.streetNumber = streetNumber;
  if (street?.street !== undefined) draft.address = street.street;
  if (address2 !== undefined) draft.address2 = address2;
}

function readTraits(reader: RowReader, draft: Draft, options: CellOptions): void {
  const gender = reader.only("sex");
  if (gender !== undefined) {
    const isMujer = options.isFemaleM === true && /^m$/i.test(latin(gender.cell).trim());
    const sex = isMujer ? "female" : readSex(gender.cell);
    if (sex === "unreadable") reader.fail(gender.header, "SEX_UNKNOWN_CODE");
    else if (sex !== undefined) draft.sex = sex;
  }
  const countries = new Set<number>();
  for (const { cell, header } of reader.cells("nationality")) {
    const { codes, complete } = readCountries(cell);
    for (const code of codes) countries.add(code);
    if (!complete) reader.fail(header, "COUNTRY_UNKNOWN");
  }
  if (countries.size > 0) draft.nationalities = [...countries].sort((a, b) => a - b);
}

/** Numbers of one person that are compared: the first ones of the row. */
const PHONES_MAX = 8;

function readContacts(reader: RowReader, draft: Draft, options: CellOptions): void {
  const identifier = reader.read("identifier", "VALUE_NOT_TEXT", (cell) => {
    const code = plainCode(cell);
    // 000000 and 9999 stand for "none" in many systems.
    return code.length < 3 || /^(\d)\1*$/.test(code) ? undefined : code;
  });
  if (identifier !== undefined) draft.identifier = identifier;
  const phones = new Set<string>();
  for (const { cell, header } of reader.cells("phone")) {
    const { numbers, isComplete } = readPhones(cell, options.phoneCountry);
    const before = phones.size;
    for (const number of numbers) phones.add(number);
    if (!isComplete) reader.fail(header, "PHONE_UNREADABLE");
    if (phones.size > PHONES_MAX && before <= PHONES_MAX) reader.fail(header, "VALUES_TOO_MANY");
  }
  if (phones.size > 0) draft.phones = [...phones].slice(0, PHONES_MAX).sort();
  const email = reader.read("email", "EMAIL_UNREADABLE", readEmail);
  if (email !== undefined) draft.email = email;
}

const isLinkable = (person: Person): boolean =>
  (person.given ?? person.surname ?? person.birthDate ?? person.identifier ?? person.email) !==
    undefined || person.phones !== undefined;

/**
 * One row → a person. An unreadable cell counts as missing and has an error; a row that nobody
 * could be found by is `undefined` with an error.
 */
export function readPerson(
  row: TableRow,
  columns: readonly MappedColumn[],
  options: CellOptions,
): { person: Person | undefined; errors: readonly RowError[] } {
  const reader = new RowReader(row, columns);
  const draft: Draft = { row: row.line };
  readNames(reader, draft);
  const birthDate = readBirth(reader, options);
  if (birthDate !== undefined) draft.birthDate = birthDate;
  readTraits(reader, draft, options);
  readPlaces(
    reader,
    draft,
    columns.some(({ field }) => field === "street-number"),
  );
  readContacts(reader, draft, options);
  if (isLinkable(draft)) return { person: draft, errors: reader.errors };
  const cure = CURES.NOTHING_TO_LINK;
  const nothing = { severity: "row", row: row.line, code: "NOTHING_TO_LINK", cure } as const;
  return { person: undefined, errors: [...reader.errors, nothing] };
}
