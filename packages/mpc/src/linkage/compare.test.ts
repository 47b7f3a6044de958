import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProtocolAbort } from "../error.js";
import { SMALL_BATCH_TEST } from "../profile.js";
import type { Shares } from "../sharing/shares.js";
import { noneMatch } from "./compare.js";
import type { Side } from "./list.js";

const WIDTH = 16;

/** Small signed entries, so that scores stay well inside 16 bits. */
function rowsOf(seed: number, rows: number): Uint16Array {
  let state = seed * 2654435761 + 12345;
  return Uint16Array.from({ length: rows * WIDTH }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state >>> 24) % 41) - 20;
  });
}

const side = (shares: Shares<Uint16Array>): Side => ({
  rows: shares.length / WIDTH,
  width: WIDTH,
  shares,
});

function inTheClear(
  a: Uint16Array,
  b: Uint16Array,
  threshold: number,
  earlier: boolean,
): boolean[] {
  return Array.from({ length: a.length / WIDTH }, (_, i) => {
    for (let j = 0; j < b.length / WIDTH; j += 1) {
      if (earlier && j >= i) break;
      let score = 0;
      for (let t = 0; t < WIDTH; t += 1)
        score += ((a[i * WIDTH + t] << 16) >> 16) * ((b[j * WIDTH + t] << 16) >> 16);
      if (score >= threshold) return false;
    }
    return true;
  });
}

async function compare(
  world: World,
  a: Uint16Array,
  b: Uint16Array,
  threshold: number,
  pairs: "all" | "earlier",
) {
  const ours = world.share(a, "add");
  const theirs = pairs === "all" ? world.share(b, "add") : ours;
  const results = await world.each(async (ctx, self) => {
    const none = await noneMatch(ctx, side(ours[self]), side(theirs[self]), threshold, pairs);
    ctx.assertAllVerified();
    return none;
  });
  const words = world.combine(results, "xor");
  return Array.from(
    { length: a.length / WIDTH },
    (_, i) => ((words[i >> 5] >>> (i & 31)) & 1) === 1,
  );
}

describe("noneMatch", () => {
  it("equals the comparison in the clear", async () => {
    const property = fc.asyncProperty(
      fc.nat(1e6),
      fc.constantFrom(128, 256),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 500, max: 2500 }),
      async (seed, n, m, threshold) => {
        const [a, b] = [rowsOf(seed, n), rowsOf(seed + 1, m)];
        const found = await compare(new World(seed), a, b, threshold, "all");
        expect(found).toEqual(inTheClear(a, b, threshold, false));
      },
    );
    await fc.assert(property, { numRuns: 12 });
  });

  it("counts only earlier rows of the same list when asked to", async () => {
    const a = rowsOf(3, 256);
    a.copyWithin(200 * WIDTH, 17 * WIDTH, 18 * WIDTH);
    const found = await compare(new World(3), a, a, 2000, "earlier");
    expect(found).toEqual(inTheClear(a, a, 2000, true));
    expect(found[200]).toBe(false);
    expect(found[17]).toBe(true);
  });

  it("finds the same with bands side by side, in half the rounds", async () => {
    const [a, b] = [rowsOf(8, 128), rowsOf(9, 16)];
    const [alone, beside] = [1, 2].map((bandsInFlight) => {
      const profile = { ...SMALL_BATCH_TEST, bandsInFlight };
      return new World(4, { profile });
    });
    const found = await compare(alone, a, b, 1500, "all");
    expect(await compare(beside, a, b, 1500, "all")).toEqual(found);
    const [inTurn, atOnce] = [alone, beside].map((world) => world.contexts[0].metrics.rounds);
    // Four bands, and the rounds that put their rows together.
    expect(atOnce).toBeGreaterThan(inTurn / 2);
    expect(atOnce).toBeLessThan(0.6 * inTurn);
  });

  it("aborts when any one party changes any one byte of any message", async () => {
    const [a, b] = [rowsOf(5, 128), rowsOf(6, 3)];
    const channels: { from: number; to: number; channel: string; size: number }[] = [];
    await compare(
      new World(7, {
        tamper: (message, at) => {
          channels.push({ ...at, size: message.length });
          return message;
        },
      }),
      a,
      b,
      1500,
      "all",
    );
    const lie = fc.record({
      message: fc.nat(channels.length - 1),
      at: fc.nat(1e6),
      error: fc.integer({ min: 1, max: 255 }),
    });
    const codes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(lie, async ({ message: index, at, error }) => {
        const target = channels[index];
        const world = new World(7, {
          tamper: (message, place) => {
            if (
              place.from !== target.from ||
              place.to !== target.to ||
              place.channel !== target.channel
            )
              return message;
            const changed = message.slice();
            changed[at % changed.length] ^= error;
            return changed;
          },
        });
        const outcome = await compare(world, a, b, 1500, "all").catch((e: ProtocolAbort) => e);
        if (outcome instanceof Error) {
          expect(outcome.name).toBe("ProtocolAbort");
          codes.set(outcome.code, (codes.get(outcome.code) ?? 0) + 1);
        } else {
          // Bits beyond the ring or the field say nothing: then the outcome must be unharmed.
          expect(outcome).toEqual(inTheClear(a, b, 1500, false));
        }
      }),
      { numRuns: 150 },
    );
    expect(codes.size).toBeGreaterThan(2);
  });
});
