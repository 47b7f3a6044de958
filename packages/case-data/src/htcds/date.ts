import { dateOf } from "../normalise/date.js";
import type { BirthDate } from "../person.js";
import type { Entry } from "./record.js";

/** Years of a record's dates: nobody older is looked for, and plans do not reach further. */
export const DATE_YEAR_MIN = 1890;
export const DATE_YEAR_MAX = 2199;

const LEAP = "(?:0[48]|[2468][048]|[13579][26])";

/**
 * The dates YYYY-MM-DD that the calendar has, in those years, as a regular expression for the JSON
 * Schema: `format: date` is not asserted by all validators.
 */
export const DATE_PATTERN =
  "^(?:(?:189|19\\d|20\\d|21\\d)\\d-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])" +
  "|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))" +
  `|(?:189[26]|2000|(?:19|20|21)${LEAP})-02-29)$`;

/** Whether a text is a date as records hold them; says nothing of ages. */
export function isRecordDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = parts.slice(1).map(Number);
  const isWhole = month > 0 && day > 0;
  return isWhole && dateOf(year, month, day, DATE_YEAR_MAX).kind === "date";
}

/** As much of a birth date as is known: `x_birthPrecision` says what of it is only filled up. */
export function birthDateOf(
  person: Pick<Entry<"person">, "prs_Birthdate" | "x_birthPrecision">,
): BirthDate | undefined {
  if (person.prs_Birthdate === undefined || !isRecordDate(person.prs_Birthdate)) return undefined;
  const [year, month, day] = person.prs_Birthdate.split("-").map(Number);
  const precision = person.x_birthPrecision ?? "Day";
  if (precision === "Day") return { year, month, day };
  return precision === "Month" ? { year, month } : { year };
}
