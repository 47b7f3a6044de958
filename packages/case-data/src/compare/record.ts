import { assert } from "@symbolon/base/assert";
import { FIELD_NAMES } from "../encode/fields.js";
import { hash32 } from "../encode/hash.js";
import type { ListStats } from "../encode/stats.js";
import { SEPARATOR } from "../encode/values.js";
import { STREET_KINDS } from "../normalise/address.js";
import { comparableText, nameLetters } from "./comparable.js";
import { recordRarity } from "./rarity.js";
import {
  DATE_DIGITS,
  DIGIT_BITS,
  partBits,
  RARITY_BITS,
  RARITY_LEAST,
  type RecordField,
  type RecordLayout,
  type RecordParts,
  type Repeated,
} from "./record-layout.js";

/** Field values in the order of `FIELD_NAMES`; `undefined` where a field is unknown. */
export type Values = readonly (string | undefined)[];

/** Short words are shared by many names: they do not make two names alike. */
const WORD_LETTERS_MIN = { name: 3, text: 4 } as const;

/**
 * What a record shows when it is compared, as `layout.bits` / 32 words. How rare values are comes
 * from `stats`, those of the own list; half of it, since it counts twice.
 */
export function comparisonRecord(
  layout: RecordLayout,
  values: Values,
  stats: ListStats,
): Uint32Array {
  assert(values.length === FIELD_NAMES.length, "one value or none a field");
  const record = new Uint32Array(layout.bits / 32);
  for (const field of layout.fields) {
    const value = values[field.presence];
    if (value === undefined) continue;
    const writer = new BitWriter(record, field.offset);
    writer.write(1, 1);
    writeParts(writer, field.name, field.parts, value);
    if (field.rarity !== undefined) {
      const rare = recordRarity(stats, field.presence, values, layout.unitsPerBit);
      const half = Math.round((rare * layout.unitsPerBit) / 2);
      writer.write(Math.max(0, half - RARITY_LEAST), RARITY_BITS);
    }
  }
  return record;
}

/** How rare a record says that its value of a field is, in units; half of it: it counts twice. */
export function rarityOf(field: RecordField, record: Uint32Array): number {
  if (field.rarity === undefined) return 0;
  return RARITY_LEAST + readNumber(record, field.offset + 1 + partBits(field.parts), RARITY_BITS);
}

/** The parts of a field as a record shows them: whole numbers; absent letters are cut off. */
export interface ShownParts {
  readonly isKnown: boolean;
  readonly whole: number;
  readonly local: number;
  readonly letters: readonly number[];
  readonly sounds: readonly number[];
  readonly words: readonly number[];
  readonly values: readonly number[];
  readonly digits: readonly number[];
  readonly hasMonth: boolean;
  readonly hasDay: boolean;
}

/** Reads what `comparisonRecord` wrote; any bits can be read. */
export function shownParts(field: RecordField, record: Uint32Array): ShownParts {
  let at = field.offset;
  const one = (bits: number): number => {
    at += bits;
    return readNumber(record, at - bits, bits);
  };
  const many = ({ count, bits }: Repeated): number[] =>
    Array.from({ length: count }, () => one(bits));
  const { parts } = field;
  const none = { whole: 0, local: 0, letters: [], sounds: [], words: [], values: [], digits: [] };
  const known = { ...none, isKnown: one(1) === 1, hasMonth: false, hasDay: false };
  switch (parts.kind) {
    case "name": {
      const [whole, letters] = [one(parts.whole), text(many(parts.letters))];
      return {
        ...known,
        whole,
        letters,
        sounds: text(many(parts.sounds)),
        words: many(parts.words),
      };
    }
    case "text":
      return {
        ...known,
        whole: one(parts.whole),
        letters: text(many(parts.letters)),
        words: many(parts.words),
      };
    case "code":
      return { ...known, whole: one(parts.whole), letters: text(many(parts.letters)) };
    case "email":
      return {
        ...known,
        whole: one(parts.whole),
        local: one(parts.local),
        letters: text(many(parts.letters)),
      };
    case "date": {
      const digits = many({ count: DATE_DIGITS, bits: DIGIT_BITS });
      return { ...known, digits, hasMonth: one(1) === 1, hasDay: one(1) === 1 };
    }
    default:
      return { ...known, values: many(parts.values) };
  }
}

/** Letters up to the last one that is there. */
const text = (letters: readonly number[]): number[] =>
  letters.slice(0, letters.findLastIndex((letter) => letter !== 0) + 1);

function writeParts(out: BitWriter, name: string, parts: RecordParts, value: string): void {
  switch (parts.kind) {
    case "name":
    case "text": {
      const { letters, words, consonants } = comparableText(value);
      out.write(hash32(value), parts.whole);
      const shown = parts.kind === "name" ? nameLetters(letters) : letters;
      out.repeat(letterCodes(shown, parts.letters.bits), parts.letters);
      if (parts.kind === "name") {
        out.repeat(letterCodes(consonants, parts.sounds.bits), parts.sounds);
      }
      const isAddress = name === "address" || name === "address-2";
      const says = (word: string): boolean =>
        word.length >= WORD_LETTERS_MIN[parts.kind] && !(isAddress && STREET_KINDS.has(word));
      const long = words.filter(says);
      out.repeat(
        long.map((word) => hashed(word, parts.words.bits)),
        parts.words,
      );
      return;
    }
    case "code":
      out.write(hash32(value), parts.whole);
      out.repeat(letterCodes(value, parts.letters.bits), parts.letters);
      return;
    case "email": {
      const local = value.slice(0, value.lastIndexOf("@"));
      out.write(hash32(value), parts.whole);
      out.write(hash32(local), parts.local);
      out.repeat(letterCodes(local, parts.letters.bits), parts.letters);
      return;
    }
    case "date": {
      const digits = [...value.replaceAll("-", "")].map(Number);
      out.repeat(digits, { count: DATE_DIGITS, bits: DIGIT_BITS });
      out.write(digits.length >= 6 ? 1 : 0, 1);
      out.write(digits.length >= 8 ? 1 : 0, 1);
      return;
    }
    default: {
      const isCode = name === "sex" || name === "nationality";
      out.repeat(
        value
          .split(SEPARATOR)
          .map((one) => (isCode ? Number(one) : hashed(one, parts.values.bits))),
        parts.values,
      );
    }
  }
}

/** A hash of so many bits that is not 0, which means nothing there. */
function hashed(text: string, bits: number): number {
  const hash = hash32(text) % 2 ** bits;
  return hash === 0 ? 1 : hash;
}

/** a to z are 1 to 26; with six bits digits are 27 to 36; all else is the number after the last. */
function letterCodes(text: string, bits: number): number[] {
  const known = bits > 5 ? "abcdefghijklmnopqrstuvwxyz0123456789" : "abcdefghijklmnopqrstuvwxyz";
  return [...text.toLowerCase()].map((sign) => {
    const at = known.indexOf(sign);
    return at < 0 ? known.length + 1 : at + 1;
  });
}

class BitWriter {
  readonly #words: Uint32Array;
  #at: number;

  constructor(words: Uint32Array, at: number) {
    this.#words = words;
    this.#at = at;
  }

  /** The lowest `bits` bits of a number, lowest first. */
  write(value: number, bits: number): void {
    for (let k = 0; k < bits; k += 1, this.#at += 1) {
      if (((value >>> k) & 1) === 1) this.#words[this.#at >>> 5] |= 1 << (this.#at & 31);
    }
  }

  /** So many numbers: what is too much is left out, what is missing is 0. */
  repeat(values: readonly number[], { count, bits }: Repeated): void {
    for (let k = 0; k < count; k += 1) this.write(values[k] ?? 0, bits);
  }
}

/** At most 32 bits from place `at`. */
function readNumber(words: Uint32Array, at: number, bits: number): number {
  const [word, from] = [at >>> 5, at & 31];
  const low = words[word] >>> from;
  const high = from === 0 ? 0 : words[word + 1] << (32 - from);
  return bits === 32 ? (low | high) >>> 0 : (low | high) & ((1 << bits) - 1);
}
