import { compareRecords } from "@symbolon/case-data/compare/levels";
import { contributions, matchWeight } from "@symbolon/case-data/compare/weigh";
import { planesOfRows } from "@symbolon/mpc/circuit/planes";
import { matchGates } from "@symbolon/mpc/linkage/link-terms";
import { matchWeights, weighRecords, weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { concatBits } from "@symbolon/mpc/protocol/and";
import type { Bits } from "@symbolon/mpc/sharing/shares";
import { verifyProducts } from "@symbolon/mpc/verify/products";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flat, layout, recordPairs } from "./records.contract.js";

const WIDTH = layout.bits / 32;

async function weightsOnShares(world: World, rows: number, sides: readonly Uint32Array[][]) {
  const [x, y] = sides.map((side) => world.share(flat(side), "xor"));
  const results = await world.each(async (ctx, self) => {
    const [left, right] = [x, y].map((shares) => planesOfRows(ctx, shares[self], WIDTH));
    const planes = await matchWeights(ctx, layout, left, right);
    expect(matchGates(layout) * Math.ceil(rows / 128) * 128).toBeGreaterThan(ctx.metrics.andGates);
    await verifyProducts(ctx);
    ctx.assertAllVerified();
    return concatBits(...planes);
  });
  const words = world.combine(results, "xor");
  const count = words.length / (Math.ceil(rows / 128) * 4);
  const { least } = weightBounds(layout);
  return Array.from({ length: rows }, (_, row) => {
    let weight = least;
    for (let p = 0; p < count; p += 1) {
      const word = words[(p * words.length) / count + (row >>> 5)];
      weight += ((word >>> (row & 31)) & 1) * 2 ** p;
    }
    return weight;
  });
}

describe("matchWeights", () => {
  it("are the weights that records have in the clear, whatever the records", async () => {
    const seen = layout.fields.map(() => new Set<number>());
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const sides = recordPairs(seed, 128);
        const expected = sides[0].map((a, row) => {
          const levels = compareRecords(layout, a, sides[1][row]);
          levels.forEach((level, f) => {
            seen[f].add(level);
          });
          return matchWeight(layout, levels, a, sides[1][row]);
        });
        expect(await weightsOnShares(new World(seed), 128, sides)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
    layout.fields.forEach(({ weights, name }, f) => {
      expect(seen[f].size, name).toBe(weights.length + 1);
    });
  });

  it("tell whether any chosen fields together speak for a pair", async () => {
    const numbers = layout.fields.map((_, f) => f);
    const chosen = fc.subarray(numbers, { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(fc.nat(), chosen, async (seed, own) => {
        const sides = recordPairs(seed, 128);
        const expected = sides[0].map((a, row) => {
          const levels = compareRecords(layout, a, sides[1][row]);
          const said = contributions(layout, levels, a, sides[1][row]);
          return own.reduce((sum, f) => sum + said[f], 0) >= 0 ? 1 : 0;
        });
        const world = new World(seed);
        const [x, y] = sides.map((side) => world.share(flat(side), "xor"));
        const results = await world.each(async (ctx, self) => {
          const [left, right] = [x, y].map((shares) => planesOfRows(ctx, shares[self], WIDTH));
          const { inFavour } = await weighRecords(ctx, layout, left, right, own);
          await verifyProducts(ctx);
          return inFavour as Bits;
        });
        const words = world.combine(results, "xor");
        const found = expected.map((_, row) => (words[row >>> 5] >>> (row & 31)) & 1);
        expect(found).toEqual(expected);
      }),
      { numRuns: 6, examples: [[1, [0, 1]]] },
    );
  });

  it("abort whatever any party lies", async () => {
    const lies = fc.record({
      by: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
      message: fc.nat(),
      byte: fc.nat(),
      bit: fc.nat(7),
    });
    const sides = recordPairs(1, 3);
    const run = async (world: World): Promise<string> =>
      (await weightsOnShares(world, 3, sides)).join(" ");
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(7, lie, run)).outcome).not.toBe("wrong result");
      }),
      { numRuns: 15 },
    );
  });
});
