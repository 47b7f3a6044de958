import { type CodeMatch, lookUpCode } from "./canonical-code.js";
import type { CodeSystems } from "./code-system.js";
import type { FieldId } from "./record.js";
import { STANDARD_SYSTEMS } from "./systems/standard.js";

/** Codes of a cell that may hold several, by the field they belong to, and what was not read. */
export interface CellCodes {
  /** Distinct, in the order of the cell. Mostly of the field itself; moved ones of another. */
  readonly codes: readonly { readonly field: FieldId; readonly code: string }[];
  /** Parts that mean no code of the field. They hold values of a case: do not print them. */
  readonly unknown: readonly string[];
}

/** Longest cell, and most parts, that are looked at as several codes. */
const CELL_MAX = 10_000;
const PARTS_MAX = 200;

/** Longest run of parts that may be one label: ISIC's have signs within. */
const RUN_MAX = 6;

/** Anything that separates values somewhere; blanks separate codes only, as in an XLSForm. */
const SEPARATOR = /\s*(?:\|\|\||[\r\n|;,/+&])\s*/;

type Known = Extract<CodeMatch, { kind: "code" }>;
type Match = (text: string) => CodeMatch;

/** What the parts of a cell mean, in order: a code, or a text that means none. */
type Read = readonly (Known | string)[];

/**
 * Reads parts from left to right, each time the longest run of them that means a code: labels of
 * industries have semicolons and commas within, so a separator need not separate.
 */
function readParts(parts: readonly string[], match: Match): Read {
  const read: (Known | string)[] = [];
  for (let at = 0; at < parts.length; ) {
    let end = Math.min(parts.length, at + RUN_MAX);
    let hit = match(parts.slice(at, end).join(" "));
    while (hit.kind !== "code" && end > at + 1) {
      end -= 1;
      hit = match(parts.slice(at, end).join(" "));
    }
    read.push(hit.kind === "code" ? hit : parts[at]);
    at = end;
  }
  return read;
}

/** Codes with blanks between, if all of the text is that; else the text as it is. */
function readBlanks(text: string, match: Match): Read {
  const words = text.split(/\s+/).map(match);
  const codes = words.filter((word) => word.kind === "code" && word.by === "code");
  return codes.length === words.length ? (codes as Known[]) : [text];
}

function readCell(cell: string, match: Match): Read {
  const parts = cell.split(SEPARATOR).filter((part) => part !== "");
  if (parts.length > PARTS_MAX) return [cell];
  return readParts(parts, match).flatMap((one) =>
    typeof one === "string" ? readBlanks(one, match) : [one],
  );
}

/**
 * The codes of a cell: one; labels joined by ; as Excel's templates do; codes joined by blanks as
 * XLSForms do; or joined by commas, line breaks, | or |||. What is read stays read if the rest is
 * not.
 */
export function splitCodes(
  id: FieldId,
  cell: string,
  systems: CodeSystems = STANDARD_SYSTEMS,
): CellCodes {
  const bare = cell.trim();
  if (bare === "") return { codes: [], unknown: [] };
  if (bare.length > CELL_MAX) return { codes: [], unknown: [bare] };
  const match: Match = (text) => lookUpCode(id, text, systems);
  const whole = match(bare);
  const read = whole.kind === "code" ? [whole] : readCell(bare, match);
  const found = read.filter((one) => typeof one !== "string");
  const distinct = new Map(found.map(({ field, code }) => [`${field} ${code}`, { field, code }]));
  const unknown = read.filter((one) => typeof one === "string");
  return { codes: [...distinct.values()], unknown };
}
