import { type canonicalField, spellingKey } from "../htcds/canonical-field.js";
import { nearestOf } from "../htcds/nearest.js";
import type { FieldId } from "../htcds/record.js";
import { columnFields } from "../htcds/template.js";
import { HEADER_SYNONYMS, type SourceField } from "../intake/fields.js";
import { fieldOfHeader, isOfOthers } from "../intake/header.js";
import type { RawTable } from "../intake/raw-table.js";
import { isRepeated } from "../intake/repeats.js";
import { isMissing } from "../normalise/text.js";
import { bodyRows } from "./apply.js";
import { fieldOfHeading } from "./field-headings.js";
import type { Headings, TableColumn } from "./headings.js";
import { indicatorOfHeading } from "./indicator-headings.js";
import { looksLike, looksLikeCodes } from "./looks-like.js";
import { mask } from "./mask.js";
import { flagOf, knownColumn } from "./systems.js";
import { isPart, type Target, targetOf, targetOfPerson } from "./target.js";

/** Why a column was matched, in words that finish "because it has". */
export const REASONS = {
  id: "the standard's own name",
  alias: "a known other spelling of the standard's name",
  label: "the standard's label",
  heading: "a known heading",
  system: "a name that this system is known for",
  answer: "a name of one answer among several",
  trace: "a name for traces",
  others: "a name of somebody else than the victim",
  near: "nearly a known heading",
  values: "values that look like it",
  dates: "dates, and no known heading",
  "own business": "only the system's own bookkeeping",
  taken: "what another column already gives",
  several: "a label that several fields have",
  none: "no known heading",
} as const;

export type Reason = keyof typeof REASONS;

/** What a column seems to mean. */
export interface ColumnMatch {
  readonly column: TableColumn;
  /** Absent: it stays home. */
  readonly target?: Target;
  /** A column of yes and no: yes means this code. */
  readonly code?: string;
  readonly reason: Reason;
  /** Nobody needs to be asked. */
  readonly isSure: boolean;
  /** What else it may mean. */
  readonly choices: readonly Target[];
  /** A few different values, masked unless the caller asked for them as they are. */
  readonly samples: readonly string[];
  /** Share of rows in which it is filled. */
  readonly filled: number;
}

export interface MatchOptions {
  /** Shows values as they are: on the provider's own screen, if somebody asks for it. */
  readonly unmask?: boolean;
}

const SAMPLES = 5;

type Found = Pick<ColumnMatch, "target" | "code" | "reason" | "isSure" | "choices">;

const sure = (target: Target, reason: Reason): Found => ({
  target,
  reason,
  isSure: true,
  choices: [target],
});
const perhaps = (target: Target, reason: Reason, more: readonly Target[] = []): Found => ({
  target,
  reason,
  isSure: false,
  choices: [...new Set([target, ...more])],
});
const home = (reason: Reason, choices: readonly Target[] = []): Found => ({
  reason,
  isSure: true,
  choices,
});

/** Headings in the languages that we know, to look for what is near. */
const HEADINGS = new Map<string, SourceField>(
  Object.entries(HEADER_SYNONYMS).flatMap(([field, names]) =>
    names
      .map((name) => [spellingKey(name), field as SourceField] as const)
      .filter(([key]) => key.length >= 5),
  ),
);

/** A list of cases is seldom about organisations: their fields come last. */
function severalFields(ids: readonly FieldId[]): Found {
  const isOfOrganisation = (id: FieldId): number => (id.startsWith("org_") ? 1 : 0);
  const sorted = [...ids].sort((a, b) => isOfOrganisation(a) - isOfOrganisation(b));
  return { ...home("several", sorted), isSure: false };
}

/** What a column means by its names alone. */
function byName(
  { header, id }: TableColumn,
  match: ReturnType<typeof canonicalField>,
  { system }: Headings,
): Found | undefined {
  const own = [id, header].map((name) => name && knownColumn(system, name)).find((it) => it);
  if (own === "stays") return home("own business");
  if (own !== undefined && own !== "") return sure(own, "system");
  const trace = [header, id ?? ""].map(indicatorOfHeading).find((it) => it !== undefined);
  // The group of a form's question says whose it is; the question itself may be a known one.
  const isTheirs = isOfOthers(header) || isOfOthers(id ?? "");
  if (isTheirs && trace !== undefined) return perhaps(trace, "trace");
  // Of a repeated part nobody can tell whose name or phone it asks.
  if (match.kind === "field" && match.id.startsWith("prs_") && isRepeated(header)) {
    return perhaps(match.id, match.by);
  }
  if (match.kind === "field" && !(isTheirs && match.id.startsWith("prs_"))) {
    return sure(match.id, match.by);
  }
  if (isTheirs) return home("others");
  const spoken = [header, id ?? ""].map(fieldOfHeading).find((it) => it !== undefined);
  if (spoken !== undefined) return sure(spoken, "heading");
  const field = [header, id ?? ""].map(fieldOfHeader).find((it) => it !== undefined);
  if (field !== undefined) return sure(targetOfPerson(field), "heading");
  const flag = [id ?? "", header].map((name) => flagOf(system, name)).find((it) => it);
  if (flag !== undefined) return { ...sure(flag.field, "answer"), code: flag.code };
  if (trace !== undefined) return perhaps(trace, "trace");
  if (match.kind === "ambiguous") return severalFields(match.ids);
  if (match.kind === "none" && match.nearest !== undefined) return perhaps(match.nearest, "near");
  const near = nearestOf(spellingKey(header), HEADINGS);
  return near === undefined ? undefined : perhaps(targetOfPerson(near), "near");
}

/** Dates that lists often have: nobody can tell them apart by what they look like. */
const DATES = ["prs_Birthdate", "x_registeredOn", "cas_IncomingReferralDate"] as const;

/** What a column may mean by what its cells look like. */
function byValues(filled: readonly string[], distinct: readonly string[]): Found | undefined {
  const look = looksLike(filled);
  if (look === "e-mail addresses") return perhaps("prs_Email", "values");
  if (look === "phone numbers") return perhaps("prs_MobilePhone", "values", ["prs_HomePhone"]);
  if (look === "dates") return { ...home("dates", DATES), isSure: false };
  if (look !== undefined) return undefined;
  const field = looksLikeCodes(distinct);
  return field === undefined ? undefined : perhaps(field, "values");
}

/** Targets that one column alone can feed. */
const isSingle = (target: Target): boolean => {
  const { isList, person } = targetOf(target);
  return !isList && person !== "phone";
};

const RANK: readonly Reason[] = ["id", "system", "alias", "label", "heading", "answer"];

/** Of several columns for one value the best stays; parts give way to a whole date or name. */
function settle(matches: readonly ColumnMatch[]): ColumnMatch[] {
  const rank = ({ reason }: ColumnMatch): number =>
    RANK.includes(reason) ? RANK.indexOf(reason) : RANK.length;
  const has = (...targets: Target[]): boolean =>
    matches.some(
      ({ target, isSure }) => isSure && target !== undefined && targets.includes(target),
    );
  const best = new Map<Target, ColumnMatch>();
  for (const match of matches) {
    const { target } = match;
    if (target === undefined || !isSingle(target)) continue;
    const other = best.get(target);
    if (other === undefined || rank(match) < rank(other)) best.set(target, match);
  }
  return matches.map((match): ColumnMatch => {
    const { target } = match;
    if (target === undefined) {
      const free = match.choices.filter((id) => !isSingle(id) || !has(id));
      return match.isSure ? match : { ...match, choices: free };
    }
    const isTaken =
      (isSingle(target) && best.get(target) !== match) ||
      (target === "full-name" && has("prs_FirstName", "prs_SecondName")) ||
      (isBirthPart(target) && has("prs_Birthdate"));
    if (!isTaken) return match;
    const { column, samples, filled } = match;
    return { column, samples, filled, ...home("taken", [target]) };
  });
}

const isBirthPart = (target: Target): boolean => isPart(target) && target.startsWith("birth-");

/** The different filled values of a column, most frequent first. */
export function distinctOf(cells: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell.trim(), (counts.get(cell.trim()) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
}

/** For each column with a heading what it seems to mean, with the reason and a few samples. */
export function matchColumns(
  table: RawTable,
  headings: Headings,
  { unmask = false }: MatchOptions = {},
): ColumnMatch[] {
  const { columns } = headings;
  const headers = table.rows[headings.headerRow].cells.map((cell) => cell.trim());
  const rows = bodyRows(table, { headerRow: headings.headerRow, headers });
  const fields = columnFields(
    columns.map(({ id, header }) => ({ label: header, ...(id !== undefined && { id }) })),
  );
  const matches = columns.map((column, k): ColumnMatch => {
    const cells = rows.map((row) => row.cells[column.index] ?? "");
    const filled = cells.filter((cell) => !isMissing(cell) || cell.trim() === "0");
    const distinct = distinctOf(filled);
    const named = byName(column, fields[k], headings);
    const isFlag = filled.length === 0 || looksLike(filled) === "yes and no";
    const fits = named?.code === undefined || isFlag ? named : undefined;
    const found = fits ?? byValues(filled, distinct) ?? home("none");
    const samples = distinct.slice(0, SAMPLES);
    return {
      column,
      ...found,
      samples: unmask ? samples : [...new Set(samples.map(mask))],
      filled: rows.length === 0 ? 0 : filled.length / rows.length,
    };
  });
  return settle(matches);
}
