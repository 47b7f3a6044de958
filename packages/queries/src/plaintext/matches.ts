import { assert } from "@symbolon/base/assert";
import type { LinkageLayout } from "@symbolon/mpc/linkage/list";
import { weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { agreedThreshold, type LinkingRule, matchThreshold } from "../plan/match-rule.js";
import type { ClearList } from "./backend.js";
import { weighBandsInTheClear } from "./bands.js";
import { type ClearPair, weighPairsInTheClear } from "./link.js";
import { mutualBests } from "./one-to-one.js";

/** What decides an oracle's answer beside the lists. */
export interface ClearMatching {
  readonly rule: LinkingRule;
  readonly tileRows: number;
  readonly noised: (counts: Int32Array) => Int32Array;
}

/**
 * Two lists in the clear, and for each row of the first the columns that reach the score, unless
 * bands bring pairs together.
 */
export interface ClearPairOfLists {
  readonly lists: readonly [ours: ClearList, theirs: ClearList];
  readonly near?: readonly ReadonlySet<number>[];
}

/** Links of two lists, one to one; those count that weigh `least`, by what was opened. */
export interface ClearMatches {
  readonly links: readonly ClearPair[];
  readonly counts: Int32Array;
  readonly least: number;
}

/** Both stages, the histogram and the threshold that follows from it. */
export function linksInTheClear(
  layout: LinkageLayout,
  { lists: [ours, theirs], near: reached }: ClearPairOfLists,
  { rule, tileRows, noised }: ClearMatching,
): ClearMatches {
  const { link, bands, histogram } = rule;
  const { records, score } = link;
  const of = [recordsOf(layout, ours, rule), recordsOf(layout, theirs, rule)] as const;
  const near = (a: number): ReadonlySet<number> => reached?.[a] ?? new Set();
  const clear = {
    rows: ours.rows,
    columns: theirs.rows,
    score: (a: number, b: number) => (near(a).has(b) ? score : score - 1),
    records: of,
  };
  const pairs = bands
    ? weighBandsInTheClear(of, bands)
    : weighPairsInTheClear(clear, link, tileRows);
  const links = mutualBests(pairs, rule.least);
  if (!histogram) return { links, counts: new Int32Array(0), least: agreedThreshold(rule) };
  const exact = new Int32Array(histogram.to - histogram.from + 1);
  for (const { weight } of links) {
    const bits = Math.min(Math.floor(weight / records.unitsPerBit + 0.5), histogram.to);
    if (bits >= histogram.from) exact[bits - histogram.from] += 1;
  }
  const counts = noised(exact);
  return { links, counts, least: matchThreshold({ ...rule, histogram }, counts).least };
}

/** `matchesWith` in the clear. */
export function matchesInTheClear(
  layout: LinkageLayout,
  pair: ClearPairOfLists,
  matching: ClearMatching,
): Uint32Array {
  const { links, counts, least } = linksInTheClear(layout, pair, matching);
  const lowest = weightBounds(matching.rule.link.records).least;
  const words = new Uint32Array(counts.length + pair.lists[0].rows);
  words.set(Uint32Array.from(counts));
  for (const { a, weight } of links) {
    if (weight >= least) words[counts.length + a] = (0x80000000 | (weight - lowest)) >>> 0;
  }
  return words;
}

/** Records in which a field is known exactly where its linkage field is present. */
function recordsOf(
  { fields }: LinkageLayout,
  { rows, records, present }: ClearList,
  { link }: LinkingRule,
): Uint32Array[] {
  assert(records !== undefined, "what is weighed has records");
  const width = link.records.bits / 32;
  return Array.from({ length: rows }, (_, row) => {
    const record = records.slice(row * width, (row + 1) * width);
    for (const { offset, presence } of link.records.fields) {
      const bit = 1 << (offset & 31);
      if (present[row * fields.length + presence] === 1) record[offset >>> 5] |= bit;
      else record[offset >>> 5] &= ~bit;
    }
    return record;
  });
}
