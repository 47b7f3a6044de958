import { countryCode } from "../normalise/country.js";
import { plainCode } from "../normalise/text.js";
import type { ReadingOptions, Readings } from "./reading.js";

/** Letters of other scripts that stand on plates because they look like these. */
const OTHER_SCRIPTS = "АВЕКМНОРСТУХІЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
const LOOK_LIKE = "ABEKMHOPCTYXISJABEZHIKMNOPTYX";
const LOOK_ALIKE: ReadonlyMap<string, string> = new Map(
  [...OTHER_SCRIPTS].map((sign, k) => [sign, LOOK_LIKE[k]]),
);
const inLatin = (text: string): string =>
  [...text.normalize("NFKC").toUpperCase()].map((sign) => LOOK_ALIKE.get(sign) ?? sign).join("");

/** Signs that are taken for each other when they are read or typed. */
const folded = (code: string): string => code.replace(/[OQ]/g, "0").replace(/[IL]/g, "1");

const COUNTS_UP = ["01234567890123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const isMadeUp = (code: string): boolean =>
  /^(.)\1*$/.test(code) ||
  /^\D*(\d)\1+\D*$/.test(code) ||
  COUNTS_UP.some((row) => row.includes(code)) ||
  /^(TEST|NONE|UNKNOWN|NOPLATE|NOPASSPORT|PENDING)/.test(code);

const PLATE = { least: 4, near: 5, most: 12 };

/** "NL: AB-123-C" or "AB-123-C (Netherlands)": the plate, and the country in front or behind. */
function splitCountry(text: string): { plate: string; country?: number } {
  const front = /^\s*([\p{L}. ]{1,40})\s*[:|]\s*(.+)$/u.exec(text);
  const behind = /^(.+?)\s*[([]\s*([\p{L}. ]{1,40})\s*[)\]]\s*$/u.exec(text);
  const [plate, name] = front ? [front[2], front[1]] : [behind?.[1] ?? text, behind?.[2]];
  const country = name === undefined ? undefined : countryCode(name);
  return country === undefined ? { plate: behind ? plate : text } : { plate, country };
}

/**
 * Number plates. Exact: country and signs, if the country is known. Near: the signs, with O and Q
 * as 0, I and L as 1, five at least; countries may differ, because witnesses often do not know it.
 */
export function readPlateIndicator(cell: string, options: ReadingOptions): Readings {
  const split = splitCountry(cell);
  const home = options.country === undefined ? undefined : countryCode(options.country);
  const country = split.country ?? home;
  const plate = plainCode(inLatin(split.plate));
  if (plate.length > PLATE.most || plate.length === 0) return "unreadable";
  if (isMadeUp(plate)) return "generic";
  if (plate.length < PLATE.least || !/\d/.test(plate)) return "vague";
  const near = [plate.length >= PLATE.near ? folded(plate) : undefined];
  if (country !== undefined) return [{ kind: "plate", exact: `${country} ${plate}`, near }];
  return near[0] === undefined ? "vague" : [{ kind: "plate", near }];
}

const DOCUMENT = { least: 5, digits: 3, near: 7, most: 40 };

/** Neighbours in either order look the same, from one place or the next. */
function unordered(code: string, from: 0 | 1): string {
  const pairs = code.slice(from).match(/.{1,2}/g) ?? [];
  return code.slice(0, from) + pairs.map((pair) => [...pair].sort().join("")).join("");
}

/**
 * Numbers of documents. Exact: letters and digits. Near: the same with O, Q, I, L folded and pairs
 * of neighbours in either order, once from the first sign and once from the second; so two numbers
 * in which *one* pair of neighbours was exchanged have one of the two forms in common. Seven signs
 * at least. A form that is blind to all orders (the signs sorted) would be unsound: eight digits
 * have 24,310 of those, and strangers' numbers often meet; in pairs fewer than one in a million.
 */
export function readDocumentIndicator(cell: string): Readings {
  const code = plainCode(cell);
  const digits = code.replace(/\D/g, "").length;
  if (code.length === 0 || code.length > DOCUMENT.most) return "unreadable";
  if (isMadeUp(code)) return "generic";
  if (code.length < DOCUMENT.least || digits < DOCUMENT.digits) return "vague";
  const near = [0, 1].map((from) =>
    code.length >= DOCUMENT.near ? unordered(folded(code), from as 0 | 1) : undefined,
  );
  return [{ kind: "document", exact: code, near }];
}
