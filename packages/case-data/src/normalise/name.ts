import type { Name } from "../person.js";
import { isMissing, latin } from "./text.js";
import { transliterate } from "./transliterate.js";

/** Titles and forms of address that say nothing about who somebody is. */
const HONORIFICS = new Set([
  "mr",
  "mrs",
  "ms",
  "miss",
  "mx",
  "dr",
  "prof",
  "sir",
  "madam",
  "rev",
  "fr",
  "sr",
  "sra",
  "srta",
  "don",
  "dona",
  "senor",
  "senora",
  "senorita",
  "mme",
  "mlle",
  "monsieur",
  "madame",
  "mademoiselle",
  "dhr",
  "mevr",
  "mw",
  "herr",
  "frau",
  "mevrouw",
  "mevr",
  "domnul",
  "doamna",
  "kyria",
  "kyrios",
  "nangsao",
  "shri",
  "shrimati",
  "smt",
  "mst",
  "mosammat",
  "weizero",
  "weizerit",
  "hajiya",
  "malam",
  "mallam",
  "hadji",
  "hajji",
  "haji",
  "alhaji",
  "alhaja",
  "sheikh",
  "shaikh",
  "ustaz",
  "chief",
  "jr",
  "snr",
  "jnr",
  "ii",
  "iii",
]);

export const isHonorific = (word: string): boolean =>
  HONORIFICS.has(latin(word).replace(/[^a-z]/g, ""));

/** Remarks that clerks leave in name fields: (alias …), "…", aka …. */
const REMARK = /\(.*?\)|\[.*?\]|\b(?:a\.?k\.?a\.?|alias|dite?|conocid[oa] como)\b.*$/gi;

/** Tokens in lower-case Latin letters, without titles; particles stay. */
export function nameTokens(raw: string): string[] {
  const letters = latin(transliterate(raw.replace(REMARK, " "))).replace(/[^a-z]+/g, " ");
  const tokens = letters.split(" ").filter((token) => token !== "");
  const bare = tokens.filter((token) => !HONORIFICS.has(token));
  return bare.length > 0 ? bare : tokens;
}

/** A name as given and normalised, or `undefined` if the cell names nobody. */
export function readName(cell: string): Name | undefined {
  if (isMissing(cell)) return undefined;
  const normal = nameTokens(cell).join(" ");
  return normal === "" ? undefined : { raw: cell, normal };
}

/** Particles that belong to the surname behind them. */
const PARTICLES = new Set([
  "de",
  "del",
  "della",
  "di",
  "da",
  "dos",
  "das",
  "du",
  "la",
  "le",
  "van",
  "von",
  "der",
  "den",
  "ten",
  "ter",
  "al",
  "el",
  "bin",
  "ibn",
  "bint",
  "abu",
  "ben",
  "st",
  "san",
  "santa",
  "mac",
  "mc",
]);

export const isParticle = (word: string): boolean => PARTICLES.has(latin(word));

const HAN_OR_HANGUL = /^[\p{Script=Han}\p{Script=Hangul}]{2,4}$/u;

/**
 * One cell with a whole name → given name and surname: "Surname, Given"; a Chinese or Korean name
 * without a blank (surname first); else the last token with its particles is the surname. A wrong
 * guess costs little, because names are also compared across the two fields.
 */
export function splitFullName(cell: string): { given?: Name; surname?: Name } {
  if (isMissing(cell)) return {};
  const parts = (given: string, surname: string): { given?: Name; surname?: Name } => {
    const first = readName(given);
    const last = readName(surname);
    return { ...(first && { given: first }), ...(last && { surname: last }) };
  };
  const comma = cell.indexOf(",");
  if (comma > 0) return parts(cell.slice(comma + 1), cell.slice(0, comma));
  const compact = cell.trim();
  if (HAN_OR_HANGUL.test(compact)) {
    const signs = [...compact];
    const head = signs.length === 4 ? 2 : 1;
    return parts(signs.slice(head).join(""), signs.slice(0, head).join(""));
  }
  const tokens = nameTokens(cell);
  let start = tokens.length - 1;
  while (start > 1 && PARTICLES.has(tokens[start - 1])) start -= 1;
  if (tokens.length < 2) return parts(cell, "");
  return parts(tokens.slice(0, start).join(" "), tokens.slice(start).join(" "));
}
