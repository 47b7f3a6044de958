import { CaseDataError, type RowError } from "../error.js";
import type { CaseIndicators } from "../indicators/case-slots.js";
import type { RawTable } from "../intake/raw-table.js";
import { type ApplyOptions, mappedRows } from "./apply.js";
import { locateAll } from "./locate.js";
import { columnName, type Mapping } from "./mapping.js";
import { withoutText } from "./persons.js";
import { type Target, targetOf } from "./target.js";

/** The cases of a table, and what is said of its columns. */
export interface MappedCases {
  readonly cases: readonly CaseIndicators[];
  /** Columns whose indicators are read, and the kind of each. */
  readonly leaves: readonly { readonly header: string; readonly field: string }[];
  /** Headings of the columns that stay home. */
  readonly stays: readonly string[];
  readonly errors: readonly RowError[];
}

/** Whether a column holds traces that cases may share. */
export const isIndicator = (to: Target): boolean =>
  targetOf(to).indicator !== undefined || to === "x_indicatorValue" || to === "x_indicatorType";

/**
 * The cases of a table, one a row, with the indicators that a mapping says it has: nothing else of
 * it is read. Throws `CaseDataError` MAPPING_MISFIT, NO_INDICATOR_COLUMN.
 */
export function mappedCases(table: RawTable, whole: Mapping, options: ApplyOptions): MappedCases {
  const columns = whole.columns.filter(({ to }) => isIndicator(to));
  if (columns.length === 0) {
    throw new CaseDataError(
      "NO_INDICATOR_COLUMN",
      "the mapping says of no column that it holds traces that cases may share",
      { columns: whole.columns.length },
      "Make the mapping anew, and say of columns of phones, plates, handles … that they are " +
        "traces.",
    );
  }
  const mapping = { ...whole, columns };
  const { headers, at } = locateAll(table, mapping);
  const rows = [...mappedRows(table, mapping, options)];
  return {
    cases: rows.map(({ row, indicators }) => ({ row: row.line, indicators })),
    leaves: columns.map((column) => ({
      header: columnName(column),
      field: targetOf(column.to).label,
    })),
    stays: headers.filter((header, k) => header !== "" && !at.includes(k)),
    errors: rows.flatMap(({ problems }) => problems.map(withoutText)),
  };
}
