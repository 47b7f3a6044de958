import type { PartyIndex } from "@symbolon/base/id";
import { personBands } from "@symbolon/case-data/compare/band-rule";
import type { Context } from "@symbolon/mpc/context";
import type { BandRule } from "@symbolon/mpc/linkage/band-rule";
import { bandTerms } from "@symbolon/mpc/linkage/band-terms";
import { type BandPairs, weighBands } from "@symbolon/mpc/linkage/bands";
import type { Edges } from "@symbolon/mpc/linkage/edges";
import { weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { PRODUCTION, SMALL_BATCH_TEST } from "@symbolon/mpc/profile";
import type { Bits, Shares } from "@symbolon/mpc/sharing/shares";
import { tableOf } from "@symbolon/mpc/table/table";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClearRecords, weighBandsInTheClear } from "../plaintext/bands.js";
import { flat, layout, recordPairs } from "./records.contract.js";

const profile = SMALL_BATCH_TEST;
const WORDS = layout.bits / 32;
const PERSONS = personBands(256, 256);

/** A few bands of the persons' rule, with little room. */
function ruleOf(bands: readonly number[], changes: Partial<BandRule> = {}): BandRule {
  const some = bands.map((k) => ({ ...PERSONS.bands[k], window: 3, perRow: 1 }));
  return { ...PERSONS, bands: some, slotRowsMax: 3 * 128, ...changes };
}

/** `rows` records of each side; those from `filled` on fill the list up. */
function listsOf(seed: number, rows: number, filled = rows): ClearRecords {
  const empty = new Uint32Array(WORDS);
  const [ours, theirs] = recordPairs(seed, rows).map((side) =>
    side.map((record, row) => (row < filled ? record : empty)),
  );
  return [ours, theirs];
}

/** Runs Π_band-pairs, and gives what `make` makes of its results at each party. */
function banded<T>(
  world: World,
  lists: ClearRecords,
  rule: BandRule,
  make: (found: BandPairs) => T,
): Promise<T[]> {
  const shares = lists.map((records) => world.share(flat(records), "xor"));
  return world.each(async (ctx: Context, self: PartyIndex) => {
    const [ours, theirs] = shares.map((side) => tableOf(side[self], WORDS));
    const found = await weighBands(ctx, ours, theirs, rule);
    ctx.assertAllVerified();
    return make(found);
  });
}

/** Numbers of rows from planes, lowest first, all as one vector to combine. */
const numberOf = (planes: readonly Uint32Array[], row: number): number =>
  planes.reduce((sum, plane, p) => sum + 2 ** p * ((plane[row >>> 5] >>> (row & 31)) & 1), 0);

/** Opens planes that all parties have. */
function opened(world: World, planes: readonly (readonly Bits[])[]): Uint32Array[] {
  return planes[0].map((_, p) =>
    world.combine(planes.map((party) => party[p]) as Shares[], "xor"),
  ) as Uint32Array[];
}

/** The greatest weight of each row of ours, or nothing. */
function expectedBests(lists: ClearRecords, rule: BandRule): (number | undefined)[] {
  const best = lists[0].map((): number | undefined => undefined);
  for (const { a, weight } of weighBandsInTheClear(lists, rule)) {
    best[a] = Math.max(weight, best[a] ?? weight);
  }
  return best;
}

async function bestsOf(world: World, lists: ClearRecords, rule: BandRule) {
  const planes = opened(
    world,
    await banded(world, lists, rule, ({ bests: { has, weights } }) => [has, ...weights]),
  );
  const { least } = weightBounds(layout);
  return lists[0].map((_, row) =>
    numberOf(planes.slice(0, 1), row) === 1 ? numberOf(planes.slice(1), row) + least : undefined,
  );
}

const inOrder = (pairs: readonly string[]): string[] => [...pairs].sort();

describe("weighBands", { timeout: 240_000 }, () => {
  it("finds the best pair of each row that the oracle finds", async () => {
    const lists = listsOf(1, 256, 200);
    const rule = ruleOf([0, 2, 5]);
    const bests = expectedBests(lists, rule);
    expect(bests.filter((weight) => weight !== undefined).length).toBeGreaterThan(20);
    expect(bests.slice(0, 200).filter((weight) => weight === undefined).length).toBeGreaterThan(9);
    expect(await bestsOf(new World(1, { profile }), lists, rule)).toEqual(bests);
  });

  it("gives the pairs with their rows, each of them once", async () => {
    const lists = listsOf(3, 128);
    const rule = ruleOf([2, 4], { least: 14 });
    const world = new World(3, { profile });
    const results = await banded(world, lists, rule, ({ edges }) => edges);
    const { least } = weightBounds(layout);
    const planesOf = (of: (edges: Edges) => readonly Bits[]): Uint32Array[] =>
      opened(world, results.map(of));
    const [isPair, weights, rows, columns] = [
      planesOf((edges) => [edges.isPair]),
      planesOf((edges) => edges.weights),
      planesOf((edges) => edges.row),
      planesOf((edges) => edges.column),
    ];
    const found = Array.from({ length: results[0].places }, (_, place) => place)
      .filter((place) => numberOf(isPair, place) === 1)
      .map((place) => {
        const weight = numberOf(weights, place) + least;
        return `${numberOf(rows, place)} ${numberOf(columns, place)} ${weight}`;
      });
    const expected = weighBandsInTheClear(lists, rule);
    expect(inOrder(found)).toEqual(
      inOrder(expected.map(({ a, b, weight }) => `${a} ${b} ${weight}`)),
    );
    expect(new Set(expected.map(({ a, b }) => `${a} ${b}`)).size).toBe(expected.length);
    expect(new Set(expected.map(({ band }) => band)).size).toBe(2);
  });

  it("counts no pair below a floor, as the oracle does", async () => {
    const lists = listsOf(6, 128);
    const number = (field: string) => layout.fields.findIndex(({ name }) => name === field);
    const floor = { least: -40, without: number("sex"), own: [number("given"), number("surname")] };
    const rule = ruleOf([2, 5]);
    const bests = expectedBests(lists, { ...rule, floor });
    expect(bests).not.toEqual(expectedBests(lists, rule));
    expect(bests.filter((weight) => weight !== undefined).length).toBeGreaterThan(5);
    expect(await bestsOf(new World(6, { profile }), lists, { ...rule, floor })).toEqual(bests);
  });

  it("puts no row near others by what it does not claim to know", async () => {
    const [ours, theirs] = listsOf(7, 128);
    const rule = ruleOf([2, 5]);
    const date = layout.fields.findIndex(({ name }) => name === "birth-date");
    const { offset } = layout.fields[date];
    // Rows of ours have the dates of theirs and say that they have none.
    const hidden = ours.map((record, row) => {
      const made = record.slice();
      const bitOf = (from: Uint32Array, place: number) => (from[place >>> 5] >>> (place & 31)) & 1;
      for (let place = offset; place < layout.fields[date + 1].offset; place += 1) {
        made[place >>> 5] &= ~(1 << (place & 31));
        if (place > offset) made[place >>> 5] |= bitOf(theirs[row], place) << (place & 31);
      }
      return made;
    });
    const bare = hidden.map((record) => {
      const made = record.slice();
      for (let place = offset; place < layout.fields[date + 1].offset; place += 1) {
        made[place >>> 5] &= ~(1 << (place & 31));
      }
      return made;
    });
    const half = (side: readonly Uint32Array[]) => [...ours.slice(0, 64), ...side.slice(64)];
    const expected = expectedBests([half(bare), theirs], rule);
    expect(expected.filter((weight) => weight !== undefined).length).toBeGreaterThan(5);
    const found = await bestsOf(new World(7, { profile }), [half(hidden), theirs], rule);
    expect(found).toEqual(expected);
  });

  it("leaves out what finds no room, as the oracle does", async () => {
    const lists = listsOf(4, 256);
    const bands = [{ ...PERSONS.bands[2], window: 6, perRow: 0.1 }];
    const rule = ruleOf([], { bands, slotRowsMax: 6 * 128, least: 12 });
    const roomy = { ...rule, bands: bands.map((band) => ({ ...band, perRow: 9 })) };
    const kept = weighBandsInTheClear(lists, rule).length;
    expect(kept).toBeLessThan(weighBandsInTheClear(lists, roomy).length);
    const bests = expectedBests(lists, rule);
    expect(await bestsOf(new World(4, { profile }), lists, rule)).toEqual(bests);
  });

  it("sends as much for one list as for another of its size", async () => {
    const traffic = async (lists: ClearRecords): Promise<number> => {
      let bytes = 0;
      const world = new World(3, {
        profile,
        tamper: (message, { channel }) => {
          if (!channel.includes("/sort/")) bytes += message.length;
          return message;
        },
      });
      await bestsOf(world, lists, ruleOf([3]));
      return bytes;
    };
    expect(await traffic(listsOf(5, 128))).toBe(await traffic(listsOf(5, 128, 0)));
  });

  it("aborts whatever any party flips, or nothing comes of it", async () => {
    const lies = fc.record({
      by: fc.constantFrom<PartyIndex>(0, 1, 2),
      message: fc.nat(),
      byte: fc.nat(),
      bit: fc.nat(7),
    });
    const lists = listsOf(5, 128);
    const rule = { ...ruleOf([2]), slotRowsMax: 128 };
    const run = async (world: World): Promise<string> => (await bestsOf(world, lists, rule)).join();
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(7, lie, run)).outcome).not.toBe("wrong result");
      }),
      { numRuns: 2 },
    );
  });

  it("may miss a lie once in 2^60 runs at the most, for lists of 10^5", () => {
    const rows = 100_096;
    expect(
      soundnessBits(bandTerms(PRODUCTION, personBands(rows, rows), rows, rows)),
    ).toBeGreaterThan(60);
  });
});
