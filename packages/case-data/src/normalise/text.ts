import anyAscii from "any-ascii";

/** Entries that mean "not known" in whole cells, compared in lower case without signs. */
const MISSING = new Set([
  "",
  "n/a",
  "n.a.",
  "#n/a",
  "unknown",
  "not known",
  "unk",
  "not provided",
  "not available",
  "not stated",
  "not applicable",
  "undisclosed",
  "missing",
  "nil",
  "no data",
  "desconocido",
  "desconocida",
  "se desconoce",
  "sin dato",
  "inconnu",
  "inconnue",
  "non connu",
  "onbekend",
  "unbekannt",
  "desconhecido",
  "sconosciuto",
  "xxx",
  "tbc",
  "tbd",
]);

/**
 * Signs that nobody sees and that say nothing: marks of direction and of byte order, blanks of no
 * width. Not the joiners, which some scripts need between letters.
 */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

export const withoutUnseen = (text: string): string => text.replace(UNSEEN, "");

/** Whether a cell says that the value is not known. "Null" and "NA" may be names; NULL is not. */
export function isMissing(cell: string): boolean {
  const bare = withoutUnseen(cell).trim();
  if (bare === "NULL" || bare === "(null)" || bare === "NaN") return true;
  return MISSING.has(bare.toLowerCase()) || /^[-–—?.*_/\s0]*$/.test(bare);
}

/** Compatibility forms made one, accents and other scripts written in ASCII, lower case. */
export function latin(text: string): string {
  // Han writes a character a syllable and no blanks: keep the syllables of a name together.
  return anyAscii(text.normalize("NFKC").replace(/[\u200b-\u200f\u202a-\u202e\ufeff]/g, ""))
    .toLowerCase()
    .replace(/[`'’ʻ]/g, "");
}

/** Letters and digits in lower-case ASCII, one blank between words. */
export const plainText = (text: string): string =>
  latin(text)
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/** Letters and digits only, upper case: for codes and document numbers. */
export const plainCode = (text: string): string =>
  latin(text)
    .replace(/[^a-z0-9]/g, "")
    .toUpperCase();
