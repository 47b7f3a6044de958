import { PARTIES } from "@symbolon/base/id";
import { tellLie } from "@symbolon/sim/world/lie";
import { seededCrypto } from "@symbolon/sim/world/seeded-crypto";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowsOfPlanes } from "../circuit/planes.js";
import { PRODUCTION } from "../profile.js";
import { vectorLike } from "../ring/vector.js";
import type { Bits } from "../sharing/shares.js";
import { verifyProducts } from "../verify/products.js";
import { gatesError } from "../verify/soundness.js";
import {
  discreteLaplace,
  laplaceFrom,
  laplaceGates,
  laplaceTerms,
  randomPlanes,
} from "./discrete-laplace.js";
import { type LaplaceDigits, type LaplaceNoise, laplaceDigits } from "./laplace-digits.js";

const noise = (numerator: number, denominator: number): LaplaceNoise => ({
  epsilon: { numerator: BigInt(numerator), denominator: BigInt(denominator) },
  sensitivity: 1n,
});

const wordsFor = (count: number): number => 4 * Math.ceil(count / 128);

/** The numbers that planes of two's complement hold. */
function numbersOf(planes: readonly Uint32Array[], count: number): number[] {
  const bit = (p: number, k: number): number => (planes[p][k >> 5] >>> (k & 31)) & 1;
  const sign = planes.length - 1;
  return Array.from({ length: count }, (_, k) =>
    planes.reduce((sum, _plane, p) => sum + (p === sign ? -1 : 1) * bit(p, k) * 2 ** p, 0),
  );
}

/** The same noise in the clear, from the same random planes, with comparisons of whole numbers. */
function inTheClear(digits: LaplaceDigits, random: Uint32Array, count: number): number[] {
  const words = wordsFor(count);
  return Array.from({ length: count }, (_, k) => {
    let at = 0;
    const geometric = (): number =>
      digits.thresholds.reduce((sum, threshold, j) => {
        const lowest = threshold.toString(2).length - threshold.toString(2).lastIndexOf("1") - 1;
        let u = 0n;
        for (let place = lowest; place < 64; place += 1) {
          const bit = (random[at * words + (k >> 5)] >>> (k & 31)) & 1;
          u |= BigInt(bit) << BigInt(place);
          at += 1;
        }
        return sum + (u < threshold ? 2 ** j : 0);
      }, 0);
    const first = geometric();
    return first - geometric();
  });
}

const combined = (world: World, planes: readonly (readonly Bits[])[]): Uint32Array[] =>
  planes[0].map((_, p) =>
    world.combine(
      planes.map((party) => party[p]),
      "xor",
    ),
  );

describe("Π_laplace", () => {
  it("equals the clear on the same random bits", async () => {
    const chosen = fc.record({
      numerator: fc.integer({ min: 1, max: 30 }),
      denominator: fc.integer({ min: 1, max: 20 }),
      count: fc.integer({ min: 1, max: 140 }),
    });
    await fc.assert(
      fc.asyncProperty(chosen, fc.nat(), async ({ numerator, denominator, count }, seed) => {
        const digits = laplaceDigits(noise(numerator, denominator));
        const words = wordsFor(count) * randomPlanes(digits);
        const random = vectorLike(
          new Uint32Array(0),
          seededCrypto(`random/${seed}`)
            .random(4 * words)
            .slice(),
        );
        const world = new World(seed);
        const dealt = world.share(random, "xor");
        const planes = await world.each(async (ctx, self) => {
          const made = await laplaceFrom(ctx, count, digits, dealt[self]);
          await verifyProducts(ctx);
          ctx.assertAllVerified();
          return made;
        });
        const clear = combined(world, planes);
        expect(numbersOf(clear, count)).toEqual(inTheClear(digits, random, count));
        // Padding holds no number.
        const padded = numbersOf(clear, 32 * wordsFor(count)).slice(count);
        expect(padded.every((value) => value === 0)).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  it("decides each digit rightly next to its threshold", async () => {
    // Random numbers cannot be expected to hit t − 1, t and t + 1: these are dealt.
    const digits: LaplaceDigits = { thresholds: [2n ** 63n - 1n, 2n ** 62n, 6n, 1n], distance: 0 };
    const near = digits.thresholds.map((t) => [t - 1n, t, t + 1n, 0n, 2n ** 64n - 1n, t >> 1n]);
    const lowest = [0n, 62n, 1n, 0n];
    const planes = [0, 1].flatMap((half) =>
      near.flatMap((cases, j) =>
        Array.from({ length: 64 - Number(lowest[j]) }, (_, place) => {
          const words = new Uint32Array(4);
          // The second number takes the cases in another order.
          cases.forEach((_u, k) => {
            const u = cases[(k + half) % cases.length];
            if ((u >> (lowest[j] + BigInt(place))) & 1n) words[0] |= 1 << k;
          });
          return words;
        }),
      ),
    );
    const random = Uint32Array.from(planes.flatMap((words) => [...words]));
    const world = new World(1);
    const dealt = world.share(random, "xor");
    const made = await world.each((ctx, self) => laplaceFrom(ctx, 6, digits, dealt[self]));
    const geometric = (k: number, half: number): number =>
      near.reduce((sum, cases, j) => {
        const u = cases[(k + half) % cases.length];
        const kept = (u >> lowest[j]) << lowest[j];
        return sum + (kept < digits.thresholds[j] ? 2 ** j : 0);
      }, 0);
    const expected = Array.from({ length: 6 }, (_, k) => geometric(k, 0) - geometric(k, 1));
    expect(numbersOf(combined(world, made), 6)).toEqual(expected);
  });

  it("has the exact distribution, by 2^17 numbers", async () => {
    const count = 2 ** 17;
    const world = new World("chi-square", { profile: PRODUCTION });
    const planes = await world.each(async (ctx, self) => {
      const seeds = selectionSeeds("chi-square", self);
      const { planes: made, distance } = await discreteLaplace(ctx, count, noise(1, 2), seeds);
      // That of all numbers together.
      expect(distance).toBe(count * laplaceDigits(noise(1, 2)).distance);
      return made;
    });
    const numbers = numbersOf(combined(world, planes), count);
    // P(X = x) = tanh(ε/2)·e^(−ε|x|), computed here from scratch; tails beyond ±20 together.
    const weight = (x: number): number => Math.tanh(0.25) * Math.exp(-0.5 * Math.abs(x));
    const seen = new Map<number, number>();
    for (const x of numbers) {
      const cell = Math.max(-20, Math.min(20, x));
      seen.set(cell, (seen.get(cell) ?? 0) + 1);
    }
    let chiSquare = 0;
    const tail =
      (1 - Array.from({ length: 39 }, (_, k) => weight(k - 19)).reduce((a, b) => a + b)) / 2;
    for (let x = -20; x <= 20; x += 1) {
      const expected = count * (Math.abs(x) === 20 ? tail : weight(x));
      chiSquare += ((seen.get(x) ?? 0) - expected) ** 2 / expected;
    }
    // 40 degrees of freedom: above 87 with probability 2·10^-5, below 10 with 10^-6.
    expect(chiSquare).toBeLessThan(87);
    expect(chiSquare).toBeGreaterThan(10);
    // Neighbouring numbers have nothing to do with one another.
    const product = numbers.slice(1).reduce((sum, x, k) => sum + x * numbers[k], 0);
    const variance = numbers.reduce((sum, x) => sum + x * x, 0) / count;
    expect(Math.abs(product) / (variance * Math.sqrt(count))).toBeLessThan(5);
  });

  it("costs what it says: 1,105 AND a number for ε = 1/10, in 72 rounds", async () => {
    for (const count of [1, 128, 129]) {
      const world = new World(3);
      const costs = await world.each(async (ctx, self) => {
        await discreteLaplace(ctx, count, noise(1, 10), selectionSeeds(1, self));
        const { andGates, rounds } = ctx.metrics;
        return { andGates, rounds, bytes: [...ctx.bytesSent] };
      });
      const gates = laplaceGates(laplaceDigits(noise(1, 10)));
      expect(gates).toBe(1105);
      const numbers = 32 * wordsFor(count);
      costs.forEach(({ andGates, rounds, bytes }, party) => {
        expect({ andGates, rounds }).toEqual({ andGates: numbers * gates, rounds: 72 });
        const expected = [0, 0, 0];
        expected[(party + 2) % 3] = (numbers * gates) / 8;
        expect(bytes).toEqual(expected);
      });
    }
  });

  it("is the same in every attempt at a run, another one in other steps and runs", async () => {
    const drawn = async (attempt: string, run: string): Promise<number[][]> => {
      // A world has keys and a name of its own, as an attempt has.
      const world = new World(attempt);
      const both = await world.each(async (ctx, self) => {
        const seeds = selectionSeeds(run, self);
        const steps = [ctx.narrow("a"), ctx.narrow("b")];
        const made = await Promise.all(
          steps.map((step) => discreteLaplace(step, 128, noise(1, 10), seeds)),
        );
        return made.map(({ planes }) => rowsOfPlanes(ctx, planes, 128));
      });
      return [0, 1].map((k) => [
        ...world.combine(both.map((steps) => steps[k]) as [Bits, Bits, Bits], "xor"),
      ]);
    };
    const [a, b] = await drawn("attempt 1", "run 1");
    expect(await drawn("attempt 2", "run 1")).toEqual([a, b]);
    expect(b).not.toEqual(a);
    const others = await drawn("attempt 1", "run 2");
    expect(others).not.toContainEqual(a);
    expect(others).not.toContainEqual(b);
  });

  it("has a soundness that follows from its sizes", () => {
    const digits = laplaceDigits(noise(1, 10));
    const [term] = laplaceTerms(PRODUCTION, 128, digits);
    expect(term).toEqual({
      check: "gates of the noise",
      count: 1,
      error: gatesError(PRODUCTION, 128 * 1105),
    });
    const [more] = laplaceTerms(PRODUCTION, 2 ** 20, digits);
    expect(more.error).toBeGreaterThan(term.error);
    expect(-Math.log2(more.error)).toBeGreaterThan(80);
  });

  it("aborts when any one party lies about any bit of it", async () => {
    const lies = fc.record({
      by: fc.constantFrom(...PARTIES),
      message: fc.nat(),
      byte: fc.nat(),
      bit: fc.nat(7),
    });
    const go = async (world: World): Promise<string> => {
      const made = await world.each(async (ctx, self) => {
        const { planes } = await discreteLaplace(ctx, 128, noise(8, 1), selectionSeeds(1, self));
        await verifyProducts(ctx);
        ctx.assertAllVerified();
        return rowsOfPlanes(ctx, planes, 128);
      });
      return world.combine(made, "xor").join();
    };
    await fc.assert(
      fc.asyncProperty(lies, fc.nat(), fc.boolean(), async (lie, seed, isOwn) => {
        const isOfNoise = (channel: string) => !channel.includes("/verify/");
        const { outcome } = await tellLie(seed, lie, go, isOwn ? isOfNoise : undefined);
        if (isOwn) expect(outcome).toBe("aborted");
        else expect(outcome).not.toBe("wrong result");
      }),
      { numRuns: 30 },
    );
  });
});
