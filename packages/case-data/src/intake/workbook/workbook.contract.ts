import { utf8 } from "@symbolon/base/bytes";
import { type Zippable, zipSync } from "fflate";
import { columnLetters } from "../table-notes.js";

/** Workbooks for tests, written as spreadsheet programs do and as they should not. */

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** Text as it stands in XML. */
export const xml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** A cell: a text, a number with a style (1 is a date, 2 five zeros, 3 text), or XML as it is. */
export type FixtureCell =
  | string
  | { readonly n: string; readonly style?: number }
  | { readonly raw: string };

export interface FixtureSheet {
  readonly name: string;
  readonly rows?: readonly (readonly FixtureCell[])[];
  /** Rows, from 1, that are hidden. */
  readonly hidden?: readonly number[];
  readonly merges?: readonly string[];
  readonly state?: string;
  /** The whole part, instead of what would be made from the rows. */
  readonly xml?: string | Uint8Array;
}

export interface FixtureBook {
  readonly sheets: readonly FixtureSheet[];
  readonly is1904?: boolean;
  /** Texts that cells refer to by `{raw: '<c t="s"><v>0</v></c>'}`. */
  readonly strings?: readonly string[];
  /** Parts to add or replace; `undefined` takes one away. */
  readonly parts?: Readonly<Record<string, Uint8Array | undefined>>;
}

function cellXml(cell: FixtureCell, reference: string): string {
  if (typeof cell === "string") {
    if (cell === "") return "";
    return `<c r="${reference}" t="inlineStr"><is><t>${xml(cell)}</t></is></c>`;
  }
  if ("raw" in cell) return cell.raw.replace("<c", `<c r="${reference}"`);
  return `<c r="${reference}" s="${cell.style ?? 0}"><v>${cell.n}</v></c>`;
}

/** A sheet's part. */
export function sheetXml({ rows = [], hidden = [], merges = [] }: Partial<FixtureSheet>): string {
  const lines = rows.map((cells, k) => {
    const inner = cells.map((cell, c) => cellXml(cell, `${columnLetters(c)}${k + 1}`)).join("");
    return `<row r="${k + 1}"${hidden.includes(k + 1) ? ' hidden="1"' : ""}>${inner}</row>`;
  });
  const merged = merges.map((range) => `<mergeCell ref="${range}"/>`).join("");
  const after = merges.length > 0 ? `<mergeCells>${merged}</mergeCells>` : "";
  const data = `<sheetData>${lines.join("")}</sheetData>`;
  return `${HEAD}<worksheet xmlns="${MAIN}">${data}${after}</worksheet>`;
}

const relation = (id: number, type: string, target: string): string =>
  `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;

const relations = (inner: string): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${inner}</Relationships>`;

const STYLES =
  `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1">` +
  '<numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="dd\\-mmm\\-yy"/>' +
  '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>' +
  '<xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="49"/><xf numFmtId="165"/>' +
  '<xf numFmtId="22"/><xf numFmtId="46"/></cellXfs></styleSheet>';

/** The parts of an XLSX file. */
export function xlsxParts({ sheets, is1904, strings, parts = {} }: FixtureBook): Zippable {
  const [styles, texts] = [sheets.length + 1, sheets.length + 2];
  const list = sheets.map(({ name, state }, k) => {
    const shown = state === undefined ? "" : ` state="${state}"`;
    return `<sheet name="${xml(name)}" sheetId="${k + 1}"${shown} r:id="rId${k + 1}"/>`;
  });
  const links = [
    ...sheets.map((_, k) => relation(k + 1, "worksheet", `worksheets/sheet${k + 1}.xml`)),
    relation(styles, "styles", "styles.xml"),
    ...(strings === undefined ? [] : [relation(texts, "sharedStrings", "sharedStrings.xml")]),
  ];
  const si = (strings ?? []).map((text) => `<si><t>${xml(text)}</t></si>`).join("");
  const date1904 = is1904 ? '<workbookPr date1904="1"/>' : "";
  const all: Record<string, Uint8Array | undefined> = {
    "[Content_Types].xml": utf8(`${HEAD}<Types xmlns="${PACKAGE}/content-types"/>`),
    "_rels/.rels": utf8(relations(relation(1, "officeDocument", "xl/workbook.xml"))),
    "xl/workbook.xml": utf8(
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${date1904}` +
        `<sheets>${list.join("")}</sheets></workbook>`,
    ),
    "xl/_rels/workbook.xml.rels": utf8(relations(links.join(""))),
    "xl/styles.xml": utf8(STYLES),
    ...(strings && { "xl/sharedStrings.xml": utf8(`${HEAD}<sst xmlns="${MAIN}">${si}</sst>`) }),
  };
  for (const [k, sheet] of sheets.entries()) {
    const part = sheet.xml ?? sheetXml(sheet);
    all[`xl/worksheets/sheet${k + 1}.xml`] = typeof part === "string" ? utf8(part) : part;
  }
  const wanted = Object.entries({ ...all, ...parts });
  return Object.fromEntries(
    wanted.filter((part): part is [string, Uint8Array] => part[1] !== undefined),
  );
}

export const xlsxOf = (book: FixtureBook): Uint8Array => zipSync(xlsxParts(book));

/** A workbook of one sheet. */
export const xlsxOfRows = (
  rows: readonly (readonly FixtureCell[])[],
  more: Partial<FixtureSheet> = {},
): Uint8Array => xlsxOf({ sheets: [{ name: "List", rows, ...more }] });

const ODF = "urn:oasis:names:tc:opendocument:xmlns";

/** An ODS file whose tables are given as XML. */
export function odsOf(tables: string, manifest = ""): Uint8Array {
  const spaces = ["office", "table", "text", "manifest"]
    .map((name) => `xmlns:${name}="${ODF}:${name}:1.0"`)
    .join(" ");
  const content =
    `${HEAD}<office:document-content ${spaces}><office:body><office:spreadsheet>${tables}` +
    "</office:spreadsheet></office:body></office:document-content>";
  return zipSync({
    mimetype: utf8("application/vnd.oasis.opendocument.spreadsheet"),
    "content.xml": utf8(content),
    "META-INF/manifest.xml": utf8(
      `${HEAD}<manifest:manifest ${spaces}>${manifest}</manifest:manifest>`,
    ),
  });
}
