import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INDUSTRIES, type Industry } from "../industry.js";
import { CONTROL_METHODS, EXPLOITATION_TYPES, SEX_EXPLOITATION_TYPES } from "../lists.js";
import { type CodeOf, type HtcdsRecord, recordOf } from "../record.js";
import { HTCDS_STANDARD } from "../spec.js";
import { validateRecord } from "../validate.js";
import { CTDC_MISSING, toCtdc } from "./ctdc.js";
import { CTDC_KANON, CTDC_SYNTHETIC, ctdcColumn } from "./ctdc-columns.js";
import { CTDC_PARTS } from "./ctdc-tables.js";
import { fromPolaris, POLARIS_TYPES } from "./polaris.js";

const kanon = (record: HtcdsRecord) => toCtdc(record, { layout: "kanon" }).row;
const synthetic = (record: HtcdsRecord) => toCtdc(record, { layout: "synthetic" }).row;
const nothing: HtcdsRecord = { standard: HTCDS_STANDARD };

const full: HtcdsRecord = {
  standard: HTCDS_STANDARD,
  person: {
    prs_Gender: "TransgenderFeminine",
    prs_Birthdate: "2000-06-15",
    prs_Citizenship: ["VN", "FR"],
  },
  victim: {
    vic_AgeWhenTrafficked: 17,
    vic_TypeOfExploitation: ["ForcedBegging", "SexualExploitation", "Surrogacy"],
    vic_MethodsOfControl: ["DebtBondage", "ThreatensChildrenFamily", "RestrictsFinancialAccess"],
    x_methodsOfControl: ["UsesChildren"],
    vic_ForcedLabourIndustry: ["F_Construction", "P_Education"],
    vic_TypeOfSexExploitation: ["PrivateSexualServices"],
    vic_RelationshipToTrafficker: "Familial",
  },
  referrals: [
    { cas_IncomingReferralDate: "2021-06-14" },
    { cas_IncomingReferralDate: "2022-01-01" },
  ],
  events: [
    { hte_Type: "Recruitment", hte_Date: "2019-11-02", hte_Country: "Viet Nam" },
    { hte_Type: "Exploitation", hte_Date: "2020-12-30", hte_Country: "the Netherlands" },
  ],
};

describe("toCtdc", () => {
  it("fills both layouts, each column named once", () => {
    expect(CTDC_KANON).toHaveLength(63);
    expect(CTDC_SYNTHETIC).toHaveLength(37);
    expect(Object.keys(kanon(full))).toEqual([...CTDC_KANON]);
    expect(Object.keys(synthetic(full))).toEqual([...CTDC_SYNTHETIC]);
  });

  it("says what the record says", () => {
    expect(kanon(full)).toMatchObject({
      yearOfRegistration: "2021",
      gender: "Trans/Transgender/NonConforming",
      ageBroad: "18--20",
      majorityStatus: "Adult",
      majorityStatusAtExploit: "Minor",
      citizenship: "VN",
      CountryOfExploitation: "NL",
      meansOfControlDebtBondage: "1",
      meansOfControlThreats: "1",
      meansOfControlUsesChildren: "1",
      meansOfControlOther: "0",
      meansOfControlNotSpecified: "0",
      meansOfControlConcatenated: "Debt bondage;Threats;Restricts financial access;Uses children",
      isForcedLabour: "1",
      isSexualExploit: "1",
      isSexAndLabour: "1",
      isOtherExploit: "1",
      isOrganRemoval: "0",
      isAbduction: "-99",
      typeOfLabourBegging: "1",
      typeOfLabourConstruction: "1",
      typeOfLabourOther: "1",
      typeOfLabourMiningOrDrilling: "0",
      typeOfSexPrivateSexualServices: "1",
      recruiterRelationFamily: "1",
      recruiterRelationFriend: "0",
      RecruiterRelationship: "Family",
      Datasource: "-99",
    });
    expect(synthetic(full)).toMatchObject({
      citizenship: "VNM",
      CountryOfExploitation: "NLD",
      traffickMonths: "13",
      meansOfControlOther: "1",
      typeOfSexOther: "1",
      typeOfSexProstitution: "0",
      isOtherExploit: "1",
    });
    const { row } = toCtdc(full, { layout: "kanon", dataSource: "Hotline" });
    expect(row["Datasource"]).toBe("Hotline");
  });

  it("leaves open what a record does not say", () => {
    const { row, parts } = toCtdc(nothing, { layout: "synthetic" });
    expect(new Set(Object.values(row))).toEqual(new Set([CTDC_MISSING.synthetic]));
    expect(parts).toEqual([]);
    const known = Object.entries(kanon(nothing)).filter(([, value]) => value !== "-99");
    expect(Object.fromEntries(known)).toEqual({
      meansOfControlNotSpecified: "1",
      recruiterRelationUnknown: "1",
    });
  });

  it("leaves an age open that a birth date known to the year does not settle", () => {
    const born = (date: string, x_birthPrecision: "Year" | "Month") =>
      kanon(recordOf({ prs_Birthdate: date, x_birthPrecision, x_registeredOn: "2020-06-15" }));
    expect(born("2002-01-01", "Year")).toMatchObject({ ageBroad: "-99", majorityStatus: "-99" });
    expect(born("2000-01-01", "Year")).toMatchObject({ ageBroad: "18--20" });
    expect(born("2002-06-01", "Month")).toMatchObject({ majorityStatus: "-99" });
    expect(born("2002-05-01", "Month")).toMatchObject({ majorityStatus: "Adult" });
    expect(born("2021-01-01", "Year")).toMatchObject({ ageBroad: "-99" });
  });

  it("knows the day on which somebody comes of age", () => {
    const on = (x_registeredOn: string) =>
      kanon(recordOf({ prs_Birthdate: "2002-06-15", x_registeredOn }))["majorityStatus"];
    expect([on("2020-06-14"), on("2020-06-15")]).toEqual(["Minor", "Adult"]);
  });

  it("cannot tell a friend from a partner", () => {
    const row = kanon(recordOf({ vic_RelationshipToTrafficker: "Acquainted" }));
    expect(row).toMatchObject({
      recruiterRelationFamily: "0",
      recruiterRelationFriend: "-99",
      recruiterRelationIntimatePartner: "-99",
      RecruiterRelationship: "-99",
    });
  });

  it("counts forced crime as illicit activities", () => {
    const record = recordOf({ x_forcedCriminality: ["OnlineScams"] });
    expect(kanon(record)).toMatchObject({
      typeOfLabourIllicitActivities: "1",
      isForcedLabour: "1",
    });
    expect(synthetic(record)).toMatchObject({ typeOfLabourOther: "1", isForcedLabour: "1" });
  });

  it("says no only where the record was asked", () => {
    const row = kanon(recordOf({ vic_MethodsOfControl: [], vic_ForcedLabourIndustry: [] }));
    expect(row).toMatchObject({
      meansOfControlNotSpecified: "0",
      meansOfControlDebtBondage: "0",
      meansOfControlUsesChildren: "-99",
      typeOfLabourConstruction: "0",
      typeOfLabourIllicitActivities: "-99",
      typeOfLabourAquafarming: "-99",
      typeOfLabourNotSpecified: "-99",
      isForcedLabour: "-99",
    });
    expect(kanon(recordOf({ x_methodsOfControl: [] }))).toMatchObject({
      meansOfControlUsesChildren: "0",
      meansOfControlDebtBondage: "-99",
    });
    expect(kanon(recordOf({ vic_TypeOfExploitation: ["ChildLabour"] }))).toMatchObject({
      isForcedLabour: "1",
      typeOfLabourNotSpecified: "1",
      typeOfLabourBegging: "0",
      typeOfLabourConstruction: "-99",
    });
  });

  it("turns every code into a 1, of any layout", () => {
    const keys = <T extends object>(list: T) => Object.keys(list) as (keyof T & string)[];
    const record = fc.record({
      vic_MethodsOfControl: fc.subarray(keys(CONTROL_METHODS)),
      vic_TypeOfExploitation: fc.subarray(keys(EXPLOITATION_TYPES)),
      vic_ForcedLabourIndustry: fc.subarray(keys(INDUSTRIES) as Industry[]),
      vic_TypeOfSexExploitation: fc.subarray(
        keys(SEX_EXPLOITATION_TYPES) as CodeOf<"vic_TypeOfSexExploitation">[],
      ),
    });
    const kinds = [
      ["vic_MethodsOfControl", /^meansOfControl(?!NotSpecified)/],
      ["vic_TypeOfExploitation", /^is/],
      ["vic_ForcedLabourIndustry", /^typeOfLabour(?!NotSpecified|Begging)/],
      ["vic_TypeOfSexExploitation", /^typeOfSex/],
    ] as const;
    fc.assert(
      fc.property(record, fc.constantFrom("kanon", "synthetic"), (values, layout) => {
        const { row } = toCtdc(recordOf(values), { layout });
        for (const [id, columns] of kinds) {
          const flags = Object.entries(row).filter(([name]) => columns.test(name));
          const isSaid = flags.some(([, value]) => value === "1");
          if (values[id].length > 0) expect(isSaid).toBe(true);
          else if (id !== "vic_ForcedLabourIndustry") expect(isSaid).toBe(false);
        }
      }),
    );
  });

  it("says of each column where it comes from, but for four that no record has", () => {
    const sourced = new Set(CTDC_PARTS.flatMap(({ to }) => to));
    const others = [...CTDC_KANON, ...CTDC_SYNTHETIC].filter((column) => !sourced.has(column));
    expect(others).toEqual([
      "Datasource",
      "typeOfLabourAquafarming",
      "typeOfLabourPeddling",
      "isAbduction",
    ]);
    const { row, parts } = toCtdc(full, { layout: "kanon" });
    const explained = new Set(parts.flatMap(({ to }): string[] => [...to]));
    const filled = Object.keys(row).filter((column) => row[column] !== "-99");
    expect(filled.filter((column) => !explained.has(column))).toEqual([]);
  });
});

describe("ctdcColumn", () => {
  it("knows names that were cut to 32 characters", () => {
    expect(ctdcColumn("meansOfControlPsychoactiveSubsta")).toBe(
      "meansOfControlPsychoactiveSubstances",
    );
    for (const name of CTDC_KANON) expect(ctdcColumn(name.slice(0, 32))).toBe(name);
    expect(ctdcColumn("meansOfControl")).toBeUndefined();
  });
});

describe("fromPolaris", () => {
  it("says 25 things of a victim, each a good record", () => {
    expect(POLARIS_TYPES).toHaveLength(25);
    for (const { victim } of POLARIS_TYPES) {
      expect(validateRecord({ standard: HTCDS_STANDARD, victim })).toEqual([]);
    }
  });

  it("takes a number or a name", () => {
    expect(fromPolaris(17)?.victim.x_forcedCriminality).toEqual(["NotSpecified"]);
    expect(fromPolaris("illicit massage health and beauty")).toBe(fromPolaris(2));
    expect(fromPolaris(2)?.isEither).toBe(true);
    expect([fromPolaris(0), fromPolaris(26), fromPolaris(1.5), fromPolaris("fishing")]).toEqual(
      Array(4).fill(undefined),
    );
  });
});
