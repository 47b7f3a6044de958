import {
  type BandPart,
  type BandRule,
  bandBatches,
  sortKeyBits,
} from "@symbolon/mpc/linkage/band-rule";
import type { ClearPair } from "./link.js";
import { weighInTheClear } from "./pair-floor.js";

/** A pair that a band has found: rows of both lists, its match weight in units, and the band. */
export interface ClearBandPair extends ClearPair {
  readonly band: number;
}

/** Two lists of comparison records, as many as the nodes have rows. */
export type ClearRecords = readonly [ours: readonly Uint32Array[], theirs: readonly Uint32Array[]];

/**
 * Π_band-pairs in the clear: the oracle. What stands further apart in a band than its window is
 * left out, and what finds no room in its batch: the same pairs as on shares.
 */
export function weighBandsInTheClear(lists: ClearRecords, rule: BandRule): ClearBandPair[] {
  const [ours, theirs] = lists;
  const records = [...ours, ...theirs];
  const parts = records.map((record): ClearParts => rule.parts.map((part) => partOf(part, record)));
  const agree = (a: number, b: number, part: number): boolean => {
    const [x, y] = [parts[a][part], parts[b][part]];
    return x !== undefined && x === y;
  };
  const found: ClearBandPair[] = [];
  for (const [band, { parts: key, window }] of rule.bands.entries()) {
    const order = sortedRows(rule, band, parts);
    const isWanted = (a: number, b: number): boolean => {
      if (a < ours.length === b < ours.length) return false;
      if (!key.every((part) => agree(a, b, part))) return false;
      const earlier = rule.bands.slice(0, band);
      if (earlier.some((one) => one.parts.every((part) => agree(a, b, part)))) return false;
      const worth = rule.parts.reduce(
        (sum, one, part) => sum + (agree(a, b, part) ? one.worth : 0),
        0,
      );
      return worth >= rule.least;
    };
    for (const batch of bandBatches(rule, rule.bands[band], ours.length, theirs.length)) {
      let room = batch.places;
      for (let slot = 0; slot < batch.rows * window && room > 0; slot += 1) {
        const at = batch.first + (slot % batch.rows) * batch.stride;
        const behind = at + 1 + Math.floor(slot / batch.rows);
        if (behind >= order.length || !isWanted(order[at], order[behind])) continue;
        room -= 1;
        const [a, b] = [order[at], order[behind]].sort((x, y) => x - y);
        const pair = { a, b: b - ours.length, band };
        const [x, y] = [ours[pair.a], theirs[pair.b]];
        const weight = weighInTheClear(rule.records, rule.floor, x, y);
        if (weight !== undefined) found.push({ ...pair, weight });
      }
    }
  }
  return found;
}

/** Numbers of all rows in the order of a band; ours come before theirs where keys are equal. */
function sortedRows(rule: BandRule, band: number, parts: readonly ClearParts[]): Uint32Array {
  const bits = sortKeyBits(rule, rule.bands[band]);
  const keys = Float64Array.from(parts, (known) =>
    bits.reduce((key, ones, q) => {
      const sum = ones.reduce((odd, [part, bit]) => odd ^ Number(known[part]?.[bit] ?? 0), 0);
      return key + 2 ** q * sum;
    }, 0),
  );
  return Uint32Array.from(keys, (_, row) => row).sort((a, b) => keys[a] - keys[b] || a - b);
}

/** The bits of each part of a record as a text, or nothing if it does not know the part. */
type ClearParts = readonly (string | undefined)[];

function partOf({ known, bits }: BandPart, record: Uint32Array): string | undefined {
  const read = (place: number): number => (record[place >>> 5] >>> (place & 31)) & 1;
  if (known.some((place) => read(place) === 0)) return undefined;
  return bits.map((places) => places.reduce((sum, place) => sum ^ read(place), 0)).join("");
}
