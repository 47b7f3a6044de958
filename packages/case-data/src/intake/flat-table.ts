import { CaseDataError } from "../error.js";
import type { IntakeLimits } from "./limits.js";
import type { Origin, RawRow, RawTable } from "./raw-table.js";
import { VALUES_SEPARATOR } from "./split-columns.js";
import { plainNumber } from "./workbook/plain-number.js";
import {
  type CellCount,
  tooManyCells,
  tooManyColumns,
  tooManyRows,
} from "./workbook/sheet-builder.js";

/** The column by which a row of a list within names the element that it belongs to. */
export const PARENT_INDEX = "_parent_index";

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Throws if an array holds other than objects alone or lists alone. */
export function checkShape(elements: readonly unknown[], limits: IntakeLimits): void {
  if (elements.length > limits.rowsMax + 20) throw tooManyRows(limits);
  if (elements.every(isObject) || elements.every(Array.isArray)) return;
  throw new CaseDataError(
    "JSON_INVALID",
    "the JSON file holds values where a list of objects is expected",
    {},
    "Give an array of objects, one for each person.",
  );
}

function scalar(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  return typeof value === "number" ? plainNumber(String(value)) : String(value);
}

/** Objects → one table with a column for each name that any of them has. */
export class FlatTable {
  private readonly name: string | undefined;
  private readonly limits: IntakeLimits;
  private readonly count: CellCount;
  private readonly columns = new Map<string, number>();
  private readonly rows: RawRow[] = [];
  private readonly within = new Map<string, FlatTable>();
  /** Lists of lists have no names. */
  private hasNames = false;
  private elements = 0;

  constructor(name: string | undefined, limits: IntakeLimits, count: CellCount) {
    this.name = name;
    this.limits = limits;
    this.count = count;
  }

  add(element: unknown, parent?: number): void {
    const cells: string[] = [];
    this.elements += 1;
    if (parent !== undefined) this.set(cells, PARENT_INDEX, String(parent));
    if (Array.isArray(element)) {
      element.forEach((one, k) => {
        this.put(cells, k, scalar(one));
      });
    } else {
      this.hasNames = true;
      this.flatten(element as Json, "", cells, 0);
    }
    if (this.rows.length > this.limits.rowsMax + 20) throw tooManyRows(this.limits);
    if (cells.some((cell) => cell !== "")) this.rows.push({ line: this.elements, cells });
  }

  /** This table, and then those of the lists within. */
  build(origin: Origin): RawTable[] {
    const names = [...this.columns.keys()];
    const rows = this.hasNames ? [{ line: 0, cells: names }, ...this.rows] : this.rows;
    const own = { ...(this.name !== undefined && { sheet: this.name }), rows, origin };
    return [own, ...[...this.within.values()].flatMap((table) => table.build(origin))];
  }

  private flatten(object: Json, path: string, cells: string[], depth: number): void {
    if (depth > this.limits.depthMax) throw tooDeep(this.limits);
    for (const [key, value] of Object.entries(object)) {
      const name = path === "" ? key : `${path}/${key}`;
      if (isObject(value)) this.flatten(value, name, cells, depth + 1);
      else if (!Array.isArray(value)) this.set(cells, name, scalar(value));
      else {
        const flat: unknown[] = value.flat(this.limits.depthMax);
        if (flat.some(Array.isArray)) throw tooDeep(this.limits);
        if (flat.some(isObject)) this.list(name, flat, depth);
        else this.set(cells, name, flat.map(scalar).join(VALUES_SEPARATOR));
      }
    }
  }

  private list(name: string, elements: readonly unknown[], depth: number): void {
    if (depth > this.limits.depthMax) throw tooDeep(this.limits);
    const sheet = this.name === undefined ? name : `${this.name}/${name}`;
    const inner = new FlatTable(
      sheet,
      { ...this.limits, depthMax: this.limits.depthMax - 1 },
      this.count,
    );
    const table = this.within.get(name) ?? inner;
    this.within.set(name, table);
    for (const element of elements) {
      if (isObject(element)) table.add(element, this.elements);
      else if (scalar(element) !== "") table.add({ value: scalar(element) }, this.elements);
    }
  }

  private set(cells: string[], name: string, value: string): void {
    let column = this.columns.get(name);
    if (column === undefined) {
      column = this.columns.size;
      if (column >= this.limits.columnsMax) throw tooManyColumns(this.limits);
      this.columns.set(name, column);
    }
    this.put(cells, column, value);
  }

  private put(cells: string[], column: number, value: string): void {
    if (column >= this.limits.columnsMax) throw tooManyColumns(this.limits);
    this.count.cells += Math.max(0, column + 1 - cells.length);
    if (this.count.cells > this.limits.cellsMax) throw tooManyCells(this.limits);
    while (cells.length < column) cells.push("");
    cells[column] = value;
  }
}

const tooDeep = ({ depthMax }: IntakeLimits): CaseDataError =>
  new CaseDataError(
    "JSON_INVALID",
    `the JSON file nests objects more than ${depthMax} deep`,
    { depthMax },
    "Export a flat list: an object for each person.",
  );
