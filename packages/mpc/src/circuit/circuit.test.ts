import { PARTIES } from "@symbolon/base/id";
import { editsInFull } from "@symbolon/sim/people/edits";
import { tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Context } from "../context.js";
import type { Bits } from "../sharing/shares.js";
import { verifyProducts } from "../verify/products.js";
import { allBits } from "./all.js";
import { editsWithin } from "./edit-distance.js";
import { equal, equalGates } from "./equal.js";
import { type Depth, lessThan, lessThanGates } from "./less-than.js";
import { mux } from "./mux.js";
import { planesOfRows, rowsOfPlanes } from "./planes.js";

/** Deals rows of words, runs a circuit on their planes, verifies, and gives the first rows back. */
async function run(
  seed: number,
  width: number,
  inputs: readonly Uint32Array[],
  circuit: (ctx: Context, planes: readonly (readonly Bits[])[]) => Promise<readonly Bits[]>,
): Promise<{ words: Uint32Array; rounds: number; andGates: number; bytes: number[] }> {
  const world = new World(seed);
  const dealt = inputs.map((input) => world.share(input, "xor"));
  const rows = inputs[0].length / width;
  const results = await world.each(async (ctx, self) => {
    const made = await circuit(
      ctx,
      dealt.map((shares) => planesOfRows(ctx, shares[self], width)),
    );
    const { rounds, andGates } = ctx.metrics;
    const bytes = [...ctx.bytesSent];
    await verifyProducts(ctx);
    ctx.assertAllVerified();
    return { shares: rowsOfPlanes(ctx, made, rows), rounds, andGates, bytes };
  });
  const shares = results.map((result) => result.shares);
  const [{ rounds, andGates }] = results;
  const bytes = results.flatMap((result) => result.bytes);
  return { words: world.combine(shares, "xor"), rounds, andGates, bytes };
}

/** Two lists of rows of 1 to 3 words, whose rows are equal or nearly equal half the time. */
const rowPairs = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 140 }))
  .chain(([width, rows]) => {
    const words = fc.array(fc.nat(0xffffffff), {
      minLength: width * rows,
      maxLength: width * rows,
    });
    const change = fc.array(fc.constantFrom("same", "other", "bit"), {
      minLength: width * rows,
      maxLength: width * rows,
    });
    return fc.tuple(words, words, change, fc.nat(31)).map(([a, other, changes, bit]) => ({
      width,
      a: Uint32Array.from(a),
      b: Uint32Array.from(a, (word, k) =>
        changes[k] === "same" ? word : changes[k] === "bit" ? word ^ (1 << bit) : other[k],
      ),
    }));
  });

/** Row k as one number: its first word is the lowest. */
const number = (words: Uint32Array, width: number, k: number): bigint =>
  Array.from(words.subarray(k * width, (k + 1) * width), BigInt).reduceRight(
    (sum, word) => (sum << 32n) | word,
    0n,
  );

describe("the AND of all bits of a vector", () => {
  const vector = fc.oneof(
    fc.nat(127).map((at) => [at]),
    fc.uniqueArray(fc.nat(127), { maxLength: 128 }),
    fc.constant([]),
  );

  it("stands in every bit, whichever bits are missing", async () => {
    await fc.assert(
      fc.asyncProperty(vector, fc.nat(), async (missing, seed) => {
        const words = new Uint32Array(4).fill(0xffffffff);
        for (const at of missing) words[at >> 5] &= ~(1 << (at & 31));
        const world = new World(seed);
        const dealt = world.share(words, "xor");
        const made = await world.each(async (ctx, self) => {
          const shares = await allBits(ctx, dealt[self]);
          await verifyProducts(ctx);
          return shares;
        });
        const expected = new Uint32Array(4).fill(missing.length === 0 ? 0xffffffff : 0);
        expect(world.combine(made, "xor")).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe("planes of rows", () => {
  it("turn back into the same rows, and have the bits in their places", async () => {
    await fc.assert(
      fc.asyncProperty(rowPairs, fc.nat(), async ({ width, a }, seed) => {
        const { words } = await run(seed, width, [a], async (_, [planes]) => planes);
        expect(words).toEqual(a);
        const swapped = await run(seed, width, [a], async (_, [planes]) => [
          ...planes.slice(1),
          planes[0],
        ]);
        const rotate = (x: bigint) => (x >> 1n) | ((x & 1n) << BigInt(32 * width - 1));
        for (let k = 0; k < a.length / width; k += 1) {
          expect(number(swapped.words, width, k)).toBe(rotate(number(a, width, k)));
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe("Π_less-than on planes", () => {
  it.each(["few-gates", "few-rounds"] as Depth[])("equals the clear, with %s", async (depth) => {
    await fc.assert(
      fc.asyncProperty(rowPairs, fc.nat(), fc.nat(95), async ({ width, a, b }, seed, cut) => {
        const planes = 1 + (cut % (32 * width));
        const { words } = await run(seed, width, [a, b], async (ctx, [x, y]) => [
          await lessThan(ctx, x.slice(0, planes), y.slice(0, planes), depth),
        ]);
        const low = (x: Uint32Array, k: number) => BigInt.asUintN(planes, number(x, width, k));
        for (let k = 0; k < words.length; k += 1) {
          expect(words[k]).toBe(low(a, k) < low(b, k) ? 1 : 0);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("costs what it says, whatever it compares", async () => {
    for (const planes of [1, 2, 3, 32, 33, 64]) {
      const logarithm = Math.ceil(Math.log2(planes));
      const costs = {
        "few-gates": { gates: lessThanGates(planes), rounds: planes },
        "few-rounds": { gates: lessThanGates(planes, "few-rounds"), rounds: logarithm + 1 },
      };
      for (const depth of ["few-gates", "few-rounds"] as const) {
        for (const fill of [0, 0xffffffff]) {
          const x = new Uint32Array(2).fill(fill);
          const cost = await run(1, 2, [x, x.slice()], async (ctx, [a, b]) => [
            await lessThan(ctx, a.slice(0, planes), b.slice(0, planes), depth),
          ]);
          const { gates, rounds } = costs[depth];
          expect(cost).toMatchObject({ rounds, andGates: 128 * gates });
          // P_i sends 16 bytes a gate and 128 rows, all of it to P_{i-1}.
          const to = 16 * gates;
          expect(cost.bytes).toEqual([0, 0, to, to, 0, 0, 0, to, 0]);
        }
      }
    }
  });
});

describe("Π_equal and Π_mux on planes", () => {
  it("equal the clear", async () => {
    await fc.assert(
      fc.asyncProperty(rowPairs, fc.nat(), async ({ width, a, b }, seed) => {
        const same = await run(seed, width, [a, b], async (ctx, [x, y]) => [
          await equal(ctx, x, y),
        ]);
        const isEqual = (k: number) => number(a, width, k) === number(b, width, k);
        const expected = Uint32Array.from(same.words, (_, k) => (isEqual(k) ? 1 : 0));
        expect(same.words).toEqual(expected);
        const chosen = await run(seed, width, [a, b], (ctx, [x, y]) => mux(ctx, x[0], x, y));
        for (let k = 0; k < same.words.length; k += 1) {
          const from = (a[k * width] & 1) === 1 ? a : b;
          expect(number(chosen.words, width, k)).toBe(number(from, width, k));
        }
      }),
      { numRuns: 20 },
    );
  });

  it("cost w − 1 gates in ⌈log2 w⌉ rounds, and w in one", async () => {
    const x = new Uint32Array(2);
    const cost = async (
      circuit: (ctx: Context, a: readonly Bits[]) => Promise<readonly Bits[]>,
    ) => {
      const { rounds, andGates } = await run(1, 2, [x], (ctx, [a]) => circuit(ctx, a));
      return { rounds, gates: andGates / 128 };
    };
    expect(await cost(async (ctx, a) => [await equal(ctx, a, a)])).toEqual({
      rounds: 6,
      gates: equalGates(64),
    });
    expect(await cost((ctx, a) => mux(ctx, a[0], a, a))).toEqual({ rounds: 1, gates: 64 });
  });
});

/** Letters of two bits, as many as a word has room for and a text has places. */
const LETTER_BITS = 2;
const lettersOf = (planes: readonly Bits[], letters: number): Bits[][] =>
  Array.from({ length: letters }, (_, k) => planes.slice(LETTER_BITS * k, LETTER_BITS * (k + 1)));
const packed = (texts: readonly string[]): Uint32Array =>
  Uint32Array.from(texts, (text) =>
    [...text].reduce((word, letter, k) => word | (Number(letter) << (LETTER_BITS * k)), 0),
  );

/** Texts of digits 1 to 3, among them the empty one and those that fill all places. */
const textsOf = (letters: number) =>
  fc.string({ unit: fc.constantFrom("1", "2", "3"), maxLength: letters });

describe("Π_edits", () => {
  const within = (
    ctx: Context,
    letters: number,
    most: number,
    x: readonly Bits[],
    y: readonly Bits[],
  ) => editsWithin(ctx, lettersOf(x, letters), lettersOf(y, letters), most);

  it("equals the whole table in the clear", async () => {
    const cases = fc
      .tuple(fc.integer({ min: 3, max: 8 }), fc.integer({ min: 1, max: 2 }))
      .chain(([letters, most]) =>
        fc
          .array(fc.tuple(textsOf(letters), textsOf(letters)), { minLength: 1, maxLength: 128 })
          .map((pairs) => ({ letters, most, pairs })),
      );
    await fc.assert(
      fc.asyncProperty(cases, fc.nat(), async ({ letters, most, pairs }, seed) => {
        const inputs = [packed(pairs.map(([a]) => a)), packed(pairs.map(([, b]) => b))];
        const { words } = await run(seed, 1, inputs, (ctx, [x, y]) =>
          within(ctx, letters, most, x, y),
        );
        pairs.forEach(([a, b], k) => {
          const edits = editsInFull(a, b);
          const expected = Array.from({ length: most + 1 }, (_, d) => (edits <= d ? 1 : 0));
          expect(Array.from(expected, (_, d) => (words[k] >> d) & 1)).toEqual(expected);
        });
      }),
      { numRuns: 12 },
    );
  });

  it("equals it for all texts of four places", async () => {
    const texts = Array.from({ length: 4 ** 4 }, (_, k) => {
      const digits = k.toString(4).padStart(4, "0").replace(/0+$/, "");
      return digits.includes("0") ? undefined : digits;
    }).filter((text) => text !== undefined);
    const pairs = texts.flatMap((a) => texts.map((b) => [a, b] as const));
    const inputs = [packed(pairs.map(([a]) => a)), packed(pairs.map(([, b]) => b))];
    const { words } = await run(1, 1, inputs, (ctx, [x, y]) => within(ctx, 4, 2, x, y));
    const wrong = pairs.filter(([a, b], k) => {
      const edits = editsInFull(a, b);
      return [0, 1, 2].some((d) => ((words[k] >> d) & 1) !== (edits <= d ? 1 : 0));
    });
    expect(pairs.length).toBe(121 ** 2);
    expect(wrong).toEqual([]);
  });

  it("costs the same whatever it compares", async () => {
    for (const [letters, most, gates] of [
      [4, 1, 42],
      [12, 2, 388],
    ] as const) {
      for (const text of ["", "1".repeat(letters)]) {
        const inputs = [packed([text]), packed(["3"])];
        const { andGates } = await run(1, 1, inputs, (ctx, [x, y]) =>
          within(ctx, letters, most, x, y),
        );
        expect(andGates).toBe(128 * gates);
      }
    }
  });
});

describe("a lie in a circuit", () => {
  const circuits: [string, (ctx: Context, x: readonly Bits[]) => Promise<readonly Bits[]>][] = [
    ["less-than, few gates", async (ctx, x) => [await lessThan(ctx, x, [...x].reverse())]],
    ["less-than", async (ctx, x) => [await lessThan(ctx, x, [...x].reverse(), "few-rounds")]],
    ["equal", async (ctx, x) => [await equal(ctx, x, [...x].reverse())]],
    ["mux", (ctx, x) => mux(ctx, x[0], x, [...x].reverse())],
    ["edits", (ctx, x) => editsWithin(ctx, lettersOf(x, 4), lettersOf([...x].reverse(), 4))],
  ];
  const lies = fc.record({
    by: fc.constantFrom(...PARTIES),
    message: fc.nat(),
    byte: fc.nat(),
    bit: fc.nat(7),
  });

  it.each(circuits)("aborts the run: %s", async (_, circuit) => {
    await fc.assert(
      fc.asyncProperty(lies, fc.nat(), fc.boolean(), async (lie, seed, isOwn) => {
        const go = async (world: World) => {
          const x = world.share(Uint32Array.of(seed, lie.message, lie.byte), "xor");
          const made = await world.each(async (ctx, self) => {
            const bits = await circuit(ctx, planesOfRows(ctx, x[self], 1));
            await verifyProducts(ctx);
            return rowsOfPlanes(ctx, bits, 128);
          });
          return world.combine(made, "xor").join();
        };
        const isOfCircuit = (channel: string) => !channel.includes("/verify/");
        const { outcome } = await tellLie(seed, lie, go, isOwn ? isOfCircuit : undefined);
        // Some bits of the check's own messages mean nothing; every bit of a circuit's does.
        if (isOwn) expect(outcome).toBe("aborted");
        else expect(outcome).not.toBe("wrong result");
      }),
      { numRuns: 40 },
    );
  });
});
