import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../crypto/node.js";
import { wasmKernels } from "../kernels/wasm.js";
import { SMALL_BATCH_TEST } from "../profile.js";
import { permutationFrom, scaled } from "./permutation.js";
import { TAG_WORDS } from "./same-rows.js";
import { orderOf, permutationSeeds, shuffleTable, unshuffleTable } from "./shuffle.js";
import { type Table, tableOf } from "./table.js";

/** Rows of 1 to 5 words; a third of the tables have many equal rows. */
const tables = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 140 }), fc.nat(2))
  .chain(([width, rows, kind]) =>
    fc.record({
      width: fc.constant(width),
      words: fc.array(fc.nat(kind === 0 ? 1 : 0xffffffff), {
        minLength: rows * width,
        maxLength: rows * width,
      }),
    }),
  );

const rowsOf = (words: Uint32Array, width: number): string[] =>
  Array.from({ length: words.length / width }, (_, k) =>
    words.subarray(k * width, (k + 1) * width).join(" "),
  );

async function shuffled(
  world: World,
  words: Uint32Array,
  width: number,
  way: "there" | "there and back" = "there",
): Promise<Uint32Array> {
  const dealt = world.share(words, "xor");
  const results = await world.each(async (ctx, self) => {
    const seeds = permutationSeeds(ctx);
    let table: Table = await shuffleTable(ctx, tableOf(dealt[self], width), seeds);
    if (way === "there and back") table = await unshuffleTable(ctx, table, seeds);
    ctx.assertAllVerified();
    return table.shares;
  });
  return world.combine(results, "xor");
}

describe("shuffleTable", () => {
  it("keeps whole rows, in the order that the three seeds make", async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.nat(), async ({ words, width }, seed) => {
        const given = Uint32Array.from(words);
        const world = new World(seed);
        const dealt = world.share(given, "xor");
        const results = await world.each(async (ctx, self) => {
          const table = tableOf(dealt[self], width);
          return (await shuffleTable(ctx, table, selectionSeeds(seed, self))).shares;
        });
        const expected = PARTIES.reduce(
          (rows, j) => {
            const order = orderOf(nodeCrypto, selectionSeeds(seed, j).own, rows.length);
            return [...order].map((k) => rows[k]);
          },
          rowsOf(given, width),
        );
        expect(rowsOf(world.combine(results, "xor"), width)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("is undone by unshuffleTable with the same seeds", async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.nat(), async ({ words, width }, seed) => {
        const given = Uint32Array.from(words);
        const back = await shuffled(new World(seed), given, width, "there and back");
        expect(back).toEqual(given);
      }),
      { numRuns: 20 },
    );
  });

  it("has an order of its own in each run and step, from the pairwise keys", async () => {
    const words = Uint32Array.from({ length: 100 }, (_, k) => k);
    const [first, second] = [
      await shuffled(new World(1), words, 1),
      await shuffled(new World(2), words, 1),
    ];
    expect(first).not.toEqual(second);
    expect(first).not.toEqual(words);
    expect(await shuffled(new World(1), words, 1)).toEqual(first);
  });

  it("sends as much for one table as for another of its shape", async () => {
    const traffic = async (fill: number): Promise<string> => {
      const sizes: string[] = [];
      const world = new World(3, {
        tamper: (message, { from, to, channel }) => {
          sizes.push(`${from} ${to} ${channel} ${message.length}`);
          return message;
        },
      });
      await shuffled(world, new Uint32Array(5 * 40).fill(fill), 5, "there and back");
      return sizes.join("\n");
    };
    expect(await traffic(0)).toBe(await traffic(0xffffffff));
  });

  it("makes the same order in strips of whatever size, and sends none longer", async () => {
    const words = Uint32Array.from({ length: 3 * 50 }, (_, k) => k);
    const expected = await shuffled(new World(4), words, 3);
    for (const stripWords of [1, 13, 100, 1 << 20]) {
      const longest = 4 * Math.max(3 + TAG_WORDS, stripWords);
      const strips = new Set<string>();
      const world = new World(4, {
        profile: { ...SMALL_BATCH_TEST, stripWords },
        tamper: (message, { channel }) => {
          if (!/pair-\d\//.test(channel)) return message;
          expect(message.length).toBeLessThanOrEqual(longest);
          strips.add(channel);
          return message;
        },
      });
      expect(await shuffled(world, words, 3)).toEqual(expected);
      const stripRows = Math.max(1, Math.floor(stripWords / (3 + TAG_WORDS)));
      expect(strips.size).toBe(3 * Math.ceil(50 / stripRows));
    }
  });

  const lies = fc.record({
    by: fc.constantFrom<PartyIndex>(0, 1, 2),
    message: fc.nat(),
    byte: fc.nat(),
    bit: fc.nat(7),
  });

  it("aborts whatever any party flips, or nothing comes of it", async () => {
    const seen = new Set<string>();
    const run = async (world: World): Promise<string> =>
      (
        await shuffled(
          world,
          Uint32Array.from({ length: 44 }, (_, k) => k % 5),
          4,
          "there and back",
        )
      ).join(" ");
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        const { outcome, channel } = await tellLie(7, lie, run);
        expect(outcome).not.toBe("wrong result");
        if (outcome === "aborted") seen.add(channel.replace(/.*\/(?=[^/]*\/message$)/, ""));
      }),
      { numRuns: 60 },
    );
    expect(seen.size).toBeGreaterThan(4);
  });

  it("aborts on every lie about the rows themselves, in any word", async () => {
    const run = async (world: World): Promise<string> => {
      await shuffled(
        world,
        Uint32Array.from({ length: 44 }, (_, k) => k),
        4,
        "there",
      );
      return "";
    };
    // What P_j sends to P_{j+1} in step j is unread by the next step if the sender keeps its copy.
    const isRead = (channel: string): boolean => /pair-2\/rows-\d+\/message$/.test(channel);
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        fc.pre(lie.by !== 0);
        expect((await tellLie(8, lie, run, isRead)).outcome).toBe("aborted");
      }),
      { numRuns: 60 },
    );
  });

  it("notices a chunk that is changed in a party's own state as in its messages", async () => {
    const honest = wasmKernels();
    for (const party of PARTIES) {
      let calls = 0;
      const lying = {
        ...honest,
        // A liar that hashes other rows than it holds.
        gfScale: (...vectors: Parameters<typeof honest.gfScale>) => {
          const out = honest.gfScale(...vectors);
          calls += 1;
          if (calls === 2) out[4] ^= 1;
          return out;
        },
      };
      const world = new World(2, { liar: { party, kernels: lying } });
      const words = Uint32Array.from({ length: 60 }, (_, k) => k);
      await expect(shuffled(world, words, 5)).rejects.toMatchObject({ name: "ProtocolAbort" });
    }
  });
});

describe("permutationFrom", () => {
  it("scales draws as whole numbers do", () => {
    const draw = fc.uint32Array({ minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(draw, fc.integer({ min: 1, max: 2 ** 31 - 1 }), (words, bound) => {
        const whole = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
        expect(scaled(words, 0, bound)).toBe(Number((whole * BigInt(bound)) >> 128n));
      }),
    );
    const most = new Uint32Array(4).fill(0xffffffff);
    expect(scaled(most, 0, 2 ** 31 - 1)).toBe(2 ** 31 - 2);
  });

  it("is a permutation, and another one for another seed", () => {
    const of = (seed: number, count: number) =>
      permutationFrom(nodeCrypto, new Uint8Array(16).fill(seed), count);
    expect([...of(1, 1000)].sort((a, b) => a - b)).toEqual([...new Array(1000).keys()]);
    expect(of(1, 1000)).not.toEqual(of(2, 1000));
    expect(of(1, 1)).toEqual(Uint32Array.of(0));
    expect(of(1, 0)).toEqual(new Uint32Array(0));
  });
});
