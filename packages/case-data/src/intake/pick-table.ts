import { CaseDataError } from "../error.js";
import { topRows } from "./headed-table.js";
import { fieldOfHeader, headerKey } from "./header.js";
import { type HeaderHints, namesKnown } from "./header-row.js";
import type { IntakeLimits } from "./limits.js";
import type { RawTable } from "./raw-table.js";
import { isForm } from "./xlsform.js";

/** Which table of a file is meant: its sheet's name or number; the one that looks like a list. */
export interface PickOptions extends HeaderHints {
  /** Name of the sheet, or its number from 1. */
  readonly sheet?: string;
  /** Name of the sheet that is taken if it is there. */
  readonly preferred?: string;
}

const nameKey = (name: string): string => name.trim().toLowerCase();

function unknownSheet(tables: readonly RawTable[], isTwice: boolean): CaseDataError {
  const names = tables.map(({ sheet = "" }, k) => `${k + 1}: "${sheet}"`).slice(0, 20);
  return new CaseDataError(
    "UNKNOWN_SHEET",
    isTwice ? "the file has several sheets of that name" : "the file has no such sheet",
    { sheets: tables.length },
    `Give the name or the number of a sheet. The file has ${names.join(", ")}.`,
  );
}

function named(tables: readonly RawTable[], wanted: string): RawTable {
  const exact = tables.filter(({ sheet }) => sheet === wanted);
  const alike = tables.filter(({ sheet }) => nameKey(sheet ?? "") === nameKey(wanted));
  const found = exact.length > 0 ? exact : alike;
  if (found.length === 1) return found[0];
  const byNumber = /^\d{1,3}$/.test(wanted) ? tables[Number(wanted) - 1] : undefined;
  if (found.length === 0 && byNumber !== undefined) return byNumber;
  throw unknownSheet(tables, found.length > 1);
}

/** Columns by which rows are told apart and joined: they say nothing of a case. */
export const BOOKKEEPING = /^(_.*|KEY|PARENT_KEY|meta.instanceID)$/;

/**
 * How many different things that we know, or that were named, the best top row of a table has. Of a
 * repeated part of a form only what names people counts: whatever else it asks belongs to a row of
 * the list.
 */
function headersKnown(table: RawTable, expected: readonly string[], limits: IntakeLimits): number {
  const wanted = new Set(expected.map(headerKey));
  const known = isRepeat(table)
    ? (cells: readonly string[]) => new Set(cells.map(fieldOfHeader).filter((it) => it)).size
    : namesKnown;
  const counts = topRows(table, limits).map(({ cells }) => {
    const own = cells.filter((cell) => !BOOKKEEPING.test(cell.trim()));
    const isWanted = (cell: string): boolean => wanted.has(headerKey(cell));
    const asked = new Set(own.filter(isWanted).map(headerKey)).size;
    return asked + known(own.filter((cell) => !isWanted(cell)));
  });
  return Math.max(0, ...counts);
}

/** Names of the column by which a repeated part of a form names what it belongs to. */
export const PARENTS: readonly string[] = ["PARENT_KEY", "_parent_index"];

const isRepeat = ({ rows }: RawTable): boolean =>
  PARENTS.some((name) => rows[0]?.cells.includes(name));

function formInstead(): CaseDataError {
  return new CaseDataError(
    "FILE_IS_FORM",
    "the file is a form (XLSForm), not what people answered",
    {},
    "Export the submissions from KoboToolbox or ODK as XLSX or CSV, and give that file.",
  );
}

/**
 * The table of a file that holds the list: the one that was asked for, or the one with most headers
 * that are known; of several alike, the first that is shown. The note says which, and which not.
 * Throws `CaseDataError` UNKNOWN_SHEET, FILE_IS_FORM, FILE_EMPTY.
 */
export function pickTable(
  tables: readonly RawTable[],
  { sheet, preferred, expected, remembered }: PickOptions,
  limits: IntakeLimits,
): { table: RawTable; notes: string[] } {
  if (sheet !== undefined) return { table: named(tables, sheet), notes: [] };
  if (isForm(tables)) throw formInstead();
  const known = tables.filter((table) => preferred !== undefined && table.sheet === preferred);
  if (known.length === 1) return { table: known[0], notes: [] };
  const filled = tables.filter(({ rows }) => rows.length > 0);
  if (filled.length === 0) {
    throw new CaseDataError("FILE_EMPTY", "the file has no filled cell", {}, "Export it again.");
  }
  // Rows that are part of others, and sheets that are not shown, come after those that are alike.
  const score = (table: RawTable): number =>
    headersKnown(table, expected ?? remembered ?? [], limits) -
    (isRepeat(table) ? 1.5 : 0) -
    (table.origin?.isHidden ? 0.5 : 0);
  const scores = filled.map(score);
  const table = filled[scores.indexOf(Math.max(...scores))];
  const others = filled.filter((one) => one !== table && one.rows.length > 1 && !isRepeat(one));
  if (others.length === 0 || table.sheet === undefined) return { table, notes: [] };
  const names = others.map(({ sheet: name = "" }) => `"${name}"`).slice(0, 10);
  const note =
    `The list was read from sheet "${table.sheet}"; not from ${names.join(", ")}` +
    `${others.length > names.length ? " and more" : ""}.`;
  return { table, notes: [note] };
}
