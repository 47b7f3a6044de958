import type { Archive } from "../archive/archive.js";
import { damaged } from "../archive/damaged.js";
import type { IntakeLimits } from "../limits.js";
import type { RawTable } from "../raw-table.js";
import { type NumberKind, numberKind } from "./number-format.js";
import type { CellCount } from "./sheet-builder.js";
import { checkTables, tableOf } from "./sheet-table.js";
import { readSheet, type XlsxContext } from "./xlsx-sheet.js";
import { readStrings } from "./xlsx-strings.js";
import { readXml } from "./xml.js";

interface Relation {
  readonly type: string;
  readonly target: string;
}

/** A part's relations by id; targets as names within the archive. */
function relations(archive: Archive, part: string): ReadonlyMap<string, Relation> {
  const slash = part.lastIndexOf("/") + 1;
  const [folder, file] = [part.slice(0, slash), part.slice(slash)];
  const list = `${folder}_rels/${file}.rels`;
  const found = new Map<string, Relation>();
  if (!archive.has(list)) return found;
  readXml(archive, list, {
    open(name, attribute) {
      const [id, target] = [attribute("Id"), attribute("Target")];
      if (name !== "Relationship" || id === undefined || target === undefined) return;
      const type = (attribute("Type") ?? "").split("/").at(-1) ?? "";
      const isOutside = attribute("TargetMode") === "External";
      if (!isOutside) found.set(id, { type, target: resolve(folder, target) });
    },
  });
  return found;
}

/** A target as a part's name: from the root, or from the folder of whoever names it. */
function resolve(folder: string, target: string): string {
  const path = target.startsWith("/") ? target.slice(1) : folder + target;
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}

const byType = (all: ReadonlyMap<string, Relation>, type: string): string | undefined =>
  [...all.values()].find((one) => one.type === type)?.target;

/** The workbook's own part, wherever its writer put it. */
function workbookPart(archive: Archive): string {
  const part = byType(relations(archive, ""), "officeDocument") ?? "xl/workbook.xml";
  if (!archive.has(part)) throw damaged("it has no workbook");
  return part;
}

/** By style number: what it makes of a number. */
function readKinds(archive: Archive, part: string | undefined): NumberKind[] {
  const kinds: NumberKind[] = [];
  if (part === undefined || !archive.has(part)) return kinds;
  const codes = new Map<number, string>();
  let isOfCells = false;
  readXml(archive, part, {
    open(name, attribute) {
      const id = Number(attribute("numFmtId") ?? 0);
      if (name === "numFmt") codes.set(id, attribute("formatCode") ?? "");
      else if (name === "cellXfs") isOfCells = true;
      else if (name === "xf" && isOfCells) kinds.push(numberKind(id, codes.get(id)));
    },
    close(name) {
      if (name === "cellXfs") isOfCells = false;
    },
  });
  return kinds;
}

interface SheetEntry {
  readonly name: string;
  readonly relation: string;
  readonly isHidden: boolean;
}

/** Sheets of an XLSX or XLSM workbook, in its order. Macros, links and charts are not looked at. */
export function readXlsx(archive: Archive, limits: IntakeLimits): RawTable[] {
  const workbook = workbookPart(archive);
  const sheets: SheetEntry[] = [];
  let is1904 = false;
  readXml(archive, workbook, {
    open(name, attribute) {
      if (name === "workbookPr") is1904 = /^(1|true)$/.test(attribute("date1904") ?? "");
      if (name !== "sheet") return;
      const isHidden = /hidden/i.test(attribute("state") ?? "");
      const relation = attribute("r:id") ?? attribute("id") ?? "";
      sheets.push({ name: attribute("name") ?? "", relation, isHidden });
    },
  });
  const parts = relations(archive, workbook);
  const stringsPart = byType(parts, "sharedStrings");
  const hasStrings = stringsPart !== undefined && archive.has(stringsPart);
  const context: XlsxContext = {
    strings: hasStrings ? readStrings(archive, stringsPart) : undefined,
    kinds: readKinds(archive, byType(parts, "styles")),
    is1904,
  };
  // Sheets of charts and dialogues have no cells.
  const tables = sheets.filter(({ relation }) => {
    const part = parts.get(relation);
    return part === undefined || part.type === "worksheet";
  });
  checkTables(tables.length, limits);
  const count: CellCount = { cells: 0 };
  return tables.map(({ name, relation, isHidden }) => {
    const part = parts.get(relation)?.target;
    if (part === undefined || !archive.has(part)) throw damaged("a sheet is missing");
    const sheet = readSheet(archive, part, context, limits, count);
    return tableOf({ sheet: name, isHidden, format: "xlsx", ...sheet });
  });
}
