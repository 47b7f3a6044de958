import { assert } from "@symbolon/base/assert";
import type { PairFloor } from "./pair-floor.js";
import type { RecordLayout } from "./record-layout.js";

/**
 * Which pairs of two lists are looked at, without looking at all: those whose rows stand near one
 * another when both lists are sorted together by one of a few keys. Public. Whoever writes rules
 * (case data) has the same types.
 */
export interface BandRule {
  readonly records: RecordLayout;
  readonly parts: readonly BandPart[];
  readonly bands: readonly Band[];
  /** What the parts that agree must be worth together, so that a pair is weighed. */
  readonly least: number;
  /** Slots that are compacted together, at most, unless 128 rows have more: bounds the memory. */
  readonly slotRowsMax: number;
  /** What a pair must have to count as one at all; absent if every candidate does. */
  readonly floor?: PairFloor;
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

/** Bits of a row's place in a band: those of the key, then those of `near`. */
export const SORT_BITS = 32;

/** A bit of a part, by the part's number and the place in its `bits`. */
export type PartBit = readonly [part: number, bit: number];

/** The parts that a band sorts by, each once. */
export const sortedParts = ({ parts, near }: Band): number[] => [
  ...new Set([...parts, ...near.map(({ part }) => part)]),
];

/**
 * The sort key of a band, the lowest bit first: each is the XOR of bits of parts. Bits of a part
 * that is not known are zeros, so that nobody has a key without what it claims. They are hashed by
 * a public matrix over GF(2). Nothing of a key is ever opened; records whose keys meet by chance
 * only stand in between.
 */
export function sortKeyBits(rule: BandRule, band: Band): readonly (readonly PartBit[])[] {
  const near = band.near.reduce((sum, { bits }) => sum + bits, 0);
  assert(near <= SORT_BITS / 2, "half of a sort key is the key's at least");
  const bits: PartBit[][] = Array.from({ length: SORT_BITS }, () => []);
  const hashInto = (parts: readonly number[], from: number, count: number): void => {
    let index = 0;
    for (const part of parts) {
      for (const bit of rule.parts[part].bits.keys()) {
        index += 1;
        const row = mixed(index);
        for (let q = 0; q < count; q += 1) {
          if (((row >>> q) & 1) === 1) bits[from + q].push([part, bit]);
        }
      }
    }
  };
  hashInto(band.parts, near, SORT_BITS - near);
  let from = near;
  for (const { part, bits: count } of band.near) {
    from -= count;
    hashInto([part], from, count);
  }
  return bits;
}

/** Row `index` of the public matrix: MurmurHash3's finaliser of a multiple of the golden ratio. */
function mixed(index: number): number {
  let word = Math.imul(index, 0x9e3779b1);
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}

/** Pairs of rows of a sorted table that are compacted together. */
export interface BandBatch {
  /** Of rows first, first + stride, …, each with those that come next. */
  readonly first: number;
  readonly stride: number;
  /** So many rows, a multiple of 128; those behind the table's end are empty. */
  readonly rows: number;
  readonly places: number;
}

/**
 * The batches of a band; public. Their rows lie apart, so that those of one frequent key fall into
 * different batches; each has an even share of the band's room.
 */
export function bandBatches(
  { slotRowsMax }: BandRule,
  { window, perRow }: Band,
  ours: number,
  theirs: number,
): BandBatch[] {
  const total = ours + theirs;
  const height = Math.max(128, 128 * Math.floor(slotRowsMax / window / 128));
  const stride = Math.ceil(total / height);
  const rows = 128 * Math.ceil(total / stride / 128);
  const places = 128 * Math.max(1, Math.ceil((ours * perRow) / stride / 128));
  return Array.from({ length: stride }, (_, first) => ({
    first,
    stride,
    rows,
    places: Math.min(places, rows * window),
  }));
}

/** Places of all batches of all bands. */
export const bandPlaces = (rule: BandRule, ours: number, theirs: number): number =>
  rule.bands.reduce(
    (sum, band) =>
      sum + bandBatches(rule, band, ours, theirs).reduce((all, { places }) => all + places, 0),
    0,
  );

/** Gates of a slot, of a row of a sort for each level, and of a place, in pairs to compare. */
const [PAIRS_A_SLOT, PAIRS_A_LEVEL, PAIRS_A_PLACE] = [18, 2, 250];

/** Work of sorting a band's rows, in pairs to compare; for progress. */
export const sortWork = (rows: number): number => rows * Math.ceil(Math.log2(rows)) * PAIRS_A_LEVEL;

/** Work of a batch. */
export const batchWork = ({ rows, places }: BandBatch, { window }: Band): number =>
  rows * window * PAIRS_A_SLOT + places * PAIRS_A_PLACE;

/** Work of all bands. */
export const bandWork = (rule: BandRule, ours: number, theirs: number): number =>
  rule.bands.reduce((sum, band) => {
    const batches = bandBatches(rule, band, ours, theirs);
    return batches.reduce(
      (all, batch) => all + batchWork(batch, band),
      sum + sortWork(ours + theirs),
    );
  }, 0);

/** The power of two that worths are filled up to, so that the top bit of a sum tells enough. */
export function worthPlanes({ parts, least }: BandRule): { planes: number; added: number } {
  const most = parts.reduce((sum, { worth }) => sum + worth, 0);
  assert(least >= 1 && least <= most, "a worth that parts can reach");
  let half = 1;
  while (half < least || most >= half + least) half *= 2;
  return { planes: Math.log2(half) + 1, added: half - least };
}
