import { utf8 } from "@symbolon/base/bytes";
import { zipSync } from "fflate";
import { expect, it } from "vitest";
import { readPersons } from "./persons.js";
import { xlsxOf } from "./workbook/workbook.contract.js";

const named = (bytes: Uint8Array) =>
  readPersons(bytes).persons.map(({ given, surname, nationalities, birthDate }) => [
    given?.normal,
    surname?.normal,
    nationalities,
    birthDate?.year,
  ]);
const ANA = ["ana", "silva", [528, 604], 1990];

it("KoboToolbox: semicolons, all quoted, groups, answers in columns of 0 and 1", () => {
  const csv = [
    ["start", "person/prs_First_Name", "person/prs_Second_Name", "person/prs_Birthdate"],
    ["2026-01-01T10:00:00.000+01:00", "Ana", "Silva", "1990-06-02"],
  ];
  const answers = [
    ["person/prs_Citizenship/NL", "person/prs_Citizenship/PE", "_id", "_index"],
    ["1", "1", "77", "1"],
  ];
  const lines = csv.map((row, k) => [...row, ...answers[k]].map((it) => `"${it}"`).join(";"));
  expect(named(utf8(lines.join("\r\n")))).toEqual([ANA]);
});

it("KoboToolbox: with both, the column of all answers counts", () => {
  const csv =
    "prs_First_Name;prs_Second_Name;prs_Birthdate;prs_Citizenship;prs_Citizenship/NL;" +
    "prs_Citizenship/PE\n" +
    "Ana;Silva;1990-06-02;NL PE;1;1\n";
  expect(named(utf8(csv))).toEqual([ANA]);
});

it("KoboToolbox: repeats on further sheets do not get in the way", () => {
  const bytes = xlsxOf({
    sheets: [
      {
        name: "cases",
        rows: [
          ["prs_First_Name", "prs_Second_Name", "prs_Birthdate", "prs_Citizenship", "_index"],
          ["Ana", "Silva", "1990-06-02", "NL PE", { n: "1" }],
        ],
      },
      {
        name: "event",
        rows: [
          ["hte_City", "_index", "_parent_table_name", "_parent_index"],
          ["Lima", { n: "1" }, "cases", { n: "1" }],
        ],
      },
    ],
  });
  expect(named(bytes)).toEqual([ANA]);
});

it("ODK: a zip file of tables, groups before names by a hyphen, keys of submissions", () => {
  const main =
    "SubmissionDate,meta-instanceID,person-prs_First_Name,person-prs_Second_Name," +
    "person-prs_Birthdate,person-prs_Citizenship,person-prs_Citizenship/NL,KEY,SubmitterName\n" +
    "2026-01-01T10:00:00.000Z,uuid:1,Ana,Silva,1990-06-02,NL PE,1,uuid:1,Officer Name\n";
  const repeat = "hte_City,PARENT_KEY,KEY\nLima,uuid:1,uuid:1/event[1]\n";
  const zip = zipSync({ "cases.csv": utf8(main), "cases-event.csv": utf8(repeat) });
  expect(named(zip)).toEqual([ANA]);
  expect(readPersons(zip).unmapped).toContain("SubmitterName");
});

it("ODK: OData, nested", () => {
  const answer = {
    value: [
      {
        __id: "uuid:1",
        __system: { submitterName: "Officer" },
        person: {
          prs_First_Name: "Ana",
          prs_Second_Name: "Silva",
          prs_Birthdate: "1990-06-02",
          prs_Citizenship: "NL PE",
        },
      },
    ],
  };
  expect(named(utf8(JSON.stringify(answer)))).toEqual([ANA]);
});

it("Primero: guarded formulas, values joined by |||", () => {
  const rows = [
    ["id", "name_first", "name_last", "date_of_birth", "nationality", "telephone"],
    ["a", "Ana", "Silva", "1990-06-02", "Dutch ||| Peruvian", "'+31612345678 ||| '+31612345679"],
  ];
  const bytes = xlsxOf({ sheets: [{ name: "Basic Identity", rows }] });
  expect(named(bytes)).toEqual([ANA]);
  expect(readPersons(bytes).persons[0].phones).toEqual(["+31612345678", "+31612345679"]);
});
