import { compareRecords } from "@symbolon/case-data/compare/levels";
import { matchWeight } from "@symbolon/case-data/compare/weigh";
import type { LookUpRule } from "@symbolon/mpc/linkage/look-up";
import type { ClearPair } from "./link.js";

/** New records, stored ones, and how a new row scores with a stored one. */
export interface ClearLookUp {
  readonly fresh: readonly Uint32Array[];
  readonly stored: readonly Uint32Array[];
  readonly score: (fresh: number, stored: number) => number;
}

/** Π_look-up in the clear: of each new record the first `places` stored ones that are near it. */
export function lookUpInTheClear(
  { fresh, stored, score }: ClearLookUp,
  { records, score: least, places }: LookUpRule,
  count: number,
): ClearPair[] {
  return fresh.slice(0, count).flatMap((record, a) => {
    const near = stored.flatMap((_, b) => (score(a, b) >= least ? [b] : []));
    return near.slice(0, places).map((b) => {
      const levels = compareRecords(records, record, stored[b]);
      return { a, b, weight: matchWeight(records, levels, record, stored[b]) };
    });
  });
}
