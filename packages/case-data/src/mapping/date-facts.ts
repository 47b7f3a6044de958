import { latin } from "../normalise/text.js";
import { EXCEL_DAYS, SHORT_YEAR } from "./read-date.js";

/** How the dates of a column are written. Counts of cells. */
export interface DateFacts {
  /** Can only be read with the day first; with the month first; either way. */
  readonly dayFirst: number;
  readonly monthFirst: number;
  readonly eitherWay: number;
  /** A year of two digits. */
  readonly shortYears: number;
  /** Whole numbers that are no years: days as Excel counts them? */
  readonly excelDays: number;
}

const NUMBERS = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+'?(\d{4}|\d{2})(?!\d)/;
const DIGITS = /^(\d{2})(\d{2})\d{4}$/;

/** Day and month of a date in numbers with the year last, in the order of the cell. */
function twoParts(text: string): readonly [number, number] | undefined {
  const digits = DIGITS.exec(text);
  if (digits !== null) {
    // 19990312 has its year first; 12031999 has not.
    const year = Number(text.slice(0, 4));
    if (year >= 1890 && year <= 2199) return undefined;
  }
  const parts = digits ?? NUMBERS.exec(text);
  return parts === null ? undefined : [Number(parts[1]), Number(parts[2])];
}

export function dateFacts(cells: readonly string[]): DateFacts {
  const facts = { dayFirst: 0, monthFirst: 0, eitherWay: 0, shortYears: 0, excelDays: 0 };
  for (const cell of cells) {
    const text = latin(cell).trim();
    if (SHORT_YEAR.test(text)) facts.shortYears += 1;
    if (EXCEL_DAYS.test(text) && !/^(18|19|20|21)\d\d$/.test(text)) facts.excelDays += 1;
    const parts = twoParts(text);
    if (parts === undefined) continue;
    const [first, second] = parts;
    if (first > 12 && second <= 12) facts.dayFirst += 1;
    else if (second > 12 && first <= 12) facts.monthFirst += 1;
    else if (first <= 12 && second <= 12 && first !== second) facts.eitherWay += 1;
  }
  return facts;
}
