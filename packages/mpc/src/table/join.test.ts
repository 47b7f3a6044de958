import type { PartyIndex } from "@symbolon/base/id";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Context } from "../context.js";
import type { Shares } from "../sharing/shares.js";
import { antiJoin, innerJoin, type JoinSides, leftJoin, semiJoin } from "./join.js";
import { keyWords } from "./key.js";
import { joinTables, keyOf, rowsOf, type TwoTables } from "./two-tables.contract.js";

interface Clear extends TwoTables {
  readonly keyBits: number;
}

const run = (
  world: World,
  clear: Clear,
  join: (ctx: Context, sides: JoinSides) => Promise<Shares>,
): Promise<Uint32Array> => {
  const { keyBits } = clear;
  return joinTables(world, clear, (ctx, left, right) => join(ctx, { left, right, keyBits }));
};

/** The partner of each row of the left side: the last of the right one with its key. */
const partners = ({ left, right, keyBits }: Clear): (readonly number[] | undefined)[] =>
  left.map((row) =>
    right.findLast((other) => `${keyOf(other, keyBits)}` === `${keyOf(row, keyBits)}`),
  );

function leftJoinClear(clear: Clear): number[][] {
  const head = keyWords(clear.keyBits);
  const payload = clear.widths[1] - head;
  return partners(clear).map((partner) => [
    partner ? 1 : 0,
    ...(partner?.slice(head) ?? new Array<number>(payload).fill(0)),
  ]);
}

/** Two sides with keys of up to 2 words, few different ones or many, 0 to 2 words besides. */
const sides: fc.Arbitrary<Clear> = fc
  .record({
    keyBits: fc.constantFrom(1, 3, 31, 32, 33, 64),
    payloads: fc.tuple(fc.nat(2), fc.nat(2)),
    keyMax: fc.constantFrom(0, 2, 20, 0xffffffff),
    counts: fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })),
  })
  .chain(({ keyBits, payloads, keyMax, counts }) => {
    const head = keyWords(keyBits);
    const side = (k: 0 | 1) => {
      const key = fc.array(fc.nat(keyMax), { minLength: head, maxLength: head });
      const more = fc.array(fc.nat(0xffffffff), { minLength: payloads[k], maxLength: payloads[k] });
      const row = fc.tuple(key, more).map(([a, b]) => [...a, ...b]);
      return fc.array(row, { minLength: counts[k], maxLength: counts[k] });
    };
    const widths = [head + payloads[0], head + payloads[1]] as const;
    return fc.tuple(side(0), side(1)).map(([left, right]) => ({ left, right, keyBits, widths }));
  });

const SMALL: Clear = {
  left: [
    [3, 30],
    [1, 10],
    [3, 31],
    [9, 90],
  ],
  right: [
    [3, 300],
    [2, 200],
    [1, 100],
  ],
  keyBits: 4,
  widths: [2, 2],
};

describe("joins", () => {
  it("give every row of the left side its partner's payload", async () => {
    await fc.assert(
      fc.asyncProperty(sides, fc.nat(), async (clear, seed) => {
        const words = await run(
          new World(seed),
          clear,
          async (ctx, given) => (await leftJoin(ctx, given)).shares,
        );
        const width = 1 + clear.widths[1] - keyWords(clear.keyBits);
        expect(rowsOf(words, width)).toEqual(leftJoinClear(clear));
      }),
      { numRuns: 15 },
    );
  });

  it("keep or blank rows of the left side (inner join)", async () => {
    await fc.assert(
      fc.asyncProperty(sides, fc.nat(), async (clear, seed) => {
        const words = await run(
          new World(seed),
          clear,
          async (ctx, given) => (await innerJoin(ctx, given)).shares,
        );
        const expected = leftJoinClear(clear).map(([match, ...payload], k) => [
          match,
          ...(match === 1 ? clear.left[k] : clear.left[k].map(() => 0)),
          ...payload,
        ]);
        const width = 1 + clear.widths[0] + clear.widths[1] - keyWords(clear.keyBits);
        expect(rowsOf(words, width)).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  });

  it("join sides without rows", async () => {
    for (const clear of [
      { ...SMALL, left: [] },
      { ...SMALL, right: [] },
    ]) {
      const join = async (ctx: Context, given: JoinSides) => (await innerJoin(ctx, given)).shares;
      const words = await run(new World(1), clear, join);
      expect([...words]).toEqual(clear.left.flatMap(() => [0, 0, 0, 0]));
    }
  });

  it("tell who has a partner and who has none (semi-join, anti-join)", async () => {
    await fc.assert(
      fc.asyncProperty(sides, fc.nat(), async (clear, seed) => {
        const bits = (words: Uint32Array) =>
          clear.left.map((_, k) => ((words[k >> 5] >>> (k & 31)) & 1) === 1);
        const has = bits(await run(new World(seed), clear, semiJoin));
        const words = await run(new World(seed), clear, antiJoin);
        const lacks = bits(words);
        expect(has).toEqual(partners(clear).map((partner) => partner !== undefined));
        expect(lacks).toEqual(has.map((bit) => !bit));
        // Bits behind the last row are zero.
        const ones = [...words].reduce(
          (sum, word) => sum + word.toString(2).split("1").length - 1,
          0,
        );
        expect(ones).toBe(lacks.filter(Boolean).length);
      }),
      { numRuns: 6 },
    );
  });

  it("span several blocks of rows", async () => {
    // One right row first in a group of 700, and groups at every boundary of a block.
    const clear: Clear = {
      left: Array.from({ length: 700 }, (_, k) => [k < 400 ? 5 : k]),
      right: Array.from({ length: 40 }, (_, k) => [k === 0 ? 5 : 395 + 7 * k, 1000 + k]),
      keyBits: 10,
      widths: [1, 2],
    };
    const join = async (ctx: Context, given: JoinSides) => (await leftJoin(ctx, given)).shares;
    expect(rowsOf(await run(new World(1), clear, join), 2)).toEqual(leftJoinClear(clear));
  });

  const lies = fc.record({
    by: fc.constantFrom<PartyIndex>(0, 1, 2),
    message: fc.nat(),
    byte: fc.nat(),
    bit: fc.nat(7),
  });
  const told = async (world: World): Promise<string> =>
    (await run(world, SMALL, async (ctx, given) => (await innerJoin(ctx, given)).shares)).join(" ");

  it("abort whatever any party flips, or nothing comes of it", async () => {
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(7, lie, told)).outcome).not.toBe("wrong result");
      }),
      { numRuns: 20 },
    );
  });

  it("abort on every lie about what is taken over, or whether keys are equal", async () => {
    const isGate = (channel: string): boolean =>
      /(scan|same|goes-on|mask)\/.*and\/message$/.test(channel);
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(8, lie, told, isGate)).outcome).toBe("aborted");
      }),
      { numRuns: 20 },
    );
  });

  it("send as much for one content as for another of the same order", async () => {
    const outline = async (right: number): Promise<string> => {
      const seen: string[] = [];
      const world = new World(5, {
        tamper: (message, { from, to, channel }) => {
          seen.push(`${from} ${to} ${channel} ${message.length}`);
          return message;
        },
      });
      const clear = { ...SMALL, right: SMALL.right.map(([key, p]) => [key * right, p + right]) };
      await run(world, clear, async (ctx, given) => (await leftJoin(ctx, given)).shares);
      return seen.join("\n");
    };
    // With 1 three rows have partners, with 1000 none has.
    expect(await outline(1)).toBe(await outline(1000));
  });
});
