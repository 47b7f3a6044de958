import type { PartyIndex } from "@symbolon/base/id";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findOrder } from "./order.js";
import { type SortKey, sortTable } from "./sort.js";
import { tableOf } from "./table.js";

type Rows = readonly (readonly number[])[];

/**
 * Sorts on shares; the second result is what `restore` makes of the sorted rows, the third what
 * `follow` makes of these again.
 */
async function sorted(world: World, rows: Rows, width: number, keys: readonly SortKey[]) {
  const dealt = world.share(Uint32Array.from(rows.flat()), "xor");
  const results = await world.each(async (ctx, self) => {
    const { table, follow, restore } = await sortTable(ctx, tableOf(dealt[self], width), keys);
    const back = await restore(ctx, table);
    const again = await follow(ctx, back);
    ctx.assertAllVerified();
    return [table.shares, back.shares, again.shares] as const;
  });
  const clear = (k: 0 | 1 | 2): number[][] => {
    const words = world.combine(
      results.map((result) => result[k]),
      "xor",
    );
    return rows.map((_, row) => [...words.subarray(row * width, (row + 1) * width)]);
  };
  return { sorted: clear(0), back: clear(1), again: clear(2) };
}

/** The same in the clear. */
function sortedClear(rows: Rows, keys: readonly SortKey[]): Rows {
  const value = (row: readonly number[], { column, bits = 32 }: SortKey): number =>
    bits === 32 ? row[column] : row[column] % 2 ** bits;
  return [...rows].sort((a, b) => {
    for (const key of keys) {
      const difference = value(a, key) - value(b, key);
      if (difference !== 0) return key.isDescending ? -difference : difference;
    }
    return 0;
  });
}

const KEYS: readonly (readonly SortKey[])[] = [
  [{ column: 0 }],
  [{ column: 0, bits: 1 }],
  [{ column: 0, isDescending: true }],
];

/** Rows of 1 to 5 words; keys that are all equal, or few, or any. */
const tables = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 140 }), fc.nat(2))
  .chain(([width, count, kind]) =>
    fc.record({
      width: fc.constant(width),
      rows: fc.array(
        fc.tuple(
          fc.nat([0, 3, 0xffffffff][kind]),
          fc.array(fc.nat(0xffffffff), { minLength: width - 1, maxLength: width - 1 }),
        ),
        { minLength: count, maxLength: count },
      ),
    }),
  )
  .map(({ width, rows }) => ({ width, rows: rows.map(([key, more]) => [key, ...more]) }));

describe("sortTable", () => {
  it("equals a stable sort in the clear, and finds the way back and forth", async () => {
    await fc.assert(
      fc.asyncProperty(
        tables,
        fc.constantFrom(...KEYS),
        fc.nat(),
        async ({ rows, width }, keys, seed) => {
          const made = await sorted(new World(seed), rows, width, keys);
          expect(made.sorted).toEqual(sortedClear(rows, keys));
          expect(made.back).toEqual(rows);
          expect(made.again).toEqual(made.sorted);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("sorts by several columns, the first above the second", async () => {
    const rows = Array.from({ length: 90 }, (_, k) => [k % 3, (k * 7) % 5, k]);
    const keys = [
      { column: 1, bits: 3 },
      { column: 0, isDescending: true },
    ];
    const made = await sorted(new World(4), rows, 3, keys);
    expect(made.sorted).toEqual(sortedClear(rows, keys));
  });

  it("sorts one row, and none", async () => {
    expect((await sorted(new World(1), [[7, 8]], 2, [{ column: 0 }])).sorted).toEqual([[7, 8]]);
    expect((await sorted(new World(1), [], 2, [{ column: 0 }])).sorted).toEqual([]);
  });

  it("gives the same run for other keys of the same order", async () => {
    const outline = async (key: (k: number) => number): Promise<string> => {
      const seen: string[] = [];
      const world = new World(5, {
        tamper: (message, { from, to, channel }) => {
          seen.push(`${from} ${to} ${channel} ${message.length}`);
          return message;
        },
      });
      const rows = Array.from({ length: 200 }, (_, k) => [key(k), k]);
      await sorted(world, rows, 2, [{ column: 0 }]);
      return seen.join("\n");
    };
    const equalKeys = await outline(() => 9);
    expect(await outline((k) => k * 1000)).toBe(equalKeys);
  });

  /** The bits that are opened in a run: the three components that go to the next party. */
  async function openedBits(seed: number, keys: readonly number[]): Promise<number[]> {
    const values = new Map<string, Uint8Array>();
    const world = new World(seed, {
      tamper: (message, { from, to, channel }) => {
        if (to === (from + 1) % 3 && /level-\d+\/.*\/open\/message$/.test(channel)) {
          const sum = values.get(channel) ?? new Uint8Array(message.length);
          values.set(
            channel,
            sum.map((byte, k) => byte ^ message[k]),
          );
        }
        return message;
      },
    });
    const rows = keys.map((key) => [key]);
    await sorted(world, rows, 1, [{ column: 0 }]);
    // Up to 90 rows all pairs are compared at once.
    const [opened] = [...values.values()];
    const pairs = (keys.length * (keys.length - 1)) / 2;
    return Array.from({ length: pairs }, (_, k) => (opened[k >> 3] >> (k & 7)) & 1);
  }

  it("opens answers that are half ones, whatever order the keys were in", async () => {
    const numbers = [...new Array(20).keys()];
    for (const keys of [numbers, [...numbers].reverse(), numbers.map(() => 3)]) {
      let [ones, all] = [0, 0];
      for (let seed = 0; seed < 20; seed += 1) {
        const bits = await openedBits(seed, keys);
        ones += bits.reduce((sum, bit) => sum + bit, 0);
        all += bits.length;
      }
      // Of a random order 0.5, with a deviation of 0.018; without a shuffle 0 or 1.
      expect(Math.abs(ones / all - 0.5)).toBeLessThan(0.06);
    }
  });

  const rows = Array.from({ length: 12 }, (_, k) => [(k * 5) % 7, k]);
  const run = async (world: World): Promise<string> =>
    JSON.stringify(await sorted(world, rows, 2, [{ column: 0, bits: 3 }]));
  const lies = fc.record({
    by: fc.constantFrom<PartyIndex>(0, 1, 2),
    message: fc.nat(),
    byte: fc.nat(),
    bit: fc.nat(7),
  });

  it("aborts whatever any party flips, or nothing comes of it", async () => {
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(7, lie, run)).outcome).not.toBe("wrong result");
      }),
      { numRuns: 40 },
    );
  });

  it("aborts on every lie about a comparison, before it is opened", async () => {
    const isComparison = (channel: string): boolean => /level-\d+\/.*and\/message$/.test(channel);
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(8, lie, run, isComparison)).outcome).toBe("aborted");
      }),
      { numRuns: 30 },
    );
  });
});

describe("findOrder", () => {
  const orderOf = async (values: readonly number[]) => {
    let questions = 0;
    let levels = 0;
    const order = await findOrder(values.length, async (left, right) => {
      questions += left.length;
      levels += 1;
      const answers = new Uint32Array(Math.ceil(left.length / 32));
      left.forEach((row, k) => {
        if (values[row] < values[right[k]]) answers[k >> 5] |= 1 << (k & 31);
      });
      return answers;
    });
    return { order, questions, levels };
  };

  it("orders any rows that are all different", async () => {
    const values = fc.uniqueArray(fc.nat(), { minLength: 0, maxLength: 700 });
    await fc.assert(
      fc.asyncProperty(values, async (rows) => {
        const { order } = await orderOf(rows);
        const expected = [...rows.keys()].sort((a, b) => rows[a] - rows[b]);
        expect([...order]).toEqual(expected);
      }),
    );
  });

  it("asks little more than it must", async () => {
    // A fixed order that looks random.
    const rows = Array.from({ length: 1 << 14 }, (_, k) => Math.imul(k + 1, 2654435761) >>> 0);
    const { questions, levels } = await orderOf(rows);
    expect(questions / rows.length).toBeLessThan(16);
    expect(levels).toBeLessThan(30);
  });
});
