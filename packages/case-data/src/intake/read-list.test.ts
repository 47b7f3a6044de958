import { utf8 } from "@symbolon/base/bytes";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readList } from "./read-list.js";

const read = (text: string, options = {}) => readList(utf8(text), options);

it.each([
  [",", "comma"],
  [";", "semicolon"],
  ["\t", "tab"],
  ["|", "vertical bar"],
])("detects the delimiter %j", (delimiter) => {
  const rows = [
    ["given name", "surname", "dob"],
    ["Ana", "Silva", "1990-01-02"],
    ["Bo", "Li", ""],
  ];
  const table = read(rows.map((row) => row.join(delimiter)).join("\r\n"));
  expect(table.headers).toEqual(rows[0]);
  expect(table.rows.map(({ cells }) => cells)).toEqual(rows.slice(1));
});

it("takes commas inside cells of a semicolon file for text", () => {
  const table = read('name;born;note\n"Silva, Ana";1990;a, b\n"Li, Bo";1991;c, d\n');
  expect(table.rows[0].cells).toEqual(["Silva, Ana", "1990", "a, b"]);
});

it("counts lines of the file, through quoted line breaks and blank lines", () => {
  const table = read('name,address\r\nAna,"1 Road\r\nTown"\r\n\r\nBo,\r\n"Cy ""C""",x\r\n');
  expect(table.rows.map(({ line }) => line)).toEqual([2, 5, 6]);
  expect(table.rows[0].cells[1]).toBe("1 Road\nTown");
  expect(table.rows[2].cells[0]).toBe('Cy "C"');
});

it("counts lines the same without any quotation mark", () => {
  const table = read("name,age\n\nAna,1\nBo,2\n\nCy,3");
  expect(table.rows.map(({ line }) => line)).toEqual([3, 4, 6]);
});

it("obeys Excel's sep= line and undoes its ways to keep text as text", () => {
  const table = read('sep=;\nname;phone;id\nAna;\'+31612345678;="0042"\n');
  expect(table.rows[0]).toEqual({ line: 3, cells: ["Ana", "+31612345678", "0042"] });
});

it("finds headers under title rows, and labels under ids", () => {
  const titled = read("List of clients,,\n,,\nGiven name,Surname,DOB\nAna,Silva,1990\n");
  expect(titled.headers).toEqual(["Given name", "Surname", "DOB"]);
  expect(titled.notes).toHaveLength(1);
  const template = read("prs_FirstName,prs_MailingCity\nFirst Name,Mailing Street\nAna,1 Road\n");
  expect(template.headers).toEqual(["First Name", "Mailing Street"]);
});

it("leaves out a row with a cell of a million characters; good rows go on", () => {
  const table = read(`name,born\n${"x".repeat(1_000_000)},1990\nAna,1991\n`);
  expect(table.rows.map(({ line }) => line)).toEqual([3]);
  expect(table.errors).toEqual([
    expect.objectContaining({ severity: "row", row: 2, column: "name", code: "CELL_TOO_LONG" }),
  ]);
});

it("reports rows of another width and control characters, never a value", () => {
  const table = read("name,born\nAna,1990,SECRET\nBo\nCy,19\u000191\nDi,1992,,\n");
  expect(table.rows.map(({ cells }) => cells)).toEqual([
    ["Bo", ""],
    ["Cy", ""],
    ["Di", "1992"],
  ]);
  expect(table.errors.map(({ row, code }) => [row, code])).toEqual([
    [2, "CELLS_TOO_MANY"],
    [3, "CELLS_TOO_FEW"],
    [4, "CELL_CONTROL_CHARACTERS"],
  ]);
  expect(JSON.stringify(table.errors)).not.toContain("SECRET");
});

it.each([
  ["blank", " \n \n", {}, "FILE_EMPTY"],
  ["headers only", "name,born\n", {}, "NO_ROWS"],
  ["no headers", "1,1990-01-01\n2,1991-01-01\n", {}, "NO_HEADER"],
  ["the wrong delimiter", "name;born\nAna;1990\n", { delimiter: "," }, "WRONG_DELIMITER"],
  ["a word", "name;born\nAna;1990\n", { delimiter: "constructor" }, "WRONG_DELIMITER"],
  [
    "a delimiter of two characters",
    "name;born\nAna;1990\n",
    { delimiter: ";;" },
    "WRONG_DELIMITER",
  ],
  ["a quote that stays open", 'name,born\nAna,"1990\nBo,1991\n', {}, "QUOTE_OPEN"],
  ["too many rows", `name\n${"Ana\n".repeat(50)}`, { limits: { rowsMax: 9 } }, "TOO_MANY_ROWS"],
  ["one row too many", `name\n${"Ana\n".repeat(10)}`, { limits: { rowsMax: 9 } }, "TOO_MANY_ROWS"],
  ["too many columns", "name,a,b\nAna,,\n", { limits: { columnsMax: 2 } }, "TOO_MANY_COLUMNS"],
  ["too many bytes", "name\nAna\n", { limits: { bytesMax: 3 } }, "FILE_TOO_LARGE"],
  ["headers that are missing", "name\nAna\n", { expected: ["nom"] }, "UNKNOWN_HEADER"],
] as const)("refuses %s with a cure", (_, text, options, code) => {
  try {
    read(text, options);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code, cure: expect.stringMatching(/\.$/) });
  }
});

it("accepts delimiters by name", () => {
  expect(read("name;born\nAna;1990\n", { delimiter: "semicolon" }).rows).toHaveLength(1);
});

it("reads back whatever was written, with lines where the rows start", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "B", "é", " ", ",", ";", '"', "\n", "م") });
  const line = fc.tuple(cell, cell, cell).filter((cells) => cells.some((one) => one.trim() !== ""));
  const property = fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (rows) => {
    const quoted = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(","));
    const table = read(`name,city,dob\n${quoted.join("\n")}\n`);
    expect(table.rows.map(({ cells }) => cells)).toEqual(
      rows.map((row) =>
        row.map((one) =>
          one
            .trim()
            .replace(/^="(.*)"$/s, "$1")
            .trim(),
        ),
      ),
    );
    let next = 2;
    rows.forEach((row, k) => {
      expect(table.rows[k].line).toBe(next);
      next += 1 + row.join("").split("\n").length - 1;
    });
  });
  fc.assert(property, { numRuns: 200 });
});
