import { below, seededWords } from "@symbolon/case-data/random";
import { codeWords, type SharedKeysRule, sharedKeys } from "@symbolon/mpc/linkage/shared-keys";
import type { World } from "@symbolon/sim/world/world";
import type { ClearSlot } from "../plaintext/indicators.js";

/** A slot as it is laid out: any code of four bits, and a key of two words. */
export interface Slot extends ClearSlot {
  readonly words: readonly [low: number, high: number];
}
export type Lists = Slot[][][];

export const slot = (channel: number, low: number, high = 0): Slot => ({
  channel,
  words: [low, high],
  key: `${low}/${high}`,
});
export const EMPTY = slot(0, 0);

/** Lists of so many rows each, of slots of which none is filled. */
export const emptyLists = (rows: readonly number[], slots: number): Lists =>
  rows.map((count) => Array.from({ length: count }, () => Array<Slot>(slots).fill(EMPTY)));

export interface Mix {
  readonly seed: number;
  /** Rows of each list. */
  readonly rows: readonly number[];
  /** Different keys; few make ties and crowds. */
  readonly keys: number;
  /** One slot in so many has one; codes of the others are 0 or mean nothing. */
  readonly filled: number;
}

/** Lists at random, in which empty slots have keys of others too. */
export function mixedLists(rule: SharedKeysRule, { seed, rows, keys, filled }: Mix): Lists {
  const random = seededWords(seed);
  const outside = [0, ...Array.from({ length: 16 }, (_, k) => k).slice(rule.channels + 1)];
  return emptyLists(rows, rule.slots).map((list) =>
    list.map((row) =>
      row.map(() => {
        const key = below(keys, random);
        const code =
          below(filled, random) === 0
            ? 1 + below(rule.channels, random)
            : outside[below(outside.length, random)];
        // Keys that differ in one bit only, in either word, are different keys.
        return slot(code, key >>> 1, (key & 1) << 31);
      }),
    ),
  );
}

/** Columns as a provider sends them. */
export function packed(rows: readonly (readonly Slot[])[]) {
  const slots = rows[0].length;
  const width = codeWords(slots);
  const codes = new Uint32Array(rows.length * width);
  rows.forEach((row, r) => {
    row.forEach(({ channel }, s) => {
      codes[r * width + (s >>> 3)] |= channel << (4 * (s & 7));
    });
  });
  return { codes, keys: Uint32Array.from(rows.flat().flatMap(({ words }) => [...words])) };
}

/** What each list's owner would be told: list, row, channel. */
export async function countsOnShares(
  world: World,
  lists: Lists,
  rule: SharedKeysRule,
): Promise<number[][][]> {
  const dealt = lists.map((rows) => {
    const { codes, keys } = packed(rows);
    return {
      rows: rows.length,
      codes: world.share(codes, "xor"),
      keys: world.share(keys, "xor"),
    };
  });
  const results = await world.each(async (ctx, self) => {
    const own = dealt.map(({ rows, codes, keys }) => ({
      rows,
      codes: codes[self],
      keys: keys[self],
    }));
    const tables = await sharedKeys(ctx, own, rule);
    ctx.assertAllVerified();
    return tables;
  });
  const mask = 2 ** rule.countBits - 1;
  return lists.map((_, l) => {
    const words = world.combine(
      results.map((tables) => tables[l].shares),
      "xor",
    );
    return [...words].map((word) =>
      Array.from({ length: rule.channels }, (_, c) => (word >>> (c * rule.countBits)) & mask),
    );
  });
}
