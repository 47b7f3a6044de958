import { utf8 } from "@symbolon/base/bytes";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { CaseDataError } from "../error.js";
import { readPersons } from "./persons.js";
import { readTables } from "./read-tables.js";
import { odsOf, sheetXml, xlsxOf, xlsxOfRows, xlsxParts } from "./workbook/workbook.contract.js";

/** Time that any file may take here, on a machine that does other things besides. */
const SECONDS = 240;
const inTime = { timeout: SECONDS * 1_000 };

const list = [
  ["name", "born"],
  ["Ana SECRET", "1990"],
];

/** The error that a file gets; it has a cure, and quotes nothing of a cell. */
function refused(bytes: Uint8Array, limits = {}): CaseDataError {
  try {
    readPersons(bytes, { limits });
  } catch (error) {
    if (!(error instanceof CaseDataError)) throw error;
    expect(error.cure).toMatch(/\.$/);
    expect(`${error.message} ${error.cure} ${JSON.stringify(error.details)}`).not.toMatch(/SECRET/);
    return error;
  }
  return expect.unreachable("a bad file was read");
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (it) => it.charCodeAt(0) & 0xff);
const joined = (...parts: Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** A sheet that unpacks to so many bytes of blanks. */
function blankSheet(bytes: number): Uint8Array {
  const [head, tail] = sheetXml({ rows: list }).split("</sheetData>");
  const sheet = new Uint8Array(bytes).fill(32);
  sheet.set(strToU8(head));
  sheet.set(strToU8(`</sheetData>${tail}`), bytes - strToU8(`</sheetData>${tail}`).length);
  return sheet;
}

/** Changes what the index of a zip file says of the size of its large parts. */
function declare(zip: Uint8Array, unpacked: number): Uint8Array {
  const bytes = zip.slice();
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 46 < bytes.length; at += 1) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    if (view.getUint32(at + 24, true) > 100_000) view.setUint32(at + 24, unpacked, true);
  }
  return bytes;
}

describe("zip bombs", () => {
  // As the limits are by default, with a thirtieth of their bytes.
  const small = { unpackedFree: 1024 * 1024 };
  const bomb = () => xlsxOfRows([], { xml: blankSheet(3 * 1024 * 1024) });

  it("are stopped by their ratio while they unpack", inTime, () => {
    const error = refused(bomb(), small);
    expect(error).toMatchObject({ code: "FILE_UNPACKS_TOO_LARGE" });
  });

  it(
    "are stopped although they declare to be small, and if they declare to be large",
    inTime,
    () => {
      expect(refused(declare(bomb(), 1_000), small).code).toBe("FILE_UNPACKS_TOO_LARGE");
      expect(refused(declare(bomb(), 0xfffffffe)).code).toBe("FILE_UNPACKS_TOO_LARGE");
    },
  );

  it("of many parts are stopped by what all of them unpack to", inTime, () => {
    const sheets = Array.from({ length: 9 }, (_, k) => ({
      name: `Sheet ${k}`,
      xml: blankSheet(1024 * 1024),
    }));
    const limits = { unpackedBytesMax: 8 * 1024 * 1024 };
    expect(refused(xlsxOf({ sheets }), limits).code).toBe("FILE_UNPACKS_TOO_LARGE");
    // Also where each is in a workbook of its own.
    const files = Object.fromEntries(
      sheets.map(({ name, xml }) => [`${name}.xlsx`, xlsxOf({ sheets: [{ name, xml }] })]),
    );
    expect(refused(zipSync(files), limits).code).toBe("FILE_UNPACKS_TOO_LARGE");
  });

  it("of ten thousand parts are not even looked through", inTime, () => {
    const files = Object.fromEntries(
      Array.from({ length: 6_000 }, (_, k) => [`${k}.csv`, new Uint8Array(0)]),
    );
    expect(refused(zipSync(files, { level: 0 })).code).toBe("FILE_UNPACKS_TOO_LARGE");
  });
});

describe("workbooks that are damaged", () => {
  const whole = xlsxOfRows([...list, ...Array.from({ length: 50 }, (_, k) => [`N${k}`, "1990"])]);

  it("by being cut off anywhere", inTime, () => {
    for (let k = 1; k < 40; k += 1) {
      const cut = whole.slice(0, Math.floor((whole.length * k) / 40));
      expect(["FILE_DAMAGED", "FILE_BINARY"]).toContain(refused(cut).code);
    }
  });

  it(
    "by a byte that changed give an error or what was written, never something else",
    inTime,
    () => {
      const good = JSON.stringify(readTables(whole));
      for (let k = 0; k < 150; k += 1) {
        const bytes = whole.slice();
        bytes[Math.floor((whole.length * k) / 150)] ^= 1 << (k % 8);
        let read: string;
        try {
          read = JSON.stringify(readTables(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(CaseDataError);
          continue;
        }
        expect(read).toBe(good);
      }
    },
  );

  const withParts = (parts: Record<string, Uint8Array | undefined>, strings?: string[]) =>
    zipSync(xlsxParts({ sheets: [{ name: "A", rows: list }], parts, ...(strings && { strings }) }));
  const shared = (cell: string) => xlsxOfRows([["name"], [{ raw: `<c t="s"><v>${cell}</v></c>` }]]);

  it.each([
    ["a missing sheet", withParts({ "xl/worksheets/sheet1.xml": undefined })],
    ["a missing workbook", withParts({ "xl/workbook.xml": undefined })],
    ["no texts where cells refer to them", shared("0")],
    [
      "cells that refer to texts that are not there",
      xlsxOf({
        strings: ["one"],
        sheets: [{ name: "A", rows: [["name"], [{ raw: '<c t="s"><v>7</v></c>' }]] }],
      }),
    ],
    ["XML that is none", withParts({ "xl/worksheets/sheet1.xml": utf8("<worksheet><row>") })],
    ["bytes that are no UTF-8", withParts({ "xl/workbook.xml": ascii("<a>\xff\xfe\xfa</a>") })],
    [
      "a row of number 2^40",
      xlsxOfRows([], {
        xml: sheetXml({}).replace("<sheetData>", '<sheetData><row r="1099511627776"/>'),
      }),
    ],
    [
      "a cell beyond the last column",
      xlsxOfRows([[{ raw: '<c r="ZZZZ1"><v>1</v></c>' }]], {
        xml: sheetXml({}).replace(
          "<sheetData>",
          '<sheetData><row r="1"><c r="ZZZ1"><v>1</v></c></row>',
        ),
      }),
    ],
    [
      "elements nested ten thousand deep",
      withParts({ "xl/workbook.xml": utf8("<a>".repeat(10_000)) }),
    ],
  ])("by %s", (_, bytes) => {
    expect(refused(bytes).code).toBe("FILE_DAMAGED");
  });

  it("by entities of their own (bombs, or files of this computer)", () => {
    const bomb =
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "AAAAAAAAAA"><!ENTITY b "&a;&a;&a;&a;&a;">' +
      '<!ENTITY c SYSTEM "file:///etc/passwd">]><workbook>&b;&c;</workbook>';
    expect(refused(withParts({ "xl/workbook.xml": utf8(bomb) })).code).toBe("FILE_DAMAGED");
    expect(refused(odsOf("&lol;")).code).toBe("FILE_DAMAGED");
  });

  it("by two parts of one name", () => {
    const zip = zipSync({ "a.csv": utf8("name\nAna\n"), "b.csv": utf8("name\nBo\n") });
    const text = Array.from(zip, (byte) => String.fromCharCode(byte)).join("");
    expect(refused(ascii(text.replaceAll("b.csv", "a.csv"))).code).toBe("FILE_DAMAGED");
  });
});

describe("files that are something else", () => {
  const ole = joined(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]), new Uint8Array(600));
  const wide = ascii([..."EncryptedPackage"].map((letter) => `${letter}\0`).join(""));
  const locked = declareEncrypted(zipSync({ "list.csv": utf8("name\nAna\n") }));
  const manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";

  it.each([
    ["an old XLS", ole, "FILE_BINARY", "XLSX"],
    ["a workbook with a password", joined(ole, wide), "FILE_ENCRYPTED", "password"],
    ["an ODS with a password", odsOf("", manifest), "FILE_ENCRYPTED", "password"],
    ["a zip file with a password", locked, "FILE_ENCRYPTED", "password"],
    ["a PDF", ascii("%PDF-1.7\n"), "FILE_BINARY", "spreadsheet"],
    ["a 7z archive", ascii("7z\xbc\xaf\x27\x1c"), "FILE_BINARY", "Unpack"],
    ["a Word document", zipSync({ "word/document.xml": utf8("<a/>") }), "FILE_BINARY", "XLSX"],
    ["an XLSB", zipSync({ "xl/workbook.bin": utf8("x") }), "FILE_BINARY", "XLSX"],
    ["a zip file of pictures", zipSync({ "a.png": utf8("x") }), "FILE_BINARY", "CSV"],
    ["an empty zip file", zipSync({}), "FILE_BINARY", "CSV"],
  ])("%s: says what it is and what to do", (_, bytes, code, cure) => {
    const error = refused(bytes);
    expect(error.code).toBe(code);
    expect(error.cure).toContain(cure);
  });
});

/** Sets the mark of a password on every part. */
function declareEncrypted(zip: Uint8Array): Uint8Array {
  const view = new DataView(zip.buffer);
  for (let at = 0; at + 46 < zip.length; at += 1) {
    if (view.getUint32(at, true) === 0x02014b50) zip[at + 8] |= 1;
  }
  return zip;
}

describe("tables beyond what people make", () => {
  it("of a million columns of text", inTime, () => {
    const csv = `name${",x".repeat(1_000_000)}\nAna\n`;
    expect(refused(utf8(csv)).code).toBe("TOO_MANY_COLUMNS");
  });

  it("of a million columns of a workbook", inTime, () => {
    const cells = "<c><v>1</v></c>".repeat(1_000_000);
    const xml = sheetXml({}).replace("<sheetData>", `<sheetData><row r="1">${cells}</row>`);
    expect(refused(xlsxOfRows([], { xml })).code).toBe("TOO_MANY_COLUMNS");
  });

  it("of a million columns of JSON, or of one cell that repeats", inTime, () => {
    const keys = Array.from({ length: 1_000_000 }, (_, k) => `"k${k}":1`).join(",");
    expect(refused(utf8(`[{${keys}}]`)).code).toBe("TOO_MANY_COLUMNS");
    const ods =
      '<table:table table:name="A"><table:table-row><table:table-cell ' +
      'table:number-columns-repeated="1000000" office:value-type="float" office:value="1"/>' +
      "</table:table-row></table:table>";
    expect(refused(odsOf(ods)).code).toBe("TOO_MANY_COLUMNS");
  });

  it("of rows that repeat a billion times", inTime, () => {
    const row = (times: number, cell: string) =>
      `<table:table-row table:number-rows-repeated="${times}">${cell}</table:table-row>`;
    const filled = '<table:table-cell office:value-type="float" office:value="1"/>';
    const table = (rows: string) => `<table:table table:name="A">${rows}</table:table>`;
    expect(refused(odsOf(table(row(1_000_000_000, filled)))).code).toBe("TOO_MANY_ROWS");
    const [{ rows }] = readTables(
      odsOf(table(row(1_000_000_000, "<table:table-cell/>") + row(1, filled))),
    );
    expect(rows).toEqual([{ line: 1_000_000_001, cells: ["1"] }]);
  });

  it("of cells that merge the whole sheet cost nothing", inTime, () => {
    const bytes = xlsxOfRows(list, { merges: ["A1:XFD1048576", "B1:B1048576"] });
    expect(readPersons(bytes).persons).toHaveLength(1);
  });

  it("with a cell of a million characters lose that row only", inTime, () => {
    const long = "SECRET".repeat(170_000);
    for (const bytes of [
      xlsxOfRows([...list, [long, "1991"], ["Bo", "1992"]]),
      utf8(JSON.stringify([{ name: "Ana" }, { name: long }, { name: "Bo" }])),
      utf8(`name,born\nAna,1990\n${long},1991\nBo,1992\n`),
    ]) {
      const { persons, errors } = readPersons(bytes);
      expect(persons).toHaveLength(2);
      expect(errors.map(({ column, code }) => [column, code])).toEqual([["name", "CELL_TOO_LONG"]]);
      expect(JSON.stringify(errors)).not.toContain("SECRET");
    }
  });

  it.each([
    [
      "too many cells",
      xlsxOfRows([["name"], ["a"], ["b"], ["c"]]),
      { cellsMax: 3 },
      "TOO_MANY_CELLS",
    ],
    ["too many cells of text", utf8("name\na\nb\nc\n"), { cellsMax: 3 }, "TOO_MANY_CELLS"],
    [
      "too many cells of JSON",
      utf8('[{"name":"a","b":1},{"name":"b"}]'),
      { cellsMax: 2 },
      "TOO_MANY_CELLS",
    ],
    [
      "too many sheets",
      xlsxOf({ sheets: [{ name: "a" }, { name: "b" }] }),
      { tablesMax: 1 },
      "TOO_MANY_TABLES",
    ],
    [
      "objects within objects",
      utf8(`[${'{"a":'.repeat(50)}1${"}".repeat(50)}]`),
      {},
      "JSON_INVALID",
    ],
    [
      "lists within lists",
      utf8(`[${'{"a":['.repeat(50)}{"b":1}${"]}".repeat(50)}]`),
      {},
      "JSON_INVALID",
    ],
    ["no cell at all", xlsxOf({ sheets: [{ name: "a" }] }), {}, "FILE_EMPTY"],
  ])("%s", (_, bytes, limits, code) => {
    expect(refused(bytes, limits).code).toBe(code);
  });
});

describe("text of strange signs", () => {
  it("with marks of byte order and direction is read as if they were not there", () => {
    const rlm = "\u200f";
    const text = `\ufeff${rlm}name,${rlm}born\n${rlm}علي,\u202b1990-02-03\u202c\n`;
    const { persons } = readPersons(utf8(text));
    expect(persons).toMatchObject([{ row: 2, birthDate: { year: 1990, month: 2, day: 3 } }]);
    const sheet = readPersons(xlsxOfRows([[`${rlm}name`], [`${rlm}علي${rlm}`]]));
    expect(sheet.persons[0].given?.normal).toBe(persons[0].given?.normal);
  });

  it("that mixes encodings is read line by line, and the lines are named", () => {
    const bytes = joined(
      utf8("name,born\nJosé,1990\n"),
      ascii("Ren\xe9e,1991\nAna,1992\n"),
      utf8("Łucja,1993\n"),
    );
    const { persons, notes } = readPersons(bytes);
    expect(persons.map(({ given }) => given?.raw)).toEqual(["José", "Renée", "Ana", "Łucja"]);
    expect(notes[0]).toContain("line 3 ");
  });
});

describe("cells that look like formulas", () => {
  it("are text, never computed", () => {
    const formula = '=HYPERLINK("http://evil","x")';
    const rows = [
      ["name", "city"],
      [formula, "@SUM(1+1)"],
      ["'=Ana", "'+31612345678"],
    ];
    for (const bytes of [
      xlsxOfRows(rows),
      utf8(
        rows.map((row) => row.map((it) => `"${it.replaceAll('"', '""')}"`).join(",")).join("\n"),
      ),
    ]) {
      expect(readPersons(bytes).table.rows.map(({ cells }) => cells)).toEqual([
        [formula, "@SUM(1+1)"],
        ["=Ana", "+31612345678"],
      ]);
    }
  });
});
