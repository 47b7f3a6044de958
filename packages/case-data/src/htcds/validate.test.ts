import { describe, expect, expectTypeOf, it } from "vitest";
import { FINDINGS_MAX, type Finding, type FindingCode } from "./finding.js";
import { type CodeOf, type Entry, type HtcdsRecord, recordOf, type ValueOf } from "./record.js";
import { ENTRIES_MAX, HTCDS_STANDARD, LONG_TEXT_MAX, TEXT_MAX } from "./spec.js";
import { validateRecord } from "./validate.js";

const standard = HTCDS_STANDARD;
const find = (record: unknown): Finding[] => validateRecord(record);
const person = (fields: Record<string, unknown>): unknown => ({ standard, person: fields });
const victim = (fields: Record<string, unknown>): unknown => ({ standard, victim: fields });

const GOOD: HtcdsRecord = {
  standard,
  person: {
    prs_FirstName: "Linh",
    prs_SecondName: "Nguyễn",
    x_nameNative: "Nguyễn Thị Linh",
    x_aliases: ["Lily"],
    prs_Birthdate: "1999-01-01",
    x_birthPrecision: "Year",
    prs_Gender: "Feminine",
    prs_Citizenship: ["VN"],
    prs_PrimaryLanguage: "vie",
    prs_MobilePhone: "+31612345678",
  },
  victim: {
    vic_TypeOfExploitation: ["ForcedLabour"],
    vic_ForcedLabourIndustry: ["S_OtherServiceActivities"],
    x_forcedCriminality: ["Drugs"],
  },
  perpetrators: [{ prs_SecondName: "Unknown man", per_RoleInProcess: ["Transporter"] }],
  case: { x_recordId: "2024-17", x_registeredOn: "2024-02-29", cas_Status: "Active" },
  referrals: [{ cas_IncomingReferralDate: "2024-02-28" }, { cas_ReferredOrganisation: "Shelter" }],
  events: [{ hte_Type: "Exploitation", hte_Country: "Netherlands", hte_Latitude: 52.1 }],
  consents: [{ con_Consent: true, x_consentPurpose: "Matching", x_consentExpires: "2030-12-31" }],
  indicators: [{ x_indicatorType: "Plate", x_indicatorValue: "12-ABC-3" }],
};

describe("validateRecord", () => {
  it("finds nothing in a good record", () => {
    expect(find(GOOD)).toEqual([]);
    expect(find({ standard })).toEqual([]);
  });

  const FAULTS: readonly (readonly [FindingCode, unknown, string, (string | undefined)?])[] = [
    ["NOT_A_RECORD", [GOOD], ""],
    ["WRONG_STANDARD", { person: {} }, "/standard"],
    ["UNKNOWN_GROUP", { standard, victims: {} }, "/victims"],
    ["UNKNOWN_GROUP", { standard, prs_Gender: "Feminine" }, "/prs_Gender", "person"],
    ["UNKNOWN_GROUP", JSON.parse(`{"standard":"${standard}","__proto__":{}}`), "/__proto__"],
    ["NOT_AN_ENTRY", { standard, person: [{}] }, "/person"],
    ["NOT_AN_ENTRY", { standard, events: [null] }, "/events/0"],
    ["NOT_A_LIST", { standard, events: {} }, "/events"],
    ["TOO_MANY_ENTRIES", { standard, events: Array(ENTRIES_MAX + 1).fill({}) }, "/events"],
    ["UNKNOWN_FIELD", person({ shoe_size: 38 }), "/person/shoe_size"],
    ["UNKNOWN_FIELD", person({ constructor: 1 }), "/person/constructor"],
    ["UNKNOWN_FIELD", person({ prs_Brithdate: "x" }), "/person/prs_Brithdate", "prs_Birthdate"],
    ["UNKNOWN_FIELD", person({ "a/b~c": 1 }), "/person/a~1b~0c"],
    ["MISSPELT_FIELD", person({ prs_First_Name: "A" }), "/person/prs_First_Name", "prs_FirstName"],
    [
      "MISSPELT_FIELD",
      person({ prs_Nationality: "" }),
      "/person/prs_Nationality",
      "prs_Citizenship",
    ],
    [
      "MISSPELT_FIELD",
      victim({ vic_TraffickinStatusDecisionMakingOrg: "NGO" }),
      "/victim/vic_TraffickinStatusDecisionMakingOrg",
      "vic_TraffickingStatusDecisionMakingOrg",
    ],
    [
      "WRONG_ENTITY",
      person({ vic_AgeWhenTrafficked: 12 }),
      "/person/vic_AgeWhenTrafficked",
      "victim",
    ],
    ["WRONG_ENTITY", victim({ prs_First_Name: "A" }), "/victim/prs_First_Name", "prs_FirstName"],
    ["NOT_A_LIST", person({ prs_Citizenship: "NL" }), "/person/prs_Citizenship"],
    [
      "TOO_MANY_ENTRIES",
      person({ x_aliases: Array.from({ length: ENTRIES_MAX + 1 }, (_, k) => `a${k}`) }),
      "/person/x_aliases",
    ],
    ["REPEATED_VALUE", person({ prs_Citizenship: ["NL", "NL"] }), "/person/prs_Citizenship/1"],
    ["UNKNOWN_CODE", person({ prs_Gender: "Male" }), "/person/prs_Gender", "Masculine"],
    ["UNKNOWN_CODE", person({ prs_Gender: "Femenine" }), "/person/prs_Gender", "Feminine"],
    ["UNKNOWN_CODE", person({ prs_Gender: "?" }), "/person/prs_Gender"],
    ["UNKNOWN_CODE", person({ prs_Gender: 1 }), "/person/prs_Gender"],
    ["UNKNOWN_CODE", person({ prs_Gender: "F".repeat(5_000) }), "/person/prs_Gender"],
    ["UNKNOWN_CODE", person({ prs_Gender: "toString" }), "/person/prs_Gender"],
    ["UNKNOWN_CODE", person({ prs_Citizenship: ["Dutch"] }), "/person/prs_Citizenship/0", "NL"],
    [
      "UNKNOWN_CODE",
      person({ prs_MailingCountry: "Niger ia" }),
      "/person/prs_MailingCountry",
      "NG",
    ],
    [
      "UNKNOWN_CODE",
      victim({ vic_MethodsOfControl: ["RestrictsMovement"] }),
      "/victim/vic_MethodsOfControl/0",
      "RestrictsMovement",
    ],
    ["NOT_A_TEXT", person({ prs_FirstName: 5 }), "/person/prs_FirstName"],
    ["EMPTY_TEXT", person({ prs_FirstName: " \u00a0" }), "/person/prs_FirstName"],
    ["TEXT_TOO_LONG", person({ prs_FirstName: "x".repeat(TEXT_MAX + 1) }), "/person/prs_FirstName"],
    [
      "TEXT_TOO_LONG",
      { standard, comments: [{ cco_CaseComment: "x".repeat(LONG_TEXT_MAX + 1) }] },
      "/comments/0/cco_CaseComment",
    ],
    ["PHONE_UNREADABLE", person({ prs_HomePhone: "06-12345678" }), "/person/prs_HomePhone"],
    ["NOT_A_DATE", person({ prs_Birthdate: "1999-02-29" }), "/person/prs_Birthdate"],
    ["NOT_A_DATE", person({ prs_Birthdate: "12/03/1999" }), "/person/prs_Birthdate"],
    ["NOT_A_DATE", person({ prs_Birthdate: "1999-00-00" }), "/person/prs_Birthdate"],
    ["NOT_A_NUMBER", victim({ vic_AgeWhenTrafficked: "12" }), "/victim/vic_AgeWhenTrafficked"],
    [
      "NOT_A_NUMBER",
      victim({ vic_AgeWhenTrafficked: Number.NaN }),
      "/victim/vic_AgeWhenTrafficked",
    ],
    [
      "NUMBER_OUT_OF_RANGE",
      victim({ vic_AgeWhenTrafficked: 121 }),
      "/victim/vic_AgeWhenTrafficked",
    ],
    [
      "NUMBER_OUT_OF_RANGE",
      victim({ vic_AgeWhenTrafficked: 1.5 }),
      "/victim/vic_AgeWhenTrafficked",
    ],
    ["NUMBER_OUT_OF_RANGE", person({ prs_MailingLatitude: 91 }), "/person/prs_MailingLatitude"],
    ["NOT_A_CHECKBOX", person({ prs_Deceased: "no" }), "/person/prs_Deceased"],
  ];

  it.each(FAULTS)("%s, with its place and its cure", (code, record, path, suggestion) => {
    const findings = find(record);
    expect(findings).toMatchObject([{ severity: "error", path, code }]);
    expect(findings[0].suggestion).toBe(suggestion);
    expect(findings[0].what).not.toBe("");
    expect(findings[0].cure).toMatch(/^[A-Z].*\.$/);
  });

  it("warns of fields that the standard has given up, and names what took their place", () => {
    const findings = find(victim({ vic_AgreementToManagePersonalData: true }));
    expect(findings).toMatchObject([{ severity: "warning", code: "DEPRECATED_FIELD" }]);
    expect(findings[0].cure).toContain("con_Consent");
  });

  it("warns of a birth date that says more than its precision", () => {
    const precise = (prs_Birthdate: string | undefined, x_birthPrecision: string): FindingCode[] =>
      find(person({ prs_Birthdate, x_birthPrecision })).map(({ code }) => code);
    expect(precise("1999-03-01", "Month")).toEqual([]);
    expect(precise("1999-03-12", "Day")).toEqual([]);
    expect(precise("1999-01-01", "Estimated")).toEqual([]);
    expect(precise("1999-03-12", "Month")).toEqual(["PRECISION_MISMATCH"]);
    expect(precise("1999-03-01", "Year")).toEqual(["PRECISION_MISMATCH"]);
    expect(precise(undefined, "Year")).toEqual(["PRECISION_MISMATCH"]);
  });

  it("notes codes whose system is not there", () => {
    expect(find(victim({ x_icTip: ["1.1"] }))).toMatchObject([
      { severity: "note", code: "CODES_NOT_CHECKED", path: "/victim/x_icTip/0" },
    ]);
  });

  it("names no value of the record", () => {
    const secret = "Marisol-Quetzal";
    const fields = ["prs_Gender", "prs_Birthdate", "prs_HomePhone", "prs_Citizenship"];
    const record = {
      standard: secret,
      person: Object.fromEntries(fields.map((id) => [id, secret])),
      victim: { vic_AgeWhenTrafficked: secret, vic_MethodsOfControl: [secret] },
    };
    const findings = find(record);
    expect(findings).toHaveLength(7);
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  it("stops after so many findings, and says so", () => {
    const fields = Array.from({ length: 5_000 }, (_, k) => [`column ${k}`, 1]);
    const findings = find(person(Object.fromEntries(fields)));
    expect(findings).toHaveLength(FINDINGS_MAX + 1);
    expect(findings.at(-1)).toMatchObject({ severity: "error", code: "MORE_FINDINGS" });
  });
});

describe("types", () => {
  it("follow from the tables", () => {
    expectTypeOf<ValueOf<"prs_Gender">>().toEqualTypeOf<CodeOf<"prs_Gender">>();
    expectTypeOf<CodeOf<"cas_Status">>().toEqualTypeOf<
      "Active" | "FollowUp" | "Closed" | "ClosedReferred"
    >();
    expectTypeOf<ValueOf<"prs_Citizenship">>().toEqualTypeOf<readonly string[]>();
    expectTypeOf<ValueOf<"vic_AgeWhenTrafficked">>().toEqualTypeOf<number>();
    expectTypeOf<ValueOf<"con_Consent">>().toEqualTypeOf<boolean>();
    expectTypeOf<Entry<"perpetrators">>().toHaveProperty("prs_SecondName");
    expectTypeOf<NonNullable<HtcdsRecord["events"]>[number]>().toHaveProperty("hte_Date");
    // @ts-expect-error a code that the list lacks
    const wrong: Entry<"person"> = { prs_Gender: "Male" };
    expect(wrong).toBeDefined();
  });
});

describe("recordOf", () => {
  it("puts each value into its own group", () => {
    const record = recordOf({
      prs_FirstName: "Ana",
      cas_Status: "Closed",
      cas_IncomingReferralDate: "2020-01-31",
      con_Consent: true,
      x_recordId: "7",
    });
    expect(record).toEqual({
      standard,
      person: { prs_FirstName: "Ana" },
      case: { cas_Status: "Closed", x_recordId: "7" },
      referrals: [{ cas_IncomingReferralDate: "2020-01-31" }],
      consents: [{ con_Consent: true }],
    });
    expect(find(record)).toEqual([]);
  });
});
