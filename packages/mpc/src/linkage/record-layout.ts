/**
 * A public agreement on what a record shows when it is compared field by field, and what each
 * level of agreement is worth. Every record has the same bits. Whoever encodes records (case data)
 * has the same types.
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
  | {
      readonly kind: "email";
      readonly whole: number;
      readonly local: number;
      readonly letters: Repeated;
    }
  | { readonly kind: "date" }
  | { readonly kind: "values"; readonly values: Repeated };

/** So many numbers of so many bits each. */
export interface Repeated {
  readonly count: number;
  readonly bits: number;
}

/** Bits of a record that say how rare the value of a field is: from −11 units on. */
export const RARITY_BITS = 4;
export const RARITY_LEAST = -11;
export const RARITY_MOST = RARITY_LEAST + 2 ** RARITY_BITS - 1;

/** A date is a year of four digits, a month and a day of two, and two bits: are they known? */
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
