import { assert } from "@symbolon/base/assert";
import type { LinkageLayout } from "@symbolon/mpc/linkage/list";
import { weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { type MatchRule, matchThreshold } from "../plan/match-rule.js";
import type { ClearList } from "./backend.js";
import { weighPairsInTheClear } from "./link.js";
import { mutualBests } from "./one-to-one.js";

/** What decides an oracle's answer beside the lists. */
export interface ClearMatching {
  readonly rule: MatchRule;
  readonly tileRows: number;
  readonly noised: (counts: Int32Array) => Int32Array;
}

/** `matchesWith` in the clear; `near`: for each row of ours the columns that reach the score. */
export function matchesInTheClear(
  layout: LinkageLayout,
  [ours, theirs]: readonly [ClearList, ClearList],
  near: readonly ReadonlySet<number>[],
  { rule, tileRows, noised }: ClearMatching,
): Uint32Array {
  const { link, histogram } = rule;
  const { records, score } = link;
  const clear = {
    rows: ours.rows,
    columns: theirs.rows,
    score: (a: number, b: number) => (near[a].has(b) ? score : score - 1),
    records: [recordsOf(layout, ours, rule), recordsOf(layout, theirs, rule)] as const,
  };
  const lowest = weightBounds(records).least;
  const links = mutualBests(weighPairsInTheClear(clear, link, tileRows), lowest + 1);
  const best = new Map(links.map(({ a, weight }) => [a, weight]));
  const exact = new Int32Array(histogram.to - histogram.from + 1);
  for (const weight of best.values()) {
    const bits = Math.min(Math.floor(weight / records.unitsPerBit + 0.5), histogram.to);
    if (bits >= histogram.from) exact[bits - histogram.from] += 1;
  }
  const counts = noised(exact);
  const { least } = matchThreshold(rule, counts);
  const words = new Uint32Array(counts.length + ours.rows);
  words.set(Uint32Array.from(counts));
  for (const [row, weight] of best) {
    if (weight >= least) words[counts.length + row] = (0x80000000 | (weight - lowest)) >>> 0;
  }
  return words;
}

/** Records in which a field is known exactly where its linkage field is present. */
function recordsOf(
  { fields }: LinkageLayout,
  { rows, records, present }: ClearList,
  { link }: MatchRule,
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
