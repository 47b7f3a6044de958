import type { PartyIndex } from "@symbolon/base/id";
import { clusterTerms } from "@symbolon/mpc/linkage/cluster-terms";
import { chooseCluster, voteGates } from "@symbolon/mpc/linkage/cluster-votes";
import { clusters } from "@symbolon/mpc/linkage/clusters";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { publicBits } from "@symbolon/mpc/protocol/and";
import { inBatch } from "@symbolon/mpc/verify/products";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dealLinks, expected, type LinkedLists, listsOf } from "./cluster-lists.contract.js";
import { bounds } from "./edges.contract.js";
import { layout } from "./records.contract.js";

async function found(world: World, given: LinkedLists): Promise<number[][]> {
  const lists = dealLinks(world, given);
  const results = await world.each(async (ctx, self) => {
    const { persons } = await clusters(
      ctx,
      lists.map((of) => of(self)),
      bounds.least,
    );
    ctx.assertAllVerified();
    return persons.shares;
  });
  const words = [...world.combine(results, "xor")];
  return given.rows.map((count) => words.splice(0, count));
}

/** Lists of four rows each, with these links: "a row, b row, weight" of lists a < b. */
function linkedLists(count: number, links: readonly (readonly number[])[]): LinkedLists {
  const rows = Array.from({ length: count }, () => 4);
  const linked = rows.flatMap((_, b) =>
    rows.slice(0, b).map((__, a) => ({
      a,
      b,
      links: links
        .filter(([x, , y]) => x === a && y === b)
        .map(([, row, , column, weight]) => ({ a: row, b: column, weight })),
    })),
  );
  return { rows, real: rows.map(() => [true, true, true, false]), linked };
}

const [P, Q] = [0, 1];
/** Rows of which nothing is said are persons on their own list alone, but for the last one. */
const rest = (list: number, ...words: number[]): number[] => {
  const alone = (2 << list) | 1;
  return [...words, ...[alone, alone, alone, 0].slice(words.length)];
};

/** Lists, links, and the words that come out. */
type Case = readonly [about: string, lists: number, links: number[][], words: number[][]];

const CASES: readonly Case[] = [
  [
    "a record like two people, on the first list, does not bring them together",
    3,
    [
      [0, P, 1, P, 60],
      [0, P, 2, Q, 60],
    ],
    [rest(0, 0b111), rest(1, 0), rest(2)],
  ],
  [
    "nor on the last list: it joins the one that it is more like",
    3,
    [
      [0, P, 2, P, 60],
      [1, Q, 2, P, 70],
    ],
    [rest(0), rest(1, 0b101, 0b1101), rest(2, 0)],
  ],
  [
    "or of equal ones the one on the earlier list",
    3,
    [
      [0, P, 2, P, 60],
      [1, Q, 2, P, 60],
    ],
    [rest(0, 0b1011), rest(1), rest(2, 0)],
  ],
  [
    "a chain falls apart",
    4,
    [
      [0, P, 1, P, 60],
      [1, P, 2, P, 60],
      [2, P, 3, P, 60],
    ],
    [rest(0, 0b111), rest(1, 0), rest(2, 0b11001), rest(3, 0)],
  ],
  [
    "one missing link of three does not keep a record out",
    4,
    [
      [0, P, 1, P, 60],
      [0, P, 2, P, 60],
      [1, P, 2, P, 60],
      [1, P, 3, P, 60],
      [2, P, 3, P, 60],
    ],
    [rest(0, 0b11111), rest(1, 0), rest(2, 0), rest(3, 0)],
  ],
  [
    "two missing ones do",
    4,
    [
      [0, P, 1, P, 60],
      [0, P, 2, P, 60],
      [1, P, 2, P, 60],
      [2, P, 3, P, 200],
    ],
    [rest(0, 0b1111), rest(1, 0), rest(2, 0), rest(3)],
  ],
  [
    "weights count, not how many links they come from",
    4,
    [
      [0, P, 1, P, 60],
      [0, P, 3, P, 41],
      [1, P, 3, P, 41],
      [2, Q, 3, P, 83],
    ],
    [rest(0, 0b111), rest(1, 0), rest(2, 0b1001, 0b11001), rest(3, 0)],
  ],
  [
    "a row that is said to fill a list up counts if somebody is linked to it",
    2,
    [[0, 3, 1, 3, 60]],
    [rest(0, 0b11, 0b11, 0b11, 0b111), rest(1)],
  ],
];

describe("clusters", () => {
  it("are those of the oracle, whoever is linked to whom", async () => {
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(0.3, 0.7, 0.95),
        fc.nat(),
        async (rows, density, seed) => {
          const lists = listsOf(rows, density, seed);
          const clear = expected(lists);
          expect(await found(new World(seed), lists)).toEqual(clear);
          for (const word of clear.flat()) seen.set(word, (seen.get(word) ?? 0) + 1);
        },
      ),
      { numRuns: 6 },
    );
    // Heads of one and of several, members, rows that fill up; many patterns of lists.
    expect(seen.size).toBeGreaterThan(6);
  });

  it("are those of the oracle for eight lists", async () => {
    const lists = listsOf([3, 4, 2, 4, 3, 4, 4, 4], 0.9, 3);
    const clear = expected(lists);
    expect(
      Math.max(...clear.flat().map((word) => word.toString(2).replaceAll("0", "").length)),
    ).toBeGreaterThan(4);
    expect(await found(new World(3), lists)).toEqual(clear);
  });

  it.each(CASES)("%s", async (_, count, links, words) => {
    const lists = linkedLists(count, links);
    expect(expected(lists)).toEqual(words);
    expect(await found(new World(2), lists)).toEqual(words);
  });

  it("refuse partners that do not fit", async () => {
    const given = (rows: number) =>
      new World(1).each((ctx) => {
        const none = publicBits(ctx, new Uint32Array(4));
        const one = { rows, has: none, weights: [none], number: [none] };
        const lists = [
          { rows: 2, real: none, partners: [] },
          { rows: 2, real: none, partners: [one] },
        ];
        return clusters(ctx, lists, bounds.least);
      });
    await expect(given(3)).rejects.toThrow("partners of each row in each earlier list");
  });

  it("know what their checks may miss", () => {
    const bits = (...rows: number[]): number =>
      soundnessBits(clusterTerms(PRODUCTION, layout, rows));
    expect(bits(10_240, 10_240, 10_240, 10_240)).toBeGreaterThan(62);
    expect(bits(2048, 2048)).toBeGreaterThan(bits(2048, 2048, 2048));
  });

  it.each([1, 2, 3, 7])(
    "take no more gates to choose among %i lists than are counted",
    async (n) => {
      const [heads, weights] = [5, 9];
      const gates = await new World(n).each(async (ctx) => {
        const plane = publicBits(ctx, new Uint32Array(4));
        const planes = (count: number) => Array.from({ length: count }, () => plane);
        const vote = {
          has: plane,
          weights: planes(weights),
          head: planes(heads),
          members: planes(n),
        };
        const votes = Array.from({ length: n }, () => vote);
        await inBatch(ctx, "votes", (step) => chooseCluster(step, votes, -37));
        return ctx.metrics.andGates / 128;
      });
      expect(gates[0]).toBeLessThanOrEqual(voteGates(n, heads, weights));
      expect(gates[0]).toBeGreaterThan(voteGates(n, heads, weights) / 8);
    },
  );

  it("abort whatever any party flips, or nothing comes of it", async () => {
    const lies = fc.record({
      by: fc.constantFrom<PartyIndex>(0, 1, 2),
      message: fc.nat(),
      byte: fc.nat(),
      bit: fc.nat(7),
    });
    const [, , links] = CASES[4];
    const lists = linkedLists(3, links);
    const run = async (world: World): Promise<string> => JSON.stringify(await found(world, lists));
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(7, lie, run)).outcome).not.toBe("wrong result");
      }),
      { numRuns: 10 },
    );
  });
});
