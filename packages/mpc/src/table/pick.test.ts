import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { popcount } from "../circuit/popcount.js";
import type { ProtocolAbort } from "../error.js";
import { verifyProducts } from "../verify/products.js";
import { pickFlagged } from "./pick.js";
import { shuffle } from "./shuffle.js";

const ROWS = 256;
const RULE = { pick: 3, marginMin: 2, marginBits: 2 };

function packed(flags: readonly boolean[]): Uint32Array {
  const words = new Uint32Array(Math.ceil(flags.length / 128) * 4);
  flags.forEach((flag, k) => {
    if (flag) words[k >> 5] |= 1 << (k & 31);
  });
  return words;
}

async function pick(world: World, flags: readonly boolean[], seed: number) {
  const shares = world.share(packed(flags), "xor");
  const results = await world.each(async (ctx, self) => {
    const answer = await pickFlagged(
      ctx,
      shares[self],
      flags.length,
      RULE,
      selectionSeeds(seed, self),
    );
    ctx.assertAllVerified();
    return answer;
  });
  return [...world.combine(results, "xor")];
}

const flagsOf = (chosen: readonly number[]): boolean[] =>
  Array.from({ length: ROWS }, (_, k) => chosen.includes(k));

describe("popcount", () => {
  it("counts set bits", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint32Array({ minLength: 1, maxLength: 9 }),
        fc.nat(),
        async (words, seed) => {
          const filled = new Uint32Array(Math.ceil(words.length / 4) * 4);
          filled.set(words);
          const world = new World(seed);
          const shares = world.share(filled, "xor");
          const planes = await world.each(async (ctx, self) => {
            const counted = await popcount(ctx, shares[self]);
            await verifyProducts(ctx);
            return counted;
          });
          const value = planes[0].reduce((sum, _, p) => {
            const bit =
              world.combine(
                planes.map((of) => of[p]),
                "xor",
              )[0] & 1;
            return sum + bit * 2 ** p;
          }, 0);
          const expected = [...filled].reduce(
            (sum, word) => sum + word.toString(2).replaceAll("0", "").length,
            0,
          );
          expect(value).toBe(expected);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe("shuffle", () => {
  it("keeps the rows, changes their order, and repeats it for the same seeds", async () => {
    const rows = Uint32Array.from({ length: 200 }, (_, k) => Math.imul(k, 2654435761));
    const once = async (world: number, seed: number) => {
      const w = new World(world);
      const shares = w.share(rows, "xor");
      const out = await w.each((ctx, self) =>
        shuffle(ctx, shares[self], selectionSeeds(seed, self)),
      );
      return [...w.combine(out, "xor")];
    };
    const first = await once(1, 1);
    expect([...first].sort()).toEqual([...rows].sort());
    expect(first).not.toEqual([...rows]);
    expect(await once(2, 1)).toEqual(first);
    expect(await once(1, 2)).not.toEqual(first);
  });
});

describe("pickFlagged", () => {
  it("draws distinct flagged rows if enough remain, and nothing otherwise", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(ROWS - 1), { minLength: 0, maxLength: 14 }),
        fc.nat(),
        async (chosen, seed) => {
          const [enough, ...indices] = await pick(new World(seed), flagsOf(chosen), seed);
          if (chosen.length >= RULE.pick + RULE.marginMin + 3) expect(enough).toBe(1);
          if (chosen.length < RULE.pick + RULE.marginMin) expect(enough).toBe(0);
          if (enough === 1) {
            expect(new Set(indices).size).toBe(RULE.pick);
            for (const index of indices) expect(chosen).toContain(index);
          } else {
            expect(indices).toEqual([0, 0, 0]);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it("draws every flagged row about equally often", async () => {
    const chosen = Array.from({ length: 10 }, (_, k) => 7 + 20 * k);
    const drawn = new Map<number, number>();
    const runs = 60;
    for (let seed = 0; seed < runs; seed += 1) {
      for (const index of (await pick(new World(seed), flagsOf(chosen), seed)).slice(1)) {
        drawn.set(index, (drawn.get(index) ?? 0) + 1);
      }
    }
    // 18 draws expected each; seeded, so this is a fixed outcome, not a flaky one.
    for (const index of chosen) expect(drawn.get(index)).toBeGreaterThan(7);
    expect([...drawn.keys()].every((index) => chosen.includes(index))).toBe(true);
  });

  it("aborts, or gives the same answer, when any party changes any byte", async () => {
    const flags = flagsOf(Array.from({ length: 20 }, (_, k) => 3 + 9 * k));
    const seen: { from: number; to: number; channel: string }[] = [];
    const honest = await pick(
      new World(1, {
        tamper: (message, at) => {
          seen.push(at);
          return message;
        },
      }),
      flags,
      1,
    );
    const codes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(seen.length - 1),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (k, at, error) => {
          const target = seen[k];
          const world = new World(1, {
            tamper: (message, { from, to, channel }) => {
              if (from !== target.from || to !== target.to || channel !== target.channel)
                return message;
              const changed = message.slice();
              changed[at % changed.length] ^= error;
              return changed;
            },
          });
          const outcome = await pick(world, flags, 1).catch((failure: ProtocolAbort) => failure);
          if (outcome instanceof Error) {
            expect(outcome.name).toBe("ProtocolAbort");
            codes.add(outcome.code);
          } else {
            expect(outcome).toEqual(honest);
          }
        },
      ),
      { numRuns: 150 },
    );
    expect([...codes]).toContain("PRODUCT_CHECK_FAILED");
  });
});
