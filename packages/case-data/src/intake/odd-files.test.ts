import { utf8 } from "@symbolon/base/bytes";
import { describe, expect, it } from "vitest";
import { CaseDataError } from "../error.js";
import { readPersons } from "./persons.js";
import { readList } from "./read-list.js";
import { readTables } from "./read-tables.js";
import { sheetXml, xlsxOf, xlsxOfRows } from "./workbook/workbook.contract.js";

/** Names and what is wrong, by row and column. */
function read(text: string | Uint8Array) {
  const bytes = typeof text === "string" ? utf8(text) : text;
  const { persons, errors, notes } = readPersons(bytes, { yearMax: 2026 });
  return {
    names: persons.map(({ given, surname }) =>
      [given?.raw, surname?.raw].filter(Boolean).join(" "),
    ),
    errors: errors.map(({ row, column, code }) => [row, column, code]),
    notes,
    persons,
  };
}

function refused(text: string): CaseDataError {
  try {
    readPersons(utf8(text));
  } catch (error) {
    if (error instanceof CaseDataError) return error;
    throw error;
  }
  return expect.unreachable("the file was read");
}

describe("headings", () => {
  const csv = "First name,Last name\nAna,Silva\nFIRST NAME,Last Name\nBo,Li\nName,Li\n";

  it("that stand again among the rows are nobody, and a note says where", () => {
    const { names, errors, notes } = read(csv);
    expect(names).toEqual(["Ana Silva", "Bo Li", "Name Li"]);
    expect(errors).toEqual([]);
    expect(notes).toEqual(["The headings stand again in row 3, which is no case."]);
  });

  it("that nothing is known of are found below titles", () => {
    const rows = [
      ["Λίστα 2026"],
      [],
      ["Όνομα μου", "Επώνυμο μου", "Πότε"],
      ["Άννα", "Πάππας", "1990"],
    ];
    const table = readList(xlsxOfRows(rows));
    expect(table.headers).toEqual(rows[2]);
    expect(table.rows).toHaveLength(1);
    expect(table.notes).toContain("The headings were found in row 3 of the file.");
  });

  it("can be named by their row, and must be there", () => {
    const bytes = utf8("a,b\nName,Born\nAna,1990\n");
    expect(readList(bytes, { headerRow: 1 }).headers).toEqual(["a", "b"]);
    const missing = () => readList(bytes, { headerRow: 9 });
    expect(missing).toThrow(expect.objectContaining({ code: "NO_HEADER", details: { row: 9 } }));
  });

  it("in two rows, the upper one merged: the lower one counts", () => {
    const rows = [
      ["Person", "", "Contact"],
      ["First name", "Last name", "Phone"],
      ["Ana", "Silva", ""],
    ];
    const { names, notes } = read(xlsxOfRows(rows, { merges: ["A1:B1"] }));
    expect(names).toEqual(["Ana Silva"]);
    expect(notes[0]).toContain("row 2");
  });

  it("that lack above a column that has cells are missed aloud; row numbers are not", () => {
    expect(read(",Name,,DOB\n1,Ana,private,1990\n").notes).toEqual([
      "Column C has no heading, and nothing of it is read.",
    ]);
    expect(read("Name,,\nAna,x,y\n").notes).toEqual([
      "Columns B, C have no heading, and nothing of it is read.",
    ]);
    const remark = read(xlsxOfRows([["Name"], ["Ana"], ["Bo", "", "call back"]]));
    expect(remark.names).toEqual(["Ana", "Bo"]);
    expect(remark.notes).toEqual(["Column C has no heading, and nothing of it is read."]);
  });

  it("with marks of direction around them are themselves", () => {
    const { headers } = readList(utf8("\u202bName\u202c,\u200eDOB\u200e\nAna,1990\n"));
    expect(headers).toEqual(["Name", "DOB"]);
  });
});

describe("single cells", () => {
  it("with a NUL byte cost that cell only, in a small file too", () => {
    const { names, errors } = read("First name,Last name\nA\0na,Silva\nBo,Li\n");
    expect(names).toEqual(["Silva", "Bo Li"]);
    expect(errors).toEqual([[2, "First name", "CELL_CONTROL_CHARACTERS"]]);
  });

  it("with nothing but signs that nobody sees are missing", () => {
    const { errors, persons } = read("First name,Last name,DOB\nAna,\u200f,\u200b\u2060\n");
    expect(errors).toEqual([]);
    expect(persons[0].surname).toBeUndefined();
  });

  it("with such signs around them are read as without", () => {
    const marked = read(
      "Name,Email,Phone,Sex,Nationality,Passport,DOB\n" +
        "\u202bAna\u202c,\u200fa@b.org\u200f,\u2066+31612345678\u2069,F\u200f,\u200eNL," +
        "\u200fAB123\u200f,\u200f1990\n",
    );
    expect(marked.errors).toEqual([]);
    const [{ row, given, ...person }] = marked.persons;
    const plain = read(
      "Name,Email,Phone,Sex,Nationality,Passport,DOB\nAna,a@b.org,+31612345678,F,NL,AB123,1990\n",
    );
    expect({ row, given, ...person }).toEqual(plain.persons[0]);
  });

  it("with a number that a spreadsheet cut short are errors, never another number", () => {
    const { errors, persons } = read(
      'Name,Phone,Passport\nAna,3.161234567E+10,"1,23457E+11"\nBo,+31612345678,AB1\n',
    );
    expect(errors).toEqual([
      [2, "Phone", "NUMBER_SHORTENED"],
      [2, "Passport", "NUMBER_SHORTENED"],
    ]);
    expect(persons.map(({ phones }) => phones)).toEqual([undefined, ["+31612345678"]]);
  });

  it("of a workbook have their dates, whichever year it counts from", () => {
    const rows = [
      ["Name", "DOB"],
      ["Ana", { n: "31868", style: 1 }],
    ];
    const born = (is1904: boolean) =>
      read(xlsxOf({ is1904, sheets: [{ name: "A", rows }] })).persons[0].birthDate;
    expect(born(false)).toEqual({ year: 1987, month: 4, day: 1 });
    expect(born(true)).toEqual({ year: 1991, month: 4, day: 2 });
  });

  it("that a workbook has twice make it damaged: one would hide the other", () => {
    const xml = sheetXml({ rows: [["Name"], ["Ana", "Bo"]] }).replace('r="B2"', 'r="A2"');
    expect(() => readTables(xlsxOfRows([], { xml }))).toThrow(
      expect.objectContaining({ code: "FILE_DAMAGED" }),
    );
  });
});

describe("text files", () => {
  it.each([
    ["of an old Macintosh", "Name,DOB\rAna,1990\rBo,1991\r"],
    ["with all kinds of line ends", "Name,DOB\r\nAna,1990\nBo,1991\r"],
    ["that end as old programs do", "Name,DOB\r\nAna,1990\r\nBo,1991\r\n\u001a"],
    ["that say their separator", "sep=;\r\nName;DOB\r\nAna;1990\r\nBo;1991\r\n"],
    ["with blank lines everywhere", "\n\nName,DOB\n\nAna,1990\n,\n \nBo,1991\n\n"],
    ["with empty columns at the end", "Name,DOB,,\nAna,1990,,\nBo,1991,,\n"],
  ])("%s", (_, text) => {
    const { names, errors } = read(text);
    expect(names).toEqual(["Ana", "Bo"]);
    expect(errors).toEqual([]);
  });

  it("that are web pages or XML by another name say what to do", () => {
    for (const text of [
      "<html><body><table><tr><td>Name</td></tr></table></body></html>",
      " <!DOCTYPE html><html></html>",
      '<?xml version="1.0"?><Workbook><Worksheet/></Workbook>',
      "<table><tr><td>Name</td></tr></table>",
    ]) {
      expect(refused(text)).toMatchObject({
        code: "FILE_BINARY",
        cure: expect.stringContaining("save it as XLSX"),
      });
    }
  });

  it("with a quotation mark that is never closed name its line", () => {
    const error = refused('Name,DOB\nAna,1990\n"Bo,1991\nCleo,1992\n');
    expect(error).toMatchObject({ code: "QUOTE_OPEN", details: { line: 3 } });
  });

  it("with a row too short, too long, or cut: each has its error, the others stay", () => {
    const { names, errors } = read("Name,DOB,Phone\nAna\nBo,1991,,x\nCleo,1992,+31612345678\n");
    expect(names).toEqual(["Ana", "Cleo"]);
    expect(errors).toEqual([
      [2, undefined, "CELLS_TOO_FEW"],
      [3, undefined, "CELLS_TOO_MANY"],
    ]);
    expect(readList(utf8("Name,DOB\nAna,1,2\nBo,3\n")).broken).toEqual([
      { line: 2, cells: ["Ana", "1", "2"] },
    ]);
  });
});

describe("JSON", () => {
  it("with lists within lists keeps what they say", () => {
    const text = JSON.stringify([{ name: "Ana", phone: [["+31612345678"], [["+31612345679"]]] }]);
    expect(read(text).persons[0].phones).toEqual(["+31612345678", "+31612345679"]);
    const [, within] = readTables(
      utf8(JSON.stringify([{ name: "Ana", seen: [[{ city: "Lima" }]] }])),
    );
    expect(within.rows.map(({ cells }) => cells)).toEqual([
      ["_parent_index", "city"],
      ["1", "Lima"],
    ]);
  });

  it("that nests a hundred thousand lists is refused", () => {
    const deep = `[{"name":${"[".repeat(100_000)}1${"]".repeat(100_000)}}]`;
    expect(refused(deep).code).toBe("JSON_INVALID");
  });
});
