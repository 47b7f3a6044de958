import type { PartyIndex } from "@symbolon/base/id";
import type { ListSizes } from "@symbolon/mpc/linkage/edges";
import { type OneToOne, oneToOne, oneToOneTerms } from "@symbolon/mpc/linkage/one-to-one";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClearPair } from "../plaintext/link.js";
import { mutualBests } from "../plaintext/one-to-one.js";
import {
  bounds,
  clearPartners,
  LEAST,
  numbersOf,
  type Place,
  places,
  shareEdges,
} from "./edges.contract.js";
import { layout } from "./records.contract.js";

const SIZES = { rows: 128, columns: 256 };

/** Links by our row, by theirs, and one bit a place. */
interface Found {
  readonly ours: Map<number, ClearPair>;
  readonly theirs: Map<number, ClearPair>;
  readonly isLink: number[];
}

/** Two lists, their weighed pairs, and the least weight. */
interface Clear {
  readonly edges: readonly Place[];
  readonly sizes: ListSizes;
  readonly least: number;
}

/** Links of several pairs of lists, in one run. */
async function linkedEach(world: World, clear: readonly Clear[]): Promise<Found[]> {
  const held = clear.map(({ edges, sizes }) => shareEdges(world, edges, sizes));
  const results = await world.each(async (ctx, self) => {
    const tasks = clear.map(({ sizes, least }, k) => ({ edges: held[k](self), sizes, least }));
    const found = await oneToOne(ctx, layout, tasks);
    ctx.assertAllVerified();
    return found;
  });
  return clear.map(({ edges }, k) => {
    return clearOf(
      world,
      results.map((found) => found[k]),
      edges.length,
    );
  });
}

async function linked(world: World, edges: readonly Place[]): Promise<Found> {
  const [found] = await linkedEach(world, [{ edges, sizes: SIZES, least: LEAST }]);
  return found;
}

function clearOf(world: World, results: readonly OneToOne[], places: number): Found {
  const isLink = world.combine(
    results.map((result) => result.isLink),
    "xor",
  );
  return {
    ours: clearPartners(
      world,
      results.map(({ ours }) => ours),
    ),
    theirs: clearPartners(
      world,
      results.map(({ theirs }) => theirs),
    ),
    isLink: numbersOf([isLink], places),
  };
}

function expected(edges: readonly Place[], least = LEAST): Found {
  const links = mutualBests(
    edges.filter(({ isPair }) => isPair),
    least,
  ).map(({ a, b, weight }) => ({ a, b, weight }));
  const turned = links.map(({ a, b, weight }) => ({ a: b, b: a, weight }));
  const names = new Set(links.map(({ a, b }) => `${a} ${b}`));
  return {
    ours: new Map(links.map((link) => [link.a, link])),
    theirs: new Map(turned.map((link) => [link.a, link])),
    isLink: edges.map(({ a, b, isPair }) => (isPair && names.has(`${a} ${b}`) ? 1 : 0)),
  };
}

/** Edges of these numbers, and places without a pair that would win if anybody looked at them. */
function edgesOf(pairs: readonly (readonly [a: number, b: number, weight: number])[]): Place[] {
  const given = pairs.map(([a, b, weight]) => ({ a, b, weight, isPair: true }));
  return Array.from(
    { length: 128 },
    (_, k) => given[k] ?? { a: k % 7, b: k % 5, weight: bounds.most, isPair: false },
  );
}

describe("oneToOne", () => {
  it("keeps what the oracle keeps: crowds, equal weights, places without a pair", async () => {
    let [kept, dropped] = [0, 0];
    await fc.assert(
      fc.asyncProperty(places(SIZES), fc.nat(), async (edges, seed) => {
        const found = await linked(new World(seed), edges);
        const clear = expected(edges);
        expect(found).toEqual(clear);
        kept += clear.ours.size;
        dropped += edges.filter(({ isPair }) => isPair).length - clear.ours.size;
      }),
      { numRuns: 8 },
    );
    expect(Math.min(kept, dropped)).toBeGreaterThan(20);
  });

  it.each([
    ["nothing at all", [], []],
    ["a pair that just weighs enough", [[3, 4, LEAST]], ["3 4"]],
    ["a pair that just does not", [[3, 4, LEAST - 1]], []],
    ["the last rows of both lists", [[127, 255, bounds.most]], ["127 255"]],
    [
      "a chain: each is the better partner of the next",
      [
        [0, 0, 50],
        [1, 0, 60],
        [1, 1, 70],
        [2, 1, 80],
      ],
      ["2 1"],
    ],
    [
      "equal weights: the earlier partner, seen from both sides",
      [
        [1, 9, 60],
        [1, 8, 60],
        [0, 9, 60],
        [5, 9, 60],
      ],
      ["1 8", "0 9"],
    ],
    [
      "one row that is near all of the other list",
      Array.from({ length: 128 }, (_, b) => [7, b, 50 + (b === 77 ? 1 : 0)]),
      ["7 77"],
    ],
  ] as [string, [number, number, number][], string[]][])("%s", async (_, pairs, links) => {
    const { ours, isLink } = await linked(new World(1), edgesOf(pairs));
    const found = [...ours.values()].map(({ a, b }) => `${a} ${b}`);
    expect(found.sort()).toEqual([...links].sort());
    expect(isLink.reduce((sum, bit) => sum + bit, 0)).toBe(links.length);
  });

  it("links several pairs of lists at once, each as if it were alone", async () => {
    const pairs = (seed: number, count: number, near: number): Place[] =>
      Array.from({ length: count }, (_, k) => ({
        a: k % near,
        b: (k * seed + Math.floor(k / near)) % near,
        weight: LEAST - 5 + ((k * 7 * seed) % 23),
        isPair: k % 5 !== 0,
      }));
    const clear: Clear[] = [
      { edges: pairs(3, 70, 11), sizes: { rows: 20, columns: 11 }, least: LEAST },
      { edges: pairs(5, 30, 7), sizes: { rows: 7, columns: 300 }, least: LEAST + 6 },
      { edges: pairs(2, 9, 3), sizes: { rows: 3, columns: 3 }, least: LEAST - 9 },
    ];
    const found = await linkedEach(new World(9), clear);
    clear.forEach(({ edges, least }, k) => {
      expect(found[k]).toEqual(expected(edges, least));
      expect(found[k].ours.size).toBeGreaterThan(1);
    });
  });

  it("sends as much for one set of pairs as for another", async () => {
    const traffic = async (edges: readonly Place[]): Promise<string> => {
      const sizes: string[] = [];
      const world = new World(3, {
        tamper: (message, { from, to, channel }) => {
          sizes.push(`${from} ${to} ${channel} ${message.length}`);
          return message;
        },
      });
      await linked(world, edges);
      return sizes.join("\n");
    };
    // All links, and none: in both every line has the same place in the order.
    const rows = Array.from({ length: 128 }, (_, k) => k);
    const some = await traffic(edgesOf(rows.map((k) => [k, k, LEAST])));
    expect(await traffic(edgesOf(rows.map((k) => [k, k, LEAST - 1])))).toBe(some);
  });

  it("knows what its checks may miss", () => {
    const bits = (rows: number): number =>
      soundnessBits(
        oneToOneTerms(PRODUCTION, layout, [{ sizes: { rows, columns: rows }, places: 8 * rows }]),
      );
    expect(bits(10_240)).toBeGreaterThan(65);
    expect(bits(1024)).toBeGreaterThan(bits(10_240));
  });

  it("aborts whatever any party flips, or nothing comes of it", async () => {
    const lies = fc.record({
      by: fc.constantFrom<PartyIndex>(0, 1, 2),
      message: fc.nat(),
      byte: fc.nat(),
      bit: fc.nat(7),
    });
    const edges = edgesOf([
      [1, 2, 50],
      [1, 3, 60],
      [4, 2, 70],
    ]);
    const run = async (world: World): Promise<string> => {
      const { ours, theirs, isLink } = await linked(world, edges);
      return JSON.stringify([[...ours], [...theirs], isLink]);
    };
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(7, lie, run)).outcome).not.toBe("wrong result");
      }),
      { numRuns: 6 },
    );
  });
});
