import fc from "fast-check";
import { expect, it } from "vitest";
import { columnOrder, type DateOrder, parseDate } from "./date.js";
import { latin } from "./text.js";

const read = (text: string, order?: DateOrder) => parseDate(text, 2026, order);
const date = (year: number, month?: number, day?: number) => ({
  kind: "date",
  date: { year, ...(month && { month }), ...(day && { day }) },
});

it.each([
  ["1990-05-17", date(1990, 5, 17)],
  ["1990-05-17t00:00:00z", date(1990, 5, 17)],
  ["1990-05-17 00:00:00", date(1990, 5, 17)],
  ["19900517", date(1990, 5, 17)],
  ["1990/5/7", date(1990, 5, 7)],
  ["17.05.1990", date(1990, 5, 17)],
  ["05/17/1990", date(1990, 5, 17)],
  ["5-5-1990", date(1990, 5, 5)],
  ["1990", date(1990)],
  ["1990-05", date(1990, 5)],
  ["05/1990", date(1990, 5)],
  ["1990-00-00", date(1990)],
  ["17 may 1990", date(1990, 5, 17)],
  ["may 17, 1990", date(1990, 5, 17)],
  ["17 de mayo de 1990", date(1990, 5, 17)],
  ["17-mai-1990", date(1990, 5, 17)],
  ["mars 1990", date(1990, 3)],
  ["1st dec 1990", date(1990, 12, 1)],
  ["29/02/2000", date(2000, 2, 29)],
  ["17 may 2533 b.e.", date(1990, 5, 17)],
  ["ph.s. 2533", date(1990)],
  ["be 2533", date(1990)],
])("reads %s", (text, expected) => expect(read(text)).toEqual(expected));

it.each([
  ["03/04/1990", "ambiguous"],
  ["3.4.1990", "ambiguous"],
  ["1990-13-01", "DATE_IMPOSSIBLE"],
  ["1990-02-30", "DATE_IMPOSSIBLE"],
  ["29/02/1900", "DATE_IMPOSSIBLE"],
  ["19390832", "DATE_IMPOSSIBLE"],
  ["2090-01-01", "DATE_OUT_OF_RANGE"],
  ["1066", "DATE_OUT_OF_RANGE"],
  ["2533", "DATE_OUT_OF_RANGE"],
  ["1990 b.e.", "DATE_OUT_OF_RANGE"],
  ["03/04/2533 be", "ambiguous"],
  ["17/05/90", "DATE_UNREADABLE"],
  ["about 1990", "DATE_UNREADABLE"],
  ["33012", "DATE_UNREADABLE"],
  ["", "DATE_UNREADABLE"],
])("does not guess %s", (text, expected) => {
  const result = read(text);
  expect(result.kind === "error" ? result.code : result.kind).toBe(expected);
});

it.each([
  ["១៧/០៥/១៩៩០", date(1990, 5, 17)],
  ["٢٥/٠٥/١٩٩٠", date(1990, 5, 25)],
  ["۱۹۹۰-۰۵-۱۷", date(1990, 5, 17)],
  ["\u200f1990-05-17\u200f", date(1990, 5, 17)],
  ["พ.ศ. ๒๕๓๓", date(1990)],
])("reads %s as every cell is read, by its digits", (text, expected) => {
  expect(read(latin(text))).toEqual(expected);
});

it("an order decides what is ambiguous, and nothing that is not", () => {
  expect(read("03/04/1990", "dmy")).toEqual(date(1990, 4, 3));
  expect(read("03/04/1990", "mdy")).toEqual(date(1990, 3, 4));
  expect(read("17/05/1990", "mdy")).toMatchObject({ code: "DATE_IMPOSSIBLE" });
  expect(read("1990-03-04", "mdy")).toEqual(date(1990, 3, 4));
});

it("a column decides only if its cells do not contradict each other", () => {
  expect(columnOrder(["03/04/1990", "25/04/1990"])).toBe("dmy");
  expect(columnOrder(["03/04/1990", "04/25/1990"])).toBe("mdy");
  expect(columnOrder(["25/04/1990", "04/25/1990"])).toBeUndefined();
  expect(columnOrder(["03/04/1990", "1990-04-25"])).toBeUndefined();
});

it("reads back every date that it can write, and never throws", () => {
  const days = fc.date({
    min: new Date("1890-01-01"),
    max: new Date("2026-12-31"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(days, (day) => {
      const iso = day.toISOString().slice(0, 10);
      const [year, month, dayOfMonth] = iso.split("-").map(Number);
      expect(read(iso)).toEqual(date(year, month, dayOfMonth));
      expect(read(iso.replaceAll("-", ""))).toEqual(date(year, month, dayOfMonth));
      expect(read(`${dayOfMonth}/${month}/${year}`, "dmy")).toEqual(date(year, month, dayOfMonth));
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => void read(text)));
});
