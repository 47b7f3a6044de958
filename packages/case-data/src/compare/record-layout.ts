import { FIELD_NAMES } from "../encode/fields.js";
import {
  COMPARISONS,
  type ComparisonModel,
  type ComparisonName,
  levelWeight,
  WEIGHT_UNITS_PER_BIT,
} from "./models.js";

/**
 * A public agreement on what a record shows when it is compared field by field, bit by bit, and
 * what each level of agreement is worth. All records have the same bits, so that nodes compare
 * them without seeing them. `mpc` has the same types; queries join the two.
 */
export interface RecordLayout {
  readonly id: string;
  /** Bits of a record, a multiple of 32. */
  readonly bits: number;
  /** Weight units in one bit of evidence. */
  readonly unitsPerBit: number;
  readonly fields: readonly RecordField[];
  /** Two names, and the level of both if each is close to the other one. */
  readonly swap: { readonly fields: readonly [number, number]; readonly level: number };
}

export interface RecordField {
  readonly name: string;
  /** Linkage field without which this one is unknown. */
  readonly presence: number;
  /** Place of the bit that says whether it is known (the nodes put it there); parts follow. */
  readonly offset: number;
  readonly parts: RecordParts;
  /** What each level is worth, in units, from different to same. */
  readonly weights: readonly number[];
  /** Where it counts how rare the value is; its four bits are the field's last. */
  readonly rarity?: RarityLevels;
}

/** Rarity counts twice at level `to`, that of the same values, and once from level `from` on. */
export interface RarityLevels {
  readonly from: number;
  readonly to: number;
}

/** What of a field is compared, in this order of bits, lowest bit first. Zeros: nothing there. */
export type RecordParts =
  /** Hash of the whole; letters; consonants by sound; hashes of longer words. */
  | {
      readonly kind: "name";
      readonly whole: number;
      readonly letters: Repeated;
      readonly sounds: Repeated;
      readonly words: Repeated;
    }
  | {
      readonly kind: "text";
      readonly whole: number;
      readonly letters: Repeated;
      readonly words: Repeated;
    }
  | { readonly kind: "code"; readonly whole: number; readonly letters: Repeated }
  /** Hash of the whole; of what stands before the @, and its letters. */
  | {
      readonly kind: "email";
      readonly whole: number;
      readonly local: number;
      readonly letters: Repeated;
    }
  /** Year, month and day in eight decimal digits of four bits; is the month known, is the day? */
  | { readonly kind: "date" }
  /** Values, of which one in common is enough. */
  | { readonly kind: "values"; readonly values: Repeated };

/** So many numbers of so many bits each. */
export interface Repeated {
  readonly count: number;
  readonly bits: number;
}

/** Bits of a record that say how rare the value of a field is: −11 … 4 units. */
export const RARITY_BITS = 4;
export const RARITY_LEAST = -11;

export const DATE_DIGITS = 8;
export const DIGIT_BITS = 4;

const size = ({ count, bits }: Repeated): number => count * bits;

/** Bits of a field's parts. */
export function partBits(parts: RecordParts): number {
  switch (parts.kind) {
    case "name":
      return parts.whole + size(parts.letters) + size(parts.sounds) + size(parts.words);
    case "text":
      return parts.whole + size(parts.letters) + size(parts.words);
    case "code":
      return parts.whole + size(parts.letters);
    case "email":
      return parts.whole + parts.local + size(parts.letters);
    case "date":
      return DATE_DIGITS * DIGIT_BITS + 2;
    default:
      return size(parts.values);
  }
}

const of = (count: number, bits: number): Repeated => ({ count, bits });

/** Hashes this long meet by chance once in 16 million comparisons. */
const WHOLE = 24;
/** Letters of names are the 26 and one for all else; those of texts and codes have digits too. */
const NAME: RecordParts = {
  kind: "name",
  whole: WHOLE,
  letters: of(12, 5),
  sounds: of(8, 5),
  words: of(3, 16),
};
const TEXT: RecordParts = { kind: "text", whole: WHOLE, letters: of(12, 6), words: of(3, 16) };
const CODE: RecordParts = { kind: "code", whole: WHOLE, letters: of(12, 6) };
const values = (count: number, bits: number): RecordParts => ({
  kind: "values",
  values: of(count, bits),
});

const PARTS: Readonly<Record<ComparisonName, RecordParts>> = {
  given: NAME,
  surname: NAME,
  "birth-date": { kind: "date" },
  sex: values(1, 2),
  nationality: values(3, 10),
  region: values(1, 16),
  place: TEXT,
  address: TEXT,
  "address-2": TEXT,
  postcode: CODE,
  "street-number": CODE,
  identifier: CODE,
  phone: values(2, 24),
  email: { kind: "email", whole: WHOLE, local: WHOLE, letters: of(12, 6) },
};

/** Level of a name that stands in the other's field. */
const SWAPPED_NAMES = 5;

const rarityBits = ({ rarity }: ComparisonModel): number =>
  rarity === undefined ? 0 : RARITY_BITS;

/** What persons are compared by, version 1. */
export function personRecords(): RecordLayout {
  let offset = 0;
  const fields = COMPARISONS.map((model): RecordField => {
    const parts = PARTS[model.name];
    const at = offset;
    offset += 1 + partBits(parts) + rarityBits(model);
    return {
      name: model.name,
      presence: FIELD_NAMES.indexOf(model.of),
      offset: at,
      parts,
      weights: model.levels.map(levelWeight),
      ...(model.rarity && { rarity: model.rarity }),
    };
  });
  const place = (name: ComparisonName): number => fields.findIndex((one) => one.name === name);
  return {
    id: "person-records-1",
    bits: Math.ceil(offset / 32) * 32,
    unitsPerBit: WEIGHT_UNITS_PER_BIT,
    fields,
    swap: { fields: [place("given"), place("surname")], level: SWAPPED_NAMES },
  };
}
