import { describe, expect, it } from "vitest";
import { recordOf } from "../htcds/record.js";
import { seededWords } from "../random.js";
import { ATTRIBUTES, attributeCalled, codeNumbers, UNKNOWN } from "./attributes.js";
import { attributesDataset, attributeWord } from "./attributes-dataset.js";

const of = (name: string) => {
  const found = attributeCalled(name);
  if (found === undefined) throw new Error(`no attribute ${name}`);
  return found;
};
/** The codes that a record counts for. */
const codes = (name: string, record: Parameters<typeof recordOf>[0]): string[] =>
  codeNumbers(of(name), recordOf(record)).map((number) => of(name).codes[number - 1].code);

describe("attributes", () => {
  it("have lists that begin with what is not known, have no code twice, and fit a word", () => {
    for (const { codes: list, kind, most } of ATTRIBUTES) {
      expect(list[0]).toEqual(UNKNOWN);
      expect(new Set(list.map(({ code }) => code)).size).toBe(list.length);
      if (kind === "several") expect(list.length).toBeLessThanOrEqual(32);
      else expect(most).toBe(1);
    }
    expect(new Set(ATTRIBUTES.map(({ name }) => name)).size).toBe(ATTRIBUTES.length);
  });

  it("say of a record without anything that nothing is known", () => {
    for (const { name } of ATTRIBUTES) expect(codes(name, {})).toEqual(["Unknown"]);
    expect(codes("sex", { prs_Gender: "NonSpecifiedUnknown" })).toEqual(["Unknown"]);
  });

  it("are read from the standard's fields", () => {
    expect(codes("sex", { prs_Gender: "Feminine" })).toEqual(["Feminine"]);
    expect(codes("nationality", { prs_Citizenship: ["NG", "RO"] })).toEqual(["NG"]);
    expect(
      codes("exploitation", {
        vic_TypeOfExploitation: ["SexualExploitation", "ForcedLabour"],
        x_forcedCriminality: ["Theft"],
      }),
    ).toEqual(["ForcedLabour", "SexualExploitation", "ForcedCriminality"]);
    expect(codes("age", { vic_AgeWhenTrafficked: 17 })).toEqual(["9-17"]);
    expect(codes("age", { vic_AgeWhenTrafficked: 18 })).toEqual(["18-20"]);
    expect(codes("age", { vic_AgeWhenTrafficked: 60 })).toEqual(["48+"]);
    const dates = { prs_Birthdate: "2000-05-01", x_registeredOn: "2021-01-31" };
    expect(codes("age", dates)).toEqual(["21-23"]);
    expect(codes("year", dates)).toEqual(["2021"]);
    expect(codes("year", { x_registeredOn: "1998-01-31" })).toEqual(["Earlier"]);
    const transit = { hte_Type: "Transit", hte_Country: "Libya" } as const;
    expect(codes("through", transit)).toEqual(["LY"]);
    expect(codes("from", transit)).toEqual(["Unknown"]);
    expect(codes("to", { x_exploitationCountry: ["IT"] })).toEqual(["IT"]);
  });

  it("become words: a number, or a bit for each code, and never 0", () => {
    const record = recordOf({ prs_Gender: "Feminine", vic_MethodsOfControl: ["DebtBondage"] });
    expect(attributeWord(of("sex"), record)).toBe(2);
    const at = of("control").codes.findIndex(({ code }) => code === "DebtBondage");
    expect(attributeWord(of("control"), record)).toBe(2 ** at);
    expect(attributeWord(of("recruitment"), record)).toBe(1);
  });

  it("become a dataset in which padding counts for nothing, in an order that says nothing", () => {
    const records = Array.from({ length: 300 }, (_, k) =>
      recordOf({
        prs_Gender: k % 2 === 0 ? "Feminine" : "Masculine",
        vic_MethodsOfControl: ["DebtBondage", "FalsePromises", "TakesEarnings", "SexualAbuse"],
      }),
    );
    const { schema, values, rowMap, notes } = attributesDataset(records, seededWords(1));
    expect(schema.tables[0].rows).toBe(512);
    const sex = values.get("attributes.sex") ?? new Uint32Array(0);
    rowMap.forEach((index, row) => {
      expect(sex[row]).toBe(index < 0 ? 0 : index % 2 === 0 ? 2 : 3);
    });
    expect(rowMap.slice(0, 300)).not.toEqual(Array.from({ length: 300 }, (_, k) => k));
    expect(notes.find(({ attribute }) => attribute === "control")).toMatchObject({ cutOff: 300 });
    expect(notes.find(({ attribute }) => attribute === "year")).toMatchObject({ unknown: 300 });
  });
});
