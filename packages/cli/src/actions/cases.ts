import { basename } from "node:path";
import type { WrittenIndicator } from "@symbolon/case-data/indicators/case-slots";
import { casesDataset } from "@symbolon/case-data/indicators/cases-dataset";
import { INDICATOR_KINDS, type IndicatorKind } from "@symbolon/case-data/indicators/kinds";
import {
  type IndicatorColumn,
  indicatorsOfRows,
} from "@symbolon/case-data/indicators/written-indicators";
import type { HeadedTable } from "@symbolon/case-data/intake/headed-table";
import { readList } from "@symbolon/case-data/intake/read-list";
import { wordsFrom } from "@symbolon/case-data/random";
import type { ListOptions, SubmitOptions } from "../commands/provider.js";
import { CliError } from "../error.js";
import { readBytes } from "../files.js";
import { count, plural } from "../format.js";
import type { Output } from "../output.js";
import type { Outgoing } from "./outgoing.js";
import { hashHex } from "./sha256.js";

/** A list of cases, one a row, as it was read: it stays in this process. */
export interface ReadCases {
  readonly table: HeadedTable;
  readonly source: string;
  readonly bytes: Uint8Array;
}

export function readCases(path: string, { sheet, delimiter }: ListOptions): ReadCases {
  const bytes = readBytes(path, "list");
  const table = readList(bytes, {
    ...(sheet !== undefined && { sheet }),
    ...(delimiter !== undefined && { delimiter }),
  });
  return { table, source: basename(path), bytes };
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

function columnsOf({ indicators = [], mapping, map }: SubmitOptions): IndicatorColumn[] {
  if (mapping !== undefined || map !== undefined) {
    const cure = "leave out --map and --mapping; say --indicators kind=heading";
    throw new CliError("USAGE", "a list of cases is read by --indicators alone", {}, cure);
  }
  if (indicators.length === 0) {
    const cure = "add --indicators phone=Phones plate=Vehicle, with the headings of the list";
    throw new CliError("USAGE", "nothing says which columns hold indicators", {}, cure);
  }
  return indicators.map(({ name, value }) => {
    const kind = kindOf(name);
    return { header: value, kind: kind === ANY ? "labelled" : kind };
  });
}

function ownOf({ own = [] }: SubmitOptions): WrittenIndicator[] {
  return own.map(({ name, value }) => {
    const kind = kindOf(name);
    if (kind !== ANY) return { kind, text: value };
    throw new CliError("USAGE", "--own needs a kind", {}, "say --own phone=… or another kind");
  });
}

/** Notes shown one by one. */
const NOTES_SHOWN = 8;

/** A list of cases with the indicators that leave; everything else stays home. */
export function outgoingCases(path: string, options: SubmitOptions, output: Output): Outgoing {
  const { table, source, bytes } = readCases(path, options);
  const columns = columnsOf(options);
  const own = ownOf(options);
  const cases = indicatorsOfRows(table.headers, table.rows, columns);
  const slotOptions = {
    own,
    ...(options.country !== undefined && { country: options.country.toUpperCase() }),
  };
  const leaves = columns.map(({ header, kind }) => ({ header, field: kind }));
  output.line(`${source}: ${plural(cases.length, "case")}`);
  output.line("  Leaves this computer, as keys that are split into noise:");
  for (const { header, field } of leaves) output.line(`    "${header}", as ${field}`);
  output.line("  Everything else stays home.");
  for (const note of table.notes) output.line(`  Note: ${note}`);
  const settings = JSON.stringify({ columns, own, country: options.country });
  return {
    source,
    digest: hashHex(bytes) + hashHex(new TextEncoder().encode(settings)),
    rows: cases.length,
    summary: { cases: cases.length, leaves, errors: table.errors.length },
    prepare: (random) => {
      const made = casesDataset(cases, wordsFrom(random), slotOptions);
      const problems = [...table.errors, ...made.notes];
      for (const { row, column, cure } of problems.slice(0, NOTES_SHOWN)) {
        output.line(`    row ${row}${column === undefined ? "" : `, "${column}"`}: ${cure}`);
      }
      const more = problems.length - NOTES_SHOWN;
      if (more > 0) output.line(`    … and ${count(more)} more`);
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
