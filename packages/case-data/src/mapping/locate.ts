import { CaseDataError } from "../error.js";
import { headerKey } from "../intake/header.js";
import { HEADER_ROWS_MAX } from "../intake/header-row.js";
import type { RawTable } from "../intake/raw-table.js";
import { type ColumnMapping, columnName, type Mapping } from "./mapping.js";

/** Where the columns of a mapping are in a table. */
export interface Located {
  /** Position of the row of headings among the table's rows. */
  readonly headerRow: number;
  readonly headers: readonly string[];
  /** Position of each of the mapping's columns; -1 if the table lacks it. */
  readonly at: readonly number[];
}

/** A letter outside of Latin script has no key of its own in every case: then the text itself. */
const keyOf = (header: string): string => headerKey(header) || header.trim();

function positions(headers: readonly string[], columns: readonly ColumnMapping[]): number[] {
  const exact = headers.map((header) => header.trim());
  const keys = headers.map(keyOf);
  const all = (list: readonly string[], wanted: string): number[] =>
    list.flatMap((one, k) => (one === wanted ? [k] : []));
  return columns.map(({ from, nth = 1 }) => {
    const same = all(exact, from.trim());
    return (same.length >= nth ? same : all(keys, keyOf(from)))[nth - 1] ?? -1;
  });
}

/** The row of headings that has most of the mapping's, and where they are. */
export function locate({ rows, header }: RawTable, { columns }: Pick<Mapping, "columns">): Located {
  let best: Located = { headerRow: 0, headers: [], at: columns.map(() => -1) };
  let most = 0;
  const from = header?.index ?? 0;
  const top = rows.slice(from, header === undefined ? HEADER_ROWS_MAX : from + 1);
  for (const [k, { cells }] of top.entries()) {
    const at = positions(cells, columns);
    const found = at.filter((index) => index >= 0).length;
    // Later of two equal ones: labels stand below identifiers, and people typed below labels.
    if (found < most || found === 0) continue;
    const headers = cells.map((cell) => cell.trim());
    [most, best] = [found, { headerRow: from + k, headers, at }];
  }
  return best;
}

/** As `locate`; throws MAPPING_MISFIT if a column is missing. */
export function locateAll(table: RawTable, mapping: Pick<Mapping, "columns">): Located {
  const located = locate(table, mapping);
  const missing = mapping.columns.filter((_, k) => located.at[k] < 0).map(columnName);
  if (missing.length === 0) return located;
  throw new CaseDataError(
    "MAPPING_MISFIT",
    missing.length === mapping.columns.length
      ? "the file has none of the columns that the mapping was made for"
      : `the file lacks ${missing.length === 1 ? "a column" : "columns"} of the mapping: ` +
          missing.map((header) => `"${header}"`).join(", "),
    { missing: missing.length },
    "Export the same columns as before, or make the mapping anew for this file.",
  );
}
