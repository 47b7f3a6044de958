import { describe, expect, it } from "vitest";
import { codeSystem } from "./code-system.js";
import { birthDateOf } from "./date.js";
import { EDUCATION_LEVELS, GENDERS } from "./lists.js";
import { codeMeaning } from "./meanings.js";
import { IC_TIP, SEX_OF_GENDER, STANDARD_SYSTEMS } from "./systems/standard.js";

describe("a code system", () => {
  const tables = {
    id: "colours",
    version: "1",
    source: "this test",
    labels: { en: { R: "Red", G: "Green" }, nl: { R: "Rood" } },
    aliases: { Scarlet: "R", Green: "R" },
  };

  it("finds codes by code, label in any language, and alias; labels come first", () => {
    const colours = codeSystem(tables);
    const texts = ["R", "red", " ROOD ", "scarlet", "Green", "blue", "toString"];
    expect(texts.map((text) => colours.find(text))).toEqual([
      "R",
      "R",
      "R",
      "R",
      "G",
      undefined,
      undefined,
    ]);
    expect(["nl", "en", "xx"].map((language) => colours.label("G", language))).toEqual(
      Array(3).fill("Green"),
    );
    expect(colours.label("R", "nl")).toBe("Rood");
    expect(colours.label("B")).toBeUndefined();
    expect(colours.has("constructor")).toBe(false);
  });

  it("refuses tables that contradict themselves", () => {
    const broken = (more: object) => () => codeSystem({ ...tables, ...more });
    expect(broken({ labels: {} })).toThrow("has labels");
    expect(broken({ labels: { en: {} } })).toThrow("has codes");
    expect(broken({ aliases: { Blue: "B" } })).toThrow("stands for one of its codes");
    expect(broken({ labels: { en: { R: "Red" }, nl: { G: "Groen" } } })).toThrow(
      "stands for one of its codes",
    );
  });
});

describe("the systems that come along", () => {
  it("find every code by itself and by its label", () => {
    for (const system of Object.values(STANDARD_SYSTEMS)) {
      for (const code of system.codes) {
        expect(system.has(code)).toBe(true);
        expect(system.find(code)).toBe(code);
        expect(system.label(code), code).toMatch(/\S/);
      }
      expect(system.find("no such thing")).toBeUndefined();
      expect(system.label("no such thing")).toBeUndefined();
    }
  });

  it("have as many codes as their standards", () => {
    const counts = Object.values(STANDARD_SYSTEMS).map(({ id, codes }) => [id, codes.length]);
    expect(Object.fromEntries(counts)).toEqual({
      "iso3166-1": 250,
      "iso639-2": 485,
      "isced-2011": 9,
      "isic-4": 61,
      "htcds-gender": 6,
    });
    const { codes } = STANDARD_SYSTEMS["isic-4"];
    expect([...codes.slice(0, 2), ...codes.slice(20, 23)]).toEqual(["A", "B", "U", "01", "02"]);
  });

  it("countries go by names of many languages, Kosovo among them", () => {
    const countries = STANDARD_SYSTEMS["iso3166-1"];
    expect(["Deutschland", "Нидерланды", "Kosovo", "syrian"].map(countries.find)).toEqual([
      "DE",
      "NL",
      "XK",
      "SY",
    ]);
    expect(countries.label("NL", "fr")).toBe("Pays-Bas");
    expect(countries.label("NL", "constructor")).toBe("Netherlands");
  });

  it("have no codes of IC-TIP: somebody who has its tables plugs them in", () => {
    expect(Object.keys(STANDARD_SYSTEMS)).not.toContain(IC_TIP);
  });
});

describe("what goes with codes", () => {
  it("each gender has the sex that linkage compares, or none", () => {
    expect(Object.keys(SEX_OF_GENDER)).toEqual(Object.keys(GENDERS));
    expect(SEX_OF_GENDER.NonSpecifiedUnknown).toBeUndefined();
  });

  it("levels of education are ISCED's, in order", () => {
    const isced = STANDARD_SYSTEMS["isced-2011"];
    expect(Object.keys(EDUCATION_LEVELS).map(isced.find)).toEqual([..."012345678"]);
  });

  it("codes that need words have them", () => {
    expect(codeMeaning("vic_MethodsOfControl", "DebtBondage")).toContain("debt");
    expect(codeMeaning("cas_Status", "Active")).toBeUndefined();
  });
});

describe("birthDateOf", () => {
  it("gives as much as is known", () => {
    const known = (x_birthPrecision?: "Day" | "Month" | "Year" | "Estimated") =>
      birthDateOf({
        prs_Birthdate: "1999-03-01",
        ...(x_birthPrecision ? { x_birthPrecision } : {}),
      });
    expect(known()).toEqual({ year: 1999, month: 3, day: 1 });
    expect(known("Day")).toEqual({ year: 1999, month: 3, day: 1 });
    expect(known("Month")).toEqual({ year: 1999, month: 3 });
    expect(known("Year")).toEqual({ year: 1999 });
    expect(known("Estimated")).toEqual({ year: 1999 });
    expect(birthDateOf({})).toBeUndefined();
    expect(birthDateOf({ prs_Birthdate: "1999-02-30" })).toBeUndefined();
  });
});
