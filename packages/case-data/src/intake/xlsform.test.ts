import { describe, expect, it } from "vitest";
import { readPersons } from "./persons.js";
import { readTables } from "./read-tables.js";
import { xlsxOf } from "./workbook/workbook.contract.js";
import { readForm } from "./xlsform.js";

const FORM = xlsxOf({
  sheets: [
    {
      name: "survey",
      rows: [
        ["type", "name", "label::English (en)", "label::العربية (ar)"],
        ["start", "start"],
        ["begin_group", "person", "Person"],
        ["text", "prs_First_Name", "First Name", "الاسم"],
        ["select_one gender", "prs_Gender", "Gender"],
        ["end_group"],
        ["begin repeat", "event"],
        ["begin group", "place"],
        ["text", "hte_City", "City"],
        ["end group"],
        ["select_multiple control", "vic_Methods_of_Control", "Methods"],
        ["end repeat"],
        ["note", "thanks", "Thank you"],
      ],
    },
    {
      name: "choices",
      rows: [
        ["list name", "name", "label::English (en)"],
        ["gender", "Feminine", "Feminine "],
        ["gender", "Masculine", "Masculine"],
        [],
        ["control", "DebtBondage", "Debt bondage"],
      ],
    },
    {
      name: "settings",
      rows: [
        ["form_title", "id_string", "version"],
        ["Cases", "cases", "v7"],
      ],
    },
  ],
});

describe("an XLSForm", () => {
  it("says what it asks, where, and which codes may be answered", () => {
    const form = readForm(readTables(FORM))!;
    expect(form).toMatchObject({ id: "cases", title: "Cases", version: "v7" });
    expect(form.questions.map(({ path, type, repeat }) => [path, type, repeat])).toEqual([
      ["person/prs_First_Name", "text", undefined],
      ["person/prs_Gender", "select_one", undefined],
      ["event/place/hte_City", "text", "event"],
      ["event/vic_Methods_of_Control", "select_multiple", "event"],
    ]);
    const [first, gender, , control] = form.questions;
    expect(first.labels).toEqual({ "English (en)": "First Name", "العربية (ar)": "الاسم" });
    expect(first.choices).toBeUndefined();
    expect([...gender.choices!]).toEqual([
      ["Feminine", { "English (en)": "Feminine" }],
      ["Masculine", { "English (en)": "Masculine" }],
    ]);
    expect(control).toMatchObject({ isMultiple: true });
  });

  it("is told from a list of people", () => {
    expect(() => readPersons(FORM)).toThrow(expect.objectContaining({ code: "FILE_IS_FORM" }));
    expect(readForm([{ sheet: "survey", rows: [{ line: 1, cells: ["name", "age"] }] }])).toBe(
      undefined,
    );
  });
});
