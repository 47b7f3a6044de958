import type { PartyIndex } from "@symbolon/base/id";
import type { Context } from "@symbolon/mpc/context";
import { edgesOf } from "@symbolon/mpc/linkage/edges";
import {
  type LinkRule,
  type WeighedPairs,
  weighPairs,
  withRowNumbers,
} from "@symbolon/mpc/linkage/link";
import { oneToOne } from "@symbolon/mpc/linkage/one-to-one";
import { recordTable } from "@symbolon/mpc/linkage/records";
import { matchedRows, rowBests } from "@symbolon/mpc/linkage/row-bests";
import { weightHistogram } from "@symbolon/mpc/linkage/weight-histogram";
import { type Profile, SMALL_BATCH_TEST } from "@symbolon/mpc/profile";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClearLists, weighPairsInTheClear } from "../plaintext/link.js";
import { mutualBests } from "../plaintext/one-to-one.js";
import { clearPartners } from "./edges.contract.js";
import { flat, layout, recordPairs } from "./records.contract.js";

const WIDTH = 8;
const FIELDS = 15;
const profile: Profile = { ...SMALL_BATCH_TEST, tileColumns: 64 };

interface Lists extends ClearLists {
  readonly vectors: readonly [Uint16Array, Uint16Array];
  readonly present: readonly [Uint32Array, Uint32Array];
}

/** Lists whose vectors are near by chance, and records that agree more or less. */
function listsOf(seed: number, rows: number): Lists {
  let state = Math.imul(seed + 1, 2654435761);
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state ^ (state >>> 15)) >>> 0;
  };
  const vector = (): Uint16Array =>
    Uint16Array.from({ length: rows * WIDTH }, () => (draw() % 21) - 10);
  const presence = (): Uint32Array =>
    Uint32Array.from({ length: rows * FIELDS }, () => (draw() % 8 === 0 ? 0 : 1));
  const vectors = [vector(), vector()] as const;
  const present = [presence(), presence()] as const;
  const pairs = recordPairs(seed, rows);
  const records = pairs.map((side, k) => side.map((one, row) => asKnown(one, present[k], row)));
  const score = (i: number, j: number): number => {
    let sum = 0;
    for (let t = 0; t < WIDTH; t += 1) {
      const [x, y] = [vectors[0][i * WIDTH + t], vectors[1][j * WIDTH + t]];
      sum += ((x << 16) >> 16) * ((y << 16) >> 16);
    }
    return sum;
  };
  return { rows, columns: rows, vectors, present, records: [records[0], records[1]], score };
}

/** Fields are known where their linkage fields are present. */
function asKnown(record: Uint32Array, present: Uint32Array, row: number): Uint32Array {
  const known = record.slice();
  for (const { offset, presence } of layout.fields) {
    const bit = 1 << (offset & 31);
    if (present[row * FIELDS + presence] === 1) known[offset >>> 5] |= bit;
    else known[offset >>> 5] &= ~bit;
  }
  return known;
}

/** What is made of the candidates. */
type Use<T> = (ctx: Context, pairs: readonly WeighedPairs[]) => Promise<T>;

async function linked<T>(
  world: World,
  lists: Lists,
  rule: LinkRule,
  use: Use<T>,
  prepare: typeof withRowNumbers = (_, side) => side,
): Promise<T[]> {
  const shares = [0, 1].map((k) => ({
    side: world.share(lists.vectors[k], "add"),
    records: world.share(flat(lists.records[k]), "xor"),
    present: world.share(lists.present[k], "add"),
  }));
  return world.each(async (ctx, self) => {
    const sides = shares.map(({ side, records, present }, k) => {
      const { rows } = lists;
      const list = {
        rows,
        content: present[self],
        present: present[self],
        real: records[self],
        records: records[self],
      };
      const given = {
        side: { rows, width: WIDTH, shares: side[self] },
        records: recordTable(ctx.narrow(`list-${k}`), layout, list, FIELDS),
      };
      return prepare(ctx, given);
    });
    const made = await use(ctx, await weighPairs(ctx, sides[0], sides[1], rule));
    ctx.assertAllVerified();
    return made;
  });
}

async function matched(world: World, lists: Lists, rule: LinkRule, least: number) {
  const results = await linked(world, lists, rule, async (ctx, pairs) =>
    matchedRows(ctx, await rowBests(ctx, pairs), layout, least),
  );
  const words = world.combine(results, "xor");
  return Array.from({ length: lists.rows }, (_, row) => (words[row >>> 5] >>> (row & 31)) & 1);
}

function expected(lists: Lists, rule: LinkRule, least: number): number[] {
  const pairs = weighPairsInTheClear(lists, rule, profile.tileRows);
  const rows = new Set(pairs.filter(({ weight }) => weight >= least).map(({ a }) => a));
  return Array.from({ length: lists.rows }, (_, row) => (rows.has(row) ? 1 : 0));
}

/** How many rows' best candidates weigh so many bits, from `from` to `to` and more. */
function histogram(lists: Lists, rule: LinkRule, from: number, to: number): number[] {
  const best = new Map<number, number>();
  for (const { a, weight } of weighPairsInTheClear(lists, rule, profile.tileRows)) {
    best.set(a, Math.max(weight, best.get(a) ?? weight));
  }
  const counts = new Array<number>(to - from + 1).fill(0);
  for (const weight of best.values()) {
    const bits = Math.min(Math.floor(weight / layout.unitsPerBit + 0.5), to);
    if (bits >= from) counts[bits - from] += 1;
  }
  return counts;
}

const rule = (score: number, rankBits: number, perRow: number): LinkRule => ({
  records: layout,
  score,
  rankBits,
  groupColumns: 128,
  perRow,
  slotRowsMax: rankBits === 1 ? 128 : 1024,
});

describe("weighPairs", () => {
  it.each([
    ["few candidates", rule(380, 2, 1), undefined],
    ["rows with more candidates than slots, two batches", rule(200, 1, 2), { rankBits: 7 }],
    ["blocks with more candidates than places", rule(230, 2, 1), { perRow: 3 }],
  ])("finds the rows that the oracle finds: %s", async (_, chosen, roomier) => {
    for (const [seed, least] of [
      [1, 10],
      [2, 60],
    ]) {
      const lists = listsOf(seed, 256);
      const kept = (one: LinkRule) => weighPairsInTheClear(lists, one, profile.tileRows).length;
      if (roomier) expect(kept(chosen)).toBeLessThan(kept({ ...chosen, ...roomier }));
      const flags = await matched(new World(seed, { profile }), lists, chosen, least);
      expect(flags).toEqual(expected(lists, chosen, least));
      expect(new Set(flags).size).toBe(2);
    }
  });

  it("counts no pair that weighs too little without what one field adds", async () => {
    const [lists, plain, least] = [listsOf(8, 128), rule(200, 2, 2), 10];
    const without = layout.fields.findIndex(({ name }) => name === "place");
    const chosen = { ...plain, floor: { least, without, own: [] } };
    const flags = await matched(new World(9, { profile }), lists, chosen, least - 60);
    expect(flags).toEqual(expected(lists, chosen, least - 60));
    // The same weight with that field is another rule.
    const count = (bits: readonly number[]) => bits.filter((bit) => bit === 1).length;
    expect(count(flags)).toBeGreaterThan(0);
    expect(count(flags)).toBeLessThan(count(expected(lists, plain, least)));
  });

  it("counts no pair of which the fields of a person's own say that it is two", async () => {
    const [lists, plain, least] = [listsOf(8, 128), rule(200, 2, 2), -60];
    const [without, place, ...own] = ["sex", "place", "given", "birth-date"].map((field) =>
      layout.fields.findIndex(({ name }) => name === field),
    );
    const count = (bits: readonly number[]) => bits.filter((bit) => bit === 1).length;
    const found = new Map<string, number>();
    for (const fields of [[], own, [place]]) {
      const chosen = { ...plain, floor: { least, without, own: fields } };
      const flags = await matched(new World(9, { profile }), lists, chosen, least);
      expect(flags).toEqual(expected(lists, chosen, least));
      found.set(fields.join(), count(flags));
    }
    expect(found.get(own.join())).toBeGreaterThan(0);
    expect(found.get(own.join())).toBeLessThan(found.get("") ?? 0);
    expect(found.get(own.join())).not.toBe(found.get(`${place}`));
  });

  it("finds the links that the oracle finds, by the numbers that pairs carry", async () => {
    const [lists, least] = [listsOf(8, 128), -20];
    const [sizes, chosen] = [{ rows: 128, columns: 128 }, rule(200, 2, 2)];
    const world = new World(8, { profile });
    const results = await linked(
      world,
      lists,
      chosen,
      async (ctx, pairs) =>
        oneToOne(ctx, layout, [{ edges: edgesOf(ctx, pairs, sizes), sizes, least }]),
      withRowNumbers,
    );
    const pairs = weighPairsInTheClear(lists, chosen, profile.tileRows);
    const links = mutualBests(pairs, least).sort((x, y) => x.a - y.a);
    expect(links.length).toBeGreaterThan(15);
    expect(pairs.length).toBeGreaterThan(2 * links.length);
    const found = results.map(([{ ours }]) => ours);
    expect([...clearPartners(world, found).values()]).toEqual(links);
  });

  it("refuses rules by which rows that fill a list up would be candidates", async () => {
    const lists = listsOf(6, 128);
    const run = (of: Lists, score: number) =>
      matched(new World(6, { profile }), of, rule(score, 1, 1), 10);
    await expect(run(lists, 0)).rejects.toThrow("rows that fill a list up are no candidates");
    await expect(run(lists, -5)).rejects.toThrow("rows that fill a list up are no candidates");
  });

  it("counts weights with noise that hides a row", async () => {
    const lists = listsOf(6, 256);
    const chosen = rule(250, 2, 2);
    const [from, to] = [-5, 12];
    const counted = async (attempt: number, numerator: bigint): Promise<number[]> => {
      const noise = { epsilon: { numerator, denominator: 1n }, sensitivity: 2n };
      const results = await linked(
        new World(attempt, { profile }),
        lists,
        chosen,
        async (ctx, pairs) => {
          const seeds = selectionSeeds(1, ctx.self);
          return weightHistogram(
            ctx,
            await rowBests(ctx, pairs),
            layout,
            { from, to, noise },
            seeds,
          );
        },
      );
      expect(results[1]).toEqual(results[0]);
      return [...results[0]];
    };
    const exact = histogram(lists, chosen, from, to);
    expect(exact.filter((count) => count > 0).length).toBeGreaterThan(5);
    // e^−25: as good as no noise.
    expect(await counted(1, 50n)).toEqual(exact);
    const noised = await counted(1, 1n);
    const moved = noised.map((count, k) => count - exact[k]);
    expect(moved.some((by) => by !== 0)).toBe(true);
    expect(moved.every((by) => Math.abs(by) < 80)).toBe(true);
    // Cut off and resumed: the same noise, of which there is no mean to be taken.
    expect(await counted(2, 1n)).toEqual(noised);
  });

  it("sends as much for one list as for another of its size", async () => {
    const traffic = async (score: number): Promise<string> => {
      const sizes: string[] = [];
      const world = new World(3, {
        profile,
        tamper: (message, { from, to, channel }) => {
          sizes.push(`${from} ${to} ${channel} ${message.length}`);
          return message;
        },
      });
      await matched(world, listsOf(4, 128), rule(score, 1, 1), 10);
      return sizes.join("\n");
    };
    expect(await traffic(30000)).toBe(await traffic(100));
  });

  it("aborts whatever any party flips, or nothing comes of it", async () => {
    const lies = fc.record({
      by: fc.constantFrom<PartyIndex>(0, 1, 2),
      message: fc.nat(),
      byte: fc.nat(),
      bit: fc.nat(7),
    });
    const lists = listsOf(5, 128);
    const run = async (world: World): Promise<string> =>
      (await matched(world, lists, rule(250, 1, 1), 10)).join("");
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(7, lie, run)).outcome).not.toBe("wrong result");
      }),
      { numRuns: 6 },
    );
  });
});
