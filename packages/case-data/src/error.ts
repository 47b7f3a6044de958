import { KnownError } from "@symbolon/base/error";

/** A file or a setting that cannot be used as a whole. Single bad rows are `RowError`s instead. */
export class CaseDataError extends KnownError<
  | "FILE_TOO_LARGE"
  | "FILE_BINARY"
  | "FILE_ENCODING"
  | "FILE_EMPTY"
  | "FILE_DAMAGED"
  | "FILE_ENCRYPTED"
  | "FILE_UNPACKS_TOO_LARGE"
  | "FILE_IS_FORM"
  | "JSON_INVALID"
  | "NO_ROWS"
  | "TOO_MANY_ROWS"
  | "TOO_MANY_COLUMNS"
  | "TOO_MANY_CELLS"
  | "TOO_MANY_TABLES"
  | "UNKNOWN_SHEET"
  | "NO_HEADER"
  | "WRONG_DELIMITER"
  | "QUOTE_OPEN"
  | "DUPLICATE_HEADER"
  | "UNKNOWN_FIELD"
  | "UNKNOWN_HEADER"
  | "NO_LINKABLE_COLUMN"
  | "NO_INDICATOR_COLUMN"
  | "NO_GOOD_ROW"
  | "TOO_FEW_ROWS"
  | "MAPPING_INVALID" // not a mapping, or one of another version
  | "MAPPING_OPEN" // a question is not answered, and nothing is guessed
  | "MAPPING_MISFIT" // made for files of another form
> {}

/**
 * What is wrong with one row or one cell. Names where and how to cure it, never the value.
 * `cell`: only this cell counts as missing. `row`: the whole row is left out.
 */
export interface RowError {
  readonly severity: "cell" | "row";
  /** 1-based line of the file on which the row starts; the header is a line too. */
  readonly row: number;
  /** Header as in the file; absent if the whole row is meant. */
  readonly column?: string;
  readonly code: RowErrorCode | IndicatorNoteCode;
  readonly cure: string;
}

/** Why an indicator of a case connects nothing. */
export type IndicatorNoteCode =
  | "INDICATOR_TYPE_UNKNOWN"
  | "INDICATOR_UNREADABLE"
  | "INDICATOR_VAGUE"
  | "INDICATOR_GENERIC"
  | "INDICATOR_OWN"
  | "INDICATORS_TOO_MANY"
  | "INDICATOR_FORMS_TOO_MANY";

export type RowErrorCode =
  | "CELL_TOO_LONG"
  | "CELL_CONTROL_CHARACTERS"
  | "CELL_FORMULA_FAILED"
  | "NUMBER_SHORTENED"
  | "CELLS_TOO_FEW"
  | "CELLS_TOO_MANY"
  | "DATE_AMBIGUOUS"
  | "DATE_IMPOSSIBLE"
  | "DATE_UNREADABLE"
  | "DATE_OUT_OF_RANGE"
  | "SEX_UNKNOWN_CODE"
  | "COUNTRY_UNKNOWN"
  | "PHONE_UNREADABLE"
  | "EMAIL_UNREADABLE"
  | "VALUE_NOT_TEXT"
  | "CODE_UNKNOWN"
  | "DATE_YEAR_SHORT"
  | "DATE_INCOMPLETE"
  | "NUMBER_UNREADABLE"
  | "NUMBER_OUT_OF_RANGE"
  | "YES_NO_UNREADABLE"
  | "VALUES_TOO_MANY"
  | "PHONE_COUNTRY_UNKNOWN"
  | "NOTHING_TO_LINK";
