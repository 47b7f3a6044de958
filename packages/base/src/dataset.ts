/**
 * What a dataset looks like on its way from provider to node: tables of named, typed columns.
 * Values are vectors of 32-bit words; the provider splits them, so that a node holds shares of the
 * same shape. The schema is public; its hash is bound into everything that is sealed.
 */

/** What a column means, which decides how the nodes may use it. */
export type ColumnKind =
  | "linkage-vector" // small signed integers, one block a linkage field
  | "presence" // one 0/1 an element: is the linkage field known?
  | "row-bit" // one bit a row: is this a real row, not padding?
  | "code" // an index into a public code list, 0 = unknown
  | "code-set" // one bit for each code of a list
  | "integer" // a small non-negative integer
  | "key" // equality keys
  | "record" // what a record shows when it is compared field by field
  | "parent"; // the row of the parent table that an event row belongs to

/**
 * `arithmetic`: shares add up mod 2^32, one word an element.
 * `boolean`: shares are XORed; the `width` bits of a row lie side by side, rows follow each other,
 * and the column is padded with zero bits to a multiple of 128.
 */
export interface ColumnSpec {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly sharing: "arithmetic" | "boolean";
  /** Elements (arithmetic) or bits (boolean) of one row. */
  readonly width: number;
}

/** `rows` is public and already rounded up to a multiple of `ROWS_STEP`. */
export interface TableSpec {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly ColumnSpec[];
}

export interface DatasetSchema {
  readonly version: 1;
  /** Identifier of the linkage layout that the linkage columns follow. */
  readonly layout: string;
  readonly tables: readonly TableSpec[];
}

/** Column values in the clear, keyed `table.column`. Exists only inside the provider. */
export type ColumnValues = ReadonlyMap<string, Uint32Array>;

/** List sizes become public only after rounding up to a multiple of this many rows. */
export const ROWS_STEP = 256;

/** The public size of a list of `count` rows: at least one step, even for an empty list. */
export const paddedRows = (count: number): number =>
  Math.max(ROWS_STEP, Math.ceil(count / ROWS_STEP) * ROWS_STEP);

/** Words that hold one column of a table. */
export function columnWords(rows: number, column: Pick<ColumnSpec, "sharing" | "width">): number {
  if (column.sharing === "arithmetic") return rows * column.width;
  return Math.ceil((rows * column.width) / 128) * 4;
}
