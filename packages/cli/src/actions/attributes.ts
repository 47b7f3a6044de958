import { basename } from "node:path";
import { ATTRIBUTES } from "@symbolon/case-data/attributes/attributes";
import {
  type AttributeNote,
  attributeNotes,
  attributesDataset,
} from "@symbolon/case-data/attributes/attributes-dataset";
import type { RowError } from "@symbolon/case-data/error";
import type { HtcdsRecord } from "@symbolon/case-data/htcds/record";
import { asTable } from "@symbolon/case-data/intake/headed-table";
import { applyMapping } from "@symbolon/case-data/mapping/apply";
import { requireFit } from "@symbolon/case-data/mapping/drift";
import { withoutText } from "@symbolon/case-data/mapping/persons";
import { readRecords } from "@symbolon/case-data/mapping/records";
import { wordsFrom } from "@symbolon/case-data/random";
import { importMapping, type StoredMapping } from "@symbolon/provider/mapping-file";
import type { ListOptions } from "../commands/provider.js";
import { CliError } from "../error.js";
import { readBytes, readText } from "../files.js";
import { count, plural } from "../format.js";
import type { Output } from "../output.js";
import { showErrors } from "./list.js";
import { openList } from "./open-list.js";
import { correctedDigest, type Outgoing } from "./outgoing.js";
import { hashHex } from "./sha256.js";

/** Cases as they were read, one a row: they stay in this process. */
interface ReadRecords {
  readonly records: readonly { readonly row: number; readonly record: HtcdsRecord }[];
  readonly errors: readonly RowError[];
  readonly notes: readonly string[];
  readonly mapping?: StoredMapping;
}

const ORDERS = { "day-first": "dmy", "month-first": "mdy", "year-first": "ymd" } as const;

/** Reads the cases of a list, by the standard's headings or a mapping. */
export async function readCodes(bytes: Uint8Array, options: ListOptions): Promise<ReadRecords> {
  const { mapping: file, map, sheet, headerRow, corrected, delimiter, dateOrder } = options;
  if (map !== undefined) {
    const cure = "use the standard's headings, or make a mapping and add --mapping";
    throw new CliError("USAGE", "a list whose cases are counted is not read by --map", {}, cure);
  }
  const yearMax = new Date().getUTCFullYear();
  if (file === undefined) {
    const read = readRecords(bytes, {
      yearMax,
      ...(sheet !== undefined && { sheet }),
      ...(headerRow !== undefined && { headerRow }),
      ...(corrected !== undefined && { corrected: readBytes(corrected, "corrected rows") }),
      ...(delimiter !== undefined && { delimiter }),
      ...(dateOrder !== undefined && { dateOrder: ORDERS[dateOrder] }),
    });
    return { records: read.records, errors: read.errors, notes: read.notes };
  }
  const mapping = await importMapping(readText(file, "mapping"));
  const opened = openList(bytes, options, mapping.mapping);
  const table = asTable(opened);
  const drift = requireFit(table, mapping.mapping).map(({ sentence }) => sentence);
  const rows = applyMapping(table, mapping.mapping, { yearMax });
  // A case is counted although nobody could be found by it.
  const problems = rows
    .flatMap((row) => row.problems.map(withoutText))
    .filter(({ code }) => code !== "NOTHING_TO_LINK");
  return {
    records: rows.map(({ row, record }) => ({ row: row.line, record })),
    errors: [...opened.errors, ...problems].sort((a, b) => a.row - b.row),
    notes: [...opened.notes, ...drift],
    mapping,
  };
}

/** Says which codes leave, and of how many cases something is known. Throws NOTHING_TO_SEND. */
export function showCodes(
  known: readonly AttributeNote[],
  { cases, source }: { readonly cases: number; readonly source: string },
  output: Output,
): void {
  if (known.length === 0) {
    const labels = ATTRIBUTES.map(({ label }) => label).join(", ");
    throw new CliError(
      "NOTHING_TO_SEND",
      `nothing of ${source} was understood by which cases are counted`,
      {},
      `make a mapping (provider map) whose columns say ${labels}`,
    );
  }
  output.line("  Leaves this computer, as codes of public lists that are split into noise:");
  for (const { attribute, unknown, cutOff } of known) {
    const of = ATTRIBUTES.find(({ name }) => name === attribute);
    const most =
      cutOff > 0 ? `; of ${plural(cutOff, "case")} the first ${of?.most} codes count` : "";
    output.line(`    ${of?.label} (known of ${count(cases - unknown)} of ${count(cases)}${most})`);
  }
}

/** A list of cases of which nothing but codes of public lists leaves. */
export async function outgoingAttributes(
  path: string,
  options: ListOptions,
  output: Output,
): Promise<Outgoing> {
  const bytes = readBytes(path, "list");
  const { records, errors, notes, mapping } = await readCodes(bytes, options);
  const bad = new Set(errors.filter(({ severity }) => severity === "row").map(({ row }) => row));
  const good = records.filter(({ row }) => !bad.has(row));
  const cases = good.map(({ record }) => record);
  const source = basename(path);
  const known = attributeNotes(cases).filter(({ unknown }) => unknown < cases.length);
  output.line(`${source}: ${plural(cases.length, "case")}`);
  showCodes(known, { cases: cases.length, source }, output);
  output.line("  Everything else stays home.");
  for (const note of notes) output.line(`  Note: ${note}`);
  showErrors(errors, options.errors, output);
  return {
    source,
    digest:
      hashHex(bytes) +
      correctedDigest(options) +
      hashHex(new TextEncoder().encode(JSON.stringify(mapping ?? {}))),
    rows: cases.length,
    ...(mapping && { mapping }),
    summary: { cases: cases.length, leaves: known, errors: errors.length },
    prepare: (random) => {
      const made = attributesDataset(cases, wordsFrom(random));
      const none = { thresholds: [], missLow: [], missExpected: [], missHigh: [], presence: [] };
      return {
        schema: made.schema,
        values: made.values,
        lines: made.rowMap.map((index) => (index < 0 ? 0 : good[index].row)),
        calibration: none,
      };
    },
  };
}
