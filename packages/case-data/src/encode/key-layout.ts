import { assert } from "@symbolon/base/assert";
import { FIELD_NAMES, type FieldName } from "./fields.js";
import type { LinkageLayout } from "./layout.js";

/**
 * Equality keys of a record, for a second look at the pairs that reach a score, and what it is
 * worth that two of them agree. Public, the same for everybody.
 *
 * A key has parts from coarse to fine; a part counts only where all before it agree. Keys of one
 * linkage field are pieces of its value, such that any pieces make up a value that somebody could
 * have. So whoever makes up keys agrees with nobody with whom a record of real values does not.
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
  /** By linkage field: bits by which the first look is milder than the score if both know it. */
  readonly lenient: readonly number[];
}

export interface KeyField {
  readonly name: string;
  /** Index of the linkage field without which this key is unknown. */
  readonly presence: number;
  /** Whether the key may be unknown although its linkage field is known: a date without a day. */
  readonly optional: boolean;
  /**
   * Place of the bit that says whether the key is known; the parts follow. The nodes put the
   * presence of its linkage field there, ANDed with what was sent if the key is optional.
   */
  readonly offset: number;
  /** Bits of each part, from the coarsest. */
  readonly parts: readonly number[];
  /** What agreement of exactly the first d parts is worth, d = 0 … parts; in ascending order. */
  readonly worth: readonly number[];
}

/** Half bits are the smallest weights that anybody could justify. */
const UNITS_PER_BIT = 2;

type Piece = "head" | "middle" | "tail";
type Text = "place" | "address" | "address-2";

export type KeyName =
  | "given"
  | "surname"
  | `birth-${"year" | "month" | "day"}`
  | "sex"
  | "nationality"
  | "region"
  | "street-number"
  | "phone"
  | "email"
  | `${Text | "identifier"}-${Piece}`
  | `postcode-${"head" | "tail"}`;

/** Field, the linkage field that it belongs to, bits of its parts, worth of each depth in bits. */
type KeyModel = readonly [
  name: KeyName,
  of: FieldName,
  parts: readonly number[],
  worth: readonly number[],
];

/**
 * Weights of evidence (Fellegi-Sunter, log2 m/u). Each is about the least that such a pair scores
 * at the first look, where the value is a frequent one: keys do not know how frequent a value is,
 * and what agrees by its keys must not fail at the first look. A coarse part that agrees alone
 * hardly counts. A key that may be unknown costs nothing where it disagrees, or leaving it out
 * would pay.
 */
export const KEY_MODELS: readonly KeyModel[] = [
  ["given", "given", [8, 8, 16], [-2.5, -1, 1, 4]],
  ["surname", "surname", [8, 8, 16], [-2.5, -1, 1, 5]],
  ["birth-year", "birth-date", [12], [-4.5, 0.5]],
  ["birth-month", "birth-date", [4], [0, 4]],
  ["birth-day", "birth-date", [5], [0, 4]],
  ["sex", "sex", [2], [-2.5, 0.5]],
  ["nationality", "nationality", [12], [-2.5, 0]],
  ["place-head", "place", [14], [-0.5, 1]],
  ["place-middle", "place", [14], [-0.5, 2]],
  ["place-tail", "place", [14], [-0.5, 1]],
  ["region", "region", [12], [-1.5, 0.5]],
  ["postcode-head", "postcode", [10], [-1, 2]],
  ["postcode-tail", "postcode", [14], [-1, 2]],
  ["street-number", "street-number", [14], [-1, 2]],
  ["address-head", "address", [14], [-0.5, 1]],
  ["address-middle", "address", [14], [-0.5, 2]],
  ["address-tail", "address", [14], [-0.5, 0.5]],
  ["address-2-head", "address-2", [14], [-0.5, 1.5]],
  ["address-2-middle", "address-2", [14], [-0.5, 2]],
  ["address-2-tail", "address-2", [14], [-0.5, 0.5]],
  ["identifier-head", "identifier", [10], [-1, 3.5]],
  ["identifier-middle", "identifier", [16], [-1, 4]],
  ["identifier-tail", "identifier", [10], [-1, 3.5]],
  ["phone", "phone", [12, 20], [-1, 0.5, 8]],
  ["email", "email", [16, 16], [-1, 0.5, 12]],
];

/** Keys that a record may lack although it has the field. */
const OPTIONAL: readonly KeyName[] = ["birth-month", "birth-day"];

/**
 * Bits by which the first look is milder than the score, for each field that both know. Keys know
 * of near agreement less than the score does, so they punish disagreement less; without this, pairs
 * whose keys agree in some fields and not in many others would fail at the first look.
 */
const LENIENT_BITS: Readonly<Partial<Record<FieldName, number>>> = {
  given: 0.6,
  surname: 0.6,
  "birth-date": 1.5,
  sex: 0.7,
  nationality: 0.3,
  place: 0.7,
  region: 0.7,
  postcode: 1,
  "street-number": 0.7,
  address: 0.7,
  "address-2": 0.5,
  identifier: 1.5,
  phone: 0.7,
  email: 0.7,
};

const SWAP_DEPTH = 2;

/** The keys that go with a layout of persons, version 2. */
export function personKeys(): KeyLayout {
  let offset = 0;
  const fields = KEY_MODELS.map(([name, of, parts, worth]): KeyField => {
    const at = offset;
    offset += 1 + parts.reduce((sum, bits) => sum + bits, 0);
    return {
      name,
      presence: FIELD_NAMES.indexOf(of),
      optional: OPTIONAL.includes(name),
      offset: at,
      parts,
      worth: worth.map((bits) => Math.round(bits * UNITS_PER_BIT)),
    };
  });
  const place = (name: KeyName): number => fields.findIndex((field) => field.name === name);
  return {
    id: "person-keys-2",
    bits: Math.ceil(offset / 32) * 32,
    unitsPerBit: UNITS_PER_BIT,
    fields,
    swap: { fields: [place("given"), place("surname")], depth: SWAP_DEPTH },
    lenient: FIELD_NAMES.map((name) => LENIENT_BITS[name] ?? 0),
  };
}

/** Bits by which the first look asks for less than a query's threshold. */
const FIRST_LOOK_BITS = 5;

/** What keys must be worth at least, and for each bit of a query's threshold. */
const WORTH_BITS = { least: 0.5, share: 0.5 } as const;

/** Pairs of ours and theirs that go from the first look to the second. Constants of the query. */
export const CANDIDATES = {
  /** Columns of theirs that make up a group. */
  ofRows: 512,
  /** A row keeps 2^rankBits − 1 candidates of a group; of more, none counts. */
  rankBits: 5,
} as const;

/** What the two looks for a query's threshold ask for. */
export interface Looks {
  /** By linkage field: what the first look adds where both know it, in score units. */
  readonly constants: readonly number[];
  /** Score units that a pair must reach at the first look. */
  readonly score: number;
  /** Units of `keys` that its keys must be worth. */
  readonly worth: number;
}

/**
 * The looks that a query's `threshold`, in units of `layout`, stands for. The first look asks for
 * less and is milder, so that what agrees by its keys hardly ever fails there; the second one
 * decides. Both grow with `threshold`.
 */
export function looksFor(
  keys: Pick<KeyLayout, "unitsPerBit" | "lenient">,
  layout: Pick<LinkageLayout, "unitsPerBit" | "fields">,
  threshold: number,
): Looks {
  assert(threshold >= 1, "a threshold is positive");
  const { unitsPerBit, fields } = layout;
  const bits = WORTH_BITS.least + WORTH_BITS.share * (threshold / unitsPerBit);
  return {
    constants: fields.map(
      ({ constant }, f) => constant[0] * constant[1] + Math.round(keys.lenient[f] * unitsPerBit),
    ),
    score: Math.max(1, threshold - Math.round(FIRST_LOOK_BITS * unitsPerBit)),
    worth: Math.ceil(bits * keys.unitsPerBit),
  };
}
