import { canonicalCode, hasCodes } from "./canonical-code.js";
import type { CodeSystems } from "./code-system.js";
import { isRecordDate } from "./date.js";
import { type Findings, pathTo } from "./finding.js";
import { type Field, isList } from "./record.js";
import { ENTRIES_MAX, LONG_TEXT_MAX, TEXT_MAX } from "./spec.js";

/** Checks what one field holds: a list, or one value. */
export function checkField(
  field: Field,
  value: unknown,
  path: string,
  systems: CodeSystems,
  findings: Findings,
): void {
  if (!isList(field)) {
    checkOne(field, value, path, systems, findings);
    return;
  }
  if (!Array.isArray(value)) {
    const cure = "Write a list of values, also where there is only one.";
    findings.error(path, "NOT_A_LIST", "the field takes several values", cure);
    return;
  }
  if (value.length > ENTRIES_MAX) {
    const what = `a list has at most ${ENTRIES_MAX} values`;
    findings.error(path, "TOO_MANY_ENTRIES", what, "Look whether the cells were split rightly.");
    return;
  }
  const seen = new Set<unknown>();
  for (const [k, one] of value.entries()) {
    const place = pathTo(path, k);
    if (typeof one === "string" && seen.has(one)) {
      findings.error(place, "REPEATED_VALUE", "the list has this value already", "Leave it out.");
    } else {
      checkOne(field, one, place, systems, findings);
    }
    seen.add(one);
  }
}

function checkOne(
  field: Field,
  value: unknown,
  path: string,
  systems: CodeSystems,
  findings: Findings,
): void {
  if (hasCodes(field)) checkCode(field, value, path, systems, findings);
  else if (field.type === "Checkbox") checkCheckbox(value, path, findings);
  else if (field.type === "Number" || field.type === "Geolocation") {
    checkNumber(field, value, path, findings);
  } else if (field.type === "Date") checkDate(value, path, findings);
  else checkText(field, value, path, findings);
}

function checkCode(
  field: Field,
  value: unknown,
  path: string,
  systems: CodeSystems,
  findings: Findings,
): void {
  const system = field.system !== undefined && !Object.hasOwn(systems, field.system);
  if (system) {
    checkText(field, value, path, findings);
    findings.note(
      path,
      "CODES_NOT_CHECKED",
      `the tables of ${field.system} are not here, so the code was not checked`,
      "Plug the code system in, if you have its tables.",
    );
    return;
  }
  const what = `not a code of ${field.label}`;
  if (typeof value !== "string") {
    findings.error(path, "UNKNOWN_CODE", what, `Write one of its codes${examples(field)}.`);
    return;
  }
  if (value.length > TEXT_MAX) {
    findings.error(path, "UNKNOWN_CODE", what, `Write one of its codes${examples(field)}.`);
    return;
  }
  const match = canonicalCode(field.id, value, systems);
  if (match.kind === "code") {
    const isCode = match.field === field.id && match.code === value;
    if (isCode) return;
    const where = match.field === field.id ? "" : ` in ${match.field}`;
    findings.error(path, "UNKNOWN_CODE", what, `Write ${match.code}${where}.`, match.code);
    return;
  }
  const nearest = match.kind === "unknown" ? match.nearest : undefined;
  const cure = nearest === undefined ? `Write one of its codes${examples(field)}.` : undefined;
  findings.error(path, "UNKNOWN_CODE", what, cure ?? `Perhaps ${nearest} is meant.`, nearest);
}

/** The codes themselves where they are few. */
function examples(field: Field): string {
  const codes = Object.keys(field.codes ?? {});
  if (codes.length === 0) return ` (${field.system})`;
  return codes.length <= 6 ? `: ${codes.join(", ")}` : `: ${codes.slice(0, 3).join(", ")}, …`;
}

function checkCheckbox(value: unknown, path: string, findings: Findings): void {
  if (typeof value === "boolean") return;
  const cure = "Write true or false; leave the field out if it is not known.";
  findings.error(path, "NOT_A_CHECKBOX", "the field is a yes or no", cure);
}

function checkNumber(field: Field, value: unknown, path: string, findings: Findings): void {
  const { min = -Infinity, max = Infinity, whole = false } = field;
  if (typeof value !== "number" || !Number.isFinite(value)) {
    const cure = "Write digits; leave the field out if it is not known.";
    findings.error(path, "NOT_A_NUMBER", "the field is a number", cure);
  } else if (value < min || value > max || (whole && !Number.isInteger(value))) {
    const kind = whole ? "a whole number" : "a number";
    const what = `the field is ${kind} from ${min} to ${max}`;
    findings.error(path, "NUMBER_OUT_OF_RANGE", what, "Look the number up again.");
  }
}

function checkDate(value: unknown, path: string, findings: Findings): void {
  if (typeof value === "string" && isRecordDate(value)) return;
  findings.error(
    path,
    "NOT_A_DATE",
    "not a date of the calendar, written YYYY-MM-DD",
    "Write year, month and day; of a birth date put 01 for what is not known, and say so in " +
      "x_birthPrecision.",
  );
}

/** Characters as JSON Schema counts them: code points. */
const longerThan = (text: string, max: number): boolean =>
  text.length > max && (text.length > 2 * max || [...text].length > max);

function checkText(field: Field, value: unknown, path: string, findings: Findings): void {
  const max = field.type === "Long Text" ? LONG_TEXT_MAX : TEXT_MAX;
  if (typeof value !== "string") {
    findings.error(path, "NOT_A_TEXT", "the field is a text", "Write it in quotation marks.");
  } else if (longerThan(value, max)) {
    const cure = "Shorten it, or put it into a comment.";
    findings.error(path, "TEXT_TOO_LONG", `a text has at most ${max} characters`, cure);
  } else if (value.trim() === "") {
    const cure = "Leave the field out: absent means not known.";
    findings.error(path, "EMPTY_TEXT", "the text is empty", cure);
  } else if (field.pattern !== undefined && !new RegExp(field.pattern, "u").test(value)) {
    const cure = "Write +, country code and number, at most 15 digits, without blanks.";
    findings.error(path, "PHONE_UNREADABLE", "not a telephone number in E.164", cure);
  }
}
