import { basename } from "node:path";
import { utf8 } from "@symbolon/base/bytes";
import type { RowError } from "@symbolon/case-data/error";
import type {
  CaseIndicators,
  IndicatorNote,
  SlotOptions,
  WrittenIndicator,
} from "@symbolon/case-data/indicators/case-slots";
import { casesDataset } from "@symbolon/case-data/indicators/cases-dataset";
import { INDICATOR_KINDS, type IndicatorKind } from "@symbolon/case-data/indicators/kinds";
import { type CasesPreview, previewCases } from "@symbolon/case-data/indicators/preview-cases";
import {
  type IndicatorColumn,
  indicatorsOfRows,
} from "@symbolon/case-data/indicators/written-indicators";
import { asTable, type HeadedTable } from "@symbolon/case-data/intake/headed-table";
import { mappedCases } from "@symbolon/case-data/mapping/cases";
import { requireFit } from "@symbolon/case-data/mapping/drift";
import { wordsFrom } from "@symbolon/case-data/random";
import { importMapping, type StoredMapping } from "@symbolon/provider/mapping-file";
import type { CasesOptions, ListOptions } from "../commands/provider.js";
import { CliError } from "../error.js";
import { readBytes, readText } from "../files.js";
import { count, plural } from "../format.js";
import type { Output } from "../output.js";
import { showErrors } from "./list.js";
import { openList } from "./open-list.js";
import { correctedDigest, type Outgoing } from "./outgoing.js";
import { hashHex } from "./sha256.js";

/** A list of cases, one a row: it stays in this process. */
export interface OpenedCases {
  readonly table: HeadedTable;
  readonly source: string;
  readonly bytes: Uint8Array;
  readonly mapping?: StoredMapping;
}

/** The rows of a list of cases; the mapping, if there is one, says where they are. */
export async function openCases(path: string, options: ListOptions): Promise<OpenedCases> {
  const bytes = readBytes(path, "list");
  const file = options.mapping;
  const mapping = file === undefined ? undefined : await importMapping(readText(file, "mapping"));
  const table = openList(bytes, options, mapping?.mapping);
  return { table, source: basename(path), bytes, ...(mapping !== undefined && { mapping }) };
}

/** What was understood of a list of cases. */
export interface ReadCases extends OpenedCases {
  readonly cases: readonly CaseIndicators[];
  readonly leaves: readonly { readonly header: string; readonly field: string }[];
  readonly stays: readonly string[];
  readonly notes: readonly string[];
  /** What is wrong with rows and cells, of the file and of the indicators in it. */
  readonly errors: readonly RowError[];
  readonly preview: CasesPreview;
  readonly slotOptions: SlotOptions;
}

/** A column that holds several kinds, each with its name before it. */
const ANY = "any";

function kindOf(name: string): IndicatorKind | typeof ANY {
  const found = [...INDICATOR_KINDS, ANY].find((kind) => kind === name);
  if (found !== undefined) return found as IndicatorKind | typeof ANY;
  throw new CliError(
    "USAGE",
    `there is no kind of indicator ${name}`,
    {},
    `the kinds are ${INDICATOR_KINDS.join(", ")}, and ${ANY} for cells such as "Phone: …"`,
  );
}

function columnsOf({ indicators = [], mapping, map }: CasesOptions): IndicatorColumn[] {
  if (map !== undefined || (mapping !== undefined && indicators.length > 0)) {
    const cure = "say it by --indicators kind=heading, or by --mapping";
    throw new CliError("USAGE", "columns of indicators are said in one way", {}, cure);
  }
  if (mapping === undefined && indicators.length === 0) {
    const cure =
      "add --indicators phone=Phones plate=Vehicle, with the headings of the list, or --mapping";
    throw new CliError("USAGE", "nothing says which columns hold indicators", {}, cure);
  }
  return indicators.map(({ name, value }) => {
    const kind = kindOf(name);
    return { header: value, kind: kind === ANY ? "labelled" : kind };
  });
}

function ownOf({ own = [] }: CasesOptions): WrittenIndicator[] {
  return own.map(({ name, value }) => {
    const kind = kindOf(name);
    if (kind !== ANY) return { kind, text: value };
    throw new CliError("USAGE", "--own needs a kind", {}, "say --own phone=… or another kind");
  });
}

/** What the columns say, as the options or a mapping read them. */
function understood({ table, mapping }: OpenedCases, columns: readonly IndicatorColumn[]) {
  if (mapping === undefined) {
    const leaving = new Set(columns.map(({ header }) => header));
    return {
      cases: indicatorsOfRows(table.headers, table.rows, columns),
      leaves: columns.map(({ header, kind }) => ({
        header,
        field: kind === "labelled" ? "traces of any kind" : kind,
      })),
      stays: table.headers.filter((header) => header !== "" && !leaving.has(header)),
      errors: [],
      notes: [],
    };
  }
  const raw = asTable(table);
  const notes = requireFit(raw, mapping.mapping).map(({ sentence }) => sentence);
  const yearMax = new Date().getUTCFullYear();
  return { ...mappedCases(raw, mapping.mapping, { yearMax }), notes };
}

/** What is wrong with an indicator, as with any cell. */
const asError = ({ row, column, code, cure, count: values }: IndicatorNote): RowError => ({
  ...{ severity: "cell", row, code },
  ...(column !== undefined && { column }),
  cure: values === 1 ? cure : `${plural(values, "value")}: ${cure}`,
});

/** Reads a list of cases: by `--indicators`, or by a mapping. */
export async function readCases(path: string, options: CasesOptions): Promise<ReadCases> {
  const columns = columnsOf(options);
  const own = ownOf(options);
  const opened = await openCases(path, options);
  const { table, mapping } = opened;
  const read = understood(opened, columns);
  const country = options.country?.toUpperCase() ?? mapping?.mapping.phoneCountry;
  const slotOptions = { own, ...(country !== undefined && { country }) };
  const preview = previewCases(read.cases, slotOptions);
  const errors = [...table.errors, ...read.errors, ...preview.notes.map(asError)];
  return {
    ...{ ...opened, ...read, preview, slotOptions },
    notes: [...table.notes, ...read.notes],
    errors: errors.sort((a, b) => a.row - b.row),
  };
}

/** Shows what of a list of cases would leave, what stays, and what connects nothing and why. */
export function showCases(list: ReadCases, options: CasesOptions, output: Output): void {
  const { source, cases, leaves, stays, notes, errors, preview } = list;
  output.line(`${source}: ${plural(cases.length, "case")}`);
  output.line("  Leaves this computer, as keys that are split into noise:");
  for (const { header, field } of leaves) output.line(`    "${header}", as ${field}`);
  output.line("  Stays home, not even read:");
  for (const header of stays) output.line(`    "${header}"`);
  if (stays.length === 0) output.line("    (no column)");
  output.line("  kind        cases   found if the same   found if nearly the same   not used");
  for (const { kind, cases: some, exact, near, unused } of preview.kinds) {
    const cells = [count(some).padStart(7), count(exact).padStart(20), count(near).padStart(27)];
    output.line(`  ${kind.padEnd(10)} ${cells.join("")} ${count(unused).padStart(10)}`);
  }
  output.line(`  ${plural(preview.empty, "case")} of which nothing would leave.`);
  for (const note of notes) output.line(`  Note: ${note}`);
  showErrors(errors, options.errors, output);
}

/** What of the list `--json` says: counts and headings, no value. */
export const casesSummary = ({ cases, leaves, stays, errors, preview }: ReadCases) => ({
  cases: cases.length,
  ...{ leaves, stays, kinds: preview.kinds, empty: preview.empty },
  errors: errors.length,
});

/** A list of cases with the indicators that leave; everything else stays home. */
export async function outgoingCases(
  path: string,
  options: CasesOptions,
  output: Output,
): Promise<Outgoing> {
  const list = await readCases(path, options);
  showCases(list, options, output);
  const { source, bytes, cases, slotOptions, mapping, leaves } = list;
  const settings = JSON.stringify({ leaves, mapping: mapping?.hash, ...slotOptions });
  return {
    source,
    digest: hashHex(bytes) + correctedDigest(options) + hashHex(utf8(settings)),
    rows: cases.length,
    ...(mapping !== undefined && { mapping }),
    summary: casesSummary(list),
    prepare: (random) => {
      const made = casesDataset(cases, wordsFrom(random), slotOptions);
      const none = { thresholds: [], missLow: [], missExpected: [], missHigh: [], presence: [] };
      return {
        schema: made.schema,
        values: made.values,
        lines: made.rowMap.map((index) => (index < 0 ? 0 : cases[index].row)),
        calibration: none,
      };
    },
  };
}
