import type { PartyIndex } from "@symbolon/base/id";
import type { Context } from "@symbolon/mpc/context";
import type { Edges } from "@symbolon/mpc/linkage/edges";
import type { RecordSide } from "@symbolon/mpc/linkage/link";
import { type LookUpRule, lookUp, lookUpTerms, storedList } from "@symbolon/mpc/linkage/look-up";
import { weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { PRODUCTION, SMALL_BATCH_TEST } from "@symbolon/mpc/profile";
import type { Bits } from "@symbolon/mpc/sharing/shares";
import { tableOf } from "@symbolon/mpc/table/table";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lookUpInTheClear } from "../plaintext/look-up.js";
import { flat, layout, recordPairs } from "./records.contract.js";

const WIDTH = 8;
const WORDS = layout.bits / 32;
const FRESH = 128;

const ruleOf = (score: number): LookUpRule => ({ records: layout, score, places: 128 });

function listsOf(seed: number, rows: number) {
  let state = Math.imul(seed + 1, 2654435761);
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state ^ (state >>> 15)) >>> 0;
  };
  const vectors = [FRESH, rows].map((count) =>
    Uint16Array.from({ length: count * WIDTH }, () => (draw() % 21) - 10),
  );
  const [fresh, stored] = recordPairs(seed, rows);
  const signed = (vector: Uint16Array, at: number): number => (vector[at] << 16) >> 16;
  const score = (a: number, b: number): number =>
    Array.from({ length: WIDTH }, (_, t) => t).reduce(
      (sum, t) => sum + signed(vectors[0], a * WIDTH + t) * signed(vectors[1], b * WIDTH + t),
      0,
    );
  return { vectors, fresh: fresh.slice(0, FRESH), stored, score };
}

type Lists = ReturnType<typeof listsOf>;

/** What the parties find, as lines "new stored weight". */
async function found(world: World, lists: Lists, rule: LookUpRule, count: number) {
  const shares = [lists.fresh, lists.stored].map((records, k) => ({
    rows: records.length,
    vectors: world.share(lists.vectors[k], "add"),
    records: world.share(flat(records), "xor"),
  }));
  const results = await world.each(async (ctx: Context, self: PartyIndex) => {
    const [fresh, stored] = shares.map(
      ({ rows, vectors, records }): RecordSide => ({
        side: { rows, width: WIDTH, shares: vectors[self] },
        records: tableOf(records[self], WORDS),
      }),
    );
    const edges = await lookUp(ctx, storedList(ctx, stored), fresh, count, rule);
    ctx.assertAllVerified();
    return edges;
  });
  const { least } = weightBounds(layout);
  return results[0].flatMap(({ places }, k) => {
    const number = (of: (edges: Edges) => readonly Bits[]): ((place: number) => number) => {
      const planes = of(results[0][k]).map((_, p) =>
        world.combine(
          results.map((edges) => of(edges[k])[p]),
          "xor",
        ),
      ) as Uint32Array[];
      return (place) =>
        planes.reduce(
          (sum, plane, p) => sum + 2 ** p * ((plane[place >> 5] >>> (place & 31)) & 1),
          0,
        );
    };
    const [isPair, weight, row, column] = [
      number((edges) => [edges.isPair]),
      number((edges) => edges.weights),
      number((edges) => edges.row),
      number((edges) => edges.column),
    ];
    return Array.from({ length: places }, (_, place) => place)
      .filter((place) => isPair(place) === 1)
      .map((place) => `${row(place)} ${column(place)} ${weight(place) + least}`);
  });
}

const expected = (lists: Lists, rule: LookUpRule, count: number): string[] =>
  lookUpInTheClear(lists, rule, count).map(({ a, b, weight }) => `${a} ${b} ${weight}`);

describe("lookUp", () => {
  it.each([
    ["few stored records are near", 110, 2],
    ["more are near than there are places", 1, 1],
  ])("finds what the oracle finds: %s", async (_, score, count) => {
    const lists = listsOf(1, 384);
    const rule = ruleOf(score);
    const pairs = expected(lists, rule, count);
    expect(pairs.length).toBeGreaterThan(5);
    expect(pairs.length <= 128 * count).toBe(true);
    const world = new World(1, { profile: SMALL_BATCH_TEST });
    const got = await found(world, lists, rule, count);
    expect([...got].sort()).toEqual([...pairs].sort());
  });

  it("refuses a rule by which rows that fill a list up would be near", async () => {
    const world = new World(2, { profile: SMALL_BATCH_TEST });
    await expect(found(world, listsOf(2, 128), ruleOf(0), 1)).rejects.toThrow(
      "rows that fill a list up are near nobody",
    );
  });

  it("aborts whatever any party flips, or nothing comes of it", { timeout: 240_000 }, async () => {
    const lies = fc.record({
      by: fc.constantFrom<PartyIndex>(0, 1, 2),
      message: fc.nat(),
      byte: fc.nat(),
      bit: fc.nat(7),
    });
    const lists = listsOf(5, 128);
    const run = async (world: World): Promise<string> =>
      (await found(world, lists, ruleOf(200), 1)).sort().join();
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(7, lie, run)).outcome).not.toBe("wrong result");
      }),
      { numRuns: 2 },
    );
  });

  it("may miss a lie once in 2^60 runs at the most, for 100,000 stored records", () => {
    expect(soundnessBits(lookUpTerms(PRODUCTION, ruleOf(1), 100_096, 1))).toBeGreaterThan(60);
  });
});
