import type { HTCDS_STANDARD } from "../htcds/spec.js";
import type { DateOrder } from "../normalise/date.js";
import type { SystemId } from "./systems.js";
import type { Target } from "./target.js";

export const MAPPING_TYPE = "urn:symbolon:mapping:v1";

/** Which part of a whole name comes first, where no comma says so. */
export type NameOrder = "given-first" | "surname-first";

/** What one column means, and how its cells are read. Declares; holds no code. */
export interface ColumnMapping {
  /** The heading as in the file. */
  readonly from: string;
  /** Which of several columns with this heading, from 1; absent if there is one. */
  readonly nth?: number;
  readonly to: Target;
  /** Share of rows in which it was filled when the mapping was made, in steps of 0.05. */
  readonly filled: number;
  /** Share of rows in which something could not be read then; absent if it was all read. */
  readonly unread?: number;
  /** A column of yes and no: yes means this code. */
  readonly code?: string;
  /** Order of dates in numbers with the year last. */
  readonly dateOrder?: DateOrder;
  /** A year of two digits is the latest one that is not after this year. */
  readonly twoDigitYearsTo?: number;
  /** Whole numbers are days as Excel counts them: 1 is 1 January 1900. */
  readonly excelDays?: true;
  readonly nameOrder?: NameOrder;
  /** Values that no list knows, and the code that each means. */
  readonly values?: Readonly<Record<string, string>>;
  /** Values that say that nothing is known. */
  readonly unknown?: readonly string[];
  /** Values that are passed over: what else the cell says counts. */
  readonly ignore?: readonly string[];
}

/**
 * How the columns and values of one kind of file become records of the standard and persons. Made
 * once by a person, reviewed, signed, used again. Holds headings and words of code lists, no case.
 */
export interface Mapping {
  readonly type: typeof MAPPING_TYPE;
  readonly target: typeof HTCDS_STANDARD;
  readonly source: {
    readonly system: SystemId;
    /** Name of the sheet, if the file had several. */
    readonly sheet?: string;
    /** Rows under the headings when the mapping was made. */
    readonly rows: number;
  };
  readonly columns: readonly ColumnMapping[];
  /** Headings of columns that stay home: nothing of them is read. */
  readonly stays: readonly string[];
  /** ISO 3166-1 alpha-2 code of the country whose phone numbers need no prefix. */
  readonly phoneCountry?: string;
}

/** How a column is called where its heading is not the only one. */
export const columnName = ({ from, nth }: Pick<ColumnMapping, "from" | "nth">): string =>
  nth === undefined ? from : `${from} (${nth})`;
