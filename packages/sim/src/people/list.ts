import { writeCsv } from "./csv.js";
import type { Dice } from "./dice.js";
import type { InventedPerson } from "./invent.js";
import { type InventedRecord, observe, type RecordField } from "./observe.js";
import type { ListStyle } from "./styles.js";

/** A list as its owner has it on disk, and apart from it the truth about its rows. */
export interface InventedList {
  readonly name: string;
  /** Headings first, then one array of cells a row. */
  readonly rows: readonly (readonly string[])[];
  readonly csv: string;
  /** Who row k (from 0, headings not counted) is about. */
  readonly truth: readonly string[];
}

/** The owner's own number of row k. */
export const referenceOf = (style: ListStyle, k: number): string =>
  `${style.referencePrefix}${String(k + 1).padStart(5, "0")}`;

/** What somebody with the list's habits writes down about each person. */
export const observeAll = (
  dice: Dice,
  style: ListStyle,
  people: readonly InventedPerson[],
): InventedRecord[] => people.map((person) => observe(dice, person, style.habits, style.dates));

/** Further columns of a list: their headings, and the cells of row k. */
export interface MoreColumns {
  readonly headings: readonly string[];
  readonly cells: (k: number) => readonly string[];
}

/** Lays out records as the list's owner does. */
export function layOut(
  dice: Dice,
  name: string,
  style: ListStyle,
  records: readonly InventedRecord[],
  truth: readonly string[],
  more: MoreColumns = { headings: [], cells: () => [] },
): InventedList {
  const fields = Object.keys(style.headings) as RecordField[];
  const lines = records.map((record, k) => {
    const written = fields.map((field) => style.words[record[field]] ?? record[field]);
    const note = dice.chance(0.3) ? dice.pick(style.notes) : "";
    return [referenceOf(style, k), ...written, ...more.cells(k), note];
  });
  const headings = fields.map((field) => style.headings[field] ?? field);
  const rows = [
    [style.referenceHeading, ...headings, ...more.headings, style.notesHeading],
    ...lines,
  ];
  return { name, rows, csv: writeCsv(rows, style.delimiter), truth };
}
