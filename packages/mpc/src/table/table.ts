import { assert } from "@symbolon/base/assert";
import { Shares } from "../sharing/shares.js";

/** Secret rows: `width` XOR-shared 32-bit words a row, row by row. Both sizes are public. */
export interface Table {
  readonly rows: number;
  readonly width: number;
  readonly shares: Shares;
}

/** A table of `width` words a row from shares that lie row by row. */
export function tableOf(shares: Shares, width: number): Table {
  assert(width >= 1 && shares.length % width === 0, "whole rows");
  return { rows: shares.length / width, width, shares };
}

/** Columns `from`..`to` − 1, without a message. */
export function takeColumns(table: Table, from: number, to: number): Table {
  assert(from >= 0 && from < to && to <= table.width, "columns of the table");
  if (from === 0 && to === table.width) return table;
  const { rows, width } = table;
  const taken = to - from;
  const take = (part: Uint32Array): Uint32Array => {
    const out = new Uint32Array(rows * taken);
    for (let row = 0; row < rows; row += 1) {
      const at = row * width + from;
      for (let c = 0; c < taken; c += 1) out[row * taken + c] = part[at + c];
    }
    return out;
  };
  return { rows, width: taken, shares: table.shares.map(take) };
}

/** Rows of a table that have their place in a larger one. */
export interface Placed {
  readonly table: Table;
  /** Where its first row and column come. */
  readonly row: number;
  readonly column: number;
  /** Row k that is placed is row order[k] of the table, instead of row k. Public. */
  readonly order?: Uint32Array;
}

/** A table that is still in pieces; words that no piece has are zeros. */
export interface Pieces {
  readonly rows: number;
  readonly width: number;
  readonly placed: readonly Placed[];
}

/** A table, in one piece. */
export const inOnePiece = (table: Table | Pieces): Pieces =>
  "placed" in table ? table : { ...table, placed: [{ table, row: 0, column: 0 }] };

/** Puts pieces together: each word is copied once. */
export function layOut({ rows, width, placed }: Pieces): Table {
  for (const { table, row, column, order } of placed) {
    const height = order?.length ?? table.rows;
    assert(row + height <= rows && column + table.width <= width, "pieces within the table");
  }
  const lay = (pick: (shares: Shares) => Uint32Array): Uint32Array => {
    const out = new Uint32Array(rows * width);
    for (const { table, row, column, order } of placed) {
      const part = pick(table.shares);
      const height = order?.length ?? table.rows;
      if (table.width === width && order === undefined) {
        out.set(part, row * width);
        continue;
      }
      let to = row * width + column;
      for (let k = 0; k < height; k += 1, to += width) {
        const from = (order === undefined ? k : order[k]) * table.width;
        for (let c = 0; c < table.width; c += 1) out[to + c] = part[from + c];
      }
    }
    return out;
  };
  return { rows, width, shares: ofBoth(lay) };
}

/** Tables of equally many rows, side by side. */
export const besides = (...tables: readonly Table[]): Table => layOut(abreast(tables));

/** The same, still in pieces. */
export function abreast(tables: readonly Table[]): Pieces {
  const { rows } = tables[0];
  assert(
    tables.every((table) => table.rows === rows),
    "tables of equally many rows",
  );
  let width = 0;
  const placed = tables.map((table): Placed => {
    width += table.width;
    return { table, row: 0, column: width - table.width };
  });
  return { rows, width, placed };
}

/** Tables of one width, one below the other. */
export const below = (...tables: readonly Table[]): Table => layOut(stacked(tables));

/** The same, still in pieces. */
export function stacked(tables: readonly (Table | Pieces)[]): Pieces {
  const { width } = tables[0];
  assert(
    tables.every((table) => table.width === width),
    "tables of one width",
  );
  let rows = 0;
  const placed = tables.flatMap((table) => {
    const first = rows;
    rows += table.rows;
    return inOnePiece(table).placed.map((piece) => ({ ...piece, row: first + piece.row }));
  });
  return { rows, width, placed };
}

const ofBoth = (lay: (pick: (shares: Shares) => Uint32Array) => Uint32Array): Shares =>
  new Shares(
    lay((shares) => shares.own),
    lay((shares) => shares.next),
  );

/** Rows `from`..`to` − 1, without a copy. */
export function takeRows(table: Table, from: number, to: number): Table {
  assert(from >= 0 && from <= to && to <= table.rows, "rows of the table");
  const { width } = table;
  const shares = table.shares.map((part) => part.subarray(from * width, to * width));
  return { rows: to - from, width, shares };
}

/** Row k of the result is row order[k]; `order` is public and may repeat or leave out rows. */
export const gatherRows = (table: Table, order: Uint32Array): Table => ({
  rows: order.length,
  width: table.width,
  shares: table.shares.map((part) => gatherWords(part, table.width, order)),
});

/** As `gatherRows`, for one component. */
export function gatherWords(part: Uint32Array, width: number, order: Uint32Array): Uint32Array {
  const out = new Uint32Array(order.length * width);
  for (let k = 0, to = 0; k < order.length; k += 1) {
    const from = order[k] * width;
    for (let c = 0; c < width; c += 1, to += 1) out[to] = part[from + c];
  }
  return out;
}

/** Row order[k] of the result is row k: undoes `gatherWords` for a permutation. */
export function scatterWords(part: Uint32Array, width: number, order: Uint32Array): Uint32Array {
  const out = new Uint32Array(part.length);
  for (let k = 0, from = 0; k < order.length; k += 1) {
    const to = order[k] * width;
    for (let c = 0; c < width; c += 1, from += 1) out[to + c] = part[from];
  }
  return out;
}

/** One word a row that everybody knows: component 0 carries it. */
export function publicColumn(self: number, words: Uint32Array): Table {
  const zero = new Uint32Array(words.length);
  const shares = new Shares(self === 0 ? words : zero, self === 2 ? words : zero);
  return { rows: words.length, width: 1, shares };
}

/** 0, 1, …, count − 1. */
export const rowNumbers = (count: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, k) => k);
