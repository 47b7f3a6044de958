import type { PartyIndex } from "@symbolon/base/id";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verifyProducts } from "../verify/products.js";
import { planesOfRows, rowsOfPlanes } from "./planes.js";
import { PRINCE_GATES, prince } from "./prince.js";
import { substitute, substituteBack } from "./prince-sbox.js";

/** As the designers' paper has them: k0, k1, block, result. */
const VECTORS: readonly (readonly [bigint, bigint, bigint, bigint])[] = [
  [0n, 0n, 0n, 0x0125fc7359441690n],
  [0n, 0n, 0xffffffffffffffffn, 0x832bd46f108e7857n],
  [0xffffffffffffffffn, 0n, 0n, 0xee873b2ec447944dn],
  [0n, 0xffffffffffffffffn, 0n, 0x0ac6f9cd6e6f275dn],
  [0x0123456789abcdefn, 0xfedcba9876543210n, 0x0123456789abcdefn, 0x603cd95fa72a8704n],
];

const BOX = [0xb, 0xf, 3, 2, 0xa, 0xc, 9, 1, 6, 7, 8, 0, 0xe, 5, 0xd, 4];

/** The cipher once more, nibble by nibble and from tables. Nibble 0 is the most significant. */
function clearPrince(k0: bigint, k1: bigint, block: bigint): bigint {
  const alpha = 0xc0ac29b7c97c50ddn;
  const beta = 0x3f84d5b5b5470917n;
  const first = [
    0x13198a2e03707344n,
    0xa4093822299f31d0n,
    0x082efa98ec4e6c89n,
    0x452821e638d01377n,
    0xbe5466cf34e90c6cn,
  ];
  const constants = [...first, ...[...first].reverse().map((c, k) => c ^ (k % 2 ? beta : alpha))];
  const keys = [k0, k1];
  const nibbles = (x: bigint): number[] =>
    [...x.toString(16).padStart(16, "0")].map((digit) => Number.parseInt(digit, 16));
  const number = (x: readonly number[]): bigint =>
    BigInt(`0x${x.map((nibble) => nibble.toString(16)).join("")}`);
  const box = (x: bigint): bigint => number(nibbles(x).map((nibble) => BOX[nibble]));
  const back = (x: bigint): bigint => number(nibbles(x).map((nibble) => BOX.indexOf(nibble)));
  const rows = (x: bigint, step: number): bigint =>
    number(nibbles(x).map((_, n, all) => all[(n * step) % 16]));
  const masks = [7, 11, 13, 14];
  const mix = (x: bigint): bigint =>
    number(
      nibbles(x).map((_, n, all) => {
        const column = n >> 2;
        const more = column === 1 || column === 2 ? 1 : 0;
        return [0, 1, 2, 3].reduce(
          (sum, t) => sum ^ (masks[((n & 3) + t + more) % 4] & all[4 * column + t]),
          0,
        );
      }),
    );
  let x = block ^ k0;
  for (let i = 1; i <= 5; i += 1) x = rows(mix(box(x)), 5) ^ constants[i - 1] ^ keys[i % 2];
  x = back(mix(box(x) ^ k0) ^ k1 ^ beta);
  for (let i = 6; i <= 10; i += 1) x = back(mix(rows(x ^ keys[i % 2] ^ constants[i - 1], 13)));
  return x ^ k1 ^ beta;
}

const wordsOf = (numbers: readonly bigint[]): Uint32Array =>
  Uint32Array.from(numbers.flatMap((x) => [Number(x & 0xffffffffn), Number(x >> 32n)]));
const numbersOf = (words: Uint32Array): bigint[] =>
  Array.from(
    { length: words.length / 2 },
    (_, k) => BigInt(words[2 * k]) | (BigInt(words[2 * k + 1]) << 32n),
  );

async function onShares(
  world: World,
  k0: bigint,
  k1: bigint,
  blocks: readonly bigint[],
): Promise<{ blocks: bigint[]; gates: number; rounds: number }> {
  const key = world.share(wordsOf([k0, k1]), "xor");
  const rows = world.share(wordsOf(blocks), "xor");
  let [gates, rounds] = [0, 0];
  const made = await world.each(async (ctx, self) => {
    const planes = await prince(ctx, key[self], planesOfRows(ctx, rows[self], 2));
    gates = ctx.metrics.andGates;
    rounds = ctx.metrics.rounds;
    await verifyProducts(ctx);
    ctx.assertAllVerified();
    return rowsOfPlanes(ctx, planes, blocks.length);
  });
  return { blocks: numbersOf(world.combine(made, "xor")), gates, rounds };
}

const word64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

describe("PRINCEv2", () => {
  it.each(VECTORS)("of %i, %i, %i is as published", async (k0, k1, block, result) => {
    expect(clearPrince(k0, k1, block)).toBe(result);
    const { blocks, gates, rounds } = await onShares(new World(1), k0, k1, [block]);
    expect(blocks).toEqual([result]);
    // 128 rows are the least.
    expect({ gates, rounds }).toEqual({ gates: 128 * PRINCE_GATES, rounds: 36 });
  });

  it("encrypts many blocks as in the clear", async () => {
    const blocks = fc.array(word64, { minLength: 1, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(word64, word64, blocks, fc.nat(), async (k0, k1, clear, seed) => {
        const made = await onShares(new World(seed), k0, k1, clear);
        expect(made.blocks).toEqual(clear.map((block) => clearPrince(k0, k1, block)));
      }),
      { numRuns: 10 },
    );
  });

  it("has boxes that undo one another", async () => {
    const world = new World(3);
    const rows = world.share(
      Uint32Array.from({ length: 16 }, (_, k) => k),
      "xor",
    );
    const made = await world.each(async (ctx, self) => {
      const nibbles = planesOfRows(ctx, rows[self], 1).slice(0, 4);
      const there = await substitute(ctx.narrow("there"), nibbles);
      const back = await substituteBack(ctx.narrow("back"), there);
      await verifyProducts(ctx);
      return [there, back].map((planes) => rowsOfPlanes(ctx, planes, 16));
    });
    const [there, back] = [0, 1].map((k) =>
      world.combine(
        made.map((parts) => parts[k]),
        "xor",
      ),
    );
    expect([...there]).toEqual(BOX);
    expect([...back]).toEqual(BOX.map((_, k) => k));
  });

  it("aborts on every lie in a gate", async () => {
    const lies = fc.record({
      by: fc.constantFrom<PartyIndex>(0, 1, 2),
      message: fc.nat(),
      byte: fc.nat(),
      bit: fc.nat(7),
    });
    const told = async (world: World): Promise<string> =>
      (await onShares(world, 1n, 2n, [3n])).blocks.join(" ");
    const isGate = (channel: string): boolean => /box-\d\/and\/message$/.test(channel);
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(9, lie, told, isGate)).outcome).toBe("aborted");
      }),
      { numRuns: 15 },
    );
  });
});
