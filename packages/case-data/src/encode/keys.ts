import { assert } from "@symbolon/base/assert";
import { FIELD_NAMES } from "./fields.js";
import { hash32 } from "./hash.js";
import { KEY_MODELS, type KeyLayout, type KeyName } from "./key-layout.js";
import { SEPARATOR } from "./values.js";
import { skeletonView } from "./views.js";

const firstToken = (text: string): string => text.split(" ", 1)[0];

/** A name's first consonants, its first word's, itself. */
const nameParts = (name: string): string[] => {
  const consonants = skeletonView(firstToken(name));
  return [consonants.slice(0, 2), consonants, name];
};

/** Letters at either end of a text, and what lies between them. */
const TEXT_END = 3;
/** Signs at either end of a number. */
const CODE_END = 2;

/**
 * Head, middle and tail of a text. Short ones are repeated (codes: filled up with zeros) until
 * pieces do not overlap, so that any three pieces are those of some text.
 */
function pieces(text: string, end: number): Readonly<Record<"head" | "middle" | "tail", string>> {
  return { head: text.slice(0, end), middle: text.slice(end, -end), tail: text.slice(-end) };
}

function textPieces(text: string) {
  const letters = text.replaceAll(" ", "") || text;
  // Three times, so that a middle is never empty, and thus the same in all short texts.
  const times = Math.ceil((3 * TEXT_END) / letters.length);
  return pieces(letters.repeat(times), TEXT_END);
}

const codePieces = (code: string) => pieces(code.padStart(2 * CODE_END, "0"), CODE_END);

const phoneParts = (phones: string): string[] => {
  const digits = phones.split(SEPARATOR, 1)[0].replace(/\D/g, "");
  return [digits.slice(-5), digits.slice(-9)];
};

/** What each part of a key stands for, from coarse to fine; `undefined` if it is unknown. */
function keyParts(name: KeyName, value: string): readonly string[] | undefined {
  switch (name) {
    case "given":
    case "surname":
      return nameParts(value);
    case "birth-year":
      return [value.slice(0, 4)];
    case "birth-month":
      return value.length < 7 ? undefined : [value.slice(5, 7)];
    case "birth-day":
      return value.length < 10 ? undefined : [value.slice(8, 10)];
    case "place-head":
    case "address-head":
    case "address-2-head":
      return [textPieces(value).head];
    case "place-middle":
    case "address-middle":
    case "address-2-middle":
      return [textPieces(value).middle];
    case "place-tail":
    case "address-tail":
    case "address-2-tail":
      return [textPieces(value).tail];
    case "identifier-head":
    case "postcode-head":
      return [codePieces(value).head];
    case "identifier-middle":
      return [codePieces(value).middle];
    case "identifier-tail":
      return [codePieces(value).tail];
    case "postcode-tail":
      return [codePieces(value).middle + codePieces(value).tail];
    case "phone":
      return phoneParts(value);
    case "email":
      return [value.slice(0, value.lastIndexOf("@")), value];
    case "nationality":
      return [value.split(SEPARATOR, 1)[0]];
    default:
      return [value];
  }
}

const NUMBERS: readonly KeyName[] = [
  "birth-year",
  "birth-month",
  "birth-day",
  "sex",
  "nationality",
];

/** Short numbers stand for themselves; everything else for its hash, by the part's depth. */
function partKey(name: KeyName, text: string, depth: number, bits: number): number {
  const word = NUMBERS.includes(name) ? Number(text) : hash32(text, depth + 1);
  return bits === 32 ? word : word & ((1 << bits) - 1);
}

/** Sets `bits` low bits of `value` at place `at` of `words`. */
function setBits(words: Uint32Array, at: number, bits: number, value: number): void {
  for (let k = 0; k < bits; k += 1) {
    if (((value >>> k) & 1) === 1) words[(at + k) >>> 5] |= 1 << ((at + k) & 31);
  }
}

const LINKAGE_FIELDS: readonly number[] = KEY_MODELS.map(([, of]) => FIELD_NAMES.indexOf(of));

/**
 * Keys of a record from its field values (`fieldValues`), as `layout.bits` / 32 words. Given name
 * and surname have the same function, so that names that were swapped have each other's keys.
 */
export function recordKeys(
  layout: KeyLayout,
  values: readonly (string | undefined)[],
): Uint32Array {
  assert(values.length === FIELD_NAMES.length, "one value or none a linkage field");
  const words = new Uint32Array(layout.bits / 32);
  KEY_MODELS.forEach(([name], f) => {
    const value = values[LINKAGE_FIELDS[f]];
    const parts = value === undefined ? undefined : keyParts(name, value);
    if (parts === undefined) return;
    const { offset, parts: sizes } = layout.fields[f];
    setBits(words, offset, 1, 1);
    let at = offset + 1;
    sizes.forEach((bits, depth) => {
      setBits(words, at, bits, partKey(name, parts[depth], depth, bits));
      at += bits;
    });
  });
  return words;
}
