import { expect, it } from "vitest";
import { mapColumns } from "./columns.js";
import { HEADER_SYNONYMS, SOURCE_FIELDS } from "./fields.js";
import { fieldOfHeader, headerKey } from "./header.js";

const byField = (headers: string[], map = {}): Record<string, string> =>
  Object.fromEntries(mapColumns(headers, map).mapped.map(({ field, header }) => [field, header]));

it.each([
  ["given_name", "given"],
  ["First Name", "given"],
  ["Prénom", "given"],
  ["NOMBRES", "given"],
  ["prs_FirstName", "given"],
  ["First_Name__c", "given"],
  ["person/first_name", "given"],
  ["apellidos", "surname"],
  ["Nom de famille", "surname"],
  ["Second Name", "surname"],
  ["date_of_birth", "birth-date"],
  ["Fecha de nacimiento", "birth-date"],
  ["DOB (dd/mm/yyyy)", "birth-date"],
  ["soc_sec_id", "identifier"],
  ["Passport No.", "identifier"],
  ["suburb", "place"],
  ["Mailing State/Province", "region"],
  ["sexo", "sex"],
  ["Citizenship", "nationality"],
  ["E-mail", "email"],
  ["Geb. datum", "birth-date"],
  ["Staatsangehörigkeit", "nationality"],
  ["Prénom(s)", "given"],
  ["Imię i nazwisko", "full-name"],
  ["Nume de familie", "surname"],
  ["Фамилия", "surname"],
  ["Дата народження", "birth-date"],
  ["Ονοματεπώνυμο", "full-name"],
  ["Födelsedatum", "birth-date"],
  ["Születési idő", "birth-date"],
  ["Datum rođenja", "birth-date"],
  ["تاريخ الميلاد", "birth-date"],
  ["Mobile Phone", "phone"],
  ["address_2", "address-2"],
  ["street_number", "street-number"],
])("knows the header %s", (header, field) => expect(fieldOfHeader(header)).toBe(field));

it("knows no header in two meanings, and none by nothing", () => {
  const meanings = new Map<string, string>();
  for (const [field, names] of Object.entries(HEADER_SYNONYMS)) {
    for (const name of names) {
      const key = headerKey(name);
      expect(key).not.toBe("");
      expect([name, meanings.get(key) ?? field]).toEqual([name, field]);
      meanings.set(key, field);
    }
  }
});

it.each(["rec_id", "notes", "case worker", "country of birth", "age", "cluster", ""])(
  "leaves %j at home",
  (header) => expect(fieldOfHeader(header)).toBeUndefined(),
);

it("says what is used and what stays home", () => {
  const columns = mapColumns(["id", "First name", "Notes", "DOB"]);
  expect(columns.mapped.map(({ field, index }) => [field, index])).toEqual([
    ["given", 1],
    ["birth-date", 3],
  ]);
  expect(columns.unmapped).toEqual(["id", "Notes"]);
});

it("an explicit map overrides detection, and every field can be mapped", () => {
  expect(byField(["first name", "nick", "dob"], { given: "nick" })).toEqual({
    given: "nick",
    "birth-date": "dob",
  });
  for (const field of SOURCE_FIELDS) {
    expect(byField(["x", "name"], { [field]: "x" })[field]).toBe("x");
  }
});

it("takes several phone columns, the first of others, and parts before a whole name", () => {
  const columns = mapColumns(["Home phone", "Mobile phone", "City", "Town", "Surname", "Name"]);
  expect(columns.mapped.map(({ header }) => header)).toEqual([
    "Home phone",
    "Mobile phone",
    "City",
    "Surname",
  ]);
  expect(columns.unmapped).toEqual(["Town", "Name"]);
  expect(columns.notes).toHaveLength(1);
});

it.each([
  ["a field that does not exist", ["name"], { nickname: "name" }, "UNKNOWN_FIELD"],
  ["a header that does not exist", ["name"], { given: "first" }, "UNKNOWN_HEADER"],
  ["a header that occurs twice", ["a", "a"], { given: "a" }, "DUPLICATE_HEADER"],
  ["nothing to find people by", ["state", "sex", "notes"], {}, "NO_LINKABLE_COLUMN"],
])("refuses %s", (_, headers, map, code) => {
  expect(() => mapColumns(headers, map as object)).toThrow(expect.objectContaining({ code }));
});
