/** What a spreadsheet takes for the start of a formula. */
const FORMULA = /^\s*[-=+@|%\t\r]/;

/**
 * A text as a cell of a CSV file that we write. What a spreadsheet would compute gets an apostrophe
 * in front, which our own reader takes off again.
 */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
