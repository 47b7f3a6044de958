import { Archive } from "./archive/archive.js";
import { refuseBinary } from "./file-kind.js";
import type { IntakeLimits } from "./limits.js";
import type { RawTable } from "./raw-table.js";
import { readOds } from "./workbook/ods.js";
import { checkTables } from "./workbook/sheet-table.js";
import { readXlsx } from "./workbook/xlsx.js";

/** What a file within a zip file must be called to be read: other files are media and the like. */
const TABLE_NAME = /\.(csv|tsv|json)$/i;
const WORKBOOK_NAME = /\.(xlsx|xlsm|ods)$/i;

const isWorkbook = (archive: Archive): boolean =>
  archive.has("xl/workbook.xml") || archive.has("[Content_Types].xml");

/** Refuses what is a zip file inside and no table. */
function refuseOthers(archive: Archive): void {
  if (archive.names.some((name) => name.startsWith("word/"))) refuseBinary("a Word document");
  if (archive.names.some((name) => name.startsWith("ppt/"))) refuseBinary("a presentation");
  if (archive.has("xl/workbook.bin")) {
    refuseBinary("a binary Excel file (XLSB)", "Open it in Excel and save it as XLSX.");
  }
}

/** The tables of a workbook, or of the files in a zip file, each called like its file. */
export function readContainer(
  archive: Archive,
  limits: IntakeLimits,
  readText: (bytes: Uint8Array) => RawTable[],
): RawTable[] {
  refuseOthers(archive);
  if (isWorkbook(archive)) return readXlsx(archive, limits);
  if (archive.has("content.xml")) return readOds(archive, limits);
  const names = archive.names.filter((name) => !/(^|\/)(__MACOSX\/|\.)/.test(name));
  const files = names.filter((name) => TABLE_NAME.test(name) || WORKBOOK_NAME.test(name));
  if (files.length === 0) {
    refuseBinary("a zip file without tables", "Put the list into it as CSV, XLSX or JSON.");
  }
  checkTables(files.length, limits);
  return files.flatMap((name) => {
    const bytes = archive.read(name);
    const sheet = name.slice(name.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
    if (!WORKBOOK_NAME.test(name)) {
      return readText(bytes).map((table) => ({ ...table, sheet: table.sheet ?? sheet }));
    }
    const inner = new Archive(bytes, limits, archive);
    refuseOthers(inner);
    return inner.has("content.xml") ? readOds(inner, limits) : readXlsx(inner, limits);
  });
}
