import type { SharedKeysRule } from "@symbolon/mpc/linkage/shared-keys";

/** One key of a row: its channel (1 and up; anything else counts for nothing) and the key. */
export interface ClearSlot {
  readonly channel: number;
  readonly key: string;
}

/** Lists → rows → slots. */
export type ClearSlots = readonly (readonly (readonly ClearSlot[])[])[];

type CountRule = Pick<SharedKeysRule, "channels" | "ownMax" | "allMax" | "countBits">;

/**
 * Π_shared-keys in the clear: the oracle. For each list, row and channel (from 0) how many other
 * lists have one of the row's keys, up to 2^countBits − 1. A list that carries a key in more than
 * `ownMax` slots counts as not having it; a key that more than `allMax` slots then carry is
 * nobody's.
 */
export function sharedKeysInTheClear(lists: ClearSlots, rule: CountRule): number[][][] {
  const { channels, ownMax, allMax, countBits } = rule;
  const isKey = ({ channel }: ClearSlot): boolean => channel >= 1 && channel <= channels;
  /** Key → list → slots that carry it. */
  const carried = new Map<string, Map<number, number>>();
  lists.forEach((rows, list) => {
    for (const { key } of rows.flat().filter(isKey)) {
      const counts = carried.get(key) ?? new Map<number, number>();
      counts.set(list, (counts.get(list) ?? 0) + 1);
      carried.set(key, counts);
    }
  });
  const holders = new Map<string, readonly number[]>();
  for (const [key, counts] of carried) {
    const few = [...counts].filter(([, count]) => count <= ownMax);
    const all = few.reduce((sum, [, count]) => sum + count, 0);
    if (all <= allMax) {
      holders.set(
        key,
        few.map(([list]) => list),
      );
    }
  }
  return lists.map((rows, list) =>
    rows.map((slots) =>
      Array.from({ length: channels }, (_, c) => {
        const found = slots.flatMap(({ channel, key }) => {
          const holding = channel === c + 1 ? (holders.get(key) ?? []) : [];
          // Who carries it too often has no part in it either.
          return holding.includes(list) ? holding : [];
        });
        const others = new Set(found.filter((other) => other !== list));
        return Math.min(others.size, 2 ** countBits - 1);
      }),
    ),
  );
}
