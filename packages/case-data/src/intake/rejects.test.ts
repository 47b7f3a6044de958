import { utf8 } from "@symbolon/base/bytes";
import { describe, expect, it } from "vitest";
import { readPersons } from "./persons.js";
import { readList } from "./read-list.js";
import { rejectsCsv } from "./rejects.js";

const LIST =
  "First name,Last name,DOB,Phone,Notes\n" +
  "Ana,Silva,1990-06-02,+31612345678,good\n" +
  "Bo,Li,31/02/1990,+31612345679,bad date\n" +
  "Cleo,Roy,1992,12,Hello, too many\n" +
  '=Di,Ö,1993,"\'+31612345670; 5",bad phone\n';

const rejectsOf = (list: string): string => {
  const { table, errors } = readPersons(utf8(list), { yearMax: 2026 });
  return new TextDecoder().decode(rejectsCsv(table, errors));
};
const corrected = (list: string, change: (rejects: string) => string) =>
  readPersons(utf8(list), { yearMax: 2026, corrected: utf8(change(rejectsOf(list))) });

describe("rejects", () => {
  it("are the rows as they were, broken ones too, with reason and line", () => {
    const lines = rejectsOf(LIST).trim().split("\r\n");
    expect(lines[0]).toBe("What is wrong,Line in the list,First name,Last name,DOB,Phone,Notes");
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^"Cell skipped, DOB: .*",3,Bo,Li,31\/02\/1990,/);
    expect(lines[2]).toMatch(/^Left out: .*,4,Cleo,Roy,1992,12,Hello," too many"$/);
    expect(lines[3]).toContain(`"'=Di",Ö`);
  });

  it("corrected, take the place of their rows; all else stays", () => {
    const { persons, errors, notes, rejectedRows } = corrected(LIST, (text) =>
      text
        .replace("31/02/1990", "28/02/1990")
        .replace('12,Hello," too many"', '+31612345671,"Hello, too many"')
        .replace("; 5", ""),
    );
    expect(errors).toEqual([]);
    expect(rejectedRows).toBe(0);
    expect(persons.map(({ row, given }) => [row, given?.raw])).toEqual([
      [2, "Ana"],
      [3, "Bo"],
      [4, "Cleo"],
      [5, "=Di"],
    ]);
    expect(persons[1].birthDate).toEqual({ year: 1990, month: 2, day: 28 });
    expect(notes).toContain("3 rows were taken as corrected.");
  });

  it("given back as they are, say the same again by the lines of the list", () => {
    const before = readPersons(utf8(LIST), { yearMax: 2026 });
    const again = corrected(LIST, (text) => text);
    expect(again.errors).toEqual(before.errors);
    expect(again.persons).toEqual(before.persons);
  });

  it("may lose columns that nobody wanted to see, and rows that need no change", () => {
    const text = "Line in the list,DOB\n3,1991-02-03\n";
    const { persons } = corrected(LIST, () => text);
    expect(persons[1]).toMatchObject({ row: 3, given: { raw: "Bo" }, phones: ["+31612345679"] });
    expect(persons[1].birthDate).toEqual({ year: 1991, month: 2, day: 3 });
  });

  it.each([
    ["that are no file of rejects", "First name,Last name\nAna,Silva\n", "no column"],
    ["of another list", "Line in the list,First name\n99,Ana\n", "a line that the list does not"],
    ["whose lines were changed", "Line in the list,First name\nthree,Ana\n", "row 2"],
  ])("%s are refused", (_, text, message) => {
    expect(() => corrected(LIST, () => text)).toThrow(message);
  });

  it("are none where nothing is wrong", () => {
    const { headers, rows, broken } = readList(utf8("Name\nAna\n"));
    expect(rejectsCsv({ headers, rows, broken }, [])).toBeUndefined();
  });
});
