import { describe, expect, it } from "vitest";
import { REJECT_HEADINGS } from "../intake/rejects.js";
import { driftOf, requireFit } from "./drift.js";
import { sureMapping, tableOf, withRules } from "./tables.contract.js";

const HEADER = ["First Name", "DOB", "Type of Exploitation", "Notes"];
const lines = (count: number, of: (k: number) => string[]) =>
  Array.from({ length: count }, (_, k) => of(k));
const before = tableOf(HEADER, ...lines(30, () => ["A", "23/04/1999", "Forced labour", "x"]));
const mapping = withRules(sureMapping(before), "DOB", { dateOrder: "dmy" });
const sentences = (...rows: string[][]) =>
  driftOf(tableOf(...rows), mapping).map(({ sentence, isMisfit }) => [sentence, isMisfit]);

describe("the next file", () => {
  it("of the same form is used without a word", () => {
    expect(driftOf(before, mapping)).toEqual([]);
    const rejects = [...HEADER, ...REJECT_HEADINGS];
    expect(sentences(rejects, ["A", "23/04/1999", "", "", "wrong", "3"])).toEqual([]);
    const moved = ["Notes", "dob", "Type of Exploitation", "First Name"];
    expect(sentences(moved, ["x", "23/04/1999", "Forced labour", "A"])).toEqual([]);
  });

  it("with a new column is used; the column stays home", () => {
    expect(sentences([...HEADER, "Passport"], ["A", "23/04/1999", "", "", "P1"])).toEqual([
      [
        'The column "Passport" is new, and stays home. ' +
          "It looks like number of an identity document.",
        false,
      ],
    ]);
  });

  it("without one of the columns is refused, with what to do", () => {
    const next = tableOf(
      ["First Name", "Born", "Type of Exploitation", "Notes"],
      ["A", "", "", ""],
    );
    expect(() => requireFit(next, mapping)).toThrow(
      expect.objectContaining({
        code: "MAPPING_MISFIT",
        message: expect.stringContaining('"DOB" is not there any more'),
        cure: expect.stringContaining("provider map"),
      }),
    );
  });

  it("with a few new values is used, and with many it is refused", () => {
    const next = (unknown: number) =>
      lines(40, (k) => ["A", "23/04/1999", k < unknown ? `new ${k % 2}` : "Forced labour", ""]);
    expect(sentences(HEADER, ...next(3))).toEqual([
      ['"Type of Exploitation" has 2 values that the mapping does not know, in 3 rows.', false],
    ]);
    expect(sentences(HEADER, ...next(20))[0][1]).toBe(true);
    // What was not known at first was seen and left so.
    const seen = withRules(mapping, "Type of Exploitation", { unread: 0.5 });
    expect(driftOf(tableOf(HEADER, ...next(20)), seen)[0].isMisfit).toBe(false);
  });

  it("that is emptier than before says so", () => {
    const next = lines(40, (k) => ["A", k % 2 ? "23/04/1999" : "", "Forced labour", ""]);
    expect(sentences(HEADER, ...next)).toEqual([
      ['"DOB" is filled in 50 % of rows; it was 100 % when the mapping was made.', false],
    ]);
  });

  it("with dates in the other order is refused", () => {
    const next = lines(3, () => ["A", "04/23/1999", "Forced labour", ""]);
    expect(sentences(HEADER, ...next)).toEqual([
      ['Dates in "DOB" were written with the day first; 3 rows are not.', true],
    ]);
    const mixed = [...lines(5, () => ["A", "23/04/1999", "", ""]), ["A", "04/23/1999", "", ""]];
    expect(sentences(HEADER, ...mixed)).toEqual([
      ['Dates in "DOB" were written with the day first; 1 row is not.', false],
    ]);
  });
});
