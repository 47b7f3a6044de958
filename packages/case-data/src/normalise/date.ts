import type { RowErrorCode } from "../error.js";
import type { BirthDate } from "../person.js";

/** Which part of a date in numbers comes first. */
export type DateOrder = "dmy" | "mdy" | "ymd";

export type DateResult =
  | { readonly kind: "date"; readonly date: BirthDate }
  | { readonly kind: "ambiguous" }
  | { readonly kind: "error"; readonly code: RowErrorCode };

const MONTHS: readonly (readonly string[])[] = [
  ["jan", "january", "enero", "ene", "janvier", "janv", "januari", "januar", "janeiro", "gennaio"],
  ["feb", "february", "febrero", "fevrier", "fevr", "februari", "februar", "fevereiro", "febbraio"],
  ["mar", "march", "marzo", "mars", "maart", "marz", "maerz", "mrz", "mrt", "marco"],
  ["apr", "april", "abril", "abr", "avril", "avr", "aprile"],
  ["may", "mayo", "mai", "mei", "maio", "maggio"],
  ["jun", "june", "junio", "juin", "juni", "junho", "giugno"],
  ["jul", "july", "julio", "juillet", "juil", "juli", "julho", "luglio"],
  ["aug", "august", "agosto", "ago", "aout", "augustus"],
  ["sep", "sept", "september", "septiembre", "setiembre", "septembre", "setembro", "settembre"],
  ["oct", "october", "octubre", "octobre", "oktober", "okt", "outubro", "ottobre"],
  ["nov", "november", "noviembre", "novembre", "novembro"],
  ["dec", "december", "diciembre", "dic", "decembre", "dezember", "dez", "dezembro", "dicembre"],
];
const MONTH_OF = new Map(MONTHS.flatMap((names, k) => names.map((name) => [name, k + 1] as const)));

const daysIn = (year: number, month: number): number =>
  [
    31,
    year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28,
    31,
    30,
    31,
    30,
    31,
    31,
    30,
    31,
    30,
    31,
  ][month - 1];

export const YEAR_MIN = 1890;

const fail = (code: RowErrorCode): DateResult => ({ kind: "error", code });

/** A date from its parts; 00 for a month or day means that it is not known. */
export function dateOf(year: number, month: number, day: number, yearMax: number): DateResult {
  if (year < YEAR_MIN || year > yearMax) return fail("DATE_OUT_OF_RANGE");
  if (month === 0) return day === 0 ? { kind: "date", date: { year } } : fail("DATE_IMPOSSIBLE");
  if (month > 12) return fail("DATE_IMPOSSIBLE");
  if (day === 0) return { kind: "date", date: { year, month } };
  if (day > daysIn(year, month)) return fail("DATE_IMPOSSIBLE");
  return { kind: "date", date: { year, month, day } };
}

/** a/b/year with a and b in an order that only a and b themselves, or the column, can tell. */
function twoOrders(a: number, b: number, year: number, yearMax: number, order?: DateOrder) {
  if (order === "dmy") return dateOf(year, b, a, yearMax);
  if (order === "mdy") return dateOf(year, a, b, yearMax);
  if (a === b || a > 12) return dateOf(year, b, a, yearMax);
  if (b > 12) return dateOf(year, a, b, yearMax);
  return { kind: "ambiguous" } as const;
}

/** "12 March 1999", "March 12, 1999", "Mar 1999". */
function withMonthName(text: string, yearMax: number): DateResult | undefined {
  const words = text
    .split(/[\s.,/-]+/)
    .filter((word) => word !== "" && !/^(de|del|of)$/.test(word));
  const at = words.findIndex((word) => MONTH_OF.has(word));
  if (at < 0) return undefined;
  const month = MONTH_OF.get(words[at])!;
  const numbers = words
    .filter((_, k) => k !== at)
    .map((word) => word.replace(/(st|nd|rd|th|er|º)$/, ""));
  if (numbers.some((word) => !/^\d+$/.test(word))) return undefined;
  const year = numbers.find((word) => word.length === 4);
  const days = numbers.filter((word) => word !== year);
  if (year === undefined || days.length > 1 || days.some((word) => word.length > 2))
    return undefined;
  return dateOf(Number(year), month, days.length === 0 ? 0 : Number(days[0]), yearMax);
}

/** Years that the Buddhist era of Thailand, Laos and Cambodia is ahead. */
const BUDDHIST_YEARS = 543;

/** A date without its mark of the Buddhist era; `undefined` if it has none. */
function buddhistEra(text: string): string | undefined {
  const bare = text.replace(/(^|[\s.])(b\.? ?e\.?|ph\.? ?s\.?)(?=$|[\s\d])/, " ");
  return bare === text ? undefined : bare;
}

const fromBuddhist = ({ year, month = 0, day = 0 }: BirthDate, yearMax: number): DateResult =>
  dateOf(year - BUDDHIST_YEARS, month, day, yearMax);

/**
 * One date cell, strictly: ISO 8601 (with or without time), YYYYMMDD, year first, year only, year
 * and month, month names; numbers with the year last only if they leave one reading or `order` is
 * given. Years of the Buddhist era only if marked (B.E.). Nothing is guessed: two readings are
 * `ambiguous`, a two-digit year is unreadable.
 * `text` in lower-case ASCII; years from `YEAR_MIN` to `yearMax`.
 */
export function parseDate(text: string, yearMax: number, order?: DateOrder): DateResult {
  const era = buddhistEra(text);
  if (era !== undefined) {
    const result = parseDate(era, yearMax + BUDDHIST_YEARS, order);
    return result.kind === "date" ? fromBuddhist(result.date, yearMax) : result;
  }
  const bare = text
    .trim()
    .replace(/[t ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?(z|[+-]\d{2}:?\d{2})?$/, "");
  if (/^\d{8}$/.test(bare)) return eightDigits(bare, yearMax, order);
  if (/^\d{4}$/.test(bare)) return dateOf(Number(bare), 0, 0, yearMax);
  if (/^\d{4}(\.0)$/.test(bare)) return dateOf(Number(bare.slice(0, 4)), 0, 0, yearMax);
  const numbers = /^(\d{1,4})[-/. ](\d{1,2})(?:[-/. ](\d{1,4}))?$/.exec(bare);
  if (numbers !== null) {
    const [, first, second, third] = numbers;
    if (first.length === 4) {
      return dateOf(Number(first), Number(second), Number(third ?? 0), yearMax);
    }
    if (third !== undefined && third.length === 4 && first.length <= 2) {
      return twoOrders(Number(first), Number(second), Number(third), yearMax, order);
    }
  }
  const monthYear = /^(\d{1,2})[-/.](\d{4})$/.exec(bare);
  if (monthYear !== null) return dateOf(Number(monthYear[2]), Number(monthYear[1]), 0, yearMax);
  return withMonthName(bare, yearMax) ?? fail("DATE_UNREADABLE");
}

/** YYYYMMDD; DDMMYYYY or MMDDYYYY only if the order is given. */
function eightDigits(digits: string, yearMax: number, order?: DateOrder): DateResult {
  const at = (from: number, to: number): number => Number(digits.slice(from, to));
  if (order === "dmy") return dateOf(at(4, 8), at(2, 4), at(0, 2), yearMax);
  if (order === "mdy") return dateOf(at(4, 8), at(0, 2), at(2, 4), yearMax);
  return dateOf(at(0, 4), at(4, 6), at(6, 8), yearMax);
}

/**
 * The order that a whole column of dates in numbers decides: the only one of day-month and
 * month-day that cells contradict the other with. `undefined` if no cell or cells of both kinds do.
 */
export function columnOrder(cells: Iterable<string>): DateOrder | undefined {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const cell of cells) {
    const parts = /^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{4}\b/.exec(cell);
    if (parts === null) continue;
    if (Number(parts[1]) > 12 && Number(parts[2]) <= 12) dayFirst += 1;
    if (Number(parts[2]) > 12 && Number(parts[1]) <= 12) monthFirst += 1;
  }
  if (dayFirst > 0 && monthFirst === 0) return "dmy";
  return monthFirst > 0 && dayFirst === 0 ? "mdy" : undefined;
}
