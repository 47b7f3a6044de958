import { CaseDataError } from "../error.js";
import { canonicalField } from "../htcds/canonical-field.js";
import { knownColumn, SYSTEM_IDS } from "../mapping/systems.js";
import { fieldOfHeader, headerKey } from "./header.js";
import type { RawRow } from "./raw-table.js";

/** Rows at the top of a table among which the headings are looked for. */
export const HEADER_ROWS_MAX = 20;

/** Where the headings of a table are: positions among its rows. */
export interface HeaderRow {
  readonly index: number;
  /** A row of identifiers above the headings. */
  readonly ids?: number;
}

export interface HeaderHints {
  /** Headings that the row must all have: somebody named them. */
  readonly expected?: readonly string[];
  /** Headings that an earlier mapping knows: the row that has most of them. */
  readonly remembered?: readonly string[];
  /** The row as the file counts it: somebody said so. */
  readonly headerRow?: number;
}

/** Signs of a name of a column; what is longer is none. */
const NAME_MAX = 300;

/**
 * What a cell names that we know: a field of persons, a field of the standard, a column that a
 * system is known for. `undefined` if nothing.
 */
export function knownName(cell: string): string | undefined {
  const name = cell.trim();
  if (name === "" || name.length > NAME_MAX) return undefined;
  // Forms of ODK put their groups before the names of questions, with a hyphen.
  for (const one of [name, name.slice(name.lastIndexOf("-") + 1)]) {
    const field = fieldOfHeader(one);
    if (field !== undefined) return field;
    const match = canonicalField(one, { withNearest: false });
    if (match.kind === "field") return match.id;
    if (match.kind === "ambiguous") return match.ids[0];
    if (SYSTEM_IDS.some((system) => knownColumn(system, one) !== undefined)) return headerKey(one);
  }
  return undefined;
}

/** How many different things a row of names names. */
export const namesKnown = (cells: readonly string[]): number =>
  new Set(cells.map(knownName).filter((name) => name !== undefined)).size;

const isData = (cell: string): boolean => /\d/.test(cell) && /^[\d\s.,:/+-]+$/.test(cell.trim());

/** The row that has most of the headings, and how many; the later one of two: labels win. */
function mostOf(rows: readonly RawRow[], headings: readonly string[]) {
  const keys = headings.map(headerKey);
  const counts = rows.map(({ cells }) => {
    const present = new Set(cells.map(headerKey));
    return keys.filter((key) => present.has(key)).length;
  });
  const most = Math.max(0, ...counts);
  return { index: counts.lastIndexOf(most), most };
}

function named(rows: readonly RawRow[], expected: readonly string[]): HeaderRow {
  const { index, most } = mostOf(rows, expected);
  if (most === expected.length) return { index };
  const first = new Set((rows[0]?.cells ?? []).map(headerKey));
  throw new CaseDataError(
    "UNKNOWN_HEADER",
    "no row of the file has all the headings that were named",
    { headers: expected.filter((one) => !first.has(headerKey(one))).join(", ") },
    "Check the spelling of the headings against the first row of the file.",
  );
}

function atLine(rows: readonly RawRow[], wanted: number): HeaderRow {
  const index = rows.findIndex(({ line }) => line === wanted);
  if (index >= 0) return { index };
  throw new CaseDataError(
    "NO_HEADER",
    `row ${wanted} of the file is blank, or beyond its first ${HEADER_ROWS_MAX} filled rows`,
    { row: wanted },
    "Give the row of the headings as the file counts it, from 1.",
  );
}

const filledCells = ({ cells }: RawRow): number =>
  cells.filter((cell) => cell.trim() !== "").length;

/** Nothing is known: headings in another language, below titles that fill fewer cells. */
function unknownRow(rows: readonly RawRow[]): HeaderRow {
  const widest = Math.max(0, ...rows.map(filledCells));
  const index = rows.findIndex((row) => filledCells(row) * 4 >= widest * 3);
  if (!(rows[index]?.cells ?? []).some(isData)) return { index: Math.max(0, index) };
  throw new CaseDataError(
    "NO_HEADER",
    "the file seems to have no row of headings",
    {},
    "Put a row with the names of the columns on top of the list, or say in which row they are.",
  );
}

/**
 * Which of the first rows holds the headings: the one that was named, or the one with most names
 * that are known. Labels right below identifiers win, because people type below labels; so does
 * the row below a hidden one. Throws NO_HEADER, UNKNOWN_HEADER.
 */
export function findHeaderRow(rows: readonly RawRow[], hints: HeaderHints = {}): HeaderRow {
  const { expected = [], remembered = [], headerRow } = hints;
  if (headerRow !== undefined) return atLine(rows, headerRow);
  if (expected.length > 0) return named(rows, expected);
  const before = mostOf(rows, remembered);
  if (before.most * 2 > remembered.length) return { index: before.index };
  const known = rows.map(({ cells }) => namesKnown(cells));
  const most = Math.max(0, ...known);
  const hidden = rows.findIndex(({ isHidden }) => isHidden === true);
  if (hidden >= 0 && hidden + 1 < rows.length && known[hidden] * 2 >= Math.max(1, most)) {
    return { index: hidden + 1, ids: hidden };
  }
  if (most === 0) return unknownRow(rows);
  const at = known.indexOf(most);
  if (most >= 2 && (known[at + 1] ?? 0) * 2 >= most) return { index: at + 1, ids: at };
  const above = known[at - 1] ?? 0;
  return above >= 2 && above * 2 >= most ? { index: at, ids: at - 1 } : { index: at };
}
