import { type DateOrder, type DateResult, dateOf, parseDate } from "../normalise/date.js";
import { latin } from "../normalise/text.js";
import type { ColumnMapping } from "./mapping.js";

/** 1 is 1 January 1900; Excel counts a 29 February 1900 that never was. */
const EXCEL_DAY_0 = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
/** A day of the year 2173; from 61 on the count is right. */
const EXCEL_DAY_MAX = 99_999;

/** A day as Excel counts it, with or without a time of day behind the point. */
export const EXCEL_DAYS = /^\d{2,5}([.,]\d+)?$/;

/** Numbers or a month's name, with a year of two digits at the end; or at the start. */
export const SHORT_YEAR = /^(\d{1,2})[-/. ]+(\d{1,2}|[a-z]{3,10})[-/. ]+'?(\d{2})$/;

function fromExcel(text: string, yearMax: number): DateResult | undefined {
  const days = Math.floor(Number(text.replace(",", ".")));
  if (!EXCEL_DAYS.test(text) || days < 61 || days > EXCEL_DAY_MAX) return undefined;
  const date = new Date(EXCEL_DAY_0 + days * DAY_MS);
  return dateOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), yearMax);
}

/** The latest year not after `latest` that ends in these two digits. */
const longYear = (two: number, latest: number): number => latest - ((latest - two + 10_000) % 100);

function fromShortYear(
  [, first, second, third]: readonly string[],
  column: DateRules,
  yearMax: number,
): DateResult {
  const { dateOrder: order, twoDigitYearsTo: latest } = column;
  if (latest === undefined) return { kind: "error", code: "DATE_YEAR_SHORT" };
  const year = longYear(Number(order === "ymd" ? first : third), latest);
  if (order === "ymd") return dateOf(year, Number(second), Number(third), yearMax);
  return parseDate(`${first} ${second} ${year}`, yearMax, order);
}

export type DateRules = Pick<ColumnMapping, "dateOrder" | "twoDigitYearsTo" | "excelDays">;

/** One date cell as its column says; what the column does not settle is an error, not a guess. */
export function readDate(cell: string, column: DateRules, yearMax: number): DateResult {
  const text = latin(cell).trim();
  if (column.excelDays === true) {
    const date = fromExcel(text, yearMax);
    if (date !== undefined) return date;
  }
  const short = SHORT_YEAR.exec(text);
  if (short !== null) return fromShortYear(short, column, yearMax);
  return parseDate(text, yearMax, column.dateOrder as DateOrder | undefined);
}
