import { assert } from "@symbolon/base/assert";
import { RECORDS } from "./link-rule.js";
import type { ComparisonName } from "./models.js";
import { DATE_DIGITS, DIGIT_BITS, type RecordField, type RecordLayout } from "./record-layout.js";

/**
 * Which pairs of two lists are looked at, without looking at all: those whose rows stand near one
 * another when both lists are sorted together by one of a few keys. Public. `mpc` has the same
 * types, and says what each field means.
 */
export interface BandRule {
  readonly records: RecordLayout;
  readonly parts: readonly BandPart[];
  readonly bands: readonly Band[];
  /** What the parts that agree must be worth together, so that a pair is weighed. */
  readonly least: number;
  readonly slotRowsMax: number;
}

/** A piece of a record that two records have in common, or not. */
export interface BandPart {
  readonly name: string;
  /** Places of bits of a record that must be set: a part that is not known agrees with nothing. */
  readonly known: readonly number[];
  /** What must be equal: each is the XOR of bits of a record, given by their places. */
  readonly bits: readonly (readonly number[])[];
  /** What it is worth if it agrees; 0 if it only makes keys. */
  readonly worth: number;
}

/** One order of the rows of both lists. */
export interface Band {
  readonly name: string;
  /** Parts that make up the key, by number: a pair of the band agrees in all of them. */
  readonly parts: readonly number[];
  /** Rows of one key are ordered by so many bits of hashes of these parts, the first above. */
  readonly near: readonly { readonly part: number; readonly bits: number }[];
  /** Each row is paired with so many that come after it. */
  readonly window: number;
  /** Candidates that the band has room for, for each row of ours. */
  readonly perRow: number;
}

const fieldOf = (name: ComparisonName): RecordField => {
  const field = RECORDS.fields.find((one) => one.name === name);
  assert(field !== undefined, "a field of the records");
  return field;
};

const places = (from: number, count: number): number[][] =>
  Array.from({ length: count }, (_, k) => [from + k]);

/** The first bits of a field's parts: of a hash of the whole, or of its first value. */
function whole(name: ComparisonName, bits: number) {
  const { offset } = fieldOf(name);
  return { known: [offset], bits: places(offset + 1, bits) };
}

type NameField = "given" | "surname";

/** Where letters of a name begin in a record, or its consonants. */
function nameBits(name: NameField, of: "letters" | "sounds") {
  const { offset, parts } = fieldOf(name);
  assert(parts.kind === "name", "a name");
  const letters = offset + 1 + parts.whole;
  const { count, bits } = parts.letters;
  return of === "letters"
    ? { offset, from: letters, ...parts.letters }
    : { offset, from: letters + count * bits, ...parts.sounds };
}

/** The first so many letters of a name, or consonants. */
function start(name: NameField, of: "letters" | "sounds", count: number) {
  const { offset, from, bits } = nameBits(name, of);
  return { known: [offset], bits: places(from, count * bits) };
}

/** Both names' consonants XORed: the same for whoever has them in each other's field. */
function bothNames() {
  const [given, surname] = [nameBits("given", "sounds"), nameBits("surname", "sounds")];
  const bits = Array.from({ length: given.count * given.bits }, (_, k) => [
    given.from + k,
    surname.from + k,
  ]);
  return { known: [given.offset, surname.offset], bits };
}

/** Digits of a birth date; a month or a day counts only where it is known. */
function digits(from: number, to: number) {
  const { offset } = fieldOf("birth-date");
  const knows = offset + 1 + DATE_DIGITS * DIGIT_BITS;
  const known = [offset, ...(to > 4 ? [knows] : []), ...(to > 6 ? [knows + 1] : [])];
  return {
    known,
    bits: places(offset + 1 + from * DIGIT_BITS, (to - from) * DIGIT_BITS),
  };
}

/** Bits of a hash of a whole value, and of codes, as records have them. */
const HASH = 24;
const NATIONALITY = 10;
const SEX = 2;

type PartModel = readonly [part: Omit<BandPart, "name" | "worth">, worth: number];

/** Worths are about the bits that agreement says; names' parts lie within one another. */
const PARTS = {
  "given-2": [start("given", "sounds", 2), 0],
  "given-3": [start("given", "sounds", 3), 5],
  "given-a": [start("given", "letters", 1), 0],
  "given-abc": [start("given", "letters", 3), 3],
  "surname-2": [start("surname", "sounds", 2), 0],
  "surname-3": [start("surname", "sounds", 3), 5],
  "surname-a": [start("surname", "letters", 1), 0],
  "surname-abc": [start("surname", "letters", 3), 3],
  names: [bothNames(), 7],
  year: [digits(0, 4), 5],
  month: [digits(4, 6), 3],
  day: [digits(6, 8), 4],
  sex: [whole("sex", SEX), 1],
  nationality: [whole("nationality", NATIONALITY), 2],
  place: [whole("place", HASH), 5],
  postcode: [whole("postcode", HASH), 7],
  "street-number": [whole("street-number", HASH), 4],
  identifier: [whole("identifier", HASH), 12],
  phone: [whole("phone", HASH), 12],
  email: [whole("email", HASH), 12],
} satisfies Readonly<Record<string, PartModel>>;

type PartName = keyof typeof PARTS;

const PART_NAMES = Object.keys(PARTS) as PartName[];

type BandModel = readonly [
  key: readonly PartName[],
  near: readonly (readonly [part: PartName, bits: number])[],
  window: number,
  perRow: number,
];

/** In order: a pair belongs to the first band in whose key it agrees. */
const BANDS: readonly BandModel[] = [
  [["identifier"], [], 6, 1.25],
  [["phone"], [], 4, 0.5],
  [
    ["year", "month", "day"],
    [
      ["surname-a", 3],
      ["given-a", 3],
    ],
    8,
    1.25,
  ],
  [["given-abc", "surname-2"], [["year", 6]], 8, 2],
  [["names"], [["year", 6]], 8, 0.5],
  [
    ["year", "surname-2"],
    [
      ["month", 4],
      ["day", 4],
    ],
    8,
    1,
  ],
  [["surname-abc", "given-2"], [["year", 6]], 8, 0.75],
  [["given-3", "surname-a", "nationality"], [["year", 6]], 8, 0.75],
  [["month", "day", "nationality"], [["year", 6]], 8, 0.5],
];

/** What the parts of a pair must be worth on so many rows; a doubling asks for one more. */
const LEAST = { worth: 11, rows: 5_000 } as const;

/** Slots of a batch: 23 MB of records. */
const SLOT_ROWS = 1 << 16;

/**
 * The rule for two lists of so many rows, version 1: the longer they are, the more is asked of a
 * pair, as with the weight of a match. Which pairs it finds, and how many: docs/linkage.md.
 */
export function personBands(rows: number, columns: number): BandRule {
  const doublings = Math.round(Math.log2(Math.sqrt(rows * columns) / LEAST.rows));
  const least = LEAST.worth + Math.max(0, doublings);
  const number = (name: PartName): number => PART_NAMES.indexOf(name);
  const parts = PART_NAMES.map((name): BandPart => {
    const [part, worth] = PARTS[name];
    return { name, worth, ...part };
  });
  const bands = BANDS.map(
    ([key, near, window, perRow]): Band => ({
      name: key.join(" + "),
      parts: key.map(number),
      near: near.map(([part, bits]) => ({ part: number(part), bits })),
      window,
      perRow,
    }),
  );
  return { records: RECORDS, parts, bands, least, slotRowsMax: SLOT_ROWS };
}
