/**
 * A cell of a CSV file that we write. Text that a spreadsheet would take for a formula gets an
 * apostrophe in front, which our own reader takes off again.
 */
export function csvCell(value: string | number): string {
  const text = String(value);
  const isFormula = typeof value === "string" && /^\s*[-=+@|%\t\r]/.test(text);
  return `"${isFormula ? "'" : ""}${text.replaceAll('"', '""')}"`;
}
