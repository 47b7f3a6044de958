import { canonicalCode } from "../htcds/canonical-code.js";
import type { CodeSystems } from "../htcds/code-system.js";
import { type FieldId, fieldOf } from "../htcds/record.js";
import { STANDARD_SYSTEMS } from "../htcds/systems/standard.js";
import type { RawTable } from "../intake/raw-table.js";
import { isMissing } from "../normalise/text.js";
import { bodyRows } from "./apply.js";
import { VALUES_MAX } from "./check-mapping.js";
import { locateAll } from "./locate.js";
import { type ColumnMapping, columnName, type Mapping } from "./mapping.js";
import { mask } from "./mask.js";
import { decisionsOf, readCodes, valueKey } from "./read-codes.js";
import { targetOf } from "./target.js";

/** Why a code is suggested for a value. */
export type ValueReason = "a near spelling" | "words in common";

export interface CodeChoice {
  readonly code: string;
  readonly label: string;
}

export interface Suggestion extends CodeChoice {
  readonly reason: ValueReason;
}

/** A value that no list knows. */
export interface OpenValue {
  /** As in the file: for whoever decides on it. Shown to nobody else. */
  readonly text: string;
  readonly masked: string;
  /** Rows that have it. */
  readonly count: number;
  readonly suggestion?: Suggestion;
}

/** Values of one column that no list knows, most frequent first. */
export interface OpenColumn {
  readonly name: string;
  readonly target: FieldId;
  readonly values: readonly OpenValue[];
  /** So many different ones that it is no column of codes: it should be matched otherwise. */
  readonly isNoCodeList: boolean;
}

/** What somebody decided: a code, that nothing is known, or that it is passed over. */
export type ValueDecision = { readonly code: string } | "unknown" | "ignore";

/** Different unknown values, from which on nobody can go through them. */
const OPEN_MAX = 200;

/** All codes that a field takes, with their labels. */
export function codesOf(
  target: FieldId,
  systems: CodeSystems = STANDARD_SYSTEMS,
): readonly CodeChoice[] {
  const { codes, system } = fieldOf(target);
  if (codes !== undefined) {
    return Object.entries(codes).map(([code, label]) => ({ code, label }));
  }
  const plugged = system === undefined ? undefined : systems[system];
  return (plugged?.codes ?? []).map((code) => ({ code, label: plugged?.label(code) ?? code }));
}

const words = (text: string): Set<string> =>
  new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 3),
  );

/** The one code of whose label most words stand in the value. */
function byWords(target: FieldId, text: string, systems: CodeSystems): CodeChoice | undefined {
  const said = words(text);
  const scored = codesOf(target, systems).map((choice) => ({
    choice,
    common: [...words(choice.label)].filter((word) => said.has(word)).length,
  }));
  const most = Math.max(0, ...scored.map(({ common }) => common));
  const best = scored.filter(({ common }) => common === most);
  return most > 0 && best.length === 1 ? best[0].choice : undefined;
}

function suggest(target: FieldId, text: string, systems: CodeSystems): Suggestion | undefined {
  const match = canonicalCode(target, text, systems);
  const choices = codesOf(target, systems);
  if (match.kind === "unknown" && match.nearest !== undefined) {
    const near = choices.find(({ code }) => code === match.nearest);
    if (near !== undefined) return { ...near, reason: "a near spelling" };
  }
  const common = byWords(target, text, systems);
  return common === undefined ? undefined : { ...common, reason: "words in common" };
}

function openColumn(
  column: ColumnMapping,
  cells: readonly string[],
  systems: CodeSystems,
): OpenColumn {
  const target = column.to as FieldId;
  const decisions = decisionsOf(column);
  const open = new Map<string, { text: string; count: number }>();
  let filled = 0;
  for (const cell of cells) {
    if (isMissing(cell)) continue;
    filled += 1;
    for (const text of readCodes(target, cell, decisions, systems).unread) {
      const key = valueKey(text);
      const one = open.get(key) ?? { text, count: 0 };
      one.count += 1;
      open.set(key, one);
    }
  }
  const isNoCodeList = open.size > OPEN_MAX || (open.size > 20 && open.size > filled / 2);
  const values = [...open.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, VALUES_MAX)
    .map(({ text, count }): OpenValue => {
      const suggestion = isNoCodeList ? undefined : suggest(target, text, systems);
      const shown = { text, masked: mask(text), count };
      return suggestion === undefined ? shown : { ...shown, suggestion };
    });
  return { name: columnName(column), target, values, isNoCodeList };
}

/** For each column of codes the different values that nothing is known of; [] if there are none. */
export function openValues(
  table: RawTable,
  mapping: Mapping,
  systems: CodeSystems = STANDARD_SYSTEMS,
): OpenColumn[] {
  const located = locateAll(table, mapping);
  const rows = bodyRows(table, located);
  return mapping.columns
    .flatMap((column, k): OpenColumn[] => {
      if (targetOf(column.to).kind !== "code" || column.code !== undefined) return [];
      const cells = rows.map((row) => row.cells[located.at[k]] ?? "");
      return [openColumn(column, cells, systems)];
    })
    .filter(({ values }) => values.length > 0);
}

/** The mapping with a decision on one value of one column. */
export function decideValue(
  mapping: Mapping,
  name: string,
  text: string,
  decision: ValueDecision,
): Mapping {
  const changed = (column: ColumnMapping): ColumnMapping => {
    if (typeof decision !== "string") {
      return { ...column, values: { ...column.values, [text]: decision.code } };
    }
    return { ...column, [decision]: [...(column[decision] ?? []), text] };
  };
  const columns = mapping.columns.map((it) => (columnName(it) === name ? changed(it) : it));
  return { ...mapping, columns };
}
