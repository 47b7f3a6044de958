import { assert } from "@symbolon/base/assert";
import { FIELD_NAMES } from "./fields.js";
import { hash32 } from "./hash.js";
import { KEY_MODELS, type KeyLayout, type KeyName } from "./key-layout.js";
import { SEPARATOR } from "./values.js";
import { skeletonView } from "./views.js";

const firstToken = (text: string): string => text.split(" ", 1)[0];

/** Consonants of a text's words; of a text without Latin letters, the text. */
const skeleton = (text: string): string => text.split(" ").map(skeletonView).join(" ").trim();

/** A name's first consonants, its first word's, itself. */
const nameParts = (name: string): string[] => {
  const consonants = skeletonView(firstToken(name));
  return [consonants.slice(0, 2), consonants, name];
};

const textParts = (text: string): string[] => [
  skeletonView(firstToken(text)),
  skeleton(text),
  text,
];

/** Halves of a number, so that one slip leaves one of them often enough. */
const numberParts = (number: string): string[] => [
  number.slice(0, Math.ceil(number.length / 2)),
  number,
];

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
    case "place":
    case "address":
    case "address-2":
      return textParts(value);
    case "postcode":
      return [value.slice(0, 2), value];
    case "identifier":
      return numberParts(value);
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

/** Short numbers stand for themselves; everything else for its hash, by the part's depth. */
function partKey(name: KeyName, text: string, depth: number, bits: number): number {
  const isNumber = name === "birth-month" || name === "birth-day" || name === "sex";
  const word = isNumber ? Number(text) : hash32(text, depth + 1);
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
