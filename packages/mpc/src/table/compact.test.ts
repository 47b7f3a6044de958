import type { PartyIndex } from "@symbolon/base/id";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compactRows } from "./compact.js";
import { tableOf } from "./table.js";

const ROWS = 256;
const WIDTH = 2;

const flagsOf = (isSet: readonly boolean[]): Uint32Array => {
  const words = new Uint32Array(ROWS / 32);
  isSet.forEach((set, row) => {
    if (set) words[row >>> 5] |= 1 << (row & 31);
  });
  return words;
};

const rows = Uint32Array.from({ length: ROWS * WIDTH }, (_, k) => 1000 + k);

/** The rows kept, and what the first words of the kept rows say back where they came from. */
async function compacted(world: World, flags: Uint32Array, capacity = 128) {
  const [f, table] = [world.share(flags, "xor"), world.share(rows, "xor")];
  const results = await world.each(async (ctx, self) => {
    const made = await compactRows(ctx, f[self], tableOf(table[self], WIDTH), capacity);
    const back = await made.restore(ctx, made.table);
    ctx.assertAllVerified();
    return { made, back };
  });
  const open = (pick: (one: (typeof results)[number]) => (typeof results)[0]["back"]["shares"]) =>
    world.combine(results.map(pick), "xor");
  return {
    kept: open(({ made }) => made.table.shares),
    isFlagged: open(({ made }) => made.isFlagged),
    back: open(({ back }) => back.shares),
  };
}

const cells = (words: Uint32Array): string[] =>
  Array.from({ length: words.length / WIDTH }, (_, row) =>
    words.subarray(row * WIDTH, (row + 1) * WIDTH).join(),
  );

/** Few flagged rows, none, as many as there is room for, and more. */
const flagged = fc.constantFrom(0, 0.1, 0.5, 0.9, 1).chain((share) =>
  fc.array(
    fc.double({ min: 0, max: 1, noNaN: true }).map((draw) => draw < share),
    { minLength: ROWS, maxLength: ROWS },
  ),
);

describe("compactRows", () => {
  it("keeps the first flagged rows and fills up with empty ones", async () => {
    await fc.assert(
      fc.asyncProperty(flagged, fc.nat(), async (isSet, seed) => {
        const { kept, isFlagged, back } = await compacted(new World(seed), flagsOf(isSet));
        const chosen = isSet.flatMap((set, row) => (set ? [row] : [])).slice(0, 128);
        const given = cells(rows);
        const expected = chosen.map((row) => given[row]);
        const real = cells(kept).filter((_, k) => ((isFlagged[k >>> 5] >>> (k & 31)) & 1) === 1);
        expect([...real].sort()).toEqual([...expected].sort());
        expect(cells(kept).filter((cell) => cell === "0,0").length).toBe(128 - chosen.length);
        const there = given.map((cell, row) => (chosen.includes(row) ? cell : "0,0"));
        expect(cells(back)).toEqual(there);
      }),
      { numRuns: 12 },
    );
  });

  it("sends and opens as much whatever is flagged", async () => {
    const traffic = async (flags: Uint32Array): Promise<string> => {
      const sizes: string[] = [];
      const world = new World(3, {
        tamper: (message, { from, to, channel }) => {
          sizes.push(`${from} ${to} ${channel} ${message.length}`);
          return message;
        },
      });
      await compacted(world, flags);
      return sizes.join("\n");
    };
    const none = await traffic(new Uint32Array(ROWS / 32));
    expect(await traffic(new Uint32Array(ROWS / 32).fill(0xffffffff))).toBe(none);
    expect(await traffic(flagsOf(Array.from({ length: ROWS }, (_, k) => k % 3 === 0)))).toBe(none);
  });

  it("keeps rows in an order of its own in each run", async () => {
    const flags = flagsOf(Array.from({ length: ROWS }, (_, k) => k < 128));
    const [first, second] = [
      await compacted(new World(1), flags),
      await compacted(new World(2), flags),
    ];
    expect(cells(first.kept)).not.toEqual(cells(second.kept));
    expect(cells(first.kept)).not.toEqual(cells(rows).slice(0, 128));
  });

  it("aborts whatever any party flips, or nothing comes of it", async () => {
    const lies = fc.record({
      by: fc.constantFrom<PartyIndex>(0, 1, 2),
      message: fc.nat(),
      byte: fc.nat(),
      bit: fc.nat(7),
    });
    const flags = flagsOf(Array.from({ length: ROWS }, (_, k) => k % 5 === 0));
    const run = async (world: World): Promise<string> => {
      const { kept, isFlagged, back } = await compacted(world, flags);
      return [kept, isFlagged, back].join(" ");
    };
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(7, lie, run)).outcome).not.toBe("wrong result");
      }),
      { numRuns: 30 },
    );
  });
});
