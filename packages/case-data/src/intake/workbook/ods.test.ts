import { utf8 } from "@symbolon/base/bytes";
import { zipSync } from "fflate";
import { expect, it } from "vitest";
import { readPersons } from "../persons.js";
import { readTables } from "../read-tables.js";
import { odsOf, xlsxOfRows } from "./workbook.contract.js";

const p = (text: string): string =>
  `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`;
const row = (cells: string, attributes = ""): string =>
  `<table:table-row ${attributes}>${cells}</table:table-row>`;
const table = (rows: string, name = "List"): string =>
  `<table:table table:name="${name}">${rows}</table:table>`;

it("reads texts, numbers, dates, booleans, repeats and hidden rows of an ODS sheet", () => {
  const cells =
    '<table:table-cell office:value-type="float" office:value="31612345678"><text:p>3.16E+10' +
    "</text:p></table:table-cell>" +
    '<table:table-cell office:value-type="date" office:date-value="1990-06-02T00:00:00"/>' +
    '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>' +
    '<table:table-cell table:number-columns-repeated="2"/>' +
    '<table:table-cell table:formula="of:=A1"/>';
  const noted =
    '<table:table-cell office:value-type="string"><office:annotation><text:p>remark</text:p>' +
    '</office:annotation><text:p>a<text:s text:c="2"/>b<text:line-break/>c</text:p><text:p>d' +
    "</text:p></table:table-cell>";
  const rows =
    row(p("id"), 'table:visibility="collapse"') +
    row("<table:table-cell/>", 'table:number-rows-repeated="3"') +
    row(cells) +
    row(p("x"), 'table:number-rows-repeated="2"') +
    row(noted + p("Núñez &amp; Co"));
  const [found, other] = readTables(odsOf(table(rows) + table(row(p("y")), "Other")));
  expect(found).toMatchObject({ sheet: "List", origin: { format: "ods" } });
  expect(found.rows).toEqual([
    { line: 1, cells: ["id"], isHidden: true },
    { line: 5, cells: ["31612345678", "1990-06-02", "TRUE", "", "", "#FORMULA!"] },
    { line: 6, cells: ["x"] },
    { line: 7, cells: ["x"] },
    { line: 8, cells: ["a  b\nc\nd", "Núñez & Co"] },
  ]);
  expect(other).toMatchObject({ sheet: "Other", rows: [{ line: 1, cells: ["y"] }] });
});

it("gives each row that a merged cell covers its value", () => {
  const merged =
    '<table:table-cell table:number-rows-spanned="2" office:value-type="string">' +
    "<text:p>Peru</text:p></table:table-cell>";
  const rows =
    row(p("name") + p("country")) +
    row(p("Ana") + merged) +
    row(`${p("Bo")}<table:covered-table-cell/>`);
  const [{ rows: found }] = readTables(odsOf(table(rows)));
  expect(found.map(({ cells }) => cells[1])).toEqual(["country", "Peru", "Peru"]);
});

it("reads the tables of a zip file, each called like its file", () => {
  const zip = zipSync({
    "export/form.csv": utf8("name,KEY\nAna,1\n"),
    "export/form-event.csv": utf8("place,PARENT_KEY\nLima,1\n"),
    "media/face.jpg": utf8("x"),
    "__MACOSX/form.csv": utf8("junk"),
    "list.xlsx": xlsxOfRows([["given name"], ["Bo"]]),
  });
  expect(readTables(zip).map(({ sheet, rows }) => [sheet, rows.length])).toEqual([
    ["form", 2],
    ["form-event", 2],
    ["List", 2],
  ]);
  expect(readPersons(zip, { sheet: "form" }).persons).toMatchObject([{ given: { raw: "Ana" } }]);
});
