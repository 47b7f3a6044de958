import type { RawTable } from "./raw-table.js";

const sheetNamed = (tables: readonly RawTable[], name: string): RawTable | undefined =>
  tables.find(({ sheet }) => sheet?.trim().toLowerCase() === name);

const headersOf = (table: RawTable | undefined): string[] =>
  (table?.rows[0]?.cells ?? []).map((cell) => cell.trim().toLowerCase());

/** Whether a workbook is a form: a sheet `survey` with a type and a name for each question. */
export function isForm(tables: readonly RawTable[]): boolean {
  const headers = headersOf(sheetNamed(tables, "survey"));
  return headers.includes("type") && headers.includes("name");
}
