import { STREET_WORDS } from "../normalise/address.js";
import { isMissing, plainText } from "../normalise/text.js";
import type { Readings } from "./reading.js";

/** Words for a part of a house, in several languages; a number or letter follows or precedes. */
const PART_OF_HOUSE: ReadonlySet<string> = new Set(
  (
    "apartment flat unit suite ste room rm floor fl level door piso puerta planta dpto " +
    "depto departamento apto appartement app apartament ap kvartira kv wohnung whg etage " +
    "stock bus kamer daire kat interior int"
  ).split(" "),
);
const STREET_KINDS: ReadonlySet<string> = new Set([
  ...STREET_WORDS.values(),
  ...(
    "calle carrer avenida avda rua rue via piazza plaza praca strasse straat ulitsa ul " +
    "vulytsia bulevar boulevard building house block no nr number the de la el of"
  ).split(" "),
]);
const ORDINAL = /^\d+(st|nd|rd|th|e|o|a)$/;
const isPartName = (word: string | undefined): boolean =>
  word !== undefined && /^(\d+[a-z]?|[a-z]|\d*(st|nd|rd|th))$/.test(word);
/** Words that say where, besides a number and a kind of street. */
const WORDS_MIN = 2;

function wordsOf(cell: string): string[] {
  const text = plainText(cell.replace(/#\s*(?=[\p{L}\p{N}])/gu, " apt "));
  return text
    .split(" ")
    .filter((word) => word !== "")
    .map((word, k) => (k > 0 ? (STREET_WORDS.get(word) ?? word) : word));
}

/** Without the flat: its word, what follows it or, if that is no name of one, an ordinal before. */
function withoutFlat(words: readonly string[]): string[] {
  const kept: string[] = [];
  for (let k = 0; k < words.length; k += 1) {
    if (!PART_OF_HOUSE.has(words[k])) kept.push(words[k]);
    else if (ORDINAL.test(kept.at(-1) ?? "")) kept.pop();
    else if (isPartName(words[k + 1])) k += 1;
  }
  return kept.map((word) => word.replace(/^(\d+)[a-z]$/, "$1"));
}

/**
 * Addresses. Exact: all words, long forms for kinds of street. Near: without flat, floor and letter
 * of the house, in any order. A number and two words that are no kind of street are needed: "Main
 * Street 12" is everywhere, "Main Street 12, Springfield" in few places.
 */
export function readAddressIndicator(cell: string): Readings {
  if (isMissing(cell)) return "generic";
  const words = wordsOf(cell);
  const house = withoutFlat(words);
  const telling = new Set(
    house.filter((word) => /^[a-z]{3,}$/.test(word) && !STREET_KINDS.has(word)),
  );
  const numbers = house.filter((word) => /\d/.test(word));
  if (words.length === 0) return "unreadable";
  const isPlace = telling.size >= WORDS_MIN || (telling.size === 1 && numbers.length >= 2);
  if (numbers.length === 0 || !isPlace) return "vague";
  const near = [...new Set(house)].sort().join(" ");
  return [{ kind: "address", exact: words.join(" "), near: [near] }];
}
