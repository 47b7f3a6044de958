import { utf8 } from "@symbolon/base/bytes";
import { expect, it } from "vitest";
import { readPersons } from "./persons.js";

const read = (text: string, options = {}) => readPersons(utf8(text), { yearMax: 2026, ...options });

it("reads a whole person", () => {
  const { persons, errors, unmapped } = read(
    "First name,Middle name,Last name,DOB,Sex,Nationality,City,State,Postcode,Address," +
      "Passport number,Phone,E-mail,Notes\n" +
      "Dr. José,María,Núñez,1990-05-01,F,Peruvian; Spain,Lima,Lima,15001,12 Av. Sol," +
      "ab-123 456,+51 987 654 321,J.N@Mail.example,secret\n",
  );
  expect(errors).toEqual([]);
  expect(unmapped).toEqual(["Notes"]);
  expect(persons).toEqual([
    {
      row: 2,
      given: { raw: "Dr. José María", normal: "jose maria" },
      surname: { raw: "Núñez", normal: "nunez" },
      birthDate: { year: 1990, month: 5, day: 1 },
      sex: "female",
      nationalities: [604, 724],
      place: "lima",
      region: "lima",
      postcode: "15001",
      streetNumber: "12",
      address: "av sol",
      identifier: "AB123456",
      phones: ["+51987654321"],
      email: "j.n@mail.example",
    },
  ]);
});

it("a bad cell counts as missing and is named by line and column, never by value", () => {
  const { persons, errors, rejectedRows } = read(
    "name,dob,sex,citizenship,phone,email\n" +
      "Ana SECRET,31/02/1990,robot,Atlantis,12,not-mail\n" +
      "Bo Li,1990-02-03,m,CN,,\n",
  );
  expect(persons.map(({ row }) => row)).toEqual([2, 3]);
  expect(Object.keys(persons[0]).sort()).toEqual(["given", "row", "surname"]);
  expect(rejectedRows).toBe(0);
  expect(errors.map(({ row, column, code }) => [row, column, code])).toEqual([
    [2, "dob", "DATE_IMPOSSIBLE"],
    [2, "sex", "SEX_UNKNOWN_CODE"],
    [2, "citizenship", "COUNTRY_UNKNOWN"],
    [2, "phone", "PHONE_UNREADABLE"],
    [2, "email", "EMAIL_UNREADABLE"],
  ]);
  for (const { cure } of errors) expect(cure).toMatch(/\.$/);
  expect(JSON.stringify(errors)).not.toMatch(/SECRET|Atlantis|robot|not-mail|1990/);
});

it("rejects a row that nobody could be found by; the others go on", () => {
  const { persons, errors, rejectedRows } = read("name,state,sex\n,NSW,f\n-,,\nAna,NSW,f\n");
  expect(persons.map(({ row }) => row)).toEqual([4]);
  expect(rejectedRows).toBe(2);
  expect(errors.map(({ row, severity, code }) => [row, severity, code])).toEqual([
    [2, "row", "NOTHING_TO_LINK"],
    [3, "row", "NOTHING_TO_LINK"],
  ]);
});

it("an ambiguous date is an error until the column or an order decides", () => {
  const ambiguous = read("name,dob\nAna,03/04/1990\nBo,05/05/1991\n");
  expect(ambiguous.errors.map(({ row, code }) => [row, code])).toEqual([[2, "DATE_AMBIGUOUS"]]);
  expect(ambiguous.errors[0].cure).toMatch(/dmy/);
  expect(ambiguous.persons[1].birthDate).toEqual({ year: 1991, month: 5, day: 5 });

  const decided = read("name,dob\nAna,03/04/1990\nBo,25/05/1991\n");
  expect(decided.errors).toEqual([]);
  expect(decided.notes).toHaveLength(1);
  expect(decided.persons[0].birthDate).toEqual({ year: 1990, month: 4, day: 3 });

  const contradictory = read("name,dob\nAna,03/04/1990\nBo,25/05/1991\nCy,05/25/1991\n");
  expect(contradictory.errors).toHaveLength(1);

  const told = read("name,dob\nAna,03/04/1990\n", { dateOrder: "mdy" });
  expect(told.persons[0].birthDate).toEqual({ year: 1990, month: 3, day: 4 });
});

it("puts a birth date together from its parts", () => {
  const { persons, errors } = read(
    "fname_c1,lname_c1,by,bm,bd\nAna,Silva,1990,5,17\nBo,Li,1991,,\n",
  );
  expect(errors).toEqual([]);
  expect(persons.map(({ birthDate }) => birthDate)).toEqual([
    { year: 1990, month: 5, day: 17 },
    { year: 1991 },
  ]);
});

it("throws if no row is good, and says what to do first", () => {
  expect(() => read("name,state\n,NSW\n")).toThrow(
    expect.objectContaining({ code: "NO_GOOD_ROW", cure: expect.stringContaining("row 2") }),
  );
});

it("reads other scripts", () => {
  const { persons } = read("nom;prénom\nМельник;Оксана\n王;小明\nمحمد;علي\n");
  expect(persons.map(({ given, surname }) => [given?.normal, surname?.normal])).toEqual([
    ["oksana", "melnik"],
    ["xiaoming", "wang"],
    ["ali", "mhmd"],
  ]);
});

it("a person of whom two rows say the same counts once; another spelling is another row", () => {
  const { persons, notes, rejectedRows } = read(
    "name,dob,notes\nAna Silva,1990-02-03,first visit\nBo Li,1985-01-01,\n" +
      "ana SILVA,3 Feb 1990,second visit\nAna Silvia,1990-02-03,\nAna Silva,1990-02-03,third\n",
  );
  expect(persons.map(({ row }) => row)).toEqual([2, 3, 5]);
  expect(notes.at(-1)).toBe(
    "2 rows say of a person just what an earlier row says; such a person counts once.",
  );
  expect(rejectedRows).toBe(0);
});

it("takes M for a woman beside H, and for a man beside F", () => {
  const sexes = (...letters: string[]) => {
    const lines = letters.map((letter, k) => `N${"abcdef"[k]},${letter}\n`);
    const csv = `Nombre,Sexo\n${lines.join("")}`;
    return readPersons(new TextEncoder().encode(csv)).persons.map(({ sex }) => sex);
  };
  expect(sexes("H", "M", "m", "Mujer")).toEqual(["male", "female", "female", "female"]);
  expect(sexes("F", "M")).toEqual(["female", "male"]);
  expect(sexes("H", "M", "F")).toEqual(["male", "male", "female"]);
  expect(sexes("M")).toEqual(["male"]);
});
