/** A row as it stands in a file. */
export interface RawRow {
  /** 1-based: the line of a text file, the row of a sheet, the number of an element. */
  readonly line: number;
  /** As text; an empty cell is "". */
  readonly cells: readonly string[];
  /** Whoever typed below it did not see it: a template's row of identifiers. */
  readonly isHidden?: boolean;
}

/** A table before anything is known of it. Its first rows may be titles, identifiers, labels. */
export interface RawTable {
  /** Name of the sheet or of the array; absent in a delimited file. */
  readonly sheet?: string;
  /** Without blank rows. */
  readonly rows: readonly RawRow[];
}
