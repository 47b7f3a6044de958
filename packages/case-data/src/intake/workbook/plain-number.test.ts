import fc from "fast-check";
import { expect, it } from "vitest";
import { numberKind } from "./number-format.js";
import { plainNumber } from "./plain-number.js";
import { serialDate } from "./serial-date.js";

it.each([
  ["1.2E+10", "12000000000"],
  ["3.1612345678E10", "31612345678"],
  ["12345678901234567890", "12345678901234567890"],
  ["0.30000000000000004", "0.3"],
  ["2.2000000000000002", "2.2"],
  ["1E-3", "0.001"],
  ["-0", "0"],
  ["007", "7"],
  ["1.50", "1.5"],
  ["1e999", "1e999"],
  ["31/02", "31/02"],
  ["", ""],
])("%s is written %s", (text, plain) => {
  expect(plainNumber(text)).toBe(plain);
});

it("a number keeps its value, and whole numbers all their digits", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const plain = Number(plainNumber(String(value)));
      expect(Math.abs(plain - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-14);
    }),
  );
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 39n }), (value) => {
      expect(plainNumber(String(value))).toBe(String(value));
    }),
  );
});

it.each([
  [14, undefined, "date"],
  [0, undefined, "number"],
  [46, undefined, "number"],
  [164, "yyyy\\-mm\\-dd", "date"],
  [164, "[$-409]d\\ mmmm\\,\\ yyyy;@", "date"],
  [164, "h:mm AM/PM", "date"],
  [164, "[h]:mm:ss", "number"],
  [164, '0.00" dy"', "number"],
  [164, "[Red]#,##0", "number"],
  [164, "General", "number"],
  [164, "mmm", "date"],
  [164, "00000", { zeros: 5 }],
] as const)("format %i %s makes a %j", (id, code, kind) => {
  expect(numberKind(id, code)).toEqual(kind);
});

it("a day's number is the day, for each day of four centuries", () => {
  fc.assert(
    fc.property(fc.integer({ min: 61, max: 150_000 }), (days) => {
      const iso = serialDate(days, false)!;
      expect((Date.parse(iso) - Date.UTC(1899, 11, 30)) / 86_400_000).toBe(days);
      expect(serialDate(days - 1_462 < 0 ? 0 : days - 1_462, true)).toBe(
        days < 1_462 ? "1904-01-01" : iso,
      );
    }),
  );
});

it.each([
  [-1, undefined],
  [0, undefined],
  [1, "1900-01-01"],
  [2_958_465, "9999-12-31"],
  [2_958_466, undefined],
  [Number.NaN, undefined],
  [33_026.999999, "1990-06-03"],
])("day %d is %s", (serial, iso) => {
  expect(serialDate(serial, false)).toBe(iso);
});
