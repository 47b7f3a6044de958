import { describe, expect, it } from "vitest";
import { readPersons } from "../persons.js";
import { readTables } from "../read-tables.js";
import { sheetXml, xlsxOf, xlsxOfRows } from "./workbook.contract.js";

const cellsOf = (bytes: Uint8Array, table = 0) =>
  readTables(bytes)[table].rows.map(({ cells }) => cells);

describe("a workbook's cells", () => {
  it("are texts: inline, common, with marks, of formulas by their stored result", () => {
    const bytes = xlsxOf({
      strings: ["Núñez & <Sons>", "_x0041_b"],
      sheets: [
        {
          name: "List",
          rows: [
            [
              "Ana",
              { raw: '<c t="s"><v>0</v></c>' },
              { raw: '<c t="s"><v>1</v></c>' },
              { raw: '<c t="inlineStr"><is><r><t>Bo</t></r><r><t>b</t></r></is></c>' },
              { raw: '<c t="str"><f>A1&amp;"x"</f><v>Anax</v></c>' },
              {
                raw: '<c t="inlineStr"><is><t>東</t><rPh sb="0" eb="1"><t>ヒガシ</t></rPh></is></c>',
              },
            ],
          ],
        },
      ],
    });
    expect(cellsOf(bytes)).toEqual([["Ana", "Núñez & <Sons>", "Ab", "Bob", "Anax", "東"]]);
  });

  it("keep numbers as they would be written, booleans and errors as shown", () => {
    const numbers = ["31612345678", "3.1612345678E10", "12345678901234567890", "0.1", "-2.50"];
    const noise = ["0.30000000000000004", "1E-3"];
    const row = [...numbers, ...noise].map((n) => ({ n }));
    const others = [
      { raw: '<c t="b"><v>1</v></c>' },
      { raw: '<c t="e"><v>#REF!</v></c>' },
      { raw: "<c><f>A1+1</f></c>" },
      { n: "612", style: 2 },
    ];
    expect(cellsOf(xlsxOfRows([row, others]))).toEqual([
      ["31612345678", "31612345678", "12345678901234567890", "0.1", "-2.5", "0.3", "0.001"],
      ["TRUE", "#REF!", "#FORMULA!", "00612"],
    ]);
  });

  it("are dates in ISO form if they are shown as dates, in either system", () => {
    const row = [
      { n: "33026", style: 1 },
      { n: "33026.75", style: 5 },
      { n: "33026", style: 4 },
      { n: "33026" },
      { n: "60", style: 1 },
      { n: "59", style: 1 },
      { n: "0.5", style: 1 },
      { n: "1.5", style: 6 },
      { raw: '<c t="d"><v>1990-06-02T00:00:00</v></c>' },
    ];
    expect(cellsOf(xlsxOfRows([row]))[0]).toEqual([
      "1990-06-02",
      "1990-06-02T18:00:00",
      "1990-06-02",
      "33026",
      "1900-02-29",
      "1900-02-28",
      "12:00:00",
      "1.5",
      "1990-06-02",
    ]);
    const rows = [[{ n: "31564", style: 1 }]];
    expect(cellsOf(xlsxOf({ is1904: true, sheets: [{ name: "A", rows }] }))).toEqual([
      ["1990-06-02"],
    ]);
  });
});

describe("a workbook's rows", () => {
  it("have the sheet's numbers, know whether they are hidden, and blank ones are left out", () => {
    const rows = [["id"], [], ["name"], ["", " "], ["", "", "Ana"]];
    const [table] = readTables(xlsxOfRows(rows, { hidden: [1] }));
    expect(table.rows).toEqual([
      { line: 1, cells: ["id"], isHidden: true },
      { line: 3, cells: ["name"] },
      { line: 5, cells: ["", "", "Ana"] },
    ]);
  });

  it("may come without references, and out of order", () => {
    const xml = sheetXml({}).replace(
      "<sheetData>",
      '<sheetData><row r="3"><c t="str"><v>c</v></c></row><row r="1"><c t="str"><v>a</v></c>' +
        '<c t="str"><v>b</v></c></row>',
    );
    expect(readTables(xlsxOfRows([], { xml }))[0].rows).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 3, cells: ["c"] },
    ]);
  });

  it("that a merged cell covers have its value each; titles over columns stay", () => {
    const rows = [["Name", "Country"], ["Ana", "Peru"], ["Bo"], ["Cy", "Chad"]];
    const [table] = readTables(xlsxOfRows(rows, { merges: ["B2:B3", "A1:B1", "A4:A900"] }));
    expect(table.rows.map(({ cells }) => cells)).toEqual([
      ["Name", "Country"],
      ["Ana", "Peru"],
      ["Bo", "Peru"],
      ["Cy", "Chad"],
    ]);
    expect(table.origin?.notes).toEqual([expect.stringContaining("merged")]);
  });
});

describe("persons of a workbook", () => {
  const people = [
    ["Given name", "Surname", "Date of birth", "Phone"],
    ["Ana", "Silva", { n: "33026", style: 1 }, { n: "31612345678" }],
    ["Bo", "Li", "31/02/1990", "+51 987 654 321"],
  ];

  it("are read as from text; errors name the sheet's row", () => {
    const { persons, errors, table } = readPersons(xlsxOfRows([["Our list"], [], ...people]));
    expect(table.sheet).toBe("List");
    expect(persons).toMatchObject([
      { row: 4, given: { normal: "ana" }, birthDate: { year: 1990, month: 6, day: 2 } },
      { row: 5, phones: ["+51987654321"] },
    ]);
    expect(errors.map(({ row, column, code }) => [row, column, code])).toEqual([
      [5, "Date of birth", "DATE_IMPOSSIBLE"],
    ]);
  });

  it("come from the sheet that looks like a list, or from the one that is named", () => {
    const other = [["given name"], ["Dee"], ["Eve"]];
    const bytes = xlsxOf({
      sheets: [
        { name: "About", rows: [["Made by"], ["us"]] },
        { name: "Old", rows: other, state: "hidden" },
        { name: "List", rows: people },
        { name: "list ", rows: other },
      ],
    });
    const found = readPersons(bytes);
    expect(found.table.sheet).toBe("List");
    expect(found.notes[0]).toBe(
      'The list was read from sheet "List"; not from "About", "Old", "list ".',
    );
    const read = (sheet: string) => readPersons(bytes, { sheet }).persons.map(({ row }) => row);
    expect(read("OLD")).toEqual([2, 3]);
    expect(read("4")).toEqual([2, 3]);
    expect(() => read("LIST")).toThrow(expect.objectContaining({ code: "UNKNOWN_SHEET" }));
    expect(() => read("9")).toThrow(
      expect.objectContaining({ cure: expect.stringContaining('3: "List"') }),
    );
  });

  it("are read from rows that a filter hides too, and that is said", () => {
    const { persons, notes } = readPersons(xlsxOfRows(people, { hidden: [3] }));
    expect(persons).toHaveLength(2);
    expect(notes).toContain("1 row that is hidden was read like the others.");
  });

  it("cells whose formula failed count as missing, with an error", () => {
    const rows = [...people, [{ raw: '<c t="e"><v>#REF!</v></c>' }, "Roe", "1990"]];
    const { persons, errors } = readPersons(xlsxOfRows(rows));
    expect(persons[2]).toEqual({ row: 4, surname: expect.anything(), birthDate: { year: 1990 } });
    expect(errors.map(({ row, code }) => [row, code])).toContainEqual([4, "CELL_FORMULA_FAILED"]);
  });
});
