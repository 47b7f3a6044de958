import { describe, expect, it } from "vitest";
import type { RawTable } from "../intake/raw-table.js";
import { findHeadings } from "./headings.js";
import { openQuestions, settledOrders } from "./questions.js";
import { sureMapping, tableOf } from "./tables.contract.js";

const options = { yearMax: 2026 };

function questionsOf(table: RawTable) {
  const mapping = settledOrders(table, sureMapping(table));
  return { mapping, questions: openQuestions(table, findHeadings(table), mapping, options) };
}
const ids = (table: RawTable) => questionsOf(table).questions.map(({ id }) => id);
const births = (...cells: string[]) => tableOf(["DOB"], ...cells.map((cell) => [cell]));

describe("dates", () => {
  it("are not asked about where every one can be read in one way only", () => {
    expect(ids(births("1999-03-04", "12 March 1999", "1999", "04/04/1999"))).toEqual([]);
  });

  it("settle their order where some can be read in one way only", () => {
    const { mapping, questions } = questionsOf(births("03/04/1999", "23/04/1999"));
    expect(questions).toEqual([]);
    expect(mapping.columns[0].dateOrder).toBe("dmy");
    expect(questionsOf(births("03/04/1999", "04/23/1999")).mapping.columns[0].dateOrder).toBe(
      "mdy",
    );
    expect(questionsOf(births("03041999", "23041999")).mapping.columns[0].dateOrder).toBe("dmy");
  });

  it("are asked about where they can be read in two ways, or contradict each other", () => {
    for (const table of [births("03/04/1999"), births("23/04/1999", "04/23/1999")]) {
      const { questions, mapping } = questionsOf(table);
      expect(questions.map(({ id, mayBeAssumed }) => [id, mayBeAssumed])).toEqual([
        ["date-order", false],
      ]);
      expect(questions[0].suggested).toBeUndefined();
      const answered = questions[0].answers[1].apply(mapping);
      expect(answered.columns[0].dateOrder).toBe("mdy");
    }
  });

  it("suggest the order of another column, and ask all the same", () => {
    const table = tableOf(["DOB", "Registered on"], ["03/04/1999", "23/04/2024"]);
    const { questions } = questionsOf(table);
    expect(questions[0]).toMatchObject({ columns: ["DOB"], suggested: "day-first" });
  });

  it("with years of two digits and bare numbers are asked about", () => {
    const { mapping, questions } = questionsOf(births("23/04/87", "31868"));
    expect(questions.map(({ id }) => id)).toEqual(["short-years", "excel-days"]);
    const [years, days] = questions;
    expect(years.answers.map(({ words }) => words)).toEqual([
      "1927 to 2026: 87 means 1987, 05 means 2005",
      "1909 to 2008: 87 means 1987, 05 means 2005",
      "1900 to 1999: 87 means 1987, 05 means 1905",
    ]);
    const answered = days.answers[0].apply(years.answers[1].apply(mapping));
    expect(answered.columns[0]).toMatchObject({ twoDigitYearsTo: 2008, excelDays: true });
  });
});

it("asks in which order whole names are, unless commas say so", () => {
  expect(ids(tableOf(["Name"], ["Amina Diallo"]))).toEqual(["name-order"]);
  expect(ids(tableOf(["Name"], ["Diallo, Amina"], ["Madonna"]))).toEqual([]);
});

it("asks for the country of phone numbers that have none", () => {
  const { mapping, questions } = questionsOf(tableOf(["Phone"], ["0612345678"], ["+3161234567"]));
  expect(questions[0]).toMatchObject({ id: "phone-country", suggested: "none" });
  expect(questions[0].freely?.("nl")?.apply(mapping).phoneCountry).toBe("NL");
  expect(questions[0].freely?.("the Netherlands")).toBeUndefined();
  expect(ids(tableOf(["Phone"], ["+31612345678"]))).toEqual([]);
});

it("asks which column numbers the cases, of those that are full and never repeat", () => {
  const table = tableOf(
    ["First Name", "Case No", "Worker ID", "clientRef", "Notes"],
    ["A", "1", "w1", "r1", "x"],
    ["B", "2", "w1", "r2", "y"],
  );
  const { mapping, questions } = questionsOf(table);
  expect(questions[0]).toMatchObject({ id: "record-id", columns: ["Case No", "clientRef"] });
  const answered = questions[0].answers[1].apply(mapping);
  expect(answered.columns.at(-1)).toMatchObject({ from: "clientRef", to: "x_recordId" });
  expect(answered.stays).not.toContain("clientRef");
});

it("asks by what the address of a template was filled in, and suggests the labels", () => {
  const table = tableOf(
    ["prs_FirstName", "prs_MailingCity", "prs_MailingStreet"],
    ["First Name", "Mailing Street", "Mailing Zip/Postal Code"],
    ["A", "Main street 1", "1234 AB"],
  );
  const { mapping, questions } = questionsOf(table);
  const targets = (it: typeof mapping) => it.columns.map(({ to }) => to);
  expect(targets(mapping)).toEqual(["prs_FirstName", "prs_MailingStreet", "prs_MailingPostalCode"]);
  expect(questions[0]).toMatchObject({ id: "address-labels", suggested: "labels" });
  const byNames = questions[0].answers[1].apply(mapping);
  expect(targets(byNames)).toEqual(["prs_FirstName", "prs_MailingCity", "prs_MailingStreet"]);
});

it("settles what M means beside H by the column itself", () => {
  const table = tableOf(["Nombre", "Sexo"], ["Ana", "M"], ["Luis", "H"]);
  const mapping = settledOrders(table, sureMapping(table));
  expect(mapping.columns[1]).toMatchObject({ to: "prs_Gender", values: { M: "Feminine" } });
  const plain = tableOf(["Nombre", "Sexo"], ["Ana", "F"], ["Luis", "M"]);
  expect(settledOrders(plain, sureMapping(plain)).columns[1].values).toBeUndefined();
});
