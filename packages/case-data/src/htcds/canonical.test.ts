import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalCode } from "./canonical-code.js";
import { canonicalField } from "./canonical-field.js";
import { nearestOf, slips } from "./nearest.js";
import { FIELDS, type FieldId, isList } from "./record.js";
import { splitCodes } from "./split.js";
import { columnFields, isOnlyNumbered, labelBeatsId } from "./template.js";

const all = [...FIELDS.values()];
const withCodes = all.filter(({ codes }) => codes !== undefined);

/** The spellings that people and programs make of one text. */
const spoilt = (text: string): fc.Arbitrary<string> =>
  fc
    .constantFrom(
      (it: string) => it,
      (it: string) => it.toUpperCase(),
      (it: string) => it.toLowerCase(),
      (it: string) => ` ${it}  `,
      (it: string) => it.replaceAll(" ", "_"),
      (it: string) => it.replaceAll(" ", "\u00a0"),
      (it: string) => `\ufeff${it}`,
    )
    .map((spoil) => spoil(text));

describe("canonicalField", () => {
  it("knows every id in every spelling, alone or within a form's path", () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.context(), ({ id }, ctx) => {
        const name = id.replace(/(?<=[a-z])(?=[A-Z])/g, "_");
        ctx.log(name);
        for (const one of [id, name, id.toLowerCase(), `${id}__c`, `data/group/${name}`]) {
          expect(canonicalField(one)).toMatchObject({ kind: "field", id });
        }
      }),
    );
  });

  it("knows every label, and asks where several entities have it", () => {
    for (const { id, label, groups } of all) {
      const found = canonicalField(label);
      if (found.kind === "ambiguous") expect(found.ids).toContain(id);
      else expect(found).toMatchObject({ kind: "field", id });
      expect(canonicalField(label, { group: groups[0] })).toMatchObject({ kind: "field", id });
    }
    expect(canonicalField("Type")).toEqual({
      kind: "ambiguous",
      ids: ["org_Type", "hte_Type", "spl_Type"],
    });
  });

  it("asks which city, unless the group says it; core labels stand for themselves", () => {
    expect(canonicalField("City")).toEqual({
      kind: "ambiguous",
      ids: ["org_ShippingCity", "prs_MailingCity", "hte_City"],
    });
    expect(canonicalField("Zip/Postal Code").kind).toBe("ambiguous");
    expect(canonicalField("Phone").kind).toBe("ambiguous");
    expect(canonicalField("City", { group: "events" })).toMatchObject({ id: "hte_City" });
    expect(canonicalField("Status")).toMatchObject({ kind: "field", id: "cas_Status" });
    expect(canonicalField("Title")).toMatchObject({ kind: "field", id: "prs_Title" });
  });

  it("knows older and misspelt names", () => {
    for (const [name, id] of [
      ["vic_TraffickinStatusDecisionMakingOrg", "vic_TraffickingStatusDecisionMakingOrg"],
      ["prs_Nationality", "prs_Citizenship"],
      ["LastName", "prs_SecondName"],
      ["Trafficking Status Decision Making Organisation", "vic_TraffickingStatusDecisionMakingOrg"],
      ["Forced Labor Industry", "vic_ForcedLabourIndustry"],
    ]) {
      expect(canonicalField(name)).toMatchObject({ kind: "field", id });
    }
  });

  it("suggests what is near and guesses nothing", () => {
    expect(canonicalField("prs_Brithdate")).toEqual({ kind: "none", nearest: "prs_Birthdate" });
    for (const name of ["", "  ", "shoe size", "__proto__", "constructor", "x".repeat(10_000)]) {
      expect(canonicalField(name)).toEqual({ kind: "none" });
    }
  });

  it("keeps to the group that is named", () => {
    expect(canonicalField("Phone", { group: "organisations" })).toMatchObject({ id: "org_Phone" });
    expect(canonicalField("Phone", { group: "person" }).kind).toBe("none");
    expect(canonicalField("prs_FirstName", { group: "perpetrators" }).kind).toBe("field");
  });
});

describe("canonicalCode", () => {
  it("knows every code and every label in every spelling", () => {
    const code = fc
      .constantFrom(...withCodes)
      .chain((field) =>
        fc.constantFrom(...Object.entries(field.codes!)).map((one) => ({ field, one })),
      );
    const text = code.chain(({ field, one: [code, label] }) =>
      fc.oneof(spoilt(code), spoilt(label)).map((text) => ({ field, code, text })),
    );
    fc.assert(
      fc.property(text, ({ field, code, text }) => {
        expect(canonicalCode(field.id, text)).toMatchObject({
          kind: "code",
          field: field.id,
          code,
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[FieldId, string, string, string]>([
    ["prs_Gender", "Male", "Masculine", "alias"],
    ["prs_Gender", "Transgender/NonConforming", "NonConforming", "alias"],
    ["prs_Gender", "mujer", "Feminine", "alias"],
    ["prs_HighestLevelOfEducation", "ISCED 3", "UpperSecondaryEducation", "alias"],
    ["vic_RelationshipToTrafficker", "Unacquainted", "Unaquainted", "alias"],
    ["vic_MethodsOfControl", "MethodsOfControlDebtBondage", "DebtBondage", "alias"],
    [
      "vic_MethodsOfControl",
      "MethodsOfControlThreatOfLawEnforcement",
      "ThreatsLawEnforcement",
      "alias",
    ],
    ["vic_TypeOfExploitation", "Forced labor", "ForcedLabour", "code"],
    ["vic_ForcedLabourIndustry", "F", "F_Construction", "alias"],
    ["vic_ForcedLabourIndustry", "Mixed farming", "A_AgricultureForestryAndFishing", "broader"],
    ["prs_Citizenship", "Vietnamese", "VN", "label"],
    ["prs_PrimaryLanguage", "dut", "nld", "label"],
    ["org_ShippingCountry", "Côte d’Ivoire", "CI", "label"],
  ])("%s: %s is %s", (id, text, code, by) => {
    expect(canonicalCode(id, text)).toEqual({ kind: "code", field: id, code, by });
  });

  it("says where a value belongs that the list of the standard lacks", () => {
    expect(canonicalCode("vic_MethodsOfControl", "Restricts movement")).toMatchObject({
      field: "x_methodsOfControl",
      code: "RestrictsMovement",
      by: "moved",
    });
    expect(canonicalCode("vic_TypeOfExploitation", "Criminal exploitation")).toMatchObject({
      field: "x_forcedCriminality",
      by: "moved",
    });
  });

  it("suggests what is near, and says what it cannot know", () => {
    const ask = canonicalCode("vic_MethodsOfControl", "Dept bondage");
    expect(ask).toEqual({ kind: "unknown", nearest: "DebtBondage" });
    expect(canonicalCode("prs_Citizenship", "Netherlnds")).toEqual({
      kind: "unknown",
      nearest: "NL",
    });
    expect(canonicalCode("vic_MethodsOfControl", "beatings")).toEqual({ kind: "unknown" });
    expect(canonicalCode("x_icTip", "1")).toEqual({ kind: "unplugged", system: "ic-tip" });
    expect(() => canonicalCode("prs_FirstName", "x")).toThrow("broken invariant");
  });
});

describe("splitCodes", () => {
  const lists = withCodes.filter(isList);
  const some = fc
    .constantFrom(...lists)
    .chain((field) =>
      fc
        .subarray(Object.entries(field.codes!), { minLength: 1 })
        .map((pairs) => ({ id: field.id, pairs })),
    );

  it("takes labels joined as Excel and others do, and codes joined as forms do", () => {
    const joints = fc.constantFrom(";", "; ", " ; ", "\n", "|", " ||| ", ", ");
    fc.assert(
      fc.property(some, joints, ({ id, pairs }, joint) => {
        const codes = pairs.map(([code]) => ({ field: id, code }));
        const labels = pairs.map(([, label]) => label).join(joint);
        expect(splitCodes(id, labels)).toEqual({ codes, unknown: [] });
        const asForm = pairs.map(([code]) => code).join(" ");
        expect(splitCodes(id, asForm)).toEqual({ codes, unknown: [] });
      }),
      { numRuns: 500 },
    );
  });

  it("keeps what it reads if the rest is unknown, and names the rest", () => {
    const cell = "Debt bondage; beatings, Takes earnings ||| Restricts movement;debt bondage";
    expect(splitCodes("vic_MethodsOfControl", cell)).toEqual({
      codes: [
        { field: "vic_MethodsOfControl", code: "DebtBondage" },
        { field: "vic_MethodsOfControl", code: "TakesEarnings" },
        { field: "x_methodsOfControl", code: "RestrictsMovement" },
      ],
      unknown: ["beatings"],
    });
  });

  it("takes no words of a sentence for codes", () => {
    expect(splitCodes("prs_Citizenship", "no idea, came in by boat")).toEqual({
      codes: [],
      unknown: ["no idea", "came in by boat"],
    });
    expect(splitCodes("vic_TypeOfExploitation", "Other things happened")).toEqual({
      codes: [],
      unknown: ["Other things happened"],
    });
  });

  it("gives a cell back whole that is empty of codes or too long", () => {
    expect(splitCodes("prs_Citizenship", " ")).toEqual({ codes: [], unknown: [] });
    const long = "NL;".repeat(5_000);
    expect(splitCodes("prs_Citizenship", long).codes).toEqual([]);
    const many = "NL;".repeat(300);
    expect(splitCodes("prs_Citizenship", many)).toEqual({ codes: [], unknown: [many] });
  });
});

describe("names of columns in the official templates", () => {
  it("are believed by label only in the five columns of the address", () => {
    expect(labelBeatsId("prs_MailingCity", "Mailing Street")).toBe(true);
    expect(labelBeatsId("prs_MailingState", "Mailing State/Province")).toBe(false);
    expect(labelBeatsId("prs_Title", "Second Name")).toBe(false);
    expect(labelBeatsId("prs_MailingCity", "City")).toBe(false);
    expect(labelBeatsId("prs_HomePhone", "Mailing City")).toBe(false);
  });

  it("are read by id, by label where there is none, and by rule where both mislead", () => {
    const columns = [
      { id: "", label: "" },
      { id: "prs_MailingPostalCode", label: "Mailing Country" },
      { id: "", label: "Reason for Outgoing Referral" },
      { id: "prs_Title", label: "Second Name" },
      { id: "column_17", label: "First Name" },
      { id: "column_18" },
      { id: "vic_Methods_of_Control", label: "How were you controlled?" },
    ];
    const ids = columnFields(columns).map((match) =>
      match.kind === "field" ? match.id : match.kind,
    );
    expect(ids).toEqual([
      "none",
      "prs_MailingCountry",
      "cas_ReasonForOutgoingReferral",
      "prs_Title",
      "prs_FirstName",
      "none",
      "vic_MethodsOfControl",
    ]);
  });

  it("take the later of two labels Second Name for the title, unless one is there", () => {
    const labels = ["First Name", "Second Name", "Email", "Second Name"];
    const read = (more: string[]) =>
      columnFields([...labels, ...more].map((label) => ({ label }))).map(
        (match) => match.kind === "field" && match.id,
      );
    expect(read([])[3]).toBe("prs_Title");
    expect(read(["Title"])[3]).toBe("prs_SecondName");
  });

  it("rows that hold nothing but their number are told from others", () => {
    expect(isOnlyNumbered(["17", "", " "])).toBe(true);
    expect(isOnlyNumbered([])).toBe(true);
    expect(isOnlyNumbered(["17", "", "x"])).toBe(false);
    expect(isOnlyNumbered(["x", "", ""])).toBe(false);
  });
});

describe("slips", () => {
  it("are counted as letters left out, added, replaced or swapped", () => {
    const count = (a: string, b: string) => slips(a, b, 9);
    expect(["abc", "abcd", "ab", "acb", "xbc", "xyz"].map((it) => count("abc", it))).toEqual([
      0, 1, 1, 1, 1, 3,
    ]);
    expect(slips("abcdef", "uvwxyz", 2)).toBe(3);
  });

  it("are symmetric, and none only between equals", () => {
    const short = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(slips(a, b, 20)).toBe(slips(b, a, 20));
        expect(slips(a, b, 20) === 0).toBe(a === b);
      }),
    );
  });

  it("name nothing if two different things are equally near", () => {
    const keys = new Map([
      ["austria", "AT"],
      ["austrix", "XX"],
    ]);
    expect(nearestOf("austriy", keys)).toBeUndefined();
    expect(nearestOf("austrea", keys)).toBe("AT");
    expect(nearestOf("zzz", keys)).toBeUndefined();
  });
});
