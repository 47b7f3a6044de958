import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { validateRecord } from "../htcds/validate.js";
import { readRecords } from "../mapping/records.js";
import { readPersons } from "./persons.js";
import { readTables } from "./read-tables.js";
import { columnLetters } from "./table-notes.js";
import { xlsxOfRows, xml } from "./workbook/workbook.contract.js";
import { readForm } from "./xlsform.js";

/** Ids and labels of the official templates, in their order, with what they mix up. */
const COLUMNS: readonly (readonly [id: string, label: string, value: string])[] = [
  ["", "", "1"],
  ["cas_CaseOwner", "Case Owner", "Worker"],
  ["prs_Salutation", "Salutation", "Ms"],
  ["prs_FirstName", "First Name", "Ana"],
  ["prs_SecondName", "Second Name", "Silva"],
  ["con_Consent", "Consent", "TRUE"],
  ["prs_Birthdate", "Birthdate", "1990-06-02"],
  ["prs_Gender", "Gender", "Feminine "],
  ["prs_Citizenship", "Citizenship", "Netherlands;Peru"],
  ["prs_Title", "Title", "Dr"],
  ["prs_Email", "Email", "ana@mail.example"],
  ["prs_HomePhone", "Home Phone", "+31612345678"],
  ["prs_MobilePhone", "Mobile Phone", "+31612345679"],
  ["prs_MailingCity", "Mailing Street", "12 Av. Sol"],
  ["prs_MailingCountry", "Mailing City", "Lima"],
  ["prs_MailingState", "Mailing State/Province", "Callao"],
  ["prs_MailingStreet", "Mailing Zip/Postal Code", "15001"],
  ["prs_MailingPostalCode", "Mailing Country", "Peru"],
  ["vic_TraffickingStatus", "Trafficking Status", "Possible victim of trafficking"],
  [
    "vic_TraffickinStatusDecisionMakingOrg",
    "Trafficking Status Decision Making Organization",
    "Police",
  ],
  ["vic_MethodOfRecruitment", "Method of Recruitment", "At a place of business"],
  ["vic_LocationOfRecruitment", "Location of Recruitment", ""],
  ["vic_MethodsOfControl", "Methods of Control", "Debt bondage ;Physical threats"],
  ["vic_TypeOfExploitation", "Type of Exploitation", "Forced labour"],
  [
    "vic_ForcedLabourIndustry",
    "Forced Labour Industry",
    "Agriculture, forestry and fishing;Construction",
  ],
  ["vic_TypeOfSexExploitation", "Type of Sex Exploitation", ""],
  ["vic_LocationOfExploitation", "Location of Exploitation", ""],
  ["cas_Status", "Status", "Follow up"],
  ["cas_ReferringOrganisation", "Referring Organisation", ""],
  ["cas_IncomingReferralDate", "Incoming Referral Date", "25/02/2020"],
  ["cas_ReferringPrimaryCaseWorker", "Referring Primary Case Worker", ""],
  ["cas_ReasonForIncomingReferral", "Reason for Incoming Referral", ""],
  ["cas_IncomingReferralDetails", "Incoming Referral Details", ""],
  ["cas_ReferredOrganisation", "Referred Organisation", ""],
  ["cas_ReferredPrimaryCaseWorker", "Referred Primary Case Worker", ""],
  ["", "Reason for Outgoing Referral", "Additional Services Required"],
];

/** The record of that row. */
const RECORD = {
  person: {
    prs_Salutation: "Ms",
    prs_FirstName: "Ana",
    prs_SecondName: "Silva",
    prs_Birthdate: "1990-06-02",
    x_birthPrecision: "Day",
    prs_Gender: "Feminine",
    prs_Citizenship: ["NL", "PE"],
    prs_Title: "Dr",
    prs_Email: "ana@mail.example",
    prs_HomePhone: "+31612345678",
    prs_MobilePhone: "+31612345679",
    prs_MailingStreet: "12 Av. Sol",
    prs_MailingCity: "Lima",
    prs_MailingState: "Callao",
    prs_MailingPostalCode: "15001",
  },
  victim: {
    vic_TraffickingStatus: "PossibleVictimOfTrafficking",
    vic_TraffickingStatusDecisionMakingOrg: "Police",
    vic_MethodsOfControl: ["DebtBondage", "PhysicalThreats"],
    vic_TypeOfExploitation: ["ForcedLabour"],
  },
  case: { cas_CaseOwner: "Worker", cas_Status: "FollowUp" },
  referrals: [{ cas_IncomingReferralDate: "2020-02-25" }],
  consents: [{ con_Consent: true }],
};

/** Reads the record, which must fit the standard. */
function recordOf(bytes: Uint8Array) {
  const { records, errors, unmapped } = readRecords(bytes, { yearMax: 2026 });
  expect(errors).toEqual([]);
  expect(unmapped).toEqual([]);
  expect(records.map(({ row }) => row)).toEqual([3]);
  const findings = validateRecord(records[0].record);
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  return records[0].record;
}

/** What is read of a person whichever way the template is made. */
const PERSON = {
  given: { raw: "Ana", normal: "ana" },
  surname: { raw: "Silva", normal: "silva" },
  birthDate: { year: 1990, month: 6, day: 2 },
  sex: "female",
  nationalities: [528, 604],
  email: "ana@mail.example",
  phones: ["+31612345678", "+31612345679"],
  place: "lima",
  region: "callao",
  postcode: "15001",
  streetNumber: "12",
  address: "av sol",
};

describe("the official spreadsheets, rebuilt", () => {
  const numbered = Array.from({ length: 999 }, (_, k) => [{ n: String(k + 2) }]);
  const rows = [0, 1, 2].map((part) => COLUMNS.map((column) => column[part]));

  it("are read by label where ids and labels disagree; numbered empty rows are nobody", () => {
    const bytes = xlsxOfRows([...rows, ...numbered], { hidden: [1] });
    const { persons, errors, rejectedRows } = readPersons(bytes);
    expect(persons).toEqual([{ row: 3, ...PERSON }]);
    expect(errors).toEqual([]);
    expect(rejectedRows).toBe(0);
    expect(recordOf(bytes)).toMatchObject(RECORD);
  });

  it("empty, say that they have no rows", () => {
    const bytes = xlsxOfRows([...rows.slice(0, 2), ...numbered], { hidden: [1] });
    expect(() => readPersons(bytes)).toThrow(expect.objectContaining({ code: "NO_ROWS" }));
  });
});

const folder = process.env["SYMBOLON_BENCH_DATA"];
const TEMPLATES = [
  "HTCDS Excel Spreadsheet v2.0.xlsx",
  "HTCDS Excel Spreadsheet single select with validation v2.0.xlsx",
  "HTCDS Excel Spreadsheet multi select with validation v2.0.xlsm",
];
const template = (name: string) =>
  new Uint8Array(readFileSync(join(folder ?? "", "htcds", "templates", name)));

/** A template with the first person's row filled in, as a spreadsheet program would. */
function filled(name: string): Uint8Array {
  const parts = unzipSync(template(name));
  const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"]);
  const cells = COLUMNS.map(([, , value], k) => {
    const place = `r="${columnLetters(k)}3"`;
    if (k === 0) return `<c ${place}><v>1</v></c>`;
    return `<c ${place} t="inlineStr"><is><t>${xml(value)}</t></is></c>`;
  });
  const row = /<row r="3"[^>]*>.*?<\/row>/s;
  expect(sheet).toMatch(row);
  const changed = sheet.replace(row, `<row r="3">${cells.join("")}</row>`);
  return zipSync({ ...parts, "xl/worksheets/sheet1.xml": strToU8(changed) });
}

describe.skipIf(folder === undefined)("the official files (SYMBOLON_BENCH_DATA is set)", () => {
  it.each(TEMPLATES)("%s, filled in, gives the person without a mapping", (name) => {
    const { persons, errors } = readPersons(filled(name));
    expect(persons).toEqual([{ row: 3, ...PERSON }]);
    expect(errors).toEqual([]);
    expect(recordOf(filled(name))).toMatchObject(RECORD);
  });

  it.each(TEMPLATES)("%s, as it is, has no rows", (name) => {
    expect(() => readPersons(template(name))).toThrow(expect.objectContaining({ code: "NO_ROWS" }));
    expect(readTables(template(name))[0].rows[0].isHidden).toBe(true);
  });

  it("the XLSForm is a form, and says its questions and codes", () => {
    const form = readForm(readTables(template("htcds_xlsform.xlsx")));
    expect(form?.questions.length).toBe(32);
    const gender = form?.questions.find(({ name }) => name === "prs_Gender");
    expect([...(gender?.choices?.keys() ?? [])]).toContain("TransgenderFeminine");
    const control = form?.questions.find(({ name }) => name === "vic_Methods_of_Control");
    expect(control).toMatchObject({ isMultiple: true, type: "select_multiple" });
    expect(() => readPersons(template("htcds_xlsform.xlsx"))).toThrow(
      expect.objectContaining({ code: "FILE_IS_FORM" }),
    );
  });
});
