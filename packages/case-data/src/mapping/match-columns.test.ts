import { describe, expect, it } from "vitest";
import { findHeadings } from "./headings.js";
import { mask } from "./mask.js";
import { matchColumns } from "./match-columns.js";
import { tableOf } from "./tables.contract.js";

const matched = (...lines: string[][]) => {
  const table = tableOf(...lines);
  return matchColumns(table, findHeadings(table));
};

/** Heading → what it is taken for, by what, and whether that is sure. */
const summary = (...lines: string[][]) =>
  Object.fromEntries(
    matched(...lines).map(({ column, target, reason, isSure }) => [
      column.header,
      [target, reason, isSure],
    ]),
  );

describe("a column is matched", () => {
  it("by the standard's names, known headings and near ones, with the reason", () => {
    expect(
      summary(
        [
          "prs_FirstName",
          "prs_Second_Name",
          "Mailing City",
          "DOB",
          "Nacionalidad",
          "Genderr",
          "Zx",
        ],
        ["", "", "", "", "", "", ""],
      ),
    ).toEqual({
      prs_FirstName: ["prs_FirstName", "id", true],
      prs_Second_Name: ["prs_SecondName", "alias", true],
      "Mailing City": ["prs_MailingCity", "label", true],
      DOB: ["prs_Birthdate", "heading", true],
      Nacionalidad: ["prs_Citizenship", "heading", true],
      Genderr: ["prs_Gender", "near", false],
      Zx: [undefined, "none", true],
    });
  });

  it("by its values, which makes nobody sure", () => {
    expect(
      summary(
        ["First name", "c1", "c2", "c3", "c4", "c5", "c6"],
        ["A", "a@b.org", "+31 6 12345678", "Debt bondage; Threats", "Netherlands", "12", "1/2/99"],
        ["B", "c@d.net", "+31 6 87654321", "False promises", "Mali", "13", "2024-01-02"],
      ),
    ).toMatchObject({
      c1: ["prs_Email", "values", false],
      c2: ["prs_MobilePhone", "values", false],
      c3: ["vic_MethodsOfControl", "values", false],
      c4: ["prs_Citizenship", "values", false],
      c5: [undefined, "none", true],
      c6: [undefined, "dates", false],
    });
  });

  it("asks which of several fields a label means", () => {
    const [, match] = matched(["First Name", "Longitude"], ["A", "4.9"]);
    expect(match).toMatchObject({ reason: "several", isSure: false });
    expect(match.target).toBeUndefined();
    expect(match.choices).toEqual([
      "prs_MailingLongitude",
      "hte_Longitude",
      "org_ShippingLongitude",
    ]);
  });

  it("gives one field to one column, and a whole name only where its parts are missing", () => {
    expect(
      summary(["Name", "First Name", "Surname", "Familienname", "Phone", "Mobile"], []),
    ).toMatchObject({
      Name: [undefined, "taken", true],
      "First Name": ["prs_FirstName", "label", true],
      Surname: ["prs_SecondName", "heading", true],
      Familienname: [undefined, "taken", true],
      Phone: ["prs_MobilePhone", "heading", true],
      Mobile: ["prs_MobilePhone", "heading", true],
    });
  });

  it("keeps a column of answers home whose cells are no yes and no", () => {
    const header = "vic_MethodsOfControl/DebtBondage";
    expect(summary([header], ["1"])[header]).toEqual(["vic_MethodsOfControl", "answer", true]);
    expect(summary([header], ["often"])[header]).toEqual([undefined, "none", true]);
  });
});

describe("what wrote a file, and where its headings are", () => {
  const headings = (...lines: string[][]) => findHeadings(tableOf(...lines));

  it.each([
    ["kobo", ["start", "end", "name", "_id", "_uuid", "_submission_time", "_index"]],
    ["odk-central", ["SubmissionDate", "meta-instanceID", "name", "KEY", "SubmitterID"]],
    ["primero", ["id", "case_id", "name_first", "name_last", "sex", "owned_by"]],
    ["gbvims", ["INCIDENT ID", "SURVIVOR CODE", "DATE OF BIRTH", "SEX"]],
    ["oscar", ["given_name", "family_name", "local_given_name", "local_family_name"]],
    ["ctdc", ["gender", "ageBroad", "citizenship", "isForcedLabour", "meansOfControlThreats"]],
    ["plain", ["First Name", "Last Name", "Birthdate"]],
  ])("knows %s", (system, header) => {
    expect(
      headings(
        header,
        header.map(() => "x"),
      ).system,
    ).toBe(system);
  });

  it("leaves a system's own bookkeeping at home, and knows its number of the case", () => {
    const result = summary(
      ["name_first", "case_id", "owned_by", "record_state", "id"],
      ["A", "c-1", "worker", "true", "7"],
    );
    expect(result).toMatchObject({
      case_id: ["x_recordId", "system", true],
      record_state: [undefined, "own business", true],
      id: [undefined, "own business", true],
    });
  });

  it("reads CTDC's columns of yes and no", () => {
    const result = matched(
      ["gender", "ageBroad", "citizenship", "isForcedLabour", "meansOfControlThreats"],
      ["Female", "18--20", "NL", "1", "0"],
    );
    expect(result.slice(3).map(({ target, code }) => [target, code])).toEqual([
      ["vic_TypeOfExploitation", "ForcedLabour"],
      ["vic_MethodsOfControl", "PhysicalThreats"],
    ]);
  });

  it("finds headings below titles, and labels below identifiers", () => {
    expect(headings(["Cases of 2024"], ["First Name", "Last Name"], ["A", "B"])).toMatchObject({
      headerRow: 1,
    });
    const both = headings(
      ["prs_FirstName", "prs_SecondName", "prs_Birthdate", "prs_Gender", "cas_Status"],
      ["First Name", "Second Name", "Birthdate", "Gender", "Status"],
      ["A", "B", "1999", "F", "Open"],
    );
    expect(both).toMatchObject({ system: "htcds-template", headerRow: 1, idRow: 0 });
    expect(both.columns[0]).toEqual({ index: 0, header: "First Name", id: "prs_FirstName" });
  });

  it("trusts a hidden row to be above the headings, in whatever language these are", () => {
    const ids = ["prs_FirstName", "prs_SecondName", "prs_Birthdate", "prs_Gender", "cas_Status"];
    const labels = ["Imię", "Nazwisko", "Urodzona", "Płeć", "Stan"];
    const rows = [
      { line: 1, cells: ids, isHidden: true },
      { line: 2, cells: labels },
    ];
    const table = { rows: [...rows, { line: 3, cells: ["A", "B", "1999", "F", "Open"] }] };
    const found = findHeadings(table);
    expect(found).toMatchObject({ headerRow: 1, idRow: 0, system: "htcds-template" });
    const fields = matchColumns(table, found).map(({ target }) => target);
    expect(fields).toEqual(ids);
  });

  it("says that a list without headings needs some", () => {
    expect(() => headings(["123", "1999-01-01"], ["124", "1999-01-02"])).toThrow(
      expect.objectContaining({ code: "NO_HEADER" }),
    );
  });

  it("counts columns of one name", () => {
    expect(headings(["Phone", "Phone", "Name"], ["1", "2", "A"]).columns).toEqual([
      { index: 0, header: "Phone", nth: 1 },
      { index: 1, header: "Phone", nth: 2 },
      { index: 2, header: "Name" },
    ]);
  });
});

describe("samples", () => {
  it("show how values are written, not what they say", () => {
    const [name, phone] = matched(["First Name", "Phone"], ["Amina", "+221 77"], ["Zoë", "+1"]);
    expect(name.samples).toEqual(["Aaaaa", "Aaa"]);
    expect(phone.samples).toEqual(["+999 99", "+9"]);
    const table = tableOf(["First Name"], ["Amina"]);
    const shown = matchColumns(table, findHeadings(table), { unmask: true });
    expect(shown[0].samples).toEqual(["Amina"]);
  });

  it.each([
    ["Олена Ш.", "Яяяяя Я."],
    ["محمد", "عععع"],
    ["王小明", "字字字"],
    ["김민수", "가가가"],
    ["a\u202eb\u0000", "a·a·"],
    ["12/03/1999", "99/99/9999"],
    ["x".repeat(30), `${"a".repeat(24)}…`],
    ["٣٤", "99"],
  ])("mask %j as %j", (value, masked) => expect(mask(value)).toBe(masked));
});
