import { CaseDataError } from "../error.js";
import { canonicalField } from "../htcds/canonical-field.js";
import { fieldOfHeader } from "../intake/header.js";
import type { RawTable } from "../intake/raw-table.js";
import { HEADER_ROWS_MAX } from "./locate.js";
import { knownColumn, SYSTEM_IDS, type SystemId, systemOf } from "./systems.js";

/** A column as the file names it. */
export interface TableColumn {
  readonly index: number;
  readonly header: string;
  /** What a row of identifiers above the headings calls it. */
  readonly id?: string;
  /** Which of several columns of this name, from 1. */
  readonly nth?: number;
}

/** What is known of a table before its columns are looked at. */
export interface Headings {
  readonly system: SystemId;
  /** Position of the row of headings among the table's rows, and of identifiers above it. */
  readonly headerRow: number;
  readonly idRow?: number;
  /** Columns with a heading; those without stay home. */
  readonly columns: readonly TableColumn[];
}

const COLUMNS_TESTED = 200;

const isKnown = (name: string): boolean =>
  name.trim() !== "" &&
  (fieldOfHeader(name) !== undefined ||
    SYSTEM_IDS.some((system) => knownColumn(system, name) !== undefined) ||
    canonicalField(name, { withNearest: false }).kind !== "none");

const isData = (cell: string): boolean => /\d/.test(cell) && /^[\d\s.,:/+-]+$/.test(cell.trim());

/** The row that has most names that are known; labels right below identifiers win. */
function rowsOf(table: RawTable): { headerRow: number; idRow?: number } {
  const head = table.rows.slice(0, HEADER_ROWS_MAX);
  const known = head.map(
    ({ cells }) => new Set(cells.slice(0, COLUMNS_TESTED).filter(isKnown)).size,
  );
  const most = Math.max(0, ...known);
  const at = known.indexOf(most);
  // Nobody types below a hidden row without seeing what stands between.
  const hidden = head.findIndex(({ isHidden }) => isHidden === true);
  if (hidden >= 0 && hidden + 1 < head.length && known[hidden] * 2 >= most) {
    return { headerRow: hidden + 1, idRow: hidden };
  }
  if (most === 0) {
    if ((head[0]?.cells ?? []).some(isData)) {
      const cure = "Put a row with the names of the columns on top of the list.";
      throw new CaseDataError("NO_HEADER", "the file seems to have no row of headings", {}, cure);
    }
    return { headerRow: 0 };
  }
  if (most >= 2 && (known[at + 1] ?? 0) * 2 >= most) return { headerRow: at + 1, idRow: at };
  if (at > 0 && known[at - 1] * 2 >= most) return { headerRow: at, idRow: at - 1 };
  return { headerRow: at };
}

/** Where a table's headings are, what its columns are called, and which system wrote it. */
export function findHeadings(table: RawTable): Headings {
  if (table.rows.length === 0) {
    throw new CaseDataError("NO_ROWS", "the table is empty", {}, "Export the list again.");
  }
  const { headerRow, idRow } = rowsOf(table);
  const headers = table.rows[headerRow].cells.map((cell) => cell.trim());
  const ids = idRow === undefined ? [] : table.rows[idRow].cells.map((cell) => cell.trim());
  const columns = headers.flatMap((header, index): TableColumn[] => {
    if (header === "") return [];
    const same = headers.flatMap((other, k) => (other === header ? [k] : []));
    return [
      {
        index,
        header,
        ...(ids[index] !== undefined && ids[index] !== "" && { id: ids[index] }),
        ...(same.length > 1 && { nth: same.indexOf(index) + 1 }),
      },
    ];
  });
  const system = systemOf([...ids, ...headers]);
  return { system, headerRow, columns, ...(idRow !== undefined && { idRow }) };
}
