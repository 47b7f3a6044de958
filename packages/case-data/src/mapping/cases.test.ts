import { describe, expect, it } from "vitest";
import { validateRecord } from "../htcds/validate.js";
import { casesDataset } from "../indicators/cases-dataset.js";
import { previewCases } from "../indicators/preview-cases.js";
import { indicatorsOfRecord } from "../indicators/written-indicators.js";
import { seededWords } from "../random.js";
import { applyMapping } from "./apply.js";
import { mappedCases } from "./cases.js";
import { draftMapping, sureChoices } from "./draft.js";
import { findHeadings } from "./headings.js";
import { leavingOf } from "./leaving.js";
import { matchColumns } from "./match-columns.js";
import { saidChoices } from "./said-columns.js";
import { sureMapping, tableOf } from "./tables.contract.js";

const options = { yearMax: 2026 };
const TABLE = tableOf(
  ["Case", "First name", "Phone", "Recruiter phone", "Car", "Traces", "Type", "Value"],
  ["1", "Ana", "+31699999999", "+31624681357; 12", "NL: AB-123-C", "Alias: Boss Vittorio", "", ""],
  [
    "2",
    "Bo",
    "",
    "",
    "",
    "Fax: 1; Handle: @lola_star99 ||| Phone: 06 2468 1358",
    "Email",
    "lola.star@mail.nl",
  ],
  ["3", "Cleo", "", "unknown", "-", "", "", ""],
);
const SAID = [
  { means: "indicator-phone", heading: "Recruiter phone" },
  { means: "trace: number plate", heading: "car" },
  { means: "indicator-any", heading: "Traces" },
  { means: "x_indicatorType", heading: "Type" },
  { means: "x_indicatorValue", heading: "Value" },
  { means: "home", heading: "Case" },
];

function mapping(said = SAID) {
  const headings = findHeadings(TABLE);
  const choices = saidChoices(sureChoices(matchColumns(TABLE, headings)), said);
  return draftMapping(TABLE, headings, choices);
}

describe("cases by a mapping", () => {
  const read = mappedCases(TABLE, mapping(), options);

  it("have the traces that its columns hold, in their order, and not the victim's", () => {
    expect(
      read.cases.map(({ row, indicators }) => [
        row,
        indicators.map(({ kind, text, column }) => [kind, text.trim(), column]),
      ]),
    ).toEqual([
      [
        2,
        [
          ["phone", "+31624681357", "Recruiter phone"],
          ["phone", "12", "Recruiter phone"],
          ["plate", "NL: AB-123-C", "Car"],
          ["alias", "Boss Vittorio", "Traces"],
        ],
      ],
      [
        3,
        [
          [undefined, "Fax: 1", "Traces"],
          ["handle", "@lola_star99", "Traces"],
          ["phone", "06 2468 1358", "Traces"],
          ["email", "lola.star@mail.nl", "x_indicatorValue"],
        ],
      ],
      [4, []],
    ]);
    expect(read.stays).toEqual(["Case", "First name", "Phone"]);
    expect(read.leaves).toContainEqual({ header: "Car", field: "trace: number plate" });
  });

  it("are previewed in counts, with what connects nothing by row, column and reason", () => {
    const { kinds, empty, notes } = previewCases(read.cases, { country: "NL" });
    expect(kinds).toEqual([
      { kind: "phone", cases: 2, exact: 2, near: 2, unused: 1 },
      { kind: "email", cases: 1, exact: 1, near: 1, unused: 0 },
      { kind: "handle", cases: 1, exact: 1, near: 1, unused: 0 },
      { kind: "plate", cases: 1, exact: 1, near: 1, unused: 0 },
      { kind: "alias", cases: 1, exact: 1, near: 1, unused: 0 },
    ]);
    expect(empty).toBe(1);
    expect(notes.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, "Recruiter phone", "INDICATOR_UNREADABLE"],
      [3, "Traces", "INDICATOR_TYPE_UNKNOWN"],
    ]);
    expect(JSON.stringify(notes)).not.toMatch(/2468|Vittorio|Fax/);
    expect(casesDataset(read.cases, seededWords(1), { country: "NL" }).notes).toEqual(notes);
  });

  it("stand in the record too, where they can be read again", () => {
    const rows = applyMapping(TABLE, mapping(), options);
    for (const { record, indicators } of rows) {
      expect(validateRecord(record).filter(({ severity }) => severity === "error")).toEqual([]);
      const again = indicatorsOfRecord(record).map(({ kind, text }) => [kind, text]);
      expect(again).toEqual(indicators.map(({ kind, text }) => [kind, text.trim()]));
    }
  });

  it("say what would leave for which question", () => {
    const { linkage, traces, stays } = leavingOf(
      mapping(),
      applyMapping(TABLE, mapping(), options),
    );
    expect(linkage.map(({ field }) => field)).toEqual(["given", "phone"]);
    expect(traces).toEqual([
      { column: "Recruiter phone", target: "indicator-phone", cases: 1 },
      { column: "Car", target: "indicator-plate", cases: 1 },
      { column: "Traces", target: "indicator-any", cases: 2 },
    ]);
    expect(stays).toEqual(["Type", "Value", "Case"]);
  });

  it("need a column that holds some", () => {
    expect(() => mappedCases(TABLE, sureMapping(TABLE), options)).toThrow(
      expect.objectContaining({ code: "NO_INDICATOR_COLUMN" }),
    );
  });
});

describe("headings", () => {
  const matched = (...headers: string[]) =>
    Object.fromEntries(
      matchColumns(
        tableOf(
          headers,
          headers.map(() => "x"),
        ),
        findHeadings(tableOf(headers, headers)),
      ).map(({ column, target, isSure, reason }) => [column.header, [target, isSure, reason]]),
    );

  it("of traces are suggested, never taken without asking", () => {
    const found = matched(
      ...[
        "First name",
        "Phone",
        "Trafficker phone",
        "Teléfono del tratante",
        "Kenteken",
        "Instagram",
      ],
      ...["Alias of recruiter", "Advert text", "Perpetrator/prs_MobilePhone"],
    );
    expect(found).toEqual({
      "First name": ["prs_FirstName", true, "label"],
      Phone: ["prs_MobilePhone", true, "heading"],
      "Trafficker phone": ["indicator-phone", false, "trace"],
      "Teléfono del tratante": ["indicator-phone", false, "trace"],
      Kenteken: ["indicator-plate", false, "trace"],
      Instagram: ["indicator-handle", false, "trace"],
      "Alias of recruiter": ["indicator-alias", false, "trace"],
      "Advert text": ["indicator-advert", false, "trace"],
      "Perpetrator/prs_MobilePhone": ["indicator-phone", false, "trace"],
    });
  });

  it("of somebody else are not taken for the victim's", () => {
    const found = matched(
      "First name",
      "mother/prs_FirstName",
      "interviewer/name",
      "Relationship to Trafficker",
    );
    expect(found["mother/prs_FirstName"]).toEqual([undefined, true, "others"]);
    expect(found["interviewer/name"]).toEqual([undefined, true, "others"]);
    expect(found["Relationship to Trafficker"]).toEqual([
      "vic_RelationshipToTrafficker",
      true,
      "label",
    ]);
  });

  it.each([
    ["a meaning that there is none of", [{ means: "shoe", heading: "Car" }], "UNKNOWN_FIELD"],
    ["a column that is not there", [{ means: "given", heading: "Shoe" }], "UNKNOWN_HEADER"],
  ])("said beforehand: %s is refused", (_, said, code) => {
    expect(() => mapping(said)).toThrow(expect.objectContaining({ code }));
  });
});

it("knows headings of the standard's fields as people call them", () => {
  const headers = [
    "Victim Full Name",
    "person/family",
    "Tipo de explotación",
    "Moyens de contrôle",
  ];
  const table = tableOf([...headers, "Burgerlijke staat", "alias"], ["A B", "B", "", "", "", ""]);
  const targets = matchColumns(table, findHeadings(table)).map(({ target }) => target);
  expect(targets.slice(1)).toEqual([
    ...["prs_SecondName", "vic_TypeOfExploitation", "vic_MethodsOfControl"],
    ...["prs_MaritalStatus", "x_aliases"],
  ]);
  expect(
    matchColumns(
      tableOf(["Victim Full Name"], ["A B"]),
      findHeadings(tableOf(["Victim Full Name"], ["A B"])),
    )[0].target,
  ).toBe("full-name");
});
