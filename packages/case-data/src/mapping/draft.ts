import { HTCDS_STANDARD } from "../htcds/spec.js";
import type { RawTable } from "../intake/raw-table.js";
import type { Headings, TableColumn } from "./headings.js";
import { type ColumnMapping, columnName, MAPPING_TYPE, type Mapping } from "./mapping.js";
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

const isSameColumn = (a: Pick<ColumnMapping, "from" | "nth">, b: typeof a): boolean =>
  columnName(a) === columnName(b);

/** Choices as an earlier mapping has them, where it says something of a column. */
export function earlierChoices(
  choices: readonly ColumnChoice[],
  old: Mapping | undefined,
): ColumnChoice[] {
  return choices.map((choice): ColumnChoice => {
    const { column, filled } = choice;
    const before = old?.columns.find((it) => isSameColumn(it, headingOf(column)));
    if (before !== undefined) {
      const { to: target, code } = before;
      return { column, filled, target, ...(code !== undefined && { code }) };
    }
    return old?.stays.includes(column.header) ? { column, filled } : choice;
  });
}

/** A mapping with the rules and decisions that an earlier one has for the same columns. */
export function withRulesOf(old: Mapping | undefined, mapping: Mapping): Mapping {
  if (old === undefined) return mapping;
  const columns = mapping.columns.map((column): ColumnMapping => {
    const before = old.columns.find((it) => isSameColumn(it, column) && it.to === column.to);
    return before === undefined ? column : { ...before, filled: column.filled };
  });
  const country = old.phoneCountry;
  return { ...mapping, columns, ...(country !== undefined && { phoneCountry: country }) };
}

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

/** A mapping that remembers how much of each column could not be read when it was made. */
export function withUnread(
  mapping: Mapping,
  counts: readonly { readonly name: string; readonly unread: number }[],
  rows: number,
): Mapping {
  const unread = new Map(counts.map((it) => [it.name, roundShare(it.unread / Math.max(1, rows))]));
  const columns = mapping.columns.map((column): ColumnMapping => {
    const { unread: _, ...rest } = column;
    const share = unread.get(columnName(column)) ?? 0;
    return share === 0 ? rest : { ...rest, unread: share };
  });
  return { ...mapping, columns };
}
