import { assert } from "@symbolon/base/assert";
import { readSex } from "../normalise/sex.js";
import { MOVED_VALUES, VALUE_ALIASES } from "./aliases.js";
import { spellingKey } from "./canonical-field.js";
import type { CodeSystem, CodeSystems } from "./code-system.js";
import { INDUSTRIES, INDUSTRY_TIER_2, INDUSTRY_TIER_3 } from "./industry.js";
import { EDUCATION_LEVELS } from "./lists.js";
import { nearestOf } from "./nearest.js";
import { type Field, type FieldId, fieldOf } from "./record.js";
import { STANDARD_SYSTEMS } from "./systems/standard.js";

/** Which code a text means, and by what it was recognised. */
export type CodeMatch =
  | {
      readonly kind: "code";
      /** Where the code belongs: another field than was asked for if `by` is "moved". */
      readonly field: FieldId;
      readonly code: string;
      /** "broader": the text says more than the code, which is all that the field can hold. */
      readonly by: "code" | "label" | "alias" | "broader" | "moved";
    }
  | { readonly kind: "unknown"; readonly nearest?: string }
  /** The field's code system is not plugged in. */
  | { readonly kind: "unplugged"; readonly system: string };

type Known = Extract<CodeMatch, { kind: "code" }>;

/** Whether a field takes codes, from a list of its own or from a system. */
export const hasCodes = (field: Field): boolean =>
  field.codes !== undefined || field.system !== undefined;

/** The finer tiers of ISIC, and its letters and numbers, by the section that the field can hold. */
function industryTexts(): [text: string, code: string, by: "alias" | "broader"][] {
  const sections = Object.keys(INDUSTRIES);
  const letters = sections.flatMap((code): [string, string, "alias"][] => [
    [code[0], code, "alias"],
    [`Section ${code[0]}`, code, "alias"],
  ]);
  const second = Object.entries(INDUSTRY_TIER_2).flatMap(([code, finer]) =>
    Object.values(finer).map((label): [string, string, "broader"] => [label, code, "broader"]),
  );
  const third = Object.values(INDUSTRY_TIER_3)
    .flat()
    .map(({ label }): [string, string, "broader"] => [
      label,
      "A_AgricultureForestryAndFishing",
      "broader",
    ]);
  return [...letters, ...second, ...third];
}

const ISCED = Object.keys(EDUCATION_LEVELS).flatMap((code, level): [string, string, "alias"][] => [
  [String(level), code, "alias"],
  [`ISCED ${level}`, code, "alias"],
]);

function ownKeys(field: Field): Map<string, Known> {
  const keys = new Map<string, Known>();
  const add = (text: string, code: string, by: Known["by"], home = field.id): void => {
    const key = spellingKey(text);
    if (!keys.has(key)) keys.set(key, { kind: "code", field: home, code, by });
  };
  const codes = Object.entries(field.codes ?? {});
  for (const [code] of codes) add(code, code, "code");
  for (const [code, label] of codes) add(label, code, "label");
  // The definitions put the field's name before the code: MethodsOfControlDebtBondage.
  const name = field.id.slice(field.id.indexOf("_") + 1);
  for (const [code] of codes) add(`${name}${code}`, code, "alias");
  const aliases = Object.entries(VALUE_ALIASES[field.id] ?? {});
  for (const [text, code] of aliases) {
    add(text, code, "alias");
    add(`${name}${text}`, code, "alias");
  }
  for (const [text, moved] of Object.entries(MOVED_VALUES[field.id] ?? {})) {
    add(text, moved.code, "moved", moved.field);
    add(`${name}${text}`, moved.code, "moved", moved.field);
  }
  if (field.id === "vic_ForcedLabourIndustry") {
    for (const [text, code, by] of industryTexts()) add(text, code, by);
  }
  if (field.id === "prs_HighestLevelOfEducation") {
    for (const [text, code, by] of ISCED) add(text, code, by);
  }
  return keys;
}

const known = new Map<FieldId, Map<string, Known>>();

/** Normalised texts of a field's own list, made once. */
function keysOf(field: Field): Map<string, Known> {
  const made = known.get(field.id) ?? ownKeys(field);
  known.set(field.id, made);
  return made;
}

const GENDER_OF: Readonly<Record<string, string>> = { female: "Feminine", male: "Masculine" };

function ofOwnList(field: Field, text: string): CodeMatch {
  if (field.codes !== undefined && Object.hasOwn(field.codes, text)) {
    return { kind: "code", field: field.id, code: text, by: "code" };
  }
  const keys = keysOf(field);
  const key = spellingKey(text);
  const found = keys.get(key);
  if (found !== undefined) return found;
  if (field.id === "prs_Gender") {
    const code = GENDER_OF[readSex(text) ?? ""];
    if (code !== undefined) return { kind: "code", field: field.id, code, by: "alias" };
  }
  return { kind: "unknown" };
}

const labels = new WeakMap<CodeSystem, ReadonlyMap<string, string>>();

function labelsOf(system: CodeSystem): ReadonlyMap<string, string> {
  const made = labels.get(system);
  if (made !== undefined) return made;
  const keys = new Map<string, string>();
  for (const language of system.languages) {
    for (const code of system.codes) {
      const key = spellingKey(system.label(code, language) ?? "");
      if (key !== "" && !keys.has(key)) keys.set(key, code);
    }
  }
  labels.set(system, keys);
  return keys;
}

function ofSystem(field: Field, text: string, systems: CodeSystems): CodeMatch {
  const id = field.system!;
  const system = Object.hasOwn(systems, id) ? systems[id] : undefined;
  if (system === undefined) return { kind: "unplugged", system: id };
  const code = system.find(text.trim());
  if (code !== undefined) {
    return { kind: "code", field: field.id, code, by: code === text ? "code" : "label" };
  }
  return { kind: "unknown" };
}

/** Texts of a field to the codes that may be suggested for what is near them. */
function suggestions(field: Field, systems: CodeSystems): ReadonlyMap<string, string> {
  if (field.codes === undefined) return labelsOf(systems[field.system!]);
  const own = [...keysOf(field)].filter(([, it]) => it.field === field.id && it.by !== "broader");
  return new Map(own.map(([key, { code }]) => [key, code]));
}

/** As `canonicalCode`, without looking for what is near: for cells of many parts. */
export function lookUpCode(id: FieldId, text: string, systems: CodeSystems): CodeMatch {
  const field = fieldOf(id);
  assert(hasCodes(field), "codes are looked up in fields that have some");
  return field.codes === undefined ? ofSystem(field, text, systems) : ofOwnList(field, text);
}

/**
 * The code that one text means in a field with codes: the code itself, its label, another known
 * spelling, all without case, accents, blanks and signs; countries by name, adjective or code.
 * Nothing is guessed: what is only near is named as such.
 */
export function canonicalCode(
  id: FieldId,
  text: string,
  systems: CodeSystems = STANDARD_SYSTEMS,
): CodeMatch {
  const match = lookUpCode(id, text, systems);
  if (match.kind !== "unknown") return match;
  const nearest = nearestOf(spellingKey(text), suggestions(fieldOf(id), systems));
  return nearest === undefined ? match : { kind: "unknown", nearest };
}
