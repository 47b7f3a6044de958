/** What a cell's number format makes of its number, as far as it changes what the number means. */
export type NumberKind = "number" | "date" | { readonly zeros: number };

/** Formats that every spreadsheet has by number: dates, and times of day. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47 && id !== 46) ||
  (id >= 50 && id <= 58);

/**
 * The kind of a number format. Dates have letters for days, months, years or hours outside quoted
 * text and brackets; [h] counts hours and is none. A format of zeros alone fills a number up, as
 * 00000 does with postcodes.
 */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) return isBuiltInDate(id) ? "date" : "number";
  const [first] = code.split(";");
  if (/\[(h+|m+|s+)\]/i.test(first)) return "number";
  const bare = first
    .replace(/"[^"]*"/g, "")
    .replace(/\[[^\]]*\]/g, "")
    .replace(/[\\_*]./g, "");
  if (/^0{2,20}$/.test(bare)) return { zeros: bare.length };
  return /[dyh]|m+[^a-z]*s|^m+$/i.test(bare.replace(/general/i, "")) ? "date" : "number";
}
