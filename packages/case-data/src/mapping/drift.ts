import { CaseDataError } from "../error.js";
import { fieldOfHeader } from "../intake/header.js";
import type { RawTable } from "../intake/raw-table.js";
import { REJECT_HEADINGS } from "../intake/rejects.js";
import { isMissing } from "../normalise/text.js";
import { bodyRows } from "./apply.js";
import { dateFacts } from "./date-facts.js";
import { type Located, locate } from "./locate.js";
import { columnName, type Mapping } from "./mapping.js";
import { openValues } from "./match-values.js";
import { targetOf, targetOfPerson } from "./target.js";

/** How a file differs from those that its mapping was made for. */
export interface Drift {
  readonly kind: "missing-column" | "new-column" | "new-values" | "emptier" | "date-order";
  readonly column: string;
  /** One sentence for the data steward. Quotes headings, no values. */
  readonly sentence: string;
  /** The mapping must not be used for this file. */
  readonly isMisfit: boolean;
}

/** By so much may the share of filled cells fall. */
const FALL_MAX = 0.2;
/** By so much may the share of rows with unknown values rise: beyond, it means something else. */
const UNKNOWN_MAX = 0.2;
/** Of fewer rows a share says little. */
const ROWS_MIN = 20;

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Where a file differs from those that a mapping was made for; empty if it does not. */
export function driftOf(table: RawTable, mapping: Mapping): Drift[] {
  const located = locate(table, mapping);
  const missing = mapping.columns.filter((_, k) => located.at[k] < 0).map(columnName);
  const gone = missing.map(
    (column): Drift => ({
      kind: "missing-column",
      column,
      sentence: `The column "${column}" is not there any more.`,
      isMisfit: true,
    }),
  );
  if (gone.length > 0) return [...gone, ...newColumns(located, mapping)];
  const rows = bodyRows(table, located);
  const cellsOf = (k: number): string[] => rows.map((row) => row.cells[located.at[k]] ?? "");
  return [
    ...mapping.columns.flatMap((_, k) => dateDrift(mapping, k, cellsOf(k))),
    ...newColumns(located, mapping),
    ...mapping.columns.flatMap((_, k) => emptier(mapping, k, cellsOf(k))),
    ...newValues(table, mapping, rows.length),
  ];
}

/** Throws MAPPING_MISFIT if a file is too different for its mapping; else what is different. */
export function requireFit(table: RawTable, mapping: Mapping): Drift[] {
  const drift = driftOf(table, mapping);
  const misfits = drift.filter(({ isMisfit }) => isMisfit);
  if (misfits.length === 0) return drift;
  throw new CaseDataError(
    "MAPPING_MISFIT",
    `the file does not fit its mapping: ${misfits.map(({ sentence }) => sentence).join(" ")}`,
    { misfits: misfits.length },
    "Export the list as before, or go through the mapping again: provider map LIST --mapping OLD.",
  );
}

function newColumns({ headers, at }: Located, mapping: Mapping): Drift[] {
  const known = new Set<string>([...mapping.stays, ...REJECT_HEADINGS, ""]);
  return headers.flatMap((column, k): Drift[] => {
    if (at.includes(k) || known.has(column)) return [];
    known.add(column);
    const field = fieldOfHeader(column);
    const like =
      field === undefined ? "" : ` It looks like ${targetOf(targetOfPerson(field)).label}.`;
    const sentence = `The column "${column}" is new, and stays home.${like}`;
    return [{ kind: "new-column", column, sentence, isMisfit: false }];
  });
}

function emptier({ columns }: Mapping, k: number, cells: readonly string[]): Drift[] {
  if (cells.length < ROWS_MIN) return [];
  const { filled: before } = columns[k];
  const filled = cells.filter((cell) => !isMissing(cell)).length / cells.length;
  if (before - filled < FALL_MAX) return [];
  const column = columnName(columns[k]);
  const sentence =
    `"${column}" is filled in ${percent(filled)} of rows; ` +
    `it was ${percent(before)} when the mapping was made.`;
  return [{ kind: "emptier", column, sentence, isMisfit: false }];
}

/** Dates that contradict the order that the mapping says. */
function dateDrift({ columns }: Mapping, k: number, cells: readonly string[]): Drift[] {
  const { dateOrder } = columns[k];
  if (targetOf(columns[k].to).kind !== "date" || dateOrder === undefined) return [];
  const { dayFirst, monthFirst } = dateFacts(cells);
  const [right, wrong] =
    dateOrder === "mdy" ? [monthFirst, dayFirst] : [dayFirst, dateOrder === "dmy" ? monthFirst : 0];
  if (wrong === 0) return [];
  const column = columnName(columns[k]);
  const order = dateOrder === "mdy" ? "month" : "day";
  const sentence =
    `Dates in "${column}" were written with the ${order} first; ` +
    `${wrong === 1 ? "1 row is" : `${wrong} rows are`} not.`;
  return [{ kind: "date-order", column, sentence, isMisfit: wrong > right }];
}

function newValues(table: RawTable, mapping: Mapping, rows: number): Drift[] {
  const before = new Map(mapping.columns.map((it) => [columnName(it), it.unread] as const));
  return openValues(table, mapping).map(({ name, values }): Drift => {
    const count = values.reduce((sum, value) => sum + value.count, 0);
    const what = values.length === 1 ? "1 value" : `${values.length} values`;
    const where = count === 1 ? "1 row" : `${count} rows`;
    return {
      kind: "new-values",
      column: name,
      sentence: `"${name}" has ${what} that the mapping does not know, in ${where}.`,
      isMisfit: rows >= ROWS_MIN && count > rows * (UNKNOWN_MAX + (before.get(name) ?? 0)),
    };
  });
}
