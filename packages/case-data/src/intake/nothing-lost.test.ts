import { utf8 } from "@symbolon/base/bytes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyMapping } from "../mapping/apply.js";
import type { Mapping } from "../mapping/mapping.js";
import { sureMapping, tableOf } from "../mapping/tables.contract.js";
import { TARGETS } from "../mapping/target.js";
import { isMissing } from "../normalise/text.js";
import { csvCell } from "./csv-cell.js";
import { SOURCE_FIELDS, type SourceField } from "./fields.js";
import { readPersons } from "./persons.js";

const options = { yearMax: 2026 };

/** One person called Ana, with more columns. */
function read(columns: readonly (readonly [field: SourceField, cell: string])[]) {
  const headers = ["Called", ...columns.map((_, k) => `Column ${k + 1}`)];
  const cells = ["Ana", ...columns.map(([, cell]) => cell)];
  const map: Record<string, string[]> = { given: ["Called"] };
  for (const [k, [field]] of columns.entries()) (map[field] ??= []).push(`Column ${k + 1}`);
  const csv = [headers, cells].map((row) => `${row.map(csvCell).join(",")}\n`).join("");
  const { persons, errors } = readPersons(utf8(csv), { ...options, map, delimiter: "," });
  return { person: persons[0], errors: errors.map(({ column, code }) => [column, code]) };
}

const FIELDS = SOURCE_FIELDS.filter((field) => field !== "given" && field !== "full-name");
const anyCell = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("0000000", "12", "x", "F/M", "NL, Narnia", "a@b", "31/02/1990", "1990", "13"),
  fc.constantFrom(
    "0612345678 / 12345",
    "+31612345678 or 5",
    "06 1",
    "Ana ||| Eva",
    "not specified",
  ),
);
/** What says by itself that a thing is not known, besides what says so of anything. */
const SAYS_UNKNOWN = /^(not specified|u)$/i;

it("every cell that says something is in the person, or has an error", () => {
  const alone = JSON.stringify(read([]).person);
  const property = fc.property(fc.constantFrom(...FIELDS), anyCell, (field, cell) => {
    const text = cell.trim();
    fc.pre(!isMissing(text) && !SAYS_UNKNOWN.test(text));
    const { person, errors } = read([[field, cell]]);
    if (errors.length === 0) expect(JSON.stringify(person)).not.toBe(alone);
    else expect(errors[0][0]).toBe("Column 1");
  });
  fc.assert(property, { numRuns: 400 });
});

it("every cell that a mapping reads is in the record or the person, or has a problem", () => {
  const start = sureMapping(tableOf(["First Name"], ["Ana"]));
  const targets = [...TARGETS.keys()].filter((target) => target !== "prs_FirstName");
  const apply = (to: (typeof targets)[number], cell: string) => {
    const columns = [...start.columns, { from: "Column 1", to, filled: 1 }];
    const table = tableOf(["First Name", "Column 1"], ["Ana", cell]);
    return applyMapping(table, { ...start, columns } as Mapping, options)[0];
  };
  const said = ({ record, person }: ReturnType<typeof apply>) => JSON.stringify([record, person]);
  const property = fc.property(fc.constantFrom(...targets), anyCell, (to, cell) => {
    fc.pre(!isMissing(cell) && !SAYS_UNKNOWN.test(cell.trim()));
    const row = apply(to, cell);
    const problems = [...row.problems, ...row.recordProblems];
    if (problems.length === 0) expect(said(row)).not.toBe(said(apply(to, "")));
    else expect(problems[0].column).toBe("Column 1");
  });
  fc.assert(property, { numRuns: 400 });
});

describe("what cannot be used is said", () => {
  it.each<[string, Parameters<typeof read>[0], (string | undefined)[][]]>([
    [
      "a second number that is none",
      [["phone", "+31612345678; 12345"]],
      [["Column 1", "PHONE_UNREADABLE"]],
    ],
    [
      "a number of noughts",
      [["phone", "+31612345678; 0000000"]],
      [["Column 1", "PHONE_UNREADABLE"]],
    ],
    [
      "two numbers without a sign between",
      [["phone", "0612345678 0687654321"]],
      [["Column 1", "PHONE_UNREADABLE"]],
    ],
    [
      "a ninth number",
      [["phone", Array.from({ length: 9 }, (_, k) => `061234567${k}`).join(";")]],
      [["Column 1", "VALUES_TOO_MANY"]],
    ],
    [
      "a second name in one cell",
      [["surname", "Silva ||| Sousa"]],
      [["Column 1", "VALUES_TOO_MANY"]],
    ],
    [
      "a second address of mail",
      [["email", "a@b.org ||| c@d.org"]],
      [["Column 1", "VALUES_TOO_MANY"]],
    ],
    ["a month without a year", [["birth-month", "3"]], [["Column 1", "DATE_INCOMPLETE"]]],
    [
      "a day without a month",
      [
        ["birth-year", "1990"],
        ["birth-day", "3"],
      ],
      [["Column 2", "DATE_INCOMPLETE"]],
    ],
  ])("%s", (_, columns, errors) => {
    expect(read(columns).errors).toEqual(errors);
  });

  it("and what is good of it stays", () => {
    expect(read([["phone", "+31612345678; 12345"]]).person.phones).toEqual(["+31612345678"]);
    expect(read([["surname", "Silva ||| Sousa"]]).person.surname?.normal).toBe("silva");
    const date = [
      ["birth-date", "31/02/1990"],
      ["birth-year", "1990"],
    ] as const;
    expect(read(date).person.birthDate).toEqual({ year: 1990 });
    expect(read(date).errors).toEqual([["Column 1", "DATE_IMPOSSIBLE"]]);
    const parts = [
      ["birth-year", "١٩٩٠"],
      ["birth-month", "3"],
      ["birth-day", "2.0"],
    ] as const;
    expect(read(parts).person.birthDate).toEqual({ year: 1990, month: 3, day: 2 });
  });

  it("not a repeated one: the same value twice is one", () => {
    expect(read([["surname", "Silva ||| Silva"]]).errors).toEqual([]);
  });
});

it("a record says which numbers it has no place for, which a person has", () => {
  const table = tableOf(
    ["First Name", "Mobile Phone"],
    ["Ana", "+31612345678; 020 5551234; +31612345679"],
  );
  const [row] = applyMapping(table, sureMapping(table), options);
  expect(row.person?.phones).toHaveLength(3);
  expect(row.record.person?.prs_MobilePhone).toBe("+31612345678");
  expect(row.problems).toEqual([]);
  expect(row.recordProblems.map(({ code }) => code)).toEqual([
    "PHONE_COUNTRY_UNKNOWN",
    "VALUES_TOO_MANY",
  ]);
});
