import { PRODUCTION, SMALL_BATCH_TEST } from "@symbolon/mpc/profile";
import { type CrossTabRule, crossTabTerms } from "@symbolon/mpc/table/cross-tab";
import type { Tamper } from "@symbolon/mpc/transport/memory";
import { laplaceChance } from "@symbolon/release/laplace";
import { rational } from "@symbolon/release/rational";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crossTabInTheClear } from "../plaintext/count.js";
import {
  ALL_SHOWN,
  codedList,
  countOnShares,
  NO_NOISE,
  oneOf,
  severalOf,
} from "./cross-tab.contract.js";

const LONG = { timeout: 300_000 };
const noNoise = (lists: number) => () => ({ figure: 0, own: new Array<number>(lists).fill(0) });

describe("a table on shares", () => {
  it("equals the clear, with conditions and the least cell, but for the noise", LONG, async () => {
    const columns = [oneOf("a", 5), severalOf("b", 4, 2), oneOf("c", 2)];
    const property = fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 260 }), { minLength: 3, maxLength: 4 }),
      fc.record({
        by: fc.shuffledSubarray(columns, { minLength: 1, maxLength: 2 }),
        isFiltered: fc.boolean(),
        persons: fc.constantFrom(1, 10, 25),
        visibleFrom: fc.integer({ min: 1, max: 12 }),
        numerator: fc.integer({ min: 1, max: 4 }),
      }),
      fc.nat(),
      async (sizes, { by, isFiltered, persons, visibleFrom, numerator }, seed) => {
        const [rows, other] = by;
        const rule: CrossTabRule = {
          rows,
          ...(other && { columns: other }),
          where: isFiltered ? [{ column: columns[2], code: 2 }] : [],
          shown: {
            noise: NO_NOISE,
            persons,
            lists: {
              ...{ noise: NO_NOISE, count: 3, visibleFrom },
              shareMost: { numerator, denominator: 5 },
            },
          },
        };
        const lists = sizes.map((size, l) => codedList(size, columns, seed + l));
        const words = await countOnShares(new World(seed), lists, rule);
        expect([...words]).toEqual([...crossTabInTheClear(lists, rule, noNoise(lists.length))]);
      },
    );
    await fc.assert(property, { numRuns: 8 });
  });

  it("has noise of its exact distribution, and says nothing more of a cell", LONG, async () => {
    // 1,024 cells of 40 rows each: the noise of each figure stands alone.
    const [a, b] = [oneOf("a", 32), oneOf("b", 32)];
    const rows = 1024 * 40;
    const list = {
      rows,
      columns: new Map([
        ["a", Uint32Array.from({ length: rows }, (_, k) => 1 + (k % 32))],
        ["b", Uint32Array.from({ length: rows }, (_, k) => 1 + ((k >> 5) % 32))],
      ]),
    };
    const epsilon = { numerator: 1n, denominator: 2n };
    const noise = { epsilon, sensitivity: 1n };
    const rule = { rows: a, columns: b, where: [], shown: { noise, persons: 1 } };
    const words = await countOnShares(new World(11, { profile: PRODUCTION }), [list], rule);
    const seen = new Map<number, number>();
    for (const word of words) {
      const by = (word & 0x7fffffff) - 40;
      seen.set(by, (seen.get(by) ?? 0) + 1);
    }
    // Chi-square over −6 … 6 and both tails.
    const exact = { epsilon: rational(1n, 2n), sensitivity: 1n };
    let [statistic, inside, insideSeen] = [0, 0, 0];
    for (let x = -6; x <= 6; x += 1) {
      const chance = laplaceChance(exact, x);
      const count = seen.get(x) ?? 0;
      statistic += (count - 1024 * chance) ** 2 / (1024 * chance);
      inside += chance;
      insideSeen += count;
    }
    statistic += (1024 - insideSeen - 1024 * (1 - inside)) ** 2 / (1024 * (1 - inside));
    // 13 degrees of freedom: above 40.9 once in 10,000.
    expect(statistic).toBeLessThan(40.9);
    expect([...seen.keys()].some((by) => by !== 0)).toBe(true);
  });

  it("sends the same, whatever is in the lists", LONG, async () => {
    const [a, b] = [oneOf("a", 5), severalOf("b", 4, 2)];
    const lists = {
      noise: NO_NOISE,
      count: 3,
      visibleFrom: 2,
      shareMost: { numerator: 4, denominator: 5 },
    };
    const rule = { rows: a, columns: b, where: [], shown: { ...ALL_SHOWN, lists } };
    const traffic = async (seeds: readonly number[]): Promise<string[]> => {
      const sizes: string[] = [];
      const tamper: Tamper = (message, { from, to, channel }) => {
        sizes.push(`${from} ${to} ${channel} ${message.length}`);
        return message;
      };
      const given = seeds.map((seed) => codedList(200, [a, b], seed));
      await countOnShares(new World(3, { tamper }), given, rule);
      return sizes.sort();
    };
    const one = await traffic([1, 2, 3]);
    expect(await traffic([4, 4, 4])).toEqual(one);
    // No more checks than the soundness counts.
    const checks = new Set(one.flatMap((line) => /\S+sacrifice\/w\/message/.exec(line) ?? []));
    const terms = crossTabTerms(SMALL_BATCH_TEST, rule, [200, 200, 200]);
    expect(terms.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(checks.size);
    expect(checks.size).toBeGreaterThan(6);
  });

  it("ends if any party lies in any message", LONG, async () => {
    const rule = { rows: oneOf("a", 3), where: [], shown: ALL_SHOWN };
    const list = codedList(100, [rule.rows], 1);
    let messages = 0;
    const counted: Tamper = (message) => {
      messages += 1;
      return message;
    };
    await countOnShares(new World(5, { tamper: counted }), [list], rule);
    const property = fc.asyncProperty(fc.nat(messages - 1), fc.nat(255), async (at, bit) => {
      let k = 0;
      const tamper: Tamper = (message) => {
        k += 1;
        if (k !== at + 1) return message;
        const changed = message.slice();
        changed[bit % changed.length] ^= 1 << (bit & 7);
        return changed;
      };
      await expect(countOnShares(new World(5, { tamper }), [list], rule)).rejects.toMatchObject({
        name: "ProtocolAbort",
      });
    });
    await fc.assert(property, { numRuns: 40 });
  });
});
