import { basename } from "node:path";
import type { RowError } from "@symbolon/case-data/error";
import { csvCell } from "@symbolon/case-data/intake/csv-cell";
import { asTable } from "@symbolon/case-data/intake/headed-table";
import { type PersonIntake, readPersons } from "@symbolon/case-data/intake/persons";
import { rejectsCsv } from "@symbolon/case-data/intake/rejects";
import { requireFit } from "@symbolon/case-data/mapping/drift";
import { mappedPersons } from "@symbolon/case-data/mapping/persons";
import { importMapping, type StoredMapping } from "@symbolon/provider/mapping-file";
import type { ListOptions } from "../commands/provider.js";
import { CliError } from "../error.js";
import { readBytes, readText, writeNew } from "../files.js";
import { count, plural } from "../format.js";
import type { Output } from "../output.js";
import { openList } from "./open-list.js";

/** A list as it was read, still in the clear: it stays in this process. */
export interface ReadList extends PersonIntake {
  readonly source: string;
  /** What it was read by, if somebody made a mapping. */
  readonly mapping?: StoredMapping;
  readonly bytes: Uint8Array;
}

const ORDERS = { "day-first": "dmy", "month-first": "mdy", "year-first": "ymd" } as const;

/** Reads a list as the options say. Bad rows are in its errors, good ones go on. */
export async function readList(path: string, options: ListOptions): Promise<ReadList> {
  const bytes = readBytes(path, "list");
  if (options.mapping !== undefined) return readMapped(path, bytes, options.mapping, options);
  const map = new Map<string, string[]>();
  for (const { name, value } of options.map ?? []) map.set(name, [...(map.get(name) ?? []), value]);
  const intake = readPersons(bytes, {
    map: Object.fromEntries(map),
    yearMax: new Date().getUTCFullYear(),
    ...(options.sheet !== undefined && { sheet: options.sheet }),
    ...(options.headerRow !== undefined && { headerRow: options.headerRow }),
    ...(options.corrected !== undefined && {
      corrected: readBytes(options.corrected, "corrected rows"),
    }),
    ...(options.delimiter !== undefined && { delimiter: options.delimiter }),
    ...(options.dateOrder !== undefined && { dateOrder: ORDERS[options.dateOrder] }),
    ...(options.country !== undefined && { phoneCountry: options.country.toUpperCase() }),
  });
  return { ...intake, source: basename(path), bytes };
}

/** Reads a list by a mapping, which says all that other options could. */
async function readMapped(
  path: string,
  bytes: Uint8Array,
  file: string,
  options: ListOptions,
): Promise<ReadList> {
  const { map, dateOrder, country } = options;
  if (map !== undefined || dateOrder !== undefined || country !== undefined) {
    const cure = "leave out --map, --date-order and --country, or --mapping";
    throw new CliError("USAGE", "a mapping says already how the list is read", {}, cure);
  }
  const mapping = await importMapping(readText(file, "mapping"));
  const opened = openList(bytes, options, mapping.mapping);
  const table = asTable(opened);
  const drift = requireFit(table, mapping.mapping).map(({ sentence }) => sentence);
  const yearMax = new Date().getUTCFullYear();
  const intake = mappedPersons(table, mapping.mapping, { yearMax });
  const errors = [...opened.errors, ...intake.errors].sort((a, b) => a.row - b.row);
  return {
    ...intake,
    ...{ errors, mapping, bytes },
    table: opened,
    notes: [...opened.notes, ...drift, ...intake.notes],
    rejectedRows: errors.filter(({ severity }) => severity === "row").length,
    source: basename(path),
  };
}

/** Errors shown one by one; the rest goes into the file that `--errors` names. */
const ERRORS_SHOWN = 8;

/** Tells the data steward what was understood: what leaves, what stays, what is wrong. */
export function showList(list: ReadList, options: ListOptions, output: Output): void {
  output.line(`${list.source}: ${plural(list.persons.length, "person")} can be compared`);
  output.line("  Leaves this computer, split into noise:");
  for (const { header, field } of list.mapped) {
    output.line(`    "${header}"${header.toLowerCase() === field ? "" : `, as ${field}`}`);
  }
  output.line("  Stays home, not even read:");
  for (const header of list.unmapped) output.line(`    "${header}"`);
  if (list.unmapped.length === 0) output.line("    (no column)");
  for (const note of list.notes) output.line(`  Note: ${note}`);
  showErrors(list.errors, options.errors, output);
}

/** What is wrong with which row or cell, in short; all of it in the file, if one is named. */
export function showErrors(
  errors: readonly RowError[],
  file: string | undefined,
  output: Output,
): void {
  if (errors.length === 0) return;
  const rows = errors.filter(({ severity }) => severity === "row").length;
  output.line(
    `  ${plural(rows, "row")} left out, ${plural(errors.length - rows, "cell")} skipped:`,
  );
  for (const { row, column, cure } of errors.slice(0, ERRORS_SHOWN)) {
    output.line(`    row ${row}${column === undefined ? "" : `, "${column}"`}: ${cure}`);
  }
  const more = errors.length - ERRORS_SHOWN;
  if (more > 0) output.line(`    … and ${count(more)} more (--errors writes all to a file)`);
  if (file === undefined) return;
  writeNew(file, errorsCsv(errors));
  output.line(`  All of them are in ${file}.`);
}

/** The errors as a CSV file; they quote headings, never values. */
export function errorsCsv(errors: readonly RowError[]): string {
  const rows = errors.map((it) => [String(it.row), it.column ?? "", it.severity, it.code, it.cure]);
  return [["row", "column", "left out", "code", "what to do"], ...rows]
    .map((row) => `${row.map(csvCell).join(",")}\r\n`)
    .join("");
}

/** Writes the rows that are to be corrected to a new file, with the reasons. */
export function writeRejects(
  {
    table,
    errors,
  }: { readonly table: PersonIntake["table"]; readonly errors: readonly RowError[] },
  file: string | undefined,
  output: Output,
): void {
  if (file === undefined) return;
  const rejects = rejectsCsv(table, errors);
  if (rejects === undefined) {
    output.line("No row needs correcting; no file was made.");
    return;
  }
  writeNew(file, rejects, { secret: true });
  output.line(`Made ${file}: rows to correct. It holds case data; keep it here.`);
  output.line(`  Corrected, they take the place of those of the list: --corrected ${file}`);
}

/** What of the list `--json` says: counts and headings, no value. */
export const listSummary = (list: ReadList) => ({
  persons: list.persons.length,
  leaves: list.mapped.map(({ header, field }) => ({ header, field })),
  stays: list.unmapped,
  errors: list.errors.length,
  rejectedRows: list.rejectedRows,
});
