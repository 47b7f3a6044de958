import { canonicalField } from "./canonical-field.js";
import type { CodeSystems } from "./code-system.js";
import { isRecordDate } from "./date.js";
import { type Finding, Findings, pathTo } from "./finding.js";
import { FIELDS, type Field, GROUP_NAMES, GROUPS, type GroupName } from "./record.js";
import { ENTRIES_MAX, HTCDS_STANDARD } from "./spec.js";
import { STANDARD_SYSTEMS } from "./systems/standard.js";
import { checkField } from "./validate-value.js";

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What took the place of the fields that the standard gave up. */
const SUCCESSORS: Readonly<Record<string, string>> = {
  vic_AgreementToManagePersonalData: "Write con_Consent in consents instead.",
};

/**
 * Everything that is wrong with a record, and what to do about each: unknown, misspelt, misplaced
 * and given-up fields, unknown codes with the one that is meant or near, wrong dates, numbers and
 * texts. An empty list, or one without errors: the record is an `HtcdsRecord`, and fits the JSON
 * Schema of the same code systems.
 */
export function validateRecord(
  record: unknown,
  options: { readonly systems?: CodeSystems } = {},
): Finding[] {
  const { systems = STANDARD_SYSTEMS } = options;
  const findings = new Findings();
  if (!isObject(record)) {
    const cure = `Write an object: {"standard": "${HTCDS_STANDARD}", "person": {…}}.`;
    findings.error("", "NOT_A_RECORD", "the record is not an object", cure);
    return findings.list;
  }
  if (record["standard"] !== HTCDS_STANDARD) {
    const what = "the record does not say which standard it follows, or follows another";
    findings.error("/standard", "WRONG_STANDARD", what, `Write "${HTCDS_STANDARD}".`);
  }
  for (const name of Object.keys(record)) {
    if (name === "standard" || findings.isFull) continue;
    checkGroup(name, record[name], systems, findings);
  }
  return findings.list;
}

function checkGroup(name: string, value: unknown, systems: CodeSystems, findings: Findings): void {
  const path = pathTo("", name);
  if (!Object.hasOwn(GROUPS, name)) {
    const field = canonicalField(name);
    const home = field.kind === "field" ? FIELDS.get(field.id)!.groups[0] : undefined;
    const cure =
      home === undefined
        ? `Groups are ${GROUP_NAMES.join(", ")}.`
        : `This is a field: put it into ${home}.`;
    findings.error(path, "UNKNOWN_GROUP", "a record has no group of this name", cure, home);
    return;
  }
  const group = name as GroupName;
  if (value === undefined) return;
  if (!GROUPS[group].many) {
    checkEntry(group, value, path, systems, findings);
    return;
  }
  if (!Array.isArray(value)) {
    const cure = "Write a list of entries, also where there is only one.";
    findings.error(path, "NOT_A_LIST", "the group is a list", cure);
  } else if (value.length > ENTRIES_MAX) {
    const cure = "Look whether rows of several cases went into one record.";
    findings.error(path, "TOO_MANY_ENTRIES", `a group has at most ${ENTRIES_MAX} entries`, cure);
  } else {
    for (const [k, entry] of value.entries()) {
      checkEntry(group, entry, pathTo(path, k), systems, findings);
    }
  }
}

function checkEntry(
  group: GroupName,
  entry: unknown,
  path: string,
  systems: CodeSystems,
  findings: Findings,
): void {
  if (!isObject(entry)) {
    const cure = "Write an object of field ids and values.";
    findings.error(path, "NOT_AN_ENTRY", "an entry of a group is an object", cure);
    return;
  }
  for (const id of Object.keys(entry)) {
    if (findings.isFull) return;
    const place = pathTo(path, id);
    const field = FIELDS.get(id);
    if (field === undefined) reportUnknown(id, group, place, findings);
    else if (!field.groups.includes(group)) {
      const homes = field.groups.join(" or ");
      const what = `the field does not belong to ${group}`;
      findings.error(place, "WRONG_ENTITY", what, `Move it to ${homes}.`, field.groups[0]);
    } else if (entry[id] !== undefined) {
      if (field.status === "DEPRECATED") reportDeprecated(field, place, findings);
      checkField(field, entry[id], place, systems, findings);
    }
  }
  checkPrecision(entry, path, findings);
}

function reportUnknown(id: string, group: GroupName, path: string, findings: Findings): void {
  const match = canonicalField(id, { group });
  if (match.kind === "field") {
    const what = "the field has another name in the standard";
    findings.error(path, "MISSPELT_FIELD", what, `Rename it to ${match.id}.`, match.id);
    return;
  }
  const elsewhere = canonicalField(id);
  if (elsewhere.kind === "field" && elsewhere.by === "alias") {
    const [home] = FIELDS.get(elsewhere.id)!.groups;
    const cure = `Rename it to ${elsewhere.id}, and move it to ${home}.`;
    const what = `the field has another name, and does not belong to ${group}`;
    findings.error(path, "WRONG_ENTITY", what, cure, elsewhere.id);
    return;
  }
  const nearest = match.kind === "none" ? match.nearest : undefined;
  const cure =
    nearest === undefined
      ? "Leave it out, or map it to a field of the standard or of our x_ namespace."
      : `Perhaps ${nearest} is meant.`;
  findings.error(path, "UNKNOWN_FIELD", "no field has this name", cure, nearest);
}

function reportDeprecated(field: Field, path: string, findings: Findings): void {
  const cure = SUCCESSORS[field.id] ?? "Keep it for old records; new ones do without.";
  findings.warning(path, "DEPRECATED_FIELD", "the standard has given this field up", cure);
}

/** What is filled up in a birth date is written as 01, so that nobody takes it for known. */
function checkPrecision(entry: Json, path: string, findings: Findings): void {
  const { prs_Birthdate: date, x_birthPrecision: precision } = entry;
  if (precision === undefined || precision === "Day") return;
  const place = pathTo(path, "x_birthPrecision");
  if (date === undefined) {
    const cure = "Write prs_Birthdate, or leave the precision out.";
    findings.warning(place, "PRECISION_MISMATCH", "there is no date of birth", cure);
    return;
  }
  if (typeof date !== "string" || !isRecordDate(date)) return;
  const isFilled = precision === "Month" ? date.endsWith("-01") : date.endsWith("-01-01");
  if (isFilled) return;
  const what = "the date of birth says more than its precision allows";
  findings.warning(place, "PRECISION_MISMATCH", what, "Write 01 for what is not known.");
}
