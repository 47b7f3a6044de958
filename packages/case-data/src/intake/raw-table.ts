import type { Encoding } from "./decode.js";
import type { HeaderRow } from "./header-row.js";

/** A row as it stands in a file. */
export interface RawRow {
  /**
   * 1-based: the line of a text file, the row of a sheet, the number of an element; 0 for the names
   * of an element's fields.
   */
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
  /** Where the headings are, if that is settled. */
  readonly header?: HeaderRow;
  /** How it was read; absent in a table that was made by hand. */
  readonly origin?: Origin;
}

export type FileFormat = "delimited" | "xlsx" | "ods" | "json";

/** How a table was read. */
export interface Origin {
  readonly format: FileFormat;
  /** Of a delimited file. */
  readonly encoding?: Encoding;
  readonly delimiter?: string;
  /** A sheet that its workbook does not show. */
  readonly isHidden?: boolean;
  /** Sentences for the data steward; they quote nothing but names of sheets and files. */
  readonly notes: readonly string[];
}
