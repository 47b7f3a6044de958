import type { SharedKeysRule } from "@symbolon/mpc/linkage/shared-keys";
import { sharedKeysGates, sharedKeysTerms } from "@symbolon/mpc/linkage/shared-keys-terms";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sharedKeysInTheClear } from "../plaintext/indicators.js";
import { countsOnShares, emptyLists, type Mix, mixedLists, slot } from "./slots.contract.js";

const RULE: SharedKeysRule = { slots: 4, channels: 3, ownMax: 2, allMax: 4, countBits: 2 };
const LONG = { timeout: 300_000 };

const mixes: fc.Arbitrary<Mix> = fc.record({
  seed: fc.nat(),
  rows: fc.array(fc.constantFrom(1, 2, 9, 40), { minLength: 2, maxLength: 5 }),
  keys: fc.constantFrom(1, 3, 20, 100),
  filled: fc.constantFrom(1, 2, 9, 1_000),
});
const rules = fc.record({
  slots: fc.constantFrom(1, 3, 8, 9),
  channels: fc.constantFrom(1, 3, 10, 15),
  ownMax: fc.constantFrom(1, 2, 3, 8),
  allMax: fc.constantFrom(2, 4, 7, 24),
  countBits: fc.constantFrom(1, 2),
});
const none = (rows: number, channels: number): number[][] =>
  Array.from({ length: rows }, () => Array<number>(channels).fill(0));

describe("sharedKeys", () => {
  it("counts other lists as in the clear: ties, crowds, empty slots", LONG, async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(mixes, rules, async (mix, rule) => {
        const lists = mixedLists(rule, mix);
        const expected = sharedKeysInTheClear(lists, rule);
        for (const count of expected.flat(2)) seen.add(count);
        expect(await countsOnShares(new World(mix.seed), lists, rule)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
    expect(seen.has(0) && seen.has(1)).toBe(true);
  });

  it("counts the same beyond one block of rows", LONG, async () => {
    const mix = { seed: 9, rows: [130, 260, 3], keys: 300, filled: 2 };
    const lists = mixedLists(RULE, mix);
    const expected = sharedKeysInTheClear(lists, RULE);
    expect(new Set(expected.flat(2)).size).toBeGreaterThan(2);
    expect(await countsOnShares(new World(9), lists, RULE)).toEqual(expected);
  });

  it("says nothing of a list by itself, nor of keys that one list alone has", async () => {
    const alone = mixedLists(RULE, { seed: 1, rows: [30], keys: 3, filled: 1 });
    expect(await countsOnShares(new World(1), alone, RULE)).toEqual([none(30, 3)]);
    const lists = emptyLists([7, 7], RULE.slots);
    lists[0][4][0] = slot(1, 7, 7);
    lists[0][5][3] = slot(1, 7, 7);
    expect(await countsOnShares(new World(2), lists, RULE)).toEqual([none(7, 3), none(7, 3)]);
  });

  it("counts up to three of many lists, until a key is one of too many rows", LONG, async () => {
    const lists = emptyLists(Array<number>(6).fill(40), RULE.slots);
    lists.forEach((rows, l) => {
      rows[l][0] = slot(1, 70);
      if (l < 4) rows[9][l] = slot(2, 80);
      if (l < 5) rows[20 + l][3] = slot(3, 90);
      if (l < 2) rows[30][3] = slot(1, 60);
    });
    const counts = await countsOnShares(new World(7), lists, RULE);
    expect(counts).toEqual(sharedKeysInTheClear(lists, RULE));
    expect([counts[0][0], counts[0][20]]).toEqual(none(2, 3));
    expect([counts[0][9], counts[3][9], counts[4][9], counts[0][30]]).toEqual([
      [0, 3, 0],
      [0, 3, 0],
      [0, 0, 0],
      [1, 0, 0],
    ]);
  });

  it("lets nobody crowd out a key that others share", LONG, async () => {
    const lists = emptyLists([3, 4, 40], RULE.slots);
    // The third list carries the key everywhere, and in slots that say they are empty.
    lists[2] = lists[2].map((row, r) => row.map((_, s) => slot(r % 2 === 0 ? 1 : 0, 9 + s)));
    lists[0][1][2] = slot(2, 9);
    lists[1][0][3] = slot(1, 9);
    const counts = await countsOnShares(new World(3), lists, RULE);
    expect(counts).toEqual(sharedKeysInTheClear(lists, RULE));
    expect([counts[0][1], counts[1][0]]).toEqual([
      [0, 1, 0],
      [1, 0, 0],
    ]);
    expect(counts[2]).toEqual(none(40, 3));
  });

  it("takes whole keys: half of one is none", async () => {
    const lists = emptyLists([2, 10], RULE.slots);
    lists[0][0][0] = slot(1, 5, 6);
    lists[1][0].splice(0, 3, slot(1, 5, 7), slot(1, 4, 6), slot(1, 6, 5));
    lists[0][1][0] = slot(1, 0, 0);
    lists[1][9][3] = slot(3, 0, 0);
    const counts = await countsOnShares(new World(4), lists, RULE);
    expect([counts[0][0], counts[0][1], counts[1][9]]).toEqual([
      [0, 0, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]);
  });

  it("aborts on every lie in its own gates", LONG, async () => {
    const lists = mixedLists(RULE, { seed: 5, rows: [3, 4], keys: 5, filled: 2 });
    const run = async (world: World) => JSON.stringify(await countsOnShares(world, lists, RULE));
    const isOwn = (channel: string): boolean =>
      !/\/(sort|verify|shuffle|unshuffle)\//.test(channel) && /and\/message$/.test(channel);
    const lies = fc.record({
      by: fc.constantFrom(0 as const, 1 as const, 2 as const),
      message: fc.nat(),
      byte: fc.nat(),
      bit: fc.nat(7),
    });
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        const { outcome, channel } = await tellLie(5, lie, run, isOwn);
        seen.add(channel);
        expect(outcome).toBe("aborted");
      }),
      { numRuns: 10 },
    );
    expect(seen.size).toBeGreaterThan(6);
  });

  // How many questions the sort asks follows from a secret permutation, not from rows (sort.md).
  it("looks the same whatever is shared, but for the sort's questions", LONG, async () => {
    const outline = async (mix: Mix): Promise<string> => {
      const seen: string[] = [];
      const world = new World(6, {
        tamper: (message, { from, to, channel }) => {
          if (!channel.includes("/sort/level-")) {
            seen.push(`${from} ${to} ${channel} ${message.length}`);
          }
          return message;
        },
      });
      await countsOnShares(world, mixedLists(RULE, mix), RULE);
      return seen.join("\n");
    };
    const rows = [20, 20];
    const nothing = await outline({ seed: 1, rows, keys: 1, filled: 100_000 });
    expect(await outline({ seed: 2, rows, keys: 50, filled: 1 })).toBe(nothing);
    expect(await outline({ seed: 2, rows: [20, 150], keys: 50, filled: 1 })).not.toBe(nothing);
  });
});

describe("sharedKeysTerms", () => {
  const sizes = (count: number, rows: number) => Array.from({ length: count }, () => ({ rows }));
  const rule = { ...RULE, slots: 16, channels: 10, ownMax: 8, allMax: 24 };

  it("counts no fewer gates than are computed, and not many more", LONG, async () => {
    for (const count of [2, 5]) {
      const own = { ...RULE, channels: count + 2 };
      const rows = Array.from({ length: count }, () => 60);
      const made = new Map<string, number>();
      const world = new World(8, {
        tamper: (message, { from, channel }) => {
          const part = /shared-keys\/(codes|others|list)(?=.*\/and\/message$)/.exec(channel)?.[1];
          if (from === 0 && part) made.set(part, (made.get(part) ?? 0) + 8 * message.length);
          return message;
        },
      });
      await countsOnShares(world, mixedLists(own, { seed: 8, rows, keys: 9, filled: 2 }), own);
      const bound = sharedKeysGates(own, sizes(count, 60));
      const parts = [
        [made.get("codes"), bound.codes],
        [made.get("others"), bound.others],
        [made.get("list"), bound.counts],
      ];
      for (const [real = 0, most = 0] of parts) {
        expect(real).toBeLessThanOrEqual(most);
        expect(real).toBeGreaterThan(0.5 * most);
      }
    }
  });

  it("leaves a large run sound, and a larger one less so", () => {
    const bits = soundnessBits(sharedKeysTerms(PRODUCTION, rule, sizes(7, 1024)));
    expect(bits).toBeGreaterThan(60);
    expect(soundnessBits(sharedKeysTerms(PRODUCTION, rule, sizes(7, 256)))).toBeGreaterThan(bits);
    expect(sharedKeysTerms(PRODUCTION, rule, sizes(1, 256))).toEqual([]);
  });

  it("refuses sizes that nothing was made for", () => {
    for (const bad of [
      { ...rule, slots: 0 },
      { ...rule, channels: 16 },
      { ...rule, ownMax: 0 },
      { ...rule, countBits: 4 },
    ]) {
      expect(() => sharedKeysTerms(PRODUCTION, bad, sizes(2, 256))).toThrow();
    }
    expect(() => sharedKeysTerms(PRODUCTION, rule, sizes(17, 256))).toThrow();
    expect(() => sharedKeysTerms(PRODUCTION, rule, sizes(2, 0))).toThrow();
  });
});
