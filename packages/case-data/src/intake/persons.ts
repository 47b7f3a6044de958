import { fieldValues } from "../encode/values.js";
import { CaseDataError, type RowError } from "../error.js";
import { columnOrder, type DateOrder } from "../normalise/date.js";
import { isFemaleM } from "../normalise/sex.js";
import type { Person } from "../person.js";
import { readPerson } from "./cells.js";
import { type ColumnMap, type MappedColumn, mapColumns, mapHeaders } from "./columns.js";
import type { HeadedTable } from "./headed-table.js";
import type { IntakeLimits } from "./limits.js";
import { readList } from "./read-list.js";

export interface PersonOptions {
  /** Of a delimited file; detected if absent. */
  readonly delimiter?: string;
  /** Name of the sheet, or its number from 1; the one that looks like a list if absent. */
  readonly sheet?: string;
  /** Row of the headings as the file counts it; found if absent. */
  readonly headerRow?: number;
  readonly map?: ColumnMap;
  /** Rows of the list that somebody corrected: the file of rejects. */
  readonly corrected?: Uint8Array;
  readonly dateOrder?: DateOrder;
  /** ISO alpha-2 code of the country whose phone numbers need no prefix. */
  readonly phoneCountry?: string;
  /** Latest year of birth that can be right: pass this year. */
  readonly yearMax?: number;
  readonly limits?: Partial<IntakeLimits>;
  /** Keeps rows that say the same of a person: to find the duplicates within a list. */
  readonly withRepeats?: boolean;
}

export interface PersonIntake {
  readonly persons: readonly Person[];
  readonly table: Pick<HeadedTable, "sheet" | "headers" | "rows" | "broken">;
  readonly mapped: readonly MappedColumn[];
  /** Headers of the columns that stay home. */
  readonly unmapped: readonly string[];
  /** Sentences for the data steward; they quote nothing but headers. */
  readonly notes: readonly string[];
  /** In the order of the rows. */
  readonly errors: readonly RowError[];
  /** Rows of the file that became nobody. */
  readonly rejectedRows: number;
}

const YEAR_MAX = 2100;

/** The order of day and month: as given, or as the cells of the whole column decide. */
function decideOrder(
  table: HeadedTable,
  mapped: readonly MappedColumn[],
  given: DateOrder | undefined,
): { order: DateOrder | undefined; notes: string[] } {
  const column = mapped.find(({ field }) => field === "birth-date");
  if (given !== undefined || column === undefined) return { order: given, notes: [] };
  const order = columnOrder(table.rows.map(({ cells }) => cells[column.index]));
  if (order === undefined) return { order, notes: [] };
  const words = order === "dmy" ? "day before month" : "month before day";
  const note =
    `Dates in column "${column.header}" were read with the ${words}, as some of them ` +
    "can only be read that way.";
  return { order, notes: [note] };
}

/**
 * A file of any format that `readTables` knows → persons. Good rows go on; what was wrong with the
 * others is in `errors`, by row and column, without values. Columns that mean nothing to us stay
 * home. Throws `CaseDataError` if the file as a whole cannot be used or no row is good.
 */
export function readPersons(bytes: Uint8Array, options: PersonOptions = {}): PersonIntake {
  const { map = {}, phoneCountry } = options;
  const table = readList(bytes, {
    ...options,
    expected: mapHeaders(map).map(({ header }) => header),
  });
  const { mapped, unmapped, notes } = mapColumns(table.headers, map, table.ids);
  const { order, notes: orderNotes } = decideOrder(table, mapped, options.dateOrder);
  const cellsOf = ({ index }: MappedColumn) => table.rows.map(({ cells }) => cells[index]);
  const cellOptions = {
    isFemaleM: isFemaleM(mapped.filter(({ field }) => field === "sex").flatMap(cellsOf)),
    yearMax: options.yearMax ?? YEAR_MAX,
    ...(order !== undefined && { dateOrder: order }),
    ...(phoneCountry !== undefined && { phoneCountry }),
  };
  const persons: Person[] = [];
  const errors: RowError[] = [...table.errors];
  for (const row of table.rows) {
    const read = readPerson(row, mapped, cellOptions);
    if (read.person !== undefined) persons.push(read.person);
    errors.push(...read.errors);
  }
  errors.sort((a, b) => a.row - b.row);
  if (persons.length === 0) throw noGoodRow(errors);
  const { distinct, repeated } = options.withRepeats
    ? { distinct: persons, repeated: 0 }
    : withoutRepeats(persons);
  return {
    persons: distinct,
    table,
    mapped,
    unmapped,
    notes: [...table.notes, ...notes, ...orderNotes, ...repeatNotes(repeated)],
    errors,
    rejectedRows: errors.filter(({ severity }) => severity === "row").length,
  };
}

/**
 * Persons of whom an earlier row says just the same are left out: a list of visits has one row for
 * each, and whoever stands on a list very often would be lost among her own records.
 */
export function withoutRepeats(persons: readonly Person[]): {
  distinct: Person[];
  repeated: number;
} {
  const seen = new Set<string>();
  const distinct = persons.filter((person) => {
    const said = JSON.stringify(fieldValues(person).map((value) => value ?? null));
    const isNew = !seen.has(said);
    seen.add(said);
    return isNew;
  });
  return { distinct, repeated: persons.length - distinct.length };
}

export function repeatNotes(repeated: number): string[] {
  if (repeated === 0) return [];
  const rows = repeated === 1 ? "1 row says" : `${repeated.toLocaleString("en")} rows say`;
  return [`${rows} of a person just what an earlier row says; such a person counts once.`];
}

function noGoodRow(errors: readonly RowError[]): CaseDataError {
  const first = errors.find(({ severity }) => severity === "row") ?? errors[0];
  const details = first === undefined ? {} : { row: first.row, code: first.code };
  return new CaseDataError(
    "NO_GOOD_ROW",
    "no row of the file can be used",
    { errors: errors.length, ...details },
    first === undefined
      ? "Export the list again."
      : `First problem, row ${first.row}: ${first.cure}`,
  );
}
