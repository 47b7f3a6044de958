import type { RowError } from "../error.js";
import type { CodeSystems } from "../htcds/code-system.js";
import type { HtcdsRecord } from "../htcds/record.js";
import { asTable } from "../intake/headed-table.js";
import { type ListOptions, readList } from "../intake/read-list.js";
import type { DateOrder } from "../normalise/date.js";
import { applyMapping } from "./apply.js";
import { draftMapping, sureChoices } from "./draft.js";
import { findHeadings } from "./headings.js";
import type { Mapping } from "./mapping.js";
import { matchColumns } from "./match-columns.js";
import { withoutText } from "./persons.js";
import { settledOrders } from "./questions.js";
import { targetOf } from "./target.js";

export interface RecordOptions extends ListOptions {
  /** How dates in numbers with the year last are read, where their column does not say. */
  readonly dateOrder?: DateOrder;
  /** ISO alpha-2 code of the country whose phone numbers need no prefix. */
  readonly phoneCountry?: string;
  /** Latest year of birth that can be right: pass this year. */
  readonly yearMax: number;
  readonly systems?: CodeSystems;
}

export interface RecordIntake {
  /** One for each row, which says where it stands in the file. */
  readonly records: readonly { readonly row: number; readonly record: HtcdsRecord }[];
  /** What was read by: only columns whose meaning is sure. */
  readonly mapping: Mapping;
  /** Headers of the columns that were not read. */
  readonly unmapped: readonly string[];
  readonly notes: readonly string[];
  readonly errors: readonly RowError[];
}

/**
 * A file of any format that `readTables` knows, with the standard's own columns (its spreadsheets,
 * exports of its form, files of other systems that are known) → records of the standard, without a
 * mapping made by hand. What is not sure stays unread, and what is ambiguous is an error; to have
 * it asked, make a mapping. Throws `CaseDataError` as `readList` does.
 */
export function readRecords(bytes: Uint8Array, options: RecordOptions): RecordIntake {
  const list = readList(bytes, options);
  const table = asTable(list);
  const headings = findHeadings(table);
  const first = draftMapping(table, headings, sureChoices(matchColumns(table, headings)));
  const draft = settledOrders(table, first);
  const { dateOrder } = options;
  const columns = draft.columns.map((column) => {
    const isOpen = targetOf(column.to).kind === "date" && column.dateOrder === undefined;
    return isOpen && dateOrder !== undefined ? { ...column, dateOrder } : column;
  });
  const { phoneCountry } = options;
  const mapping: Mapping = {
    ...draft,
    columns,
    ...(phoneCountry !== undefined && { phoneCountry }),
  };
  const rows = applyMapping(table, mapping, options);
  const problems = rows.flatMap((row) => [...row.problems, ...row.recordProblems].map(withoutText));
  // A record is one although nobody could be found by it.
  const errors = problems.filter(({ code }) => code !== "NOTHING_TO_LINK");
  return {
    records: rows.map(({ row, record }) => ({ row: row.line, record })),
    mapping,
    unmapped: mapping.stays,
    notes: list.notes,
    errors: [...list.errors, ...errors].sort((a, b) => a.row - b.row),
  };
}
