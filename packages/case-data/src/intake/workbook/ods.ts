import { CaseDataError } from "../../error.js";
import type { Archive } from "../archive/archive.js";
import type { IntakeLimits } from "../limits.js";
import type { RawTable } from "../raw-table.js";
import { FORMULA_WITHOUT_RESULT } from "../spreadsheet-error.js";
import { plainNumber } from "./plain-number.js";
import { type CellCount, SheetBuilder, tooManyCells } from "./sheet-builder.js";
import { checkTables, tableOf } from "./sheet-table.js";
import { readXml } from "./xml.js";

const MANIFEST = "META-INF/manifest.xml";

/** An ODS file with a password has parts that look like noise; its manifest says so. */
function refuseEncrypted(archive: Archive): void {
  if (!archive.has(MANIFEST)) return;
  readXml(archive, MANIFEST, {
    open(name) {
      if (name !== "encryption-data") return;
      throw new CaseDataError(
        "FILE_ENCRYPTED",
        "the file is a spreadsheet with a password",
        {},
        "Open it with its password, save a copy without one on this computer, give that, and " +
          "delete the copy afterwards.",
      );
    },
  });
}

type Attribute = (name: string) => string | undefined;

/** How often something is repeated; what cannot be right counts once. */
function repeats(attribute: Attribute, name: string): number {
  const count = Number(attribute(name) ?? 1);
  return Number.isInteger(count) && count > 0 ? count : 1;
}

/** A value that the file has in a form for programs; texts stand in paragraphs instead. */
function typedValue(attribute: Attribute): string | undefined {
  switch (attribute("value-type")) {
    case "float":
    case "currency":
    case "percentage":
      return plainNumber(attribute("value") ?? "");
    case "date":
      return (attribute("date-value") ?? "").replace(/T00:00(:00(\.0+)?)?$/, "");
    case "boolean":
      return attribute("boolean-value") === "true" ? "TRUE" : "FALSE";
    case "string":
      return attribute("string-value");
    default:
      return undefined;
  }
}

interface Cell {
  readonly repeated: number;
  readonly rowsSpanned: number;
  readonly columnsSpanned: number;
  readonly value: string | undefined;
  readonly hasFormula: boolean;
  paragraphs: string[];
}

/** Rows of one sheet while it is read. */
class Sheet {
  readonly name: string;
  private readonly builder: SheetBuilder;
  private readonly limits: IntakeLimits;
  private line = 0;
  private rowRepeated = 1;
  private isHidden = false;
  private column = 0;
  private cells: [column: number, text: string][] = [];

  constructor(name: string, limits: IntakeLimits, count: CellCount) {
    this.name = name;
    this.limits = limits;
    this.builder = new SheetBuilder(limits, count);
  }

  openRow(attribute: Attribute): void {
    this.rowRepeated = repeats(attribute, "number-rows-repeated");
    this.isHidden = /^(collapse|filter)$/.test(attribute("visibility") ?? "");
    this.column = 0;
    this.cells = [];
  }

  cell(cell: Cell): void {
    const shown = cell.value ?? cell.paragraphs.join("\n");
    const text = shown === "" && cell.hasFormula ? FORMULA_WITHOUT_RESULT : shown;
    if (cell.rowsSpanned > 1) {
      const [top, left] = [this.line + 1, this.column];
      const right = left + cell.columnsSpanned - 1;
      this.builder.merge({ top, bottom: top + cell.rowsSpanned - 1, left, right });
    }
    if (text !== "") {
      // One more than there may be, so that the builder refuses it.
      const end = Math.min(this.column + cell.repeated, this.limits.columnsMax + 1);
      for (let k = this.column; k < end; k += 1) this.cells.push([k, text]);
      if (this.cells.length > this.limits.cellsMax) throw tooManyCells(this.limits);
    }
    this.column += cell.repeated;
  }

  closeRow(): void {
    const { rowRepeated, cells } = this;
    for (let k = 1; k <= rowRepeated && cells.length > 0; k += 1) {
      this.builder.row(this.line + k, this.isHidden);
      for (const [column, text] of cells) this.builder.cell(column, text);
    }
    this.line += rowRepeated;
  }

  build(): RawTable {
    return tableOf({ sheet: this.name, format: "ods", isHidden: false, ...this.builder.build() });
  }
}

/** Parts of a cell that are not what it says: remarks, and cells that were deleted. */
const SKIPPED: ReadonlySet<string> = new Set(["annotation", "tracked-changes", "shapes"]);

/** Blanks that a text of one cell may be said to have. */
const BLANKS_MAX = 1_000;

/** Sheets of an ODS workbook, in its order. */
export function readOds(archive: Archive, limits: IntakeLimits): RawTable[] {
  refuseEncrypted(archive);
  const tables: RawTable[] = [];
  const count: CellCount = { cells: 0 };
  let sheet: Sheet | undefined;
  let cell: Cell | undefined;
  let skipped = 0;
  let paragraph: string | undefined;
  const write = (text: string): void => {
    if (paragraph !== undefined && skipped === 0) paragraph += text;
  };
  readXml(archive, "content.xml", {
    open(name, attribute) {
      if (SKIPPED.has(name)) skipped += 1;
      if (skipped > 0) return;
      if (name === "table" && sheet === undefined) {
        sheet = new Sheet(attribute("name") ?? "", limits, count);
        checkTables(tables.length + 1, limits);
      } else if (name === "table-row") sheet?.openRow(attribute);
      else if (name === "table-cell" || name === "covered-table-cell") cell = openCell(attribute);
      else if (name === "p" && cell !== undefined) paragraph = "";
      else if (name === "s") write(" ".repeat(Math.min(repeats(attribute, "c"), BLANKS_MAX)));
      else if (name === "tab") write("\t");
      else if (name === "line-break") write("\n");
    },
    text: write,
    close(name) {
      if (SKIPPED.has(name)) skipped -= 1;
      else if (skipped > 0) return;
      else if (name === "p" && paragraph !== undefined) {
        cell?.paragraphs.push(paragraph);
        paragraph = undefined;
      } else if (name === "table-cell" || name === "covered-table-cell") {
        if (cell !== undefined) sheet?.cell(cell);
        cell = undefined;
      } else if (name === "table-row") sheet?.closeRow();
      else if (name === "table" && sheet !== undefined) {
        tables.push(sheet.build());
        sheet = undefined;
      }
    },
  });
  return tables;
}

const openCell = (attribute: Attribute): Cell => ({
  repeated: repeats(attribute, "number-columns-repeated"),
  rowsSpanned: repeats(attribute, "number-rows-spanned"),
  columnsSpanned: repeats(attribute, "number-columns-spanned"),
  value: typedValue(attribute),
  hasFormula: attribute("formula") !== undefined,
  paragraphs: [],
});
