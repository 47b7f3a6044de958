import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateRecord } from "../htcds/validate.js";
import { readPersons } from "../intake/persons.js";
import { applyMapping } from "./apply.js";
import { mappedPersons } from "./persons.js";
import { sureMapping, tableOf, withRules } from "./tables.contract.js";

const options = { yearMax: 2026 };

describe("a mapping applied to a table", () => {
  const table = tableOf(
    ["First Name", "Last Name", "Birthdate", "Gender", "Citizenship", "Type of Exploitation"],
    ["Amina", "Diallo", "1999-04-03", "F", "Senegal;Mali", "Forced labour;Forced begging"],
    ["", "", "", "", "", "Forced labour"],
    ["José", "García", "1987", "male", "Narnia", "Unheard of; Forced labour"],
  );
  const rows = applyMapping(table, sureMapping(table), options);

  it("gives a record of the standard and a person for each row", () => {
    expect(rows[0].record).toEqual({
      standard: "htcds@2.0+x@1",
      person: {
        prs_FirstName: "Amina",
        prs_SecondName: "Diallo",
        prs_Birthdate: "1999-04-03",
        x_birthPrecision: "Day",
        prs_Gender: "Feminine",
        prs_Citizenship: ["SN", "ML"],
      },
      victim: { vic_TypeOfExploitation: ["ForcedLabour", "ForcedBegging"] },
    });
    expect(rows[0].person).toMatchObject({
      row: 2,
      given: { normal: "amina" },
      sex: "female",
      nationalities: [466, 686],
      birthDate: { year: 1999, month: 4, day: 3 },
    });
  });

  it("leaves out whom nobody could find, and keeps what the row says of the case", () => {
    expect(rows[1].person).toBeUndefined();
    expect(rows[1].record.victim?.vic_TypeOfExploitation).toEqual(["ForcedLabour"]);
    expect(rows[1].problems.map(({ code }) => code)).toEqual(["NOTHING_TO_LINK"]);
  });

  it("keeps what it can read of a row, and says what it cannot", () => {
    expect(rows[2].record.person?.x_birthPrecision).toBe("Year");
    expect(rows[2].record.person?.prs_Citizenship).toBeUndefined();
    expect(rows[2].record.victim?.vic_TypeOfExploitation).toEqual(["ForcedLabour"]);
    expect(rows[2].problems.map(({ code, column }) => [code, column])).toEqual([
      ["CODE_UNKNOWN", "Citizenship"],
      ["CODE_UNKNOWN", "Type of Exploitation"],
    ]);
  });

  it("reads values as somebody decided: a code, nothing known, passed over", () => {
    const column = { values: { "unheard of": "ForcedBegging" }, ignore: ["??"] };
    const mapping = withRules(sureMapping(table), "Type of Exploitation", {
      ...column,
      unknown: ["pending"],
    });
    const one = (cell: string) => {
      const [row] = applyMapping(
        tableOf(table.rows[0].cells as string[], ["A", "B", "", "", "", cell]),
        mapping,
        options,
      );
      return [row.record.victim?.vic_TypeOfExploitation, row.problems.length];
    };
    expect(one("UNHEARD OF")).toEqual([["ForcedBegging"], 0]);
    expect(one("Unheard of; Forced labour")).toEqual([["ForcedLabour", "ForcedBegging"], 0]);
    expect(one("pending;Forced labour")).toEqual([undefined, 0]);
    expect(one("??;Forced labour")).toEqual([["ForcedLabour"], 0]);
  });
});

describe("cells", () => {
  const one = (header: string, to: string, cell: string, rules: object = {}) => {
    const table = tableOf(["First Name", header], ["A", cell]);
    const start = sureMapping(table);
    const kept = start.columns.filter(({ from }) => from === "First Name");
    const columns = [...kept, { from: header, to, filled: 1, ...rules }];
    const mapping = { ...start, columns } as typeof start;
    const [row] = applyMapping(table, mapping, options);
    expect(validateRecord(row.record).filter(({ severity }) => severity === "error")).toEqual([]);
    return row;
  };

  it("reads days as Excel counts them, only if the mapping says so", () => {
    const rules = { excelDays: true };
    const row = one("x", "x_registeredOn", "39610", rules);
    expect(row.record.case?.x_registeredOn).toBe("2008-06-11");
    expect(one("x", "x_registeredOn", "39610").problems[0].code).toBe("DATE_UNREADABLE");
    expect(one("x", "prs_Birthdate", "31868.75", rules).person?.birthDate).toEqual({
      ...{ year: 1987, month: 4, day: 1 },
    });
  });

  it("reads years of two digits, only if the mapping says which they can be", () => {
    const rules = { dateOrder: "dmy" };
    expect(one("x", "prs_Birthdate", "3/4/87", rules).problems[0].code).toBe("DATE_YEAR_SHORT");
    const birth = (cell: string, to: number, order = "dmy") =>
      one("x", "prs_Birthdate", cell, { dateOrder: order, twoDigitYearsTo: to }).person?.birthDate;
    expect(birth("3/4/87", 2026)).toEqual({ year: 1987, month: 4, day: 3 });
    expect(birth("3/4/26", 2026)).toEqual({ year: 2026, month: 4, day: 3 });
    expect(birth("3/4/26", 2008)).toEqual({ year: 1926, month: 4, day: 3 });
    expect(birth("12-Mar-05", 1999)).toEqual({ year: 1905, month: 3, day: 12 });
    expect(birth("87-04-03", 2026, "ymd")).toEqual({ year: 1987, month: 4, day: 3 });
  });

  it("does not read an ambiguous date, and no part of another", () => {
    expect(one("x", "prs_Birthdate", "3/4/1987").problems[0].code).toBe("DATE_AMBIGUOUS");
    expect(one("x", "x_registeredOn", "2024-03").problems[0].code).toBe("DATE_INCOMPLETE");
  });

  it("takes nought for a number, a no and a level", () => {
    expect(one("x", "prs_NumberOfChildren", "0").record.person?.prs_NumberOfChildren).toBe(0);
    expect(one("x", "prs_Deceased", "0").record.person?.prs_Deceased).toBe(false);
    const row = one("x", "prs_HighestLevelOfEducation", "0");
    expect(row.record.person?.prs_HighestLevelOfEducation).toBe("EarlyChildhoodEducation");
    expect(one("x", "prs_NumberOfChildren", "two").problems[0].code).toBe("NUMBER_UNREADABLE");
    expect(one("x", "prs_NumberOfChildren", "2.5").problems[0].code).toBe("NUMBER_OUT_OF_RANGE");
    expect(one("x", "prs_Deceased", "perhaps").problems[0].code).toBe("YES_NO_UNREADABLE");
  });

  it("splits a whole name in the order that the column has", () => {
    const names = (cell: string, nameOrder?: string) => {
      const table = tableOf(["Name"], [cell]);
      const mapping = withRules(sureMapping(table), "Name", nameOrder ? { nameOrder } : {});
      const { person } = applyMapping(table, mapping, options)[0];
      return [person?.given?.normal, person?.surname?.normal];
    };
    expect(names("Amina Diallo")).toEqual(["amina", "diallo"]);
    expect(names("Diallo Amina", "surname-first")).toEqual(["amina", "diallo"]);
    expect(names("van der Berg Anna Maria", "surname-first")).toEqual([
      "anna maria",
      "van der berg",
    ]);
    expect(names("Dr. Anna van der Berg", "given-first")).toEqual(["anna", "van der berg"]);
    expect(names("Diallo, Amina", "given-first")).toEqual(["amina", "diallo"]);
    expect(names("王小明")).toEqual(["xiaoming", "wang"]);
    expect(names("Madonna")).toEqual(["madonna", undefined]);
  });

  it("reads columns of one answer each", () => {
    const table = tableOf(
      ["First Name", "q/vic_MethodsOfControl/DebtBondage", "q/vic_MethodsOfControl/FalsePromises"],
      ["A", "1", "0"],
      ["B", "True", "1"],
      ["C", "", ""],
    );
    const rows = applyMapping(table, sureMapping(table), options);
    expect(rows.map(({ record }) => record.victim?.vic_MethodsOfControl)).toEqual([
      ["DebtBondage"],
      ["DebtBondage", "FalsePromises"],
      undefined,
    ]);
  });

  it("leaves out a row that has more cells than headings", () => {
    const table = tableOf(["First Name", "Last Name"], ["A", "B", "C"], ["D", "E", " "]);
    const rows = applyMapping(table, sureMapping(table), options);
    expect(rows.map(({ person }) => person?.given?.raw)).toEqual([undefined, "D"]);
    expect(rows[0].problems[0].code).toBe("CELLS_TOO_MANY");
  });

  it("drops the numbered rows of a template, but no row of a list of one column", () => {
    const template = tableOf(["", "First Name", "Last Name"], ["1", "A", "B"], ["2", "", ""]);
    expect(applyMapping(template, sureMapping(template), options)).toHaveLength(1);
    const numbers = tableOf(["Passport"], ["12345"], ["23456"]);
    expect(applyMapping(numbers, sureMapping(numbers), options)).toHaveLength(2);
  });
});

/** Words that every JavaScript object answers to: cells may say them like any other. */
const OBJECT_WORDS = Object.getOwnPropertyNames(Object.prototype);

it("reads words that objects answer to as the words they are", () => {
  const headers = ["First Name", "Gender", "Citizenship", "Mailing Street", "Type of Exploitation"];
  for (const word of OBJECT_WORDS) {
    const table = tableOf([...headers, word], Array(headers.length + 1).fill(word));
    const [row] = applyMapping(table, sureMapping(table), options);
    expect(row.person?.given?.raw).toBe(word);
    expect(row.problems.map(({ column }) => column)).toEqual(expect.arrayContaining(["Gender"]));
  }
});

it("makes records without an error, whatever the cells say", () => {
  const headers = [
    ...["First Name", "Birthdate", "Gender", "Citizenship", "Number of Children", "Deceased"],
    ...["Type of Exploitation", "Mobile Phone", "Mailing Country", "Consent", "Registered on"],
  ];
  const cell = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("", "0", "1", "yes", "F", "NL", "1999-02-30", "1/2/99", "+31612345678", "a;b"),
    fc.constantFrom(...OBJECT_WORDS),
  );
  const row = fc.array(cell, { minLength: headers.length, maxLength: headers.length });
  const property = fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (lines) => {
    const table = tableOf(headers, ...lines);
    for (const { record } of applyMapping(table, sureMapping(tableOf(headers)), options)) {
      const errors = validateRecord(record).filter(({ severity }) => severity === "error");
      expect(errors).toEqual([]);
    }
  });
  fc.assert(property, { numRuns: 200 });
});

it("makes the persons that reading without a mapping makes", () => {
  const csv =
    "First Name,Last Name,Birthdate,Gender,Nationality,Phone,Email,City,Street\n" +
    "Amina,Diallo,1999-04-03,F,Senegalese,+221771234567,a@b.org,Dakar,Rue 12\n" +
    "José,García López,12 March 1987,hombre,Colombia,,,Bogotá,\n";
  const lines = csv
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const table = tableOf(...lines);
  const { persons } = readPersons(new TextEncoder().encode(csv), options);
  expect(mappedPersons(table, sureMapping(table), options).persons).toEqual(persons);
});

it("says what to do where a column is missing", () => {
  const table = tableOf(["First Name", "Last Name"], ["A", "B"]);
  const mapping = sureMapping(table);
  expect(() => applyMapping(tableOf(["First Name"], ["A"]), mapping, options)).toThrow(
    expect.objectContaining({
      code: "MAPPING_MISFIT",
      message: expect.stringContaining('"Last Name"'),
    }),
  );
  expect(() => applyMapping(tableOf(["First Name", "Last Name"]), mapping, options)).toThrow(
    expect.objectContaining({ code: "NO_ROWS" }),
  );
});
