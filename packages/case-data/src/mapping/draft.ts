import { HTCDS_STANDARD } from "../htcds/spec.js";
import type { RawTable } from "../intake/raw-table.js";
import type { Headings, TableColumn } from "./headings.js";
import { type ColumnMapping, MAPPING_TYPE, type Mapping } from "./mapping.js";
import type { ColumnMatch } from "./match-columns.js";
import type { Target } from "./target.js";

/** A column that somebody, or a sure match, gave a meaning; without one it stays home. */
export interface ColumnChoice extends Pick<ColumnMatch, "column" | "filled" | "target" | "code"> {}

/** Shares are kept coarse: a mapping may be shown around. */
const FILLED_STEPS = 20;

export const roundShare = (share: number): number =>
  Math.round(share * FILLED_STEPS) / FILLED_STEPS;

export const headingOf = ({ header, nth }: TableColumn): Pick<ColumnMapping, "from" | "nth"> => ({
  from: header,
  ...(nth !== undefined && { nth }),
});

/** Sure matches; what is not sure stays home until somebody is asked. */
export const sureChoices = (matches: readonly ColumnMatch[]): ColumnChoice[] =>
  matches.map(({ column, filled, target, code, isSure }) => ({
    column,
    filled,
    ...(isSure && target !== undefined && { target, ...(code !== undefined && { code }) }),
  }));

const toMapping = ({ column, filled, code }: ColumnChoice, to: Target): ColumnMapping => ({
  ...headingOf(column),
  to,
  filled: roundShare(filled),
  ...(code !== undefined && { code }),
});

/** A first mapping of a table: which column means what; how it is read comes later. */
export function draftMapping(
  table: RawTable,
  { system, headerRow }: Headings,
  choices: readonly ColumnChoice[],
): Mapping {
  const rows = table.rows.length - headerRow - 1;
  return {
    type: MAPPING_TYPE,
    target: HTCDS_STANDARD,
    source: { system, rows, ...(table.sheet !== undefined && { sheet: table.sheet }) },
    columns: choices.flatMap((choice) =>
      choice.target === undefined ? [] : [toMapping(choice, choice.target)],
    ),
    stays: [
      ...new Set(
        choices.filter(({ target }) => target === undefined).map(({ column }) => column.header),
      ),
    ],
  };
}
