/** Characters after which spreadsheets and databases quote a cell (RFC 4180, section 2). */
const SPECIAL = /["\r\n,;\t]/;

/** A table as a CSV file of lines ended by CR LF, the headings first. */
export function writeCsv(rows: readonly (readonly string[])[], delimiter: string): string {
  const cell = (text: string) =>
    SPECIAL.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => `${row.map(cell).join(delimiter)}\r\n`).join("");
}
