import type { FieldId } from "../htcds/record.js";
import { STANDARD_SYSTEMS } from "../htcds/systems/standard.js";
import { readEmail, readPhones } from "../normalise/contact.js";
import { latin } from "../normalise/text.js";
import { readCodes } from "./read-codes.js";
import { readDate, SHORT_YEAR } from "./read-date.js";
import { readYesNo } from "./read-yes-no.js";

/** What the values of a column look like, whatever its heading says. */
export type Look = "dates" | "e-mail addresses" | "phone numbers" | "yes and no" | "numbers";

const SHARE_MIN = 0.9;
const TESTED_MAX = 500;

const isDateLike = (cell: string): boolean => {
  const text = latin(cell).trim();
  if (/^\d{4,}$/.test(text)) return false;
  return (
    SHORT_YEAR.test(text) ||
    readDate(text, { dateOrder: "dmy" }, 2199).kind === "date" ||
    readDate(text, { dateOrder: "mdy" }, 2199).kind === "date"
  );
};

const isPhoneLike = (cell: string): boolean =>
  /^[+(0-9][-+() .\d/]{6,}$/.test(cell.trim()) && readPhones(cell).isComplete;

const LOOKS: readonly (readonly [Look, (cell: string) => boolean])[] = [
  ["yes and no", (cell) => readYesNo(cell) !== undefined],
  ["e-mail addresses", (cell) => readEmail(cell) !== undefined],
  ["dates", isDateLike],
  ["numbers", (cell) => /^\s*[+-]?\d+([.,]\d+)?\s*$/.test(cell)],
  ["phone numbers", isPhoneLike],
];

/** What nine in ten of the filled cells look like; `undefined` if nothing fits. */
export function looksLike(filled: readonly string[]): Look | undefined {
  const tested = filled.slice(0, TESTED_MAX);
  if (tested.length === 0) return undefined;
  const fits = (test: (cell: string) => boolean): boolean =>
    tested.filter(test).length >= tested.length * SHARE_MIN;
  return LOOKS.find(([, test]) => fits(test))?.[0];
}

/** Fields whose codes are told by their values alone: their words stand in no other list. */
const BY_CODES: readonly FieldId[] = [
  "prs_Gender",
  "prs_Citizenship",
  "vic_TypeOfExploitation",
  "vic_MethodsOfControl",
  "vic_MethodOfRecruitment",
  "vic_TraffickingStatus",
  "vic_ForcedLabourIndustry",
  "prs_MaritalStatus",
  "prs_HighestLevelOfEducation",
  "prs_PrimaryLanguage",
];
const DISTINCT_TESTED_MAX = 60;

function isRead(field: FieldId, value: string): boolean {
  const { codes, unread } = readCodes(field, value, new Map(), STANDARD_SYSTEMS);
  return codes.length > 0 && unread.length === 0;
}

/** The field of which nearly all values are codes or labels; not of letters and numbers alone. */
export function looksLikeCodes(distinct: readonly string[]): FieldId | undefined {
  const words = distinct.slice(0, DISTINCT_TESTED_MAX).filter((value) => value.trim().length > 2);
  if (words.length < 2 || words.length < distinct.length / 2) return undefined;
  return BY_CODES.find((field) => {
    const known = words.filter((value) => isRead(field, value));
    return known.length >= words.length * SHARE_MIN;
  });
}
