import { utf8 } from "@symbolon/base/bytes";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { validateRecord } from "../htcds/validate.js";
import { readRecords } from "../mapping/records.js";
import { readPersons } from "./persons.js";
import { readList } from "./read-list.js";
import { xlsxOf } from "./workbook/workbook.contract.js";

const MAIN = [
  ["prs_First_Name", "prs_Second_Name", "_index"],
  ["Ana", "Silva", "1"],
  ["Bo", "Li", "2"],
  ["Cleo", "Roy", "3"],
];
const EVENTS = [
  ["hte_City", "hte_Type", "_index", "_parent_table_name", "_parent_index"],
  ["Lima", "Recruitment", "1", "cases", "1"],
  ["", "Transit", "2", "cases", "1"],
  ["Cusco", "Nowhere", "3", "cases", "1"],
  ["Bonn", "", "4", "cases", "2"],
  ["Rome", "Transit", "5", "cases", "9"],
];
const book = (...sheets: { name: string; rows: string[][] }[]) =>
  xlsxOf({ sheets: [{ name: "cases", rows: MAIN }, ...sheets] });

function records(bytes: Uint8Array) {
  const { records: found, errors, notes } = readRecords(bytes, { yearMax: 2026 });
  for (const { record } of found) {
    expect(validateRecord(record).filter(({ severity }) => severity === "error")).toEqual([]);
  }
  return { events: found.map(({ record }) => record.events), errors, notes };
}

describe("repeated parts of a form", () => {
  it("KoboToolbox: are entries of the record that they belong to", () => {
    const { events, errors, notes } = records(book({ name: "event", rows: EVENTS }));
    expect(events).toEqual([
      [
        { hte_City: "Lima", hte_Type: "Recruitment" },
        { hte_Type: "Transit" },
        { hte_City: "Cusco" },
      ],
      [{ hte_City: "Bonn" }],
      undefined,
    ]);
    expect(errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, "event[]/hte_Type", "CODE_UNKNOWN"],
    ]);
    expect(notes).toEqual([
      'Rows of "event" were read with the rows of the list that they belong to; ' +
        "1 belong to none, and were not read.",
    ]);
  });

  it("ODK Central: by the keys of submissions, in a zip file", () => {
    const main = "SubmissionDate,meta-instanceID,prs_First_Name,KEY\n,u1,Ana,u1\n,u2,Bo,u2\n";
    const event = "hte_City,PARENT_KEY,KEY\nLima,u2,u2/e[1]\nCusco,u2,u2/e[2]\n";
    const zip = zipSync({ "cases.csv": utf8(main), "cases-event.csv": utf8(event) });
    expect(records(zip).events).toEqual([undefined, [{ hte_City: "Lima" }, { hte_City: "Cusco" }]]);
  });

  it("JSON: lists within objects", () => {
    const text = JSON.stringify([
      { prs_FirstName: "Ana", events: [{ hte_City: "Lima" }, { hte_City: "Cusco" }] },
      { prs_FirstName: "Bo" },
    ]);
    expect(records(utf8(text)).events).toEqual([
      [{ hte_City: "Lima" }, { hte_City: "Cusco" }],
      undefined,
    ]);
  });

  it("are never taken for the person's own name or phone", () => {
    const rows = [
      ["first name", "phone", "_parent_table_name", "_parent_index"],
      ["Eva", "+31612345678", "cases", "1"],
    ];
    const bytes = book({ name: "family", rows });
    const [ana] = readPersons(bytes).persons;
    expect([ana.given?.raw, ana.phones]).toEqual(["Ana", undefined]);
    expect(readPersons(bytes).unmapped).toContain("family[]/phone");
    const [{ record }] = readRecords(bytes, { yearMax: 2026 }).records;
    expect(record.person?.prs_MobilePhone).toBeUndefined();
  });

  it("too long together are missing aloud; those of other sheets stay home", () => {
    const long = Array.from({ length: 20 }, () => ["x".repeat(900), "cases", "1"]);
    const rows = [["hte_City", "_parent_table_name", "_parent_index"], ...long];
    const { errors } = readList(book({ name: "event", rows }));
    expect(errors.map(({ row, code }) => [row, code])).toEqual([[2, "CELL_TOO_LONG"]]);
    const other = EVENTS.map((row) => row.map((cell) => (cell === "cases" ? "event" : cell)));
    expect(readList(book({ name: "deeper", rows: other })).headers).toEqual(MAIN[0]);
  });
});
