import { CaseDataError } from "../../error.js";
import type { IntakeLimits } from "../limits.js";
import type { FileFormat, RawRow, RawTable } from "../raw-table.js";

/** What a reader of workbooks found in one sheet. */
export interface SheetFound {
  readonly sheet: string;
  readonly format: FileFormat;
  readonly isHidden: boolean;
  readonly rows: readonly RawRow[];
  readonly mergedRows: number;
}

/** A sheet as a table, with what the data steward should know of it. */
export function tableOf({ sheet, format, isHidden, rows, mergedRows }: SheetFound): RawTable {
  const notes: string[] = [];
  if (mergedRows > 0) {
    notes.push(
      `Sheet "${sheet}" has cells merged over several rows; each row that they cover ` +
        `was given their value (${mergedRows}).`,
    );
  }
  return { sheet, rows, origin: { format, notes, ...(isHidden && { isHidden }) } };
}

export function checkTables(count: number, { tablesMax }: IntakeLimits): void {
  if (count <= tablesMax) return;
  throw new CaseDataError(
    "TOO_MANY_TABLES",
    `the file has more than ${tablesMax} sheets`,
    { tablesMax },
    "Save the sheet that you need as a file of its own.",
  );
}
