import { CaseDataError, type RowError, type RowErrorCode } from "../error.js";
import type { CodeSystems } from "../htcds/code-system.js";
import {
  FIELDS,
  type FieldId,
  GROUPS,
  type GroupName,
  type HtcdsRecord,
  recordOf,
} from "../htcds/record.js";
import { STANDARD_SYSTEMS } from "../htcds/systems/standard.js";
import { isOnlyNumbered } from "../htcds/template.js";
import type { WrittenIndicator } from "../indicators/case-slots.js";
import { indicatorsOfRecord, TYPE_OF_KIND } from "../indicators/written-indicators.js";
import { CURES, readPerson } from "../intake/cells.js";
import { LINKABLE, type MappedColumn } from "../intake/columns.js";
import { unwrap } from "../intake/headed-table.js";
import type { RawRow, RawTable } from "../intake/raw-table.js";
import type { BirthDate, Person } from "../person.js";
import { type Located, locateAll } from "./locate.js";
import { type ColumnMapping, columnName, type Mapping } from "./mapping.js";
import { type CellReader, cellReader, type Value } from "./read-cell.js";
import { type Target, targetOf } from "./target.js";
import { nameParts } from "./whole-name.js";

export interface ApplyOptions {
  /** Latest year of birth that can be right: pass this year. */
  readonly yearMax: number;
  readonly systems?: CodeSystems;
}

/** What could not be read, with the text itself: for the provider's own eyes. */
export interface CellProblem extends RowError {
  readonly text?: string;
}

/** What one row of a table says. */
export interface MappedRow {
  readonly row: RawRow;
  readonly record: HtcdsRecord;
  /** Absent if nobody could be found by the row. */
  readonly person: Person | undefined;
  readonly problems: readonly CellProblem[];
  /** What the person has, and the record has no place for: a second number of a phone. */
  readonly recordProblems: readonly CellProblem[];
  /** Traces that cases may share, in the order of the columns. */
  readonly indicators: readonly WrittenIndicator[];
}

interface Plan {
  readonly column: ColumnMapping;
  readonly at: number;
  readonly read: CellReader;
}

type Values = { [F in FieldId]?: Value };

/** Rows below the headings; a template's numbered empty rows are none. */
export function bodyRows(
  table: RawTable,
  { headerRow, headers }: Pick<Located, "headerRow" | "headers">,
): readonly RawRow[] {
  const rows = table.rows.slice(headerRow + 1);
  return headers[0] === "" ? rows.filter(({ cells }) => !isOnlyNumbered(cells)) : rows;
}

/** Whether somebody can be found by what a mapping reads. */
export const isLinkable = ({ columns }: Pick<Mapping, "columns">): boolean =>
  columns.some(({ to }) => {
    const { person } = targetOf(to);
    return person !== undefined && LINKABLE.has(person);
  });

/**
 * Reads a table as a mapping says, row by row: a record of the standard, the person of it, and
 * what could not be read. Throws MAPPING_MISFIT if a column of the mapping is not there.
 */
export function* mappedRows(
  table: RawTable,
  mapping: Mapping,
  options: ApplyOptions,
): Generator<MappedRow> {
  const { systems = STANDARD_SYSTEMS, yearMax } = options;
  const located = locateAll(table, mapping);
  const country = mapping.phoneCountry;
  const context = { systems, yearMax, ...(country !== undefined && { phoneCountry: country }) };
  const plans = mapping.columns.map(
    (column, k): Plan => ({ column, at: located.at[k], read: cellReader(column, context) }),
  );
  const linkable = isLinkable(mapping);
  const columns = personColumns(mapping.columns);
  for (const row of bodyRows(table, located)) {
    const extra = row.cells.slice(located.headers.length).some((cell) => cell.trim() !== "");
    if (extra) {
      const cure = CURES.CELLS_TOO_MANY;
      const problem = { severity: "row", row: row.line, code: "CELLS_TOO_MANY", cure } as const;
      const nothing = {
        record: recordOf({}),
        person: undefined,
        recordProblems: [],
        indicators: [],
      };
      yield { row, ...nothing, problems: [problem] };
      continue;
    }
    const { values, cells, problems, recordProblems, traces, entries } = readRow(row, plans);
    const read = linkable
      ? readPerson({ line: row.line, cells }, columns, context)
      : { person: undefined, errors: [] };
    const flat = recordOf(completed(values, read.person) as Parameters<typeof recordOf>[0]);
    const plain = withEntries(flat, entries);
    const record = withTraces(plain, traces);
    const indicators = [...traces, ...indicatorsOfRecord(plain)];
    const { person, errors } = read;
    yield { row, record, person, problems: [...problems, ...errors], recordProblems, indicators };
  }
}

/** Where `readPerson` finds its cells: those of a whole name are two. */
function personColumns(columns: readonly ColumnMapping[]): MappedColumn[] {
  return columns.flatMap((column, k): MappedColumn[] => {
    const { person: field } = targetOf(column.to);
    const header = columnName(column);
    if (field === undefined) return [];
    if (field !== "full-name") return [{ field, header, index: 2 * k }];
    return [
      { field: "given", header, index: 2 * k },
      { field: "surname", header, index: 2 * k + 1 },
    ];
  });
}

function readRow(row: RawRow, plans: readonly Plan[]) {
  const values: Values = {};
  const cells: string[] = [];
  const problems: CellProblem[] = [];
  const recordProblems: CellProblem[] = [];
  const traces: WrittenIndicator[] = [];
  const entries: Entries = new Map();
  for (const { column, at, read } of plans) {
    const cell = row.cells[at] ?? "";
    const place = { severity: "cell", row: row.line, column: columnName(column) } as const;
    const problem = (code: RowErrorCode, text: string) =>
      ({ ...place, code, cure: CURES[code], text }) as const;
    // Of what persons are compared by, `readPerson` says itself if there is too much.
    const isOfPerson = targetOf(column.to).person !== undefined;
    if (cell.includes("|||") && isEntry(column.to)) {
      problems.push(...readEntries(cell, read, entries).map((it) => problem(it.code, it.text)));
      cells.push("", "");
      continue;
    }
    const result = read(cell);
    for (const [field, value] of result.values) {
      if (add(values, field, value)) continue;
      (isOfPerson ? recordProblems : problems).push(problem("VALUES_TOO_MANY", cell));
    }
    if (column.to === "full-name") {
      const { given, surname } = nameParts(result.person, column.nameOrder);
      cells.push(given, surname);
      if (given !== "") add(values, "prs_FirstName", given);
      if (surname !== "") add(values, "prs_SecondName", surname);
    } else cells.push(result.person, "");
    problems.push(...result.problems.map(({ code, text }) => problem(code, text)));
    const lost = result.recordProblems ?? [];
    recordProblems.push(...lost.map(({ code, text }) => problem(code, text)));
    traces.push(...(result.indicators ?? []));
  }
  return { values, cells, problems, recordProblems, traces, entries };
}

/** Entries of groups that a record has several of, as a repeated part of a form gives them. */
type Entries = Map<GroupName, Values[]>;

/** Whether a record has several entries with this field: events, referrals, plans. */
function isEntry(to: Target): boolean {
  const home = FIELDS.get(to)?.groups[0];
  return home !== undefined && GROUPS[home].many;
}

/** Reads a cell with a value for each entry, in their order; gives what could not be read. */
function readEntries(cell: string, read: CellReader, entries: Entries) {
  return cell.split("|||").flatMap((part, k) => {
    const { values, problems } = read(unwrap(part));
    for (const [field, value] of values) {
      const home = FIELDS.get(field)!.groups[0];
      const list = entries.get(home) ?? [];
      entries.set(home, list);
      while (list.length <= k) list.push({});
      add(list[k], field, value);
    }
    return problems;
  });
}

/** A record with further entries; the first of each goes with what single cells said. */
function withEntries(record: HtcdsRecord, entries: Entries): HtcdsRecord {
  const whole: Record<string, unknown> = { ...record };
  for (const [group, list] of entries) {
    const [first = {}] = (record[group] ?? []) as readonly object[];
    const all = [{ ...first, ...list[0] }, ...list.slice(1)];
    whole[group] = all.filter((entry) => Object.keys(entry).length > 0);
  }
  return whole as HtcdsRecord;
}

/** A record with the traces that columns of their own hold. */
function withTraces(record: HtcdsRecord, traces: readonly WrittenIndicator[]): HtcdsRecord {
  if (traces.length === 0) return record;
  const entries = traces.map(({ kind, text }) => {
    const type = kind === undefined ? undefined : TYPE_OF_KIND.get(kind);
    return { ...(type !== undefined && { x_indicatorType: type }), x_indicatorValue: text.trim() };
  });
  return { ...record, indicators: [...entries, ...(record.indicators ?? [])] };
}

/** Lists grow; of single values the first one stays. False if another one has no place. */
function add(values: Values, field: FieldId, value: Value): boolean {
  const before = values[field];
  if (before === undefined) values[field] = value;
  else if (Array.isArray(before) && Array.isArray(value)) {
    values[field] = [...new Set([...before, ...value])];
  } else return before === value;
  return true;
}

const two = (part: number): string => String(part).padStart(2, "0");

/** A record with what several columns say together: the date of birth and its precision. */
function completed(values: Values, person: Person | undefined): Values {
  const date = person?.birthDate;
  if (date === undefined) return values;
  const { year, month, day } = date;
  const iso = [String(year), two(month ?? 1), two(day ?? 1)].join("-");
  return { ...values, prs_Birthdate: iso, x_birthPrecision: precisionOf(date) };
}

function precisionOf({ month, day }: BirthDate): "Day" | "Month" | "Year" {
  if (day !== undefined) return "Day";
  return month === undefined ? "Year" : "Month";
}

/** As `mappedRows`, all at once. Throws NO_ROWS if there is none. */
export function applyMapping(
  table: RawTable,
  mapping: Mapping,
  options: ApplyOptions,
): MappedRow[] {
  const rows = [...mappedRows(table, mapping, options)];
  if (rows.length > 0) return rows;
  const cure = "Export the list again with its rows; the first row must hold the headings.";
  throw new CaseDataError("NO_ROWS", "the file has headings but no rows", {}, cure);
}
