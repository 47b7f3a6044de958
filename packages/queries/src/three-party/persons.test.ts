import { PRODUCTION } from "@symbolon/mpc/profile";
import type { Tamper } from "@symbolon/mpc/transport/memory";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { World } from "@symbolon/sim/world/world";
import { describe, expect, it } from "vitest";
import { matches } from "../catalogue/matches.js";
import type { ClearList } from "../plaintext/backend.js";
import { listPairs } from "../plan/list-pairs.js";
import type { EstimatedLinking } from "../plan/plan.js";
import { inventedLists } from "./invented-lists.contract.js";
import { linkedPersons } from "./persons.js";
import { oracleOf } from "./run-lists.contract.js";

const { layout } = matches;
const PLAN: EstimatedLinking = { overlap: 0.5, linking: { numerator: 2, denominator: 1 } };

async function persons(world: World, lists: readonly ClearList[]) {
  const dealt = lists.map(({ rows, content, present, real, records }) => ({
    rows,
    content: world.share(content, "add"),
    present: world.share(present, "add"),
    real: world.share(real, "xor"),
    records: world.share(records as Uint32Array, "xor"),
  }));
  const rows = lists.map((list) => list.rows);
  const made = await world.each((ctx, self) =>
    linkedPersons(
      ctx,
      layout,
      dealt.map((list) => ({
        rows: list.rows,
        content: list.content[self],
        present: list.present[self],
        real: list.real[self],
        records: list.records[self],
      })),
      listPairs(PLAN, layout, rows),
      selectionSeeds(1, self),
    ),
  );
  const words = world.combine(
    made.map(({ persons }) => persons.shares),
    "xor",
  );
  return { words: [...words], counts: made[0].counts };
}

describe("linked persons", () => {
  it("are those of the oracle, by the opened counts, on three lists", async () => {
    const { lists, people } = inventedLists(3, [90, 70, 60]);
    const { words, counts } = await persons(new World(1, { profile: PRODUCTION }), lists);
    const noise: number[] = [];
    const oracle = oracleOf(1, layout, {
      noised: (exact, pair) => {
        noise.push(...exact.map((count, k) => counts[pair][k] - count));
        return counts[pair];
      },
    });
    expect(words).toEqual([...oracle.persons(lists, PLAN).heads]);
    expect(noise.some((by) => by !== 0)).toBe(true);
    const found = words.filter((word) => (word & 1) === 1).length;
    const all = new Set(people.flat().filter((person) => person !== undefined)).size;
    expect(Math.abs(found - all)).toBeLessThanOrEqual(0.1 * all);
    const everywhere = words.filter((word) => word === 0b1111).length;
    expect(everywhere).toBeGreaterThan(0);
  });

  it("send as much for lists that share nobody", async () => {
    const traffic = async (lists: readonly ClearList[]): Promise<string[]> => {
      const sizes: string[] = [];
      const tamper: Tamper = (message, { from, to, channel }) => {
        if (!channel.includes("/sort/")) sizes.push(`${from} ${to} ${channel} ${message.length}`);
        return message;
      };
      await persons(new World(2, { tamper, profile: PRODUCTION }), lists);
      return sizes.sort();
    };
    const { lists } = inventedLists(3, [40, 30]);
    const others = inventedLists(4, [40, 30]).lists;
    const one = await traffic(lists);
    expect(one.length).toBeGreaterThan(100);
    expect(await traffic([lists[0], others[1]])).toEqual(one);
  });
});
