import { CaseDataError } from "../../error.js";
import { damaged } from "../archive/damaged.js";
import type { IntakeLimits } from "../limits.js";
import type { RawRow } from "../raw-table.js";

/** Cells of all sheets of a file so far. */
export interface CellCount {
  cells: number;
}

/** A rectangle of cells that a sheet shows as one; rows and columns from 1 and 0, inclusive. */
export interface Merge {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

interface Line {
  line: number;
  cells: string[];
  isHidden: boolean;
}

/** Merges that are looked at, and rows that one may cover: more is not made by people. */
const MERGES_MAX = 20_000;

/** Collects a sheet's filled cells into rows, within the limits. */
export class SheetBuilder {
  private readonly lines: Line[] = [];
  private readonly merges: Merge[] = [];
  private readonly limits: IntakeLimits;
  private readonly count: CellCount;
  private mergedRows = 0;

  constructor(limits: IntakeLimits, count: CellCount) {
    this.limits = limits;
    this.count = count;
  }

  /** Starts a row; cells are added to it until the next one starts. */
  row(line: number, isHidden: boolean): void {
    const last = this.lines.at(-1);
    if (last !== undefined && last.cells.length === 0) this.lines.pop();
    this.lines.push({ line, cells: [], isHidden });
    // Some room for title rows and the header.
    if (this.lines.length > this.limits.rowsMax + 20) throw tooManyRows(this.limits);
  }

  cell(column: number, text: string): void {
    const line = this.lines.at(-1);
    if (line === undefined || text.trim() === "") return;
    if (column >= this.limits.columnsMax) throw tooManyColumns(this.limits);
    this.count.cells += Math.max(0, column + 1 - line.cells.length);
    if (this.count.cells > this.limits.cellsMax) throw tooManyCells(this.limits);
    if ((line.cells[column] ?? "") !== "") throw damaged("two of its cells have the same place");
    while (line.cells.length < column) line.cells.push("");
    line.cells[column] = text;
  }

  merge(merge: Merge): void {
    if (this.merges.length < MERGES_MAX) this.merges.push(merge);
  }

  /**
   * The rows in order. A cell that is merged over several rows stands for each of them: people see
   * it beside every one. `mergedRows`: rows that were given a value so.
   */
  build(): { rows: RawRow[]; mergedRows: number } {
    const filled = this.lines.filter(({ cells }) => cells.length > 0);
    filled.sort((a, b) => a.line - b.line);
    for (const merge of this.merges) if (merge.bottom > merge.top) this.fill(filled, merge);
    const rows = filled.map(({ line, cells, isHidden }) =>
      isHidden ? { line, cells, isHidden } : { line, cells },
    );
    return { rows, mergedRows: this.mergedRows };
  }

  private fill(lines: readonly Line[], { top, bottom, left }: Merge): void {
    let at = firstFrom(lines, top);
    const value = lines[at]?.line === top ? (lines[at].cells[left] ?? "") : "";
    if (value === "") return;
    for (at += 1; at < lines.length && lines[at].line <= bottom; at += 1) {
      const { cells } = lines[at];
      if ((cells[left] ?? "") !== "") continue;
      this.count.cells += Math.max(1, left + 1 - cells.length);
      if (this.count.cells > this.limits.cellsMax) throw tooManyCells(this.limits);
      while (cells.length < left) cells.push("");
      cells[left] = value;
      this.mergedRows += 1;
    }
  }
}

/** Index of the first line from `line` on. */
function firstFrom(lines: readonly Line[], line: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle].line < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const tooManyRows = ({ rowsMax }: IntakeLimits): CaseDataError =>
  new CaseDataError(
    "TOO_MANY_ROWS",
    `the file has more than ${rowsMax} rows`,
    { rowsMax },
    "Split the list into several files.",
  );

export const tooManyColumns = ({ columnsMax }: IntakeLimits): CaseDataError =>
  new CaseDataError(
    "TOO_MANY_COLUMNS",
    `the file has more than ${columnsMax} columns`,
    { columnsMax },
    "Export only the columns that you need.",
  );

export const tooManyCells = ({ cellsMax }: IntakeLimits): CaseDataError =>
  new CaseDataError(
    "TOO_MANY_CELLS",
    `the file has more than ${cellsMax} cells`,
    { cellsMax },
    "Leave out columns and sheets that are not needed, or split the list into several files.",
  );
