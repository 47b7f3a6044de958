import { lookUpCode } from "../htcds/canonical-code.js";
import { spellingKey } from "../htcds/canonical-field.js";
import type { CodeSystems } from "../htcds/code-system.js";
import type { FieldId } from "../htcds/record.js";
import { splitCodes } from "../htcds/split.js";
import type { ColumnMapping } from "./mapping.js";
import { targetOf } from "./target.js";

/** Texts that a mapping treats as one: without case, accents, blanks and signs. */
export const valueKey = (text: string): string => spellingKey(text) || text.trim();

export type Decision =
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "unknown" | "ignore" };

/** What a column's mapping says of single values, by `valueKey`. */
export function decisionsOf(column: ColumnMapping): ReadonlyMap<string, Decision> {
  const decisions = new Map<string, Decision>();
  for (const [text, code] of Object.entries(column.values ?? {})) {
    decisions.set(valueKey(text), { kind: "code", code });
  }
  for (const kind of ["unknown", "ignore"] as const) {
    for (const text of column[kind] ?? []) decisions.set(valueKey(text), { kind });
  }
  return decisions;
}

/** The codes of a cell, some of which may belong to another field, and what means none. */
export interface ReadCodes {
  readonly codes: readonly { readonly field: FieldId; readonly code: string }[];
  readonly unread: readonly string[];
}

const NOTHING: ReadCodes = { codes: [], unread: [] };

/**
 * Reads a cell of a field with codes: what the mapping decided of the whole cell; else code, label
 * or known spelling, several of them where the field holds several; else what it decided of the
 * parts. Nothing is guessed.
 */
export function readCodes(
  field: FieldId,
  cell: string,
  decisions: ReadonlyMap<string, Decision>,
  systems: CodeSystems,
): ReadCodes {
  const whole = decisions.get(valueKey(cell));
  if (whole?.kind === "code") return { codes: [{ field, code: whole.code }], unread: [] };
  if (whole !== undefined) return NOTHING;
  if (!targetOf(field).isList) {
    const match = lookUpCode(field, cell.trim(), systems);
    if (match.kind === "code") return { codes: [match], unread: [] };
    // Without its tables any text counts as a code, as in a record.
    const codes = match.kind === "unplugged" ? [{ field, code: cell.trim() }] : [];
    return { codes, unread: codes.length > 0 ? [] : [cell.trim()] };
  }
  const { codes, unknown } = splitCodes(field, cell, systems);
  if (unknown.length === 0) return { codes, unread: [] };
  return readRest(field, codes, unknown, decisions);
}

function readRest(
  field: FieldId,
  codes: ReadCodes["codes"],
  rest: readonly string[],
  decisions: ReadonlyMap<string, Decision>,
): ReadCodes {
  const found = new Map(codes.map((one) => [`${one.field} ${one.code}`, one]));
  const unread: string[] = [];
  for (const text of rest) {
    const decision = decisions.get(valueKey(text));
    if (decision === undefined) unread.push(text);
    else if (decision.kind === "unknown") return NOTHING;
    else if (decision.kind === "code") {
      found.set(`${field} ${decision.code}`, { field, code: decision.code });
    }
  }
  return { codes: [...found.values()], unread };
}
