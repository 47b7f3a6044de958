/** What a reader puts into a cell whose formula has no stored result. */
export const FORMULA_WITHOUT_RESULT = "#FORMULA!";

/** Whether a cell holds what a spreadsheet shows when a formula failed, not a value. */
export const isSpreadsheetError = (cell: string): boolean =>
  /^#(REF|VALUE|DIV\/0|NUM|NULL|NAME|SPILL|CALC|FORMULA|BLOCKED|CONNECT|FIELD)[!?]$/.test(cell);
