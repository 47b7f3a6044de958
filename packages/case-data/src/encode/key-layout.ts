import { assert } from "@symbolon/base/assert";
import { FIELD_NAMES, type FieldName } from "./fields.js";
import type { LinkageLayout } from "./layout.js";

/**
 * Equality keys of a record, for a second look at the pairs that reach a score, and what it is
 * worth that two of them agree. Public, the same for everybody.
 *
 * A key has parts from coarse to fine; a part counts only where all before it agree. So whoever
 * makes up keys agrees with nobody with whom a record with the same coarse parts does not.
 */
export interface KeyLayout {
  readonly id: string;
  /** Bits of a record's keys, a multiple of 32. */
  readonly bits: number;
  /** Integer units in one bit of evidence. */
  readonly unitsPerBit: number;
  readonly fields: readonly KeyField[];
  /** Two fields whose keys also count if each agrees with the other one's as far as `depth`. */
  readonly swap: { readonly fields: readonly [number, number]; readonly depth: number };
}

export interface KeyField {
  readonly name: string;
  /** Index of the linkage field without which this key is unknown. */
  readonly presence: number;
  /** Place of the bit that says whether the key is known; the parts follow. */
  readonly offset: number;
  /** Bits of each part, from the coarsest. */
  readonly parts: readonly number[];
  /** What agreement of exactly the first d parts is worth, d = 0 … parts; in ascending order. */
  readonly worth: readonly number[];
}

/** Half bits are the smallest weights that anybody could justify. */
const UNITS_PER_BIT = 2;

export type KeyName = FieldName | "birth-year" | "birth-month" | "birth-day";

/** Field, the linkage field that it belongs to, bits of its parts, worth of each depth in bits. */
type KeyModel = readonly [
  name: KeyName,
  of: FieldName,
  parts: readonly number[],
  worth: readonly number[],
];

/**
 * Weights of evidence (Fellegi-Sunter, log2 m/u), each about what such a pair scores at the first
 * look if the value is a frequent one: keys do not know how frequent a value is, and none that many
 * people share may decide by itself. A coarse part that agrees alone hardly counts.
 */
export const KEY_MODELS: readonly KeyModel[] = [
  ["given", "given", [8, 8, 16], [-2.5, 0, 1, 4]],
  ["surname", "surname", [8, 8, 16], [-2.5, 0, 1, 5]],
  ["birth-year", "birth-date", [16], [-2.5, 0.5]],
  ["birth-month", "birth-date", [4], [-0.5, 4]],
  ["birth-day", "birth-date", [5], [-0.5, 4]],
  ["sex", "sex", [2], [-2, 0]],
  ["nationality", "nationality", [16], [-2, 0.5]],
  ["place", "place", [8, 8, 16], [-1, 0, 1, 4]],
  ["region", "region", [16], [-0.5, 0.5]],
  ["postcode", "postcode", [8, 16], [-1, 0, 4]],
  ["street-number", "street-number", [16], [-1, 2.5]],
  ["address", "address", [8, 8, 16], [-1, 0, 1, 4]],
  ["address-2", "address-2", [8, 8, 16], [-0.5, 0, 1, 4]],
  ["identifier", "identifier", [12, 20], [-1.5, 3, 12]],
  ["phone", "phone", [12, 20], [-0.5, 1, 12]],
  ["email", "email", [16, 16], [-0.5, 1, 12]],
];

const SWAP_DEPTH = 2;

/** The keys that go with a layout of persons, version 1. */
export function personKeys(): KeyLayout {
  let offset = 0;
  const fields = KEY_MODELS.map(([name, of, parts, worth]): KeyField => {
    const at = offset;
    offset += 1 + parts.reduce((sum, bits) => sum + bits, 0);
    return {
      name,
      presence: FIELD_NAMES.indexOf(of),
      offset: at,
      parts,
      worth: worth.map((bits) => Math.round(bits * UNITS_PER_BIT)),
    };
  });
  const place = (name: KeyName): number => fields.findIndex((field) => field.name === name);
  return {
    id: "person-keys-1",
    bits: Math.ceil(offset / 32) * 32,
    unitsPerBit: UNITS_PER_BIT,
    fields,
    swap: { fields: [place("given"), place("surname")], depth: SWAP_DEPTH },
  };
}

/** Bits by which the first look asks for less than a query's threshold. */
const FIRST_LOOK_BITS = 3;

/** What keys must be worth at least, and for each bit of a query's threshold. */
const WORTH_BITS = { least: 0.5, share: 0.5 } as const;

/**
 * The two thresholds that a query's own one stands for, `threshold` in units of `layout`. The first
 * look asks for three bits less, so that what agrees by its keys hardly ever fails there; the
 * second one decides. Both grow with `threshold`.
 */
export function looksFor(
  keys: Pick<KeyLayout, "unitsPerBit">,
  layout: Pick<LinkageLayout, "unitsPerBit">,
  threshold: number,
): { readonly score: number; readonly worth: number } {
  assert(threshold >= 1, "a threshold is positive");
  const bits = WORTH_BITS.least + WORTH_BITS.share * (threshold / layout.unitsPerBit);
  return {
    score: Math.max(1, threshold - Math.round(FIRST_LOOK_BITS * layout.unitsPerBit)),
    worth: Math.ceil(bits * keys.unitsPerBit),
  };
}
