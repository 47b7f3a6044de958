import type { PartyIndex } from "@symbolon/base/id";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Context } from "../context.js";
import { concatBits } from "../protocol/and.js";
import type { Shares } from "../sharing/shares.js";
import { firstRow, topRows } from "./extreme.js";
import { countDistinct, groupBy } from "./group.js";
import { keyWords } from "./key.js";
import type { SortKey } from "./sort.js";
import { type Table, tableOf } from "./table.js";
import { keyOf } from "./two-tables.contract.js";

type Rows = readonly (readonly number[])[];

async function run(
  world: World,
  rows: Rows,
  width: number,
  code: (ctx: Context, table: Table) => Promise<Shares>,
): Promise<Uint32Array> {
  const dealt = world.share(Uint32Array.from(rows.flat()), "xor");
  const results = await world.each(async (ctx, self) => {
    const made = await code(ctx, tableOf(dealt[self], width));
    ctx.assertAllVerified();
    return made;
  });
  return world.combine(results, "xor");
}

const rowsOf = (words: Uint32Array, width: number): number[][] =>
  Array.from({ length: words.length / width }, (_, k) => [
    ...words.subarray(k * width, (k + 1) * width),
  ]);

const grouped = async (world: World, rows: Rows, keyBits: number): Promise<number[][]> => {
  const words = keyWords(keyBits);
  const made = await run(world, rows, words + 1, async (ctx, table) => {
    const groups = await groupBy(ctx, table, { keyBits, sumColumn: words });
    return groups.shares;
  });
  return rowsOf(made, words + 3);
};

/** One row a group, in the order of keys; the sum wraps around at 2^32. */
function groupedClear(rows: Rows, keyBits: number): number[][] {
  const words = keyWords(keyBits);
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const key = keyOf(row, keyBits);
    const before = groups.get(key.join(" ")) ?? [1, ...key, 0, 0];
    const count = before[words + 1] + 1;
    const sum = (before[words + 2] + row[words]) >>> 0;
    groups.set(key.join(" "), [1, ...key, count, sum]);
  }
  const inOrder = (a: number[], b: number[]): number => {
    const at = a.findIndex((word, k) => word !== b[k]);
    return at < 0 ? 0 : a[at] - b[at];
  };
  return [...groups.values()].sort(inOrder);
}

/** Keys that are all equal, few or any, of one or two words or some of their bits, and a value. */
const tables = fc
  .record({
    keyBits: fc.constantFrom(1, 3, 31, 32, 33, 64),
    keyMax: fc.constantFrom(0, 1, 6, 0xffffffff),
    count: fc.constantFrom(0, 1, 2, 30, 127, 128, 140),
  })
  .chain(({ keyBits, keyMax, count }) => {
    const words = keyWords(keyBits);
    const key = fc.array(fc.nat(keyMax), { minLength: words, maxLength: words });
    const row = fc.tuple(key, fc.nat(0xffffffff)).map(([words, value]) => [...words, value]);
    return fc.array(row, { minLength: count, maxLength: count }).map((rows) => ({ keyBits, rows }));
  });

const lies = fc.record({
  by: fc.constantFrom<PartyIndex>(0, 1, 2),
  message: fc.nat(),
  byte: fc.nat(),
  bit: fc.nat(7),
});

const outline = async (code: (world: World) => Promise<unknown>): Promise<string> => {
  const seen: string[] = [];
  await code(
    new World(5, {
      tamper: (message, { from, to, channel }) => {
        seen.push(`${from} ${to} ${channel} ${message.length}`);
        return message;
      },
    }),
  );
  return seen.join("\n");
};

describe("groupBy", () => {
  it("counts and adds up each group, and says nothing in its other rows", async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.nat(), async ({ keyBits, rows }, seed) => {
        const made = await grouped(new World(seed), rows, keyBits);
        expect(made.filter(([flag]) => flag === 1)).toEqual(groupedClear(rows, keyBits));
        const others = made.filter(([flag]) => flag !== 1).flat();
        expect(others.every((word) => word === 0)).toBe(true);
        expect(made.length).toBe(rows.length);
      }),
      { numRuns: 8 },
    );
  });

  const rows = [
    [2, 5],
    [1, 7],
    [2, 6],
  ];

  it("aborts on every lie about a count, a sum or a flag", async () => {
    const isGate = (channel: string): boolean =>
      /group\/(same|count|sum|blank)\/.*and\/message$/.test(channel);
    const told = async (world: World) => JSON.stringify(await grouped(world, rows, 2));
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(8, lie, told, isGate)).outcome).toBe("aborted");
      }),
      { numRuns: 8 },
    );
  });

  it("looks the same for one group as for three", async () => {
    const same = rows.map(([, value]) => [9, value]);
    const distinct = rows.map(([, value], k) => [k, value]);
    expect(await outline((world) => grouped(world, same, 4))).toBe(
      await outline((world) => grouped(world, distinct, 4)),
    );
  });
});

describe("countDistinct", () => {
  it("counts different keys", async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.nat(), async ({ keyBits, rows }, seed) => {
        const width = keyWords(keyBits) + 1;
        const planes = await run(new World(seed), rows, width, async (ctx, table) =>
          concatBits(...(await countDistinct(ctx, table, keyBits))),
        );
        let count = 0;
        for (let p = 0; 4 * p < planes.length; p += 1) count += (planes[4 * p] & 1) * 2 ** p;
        expect(count).toBe(groupedClear(rows, keyBits).length);
      }),
      { numRuns: 6 },
    );
  });
});

const KEYS: readonly (readonly SortKey[])[] = [
  [{ column: 0 }],
  [{ column: 0, isDescending: true }],
  [
    { column: 0, bits: 2 },
    { column: 1, isDescending: true },
  ],
];

/** A stable sort in the clear. */
const sortedClear = (rows: Rows, keys: readonly SortKey[]): Rows =>
  [...rows].sort((a, b) => {
    for (const { column, bits = 32, isDescending } of keys) {
      const difference = (a[column] % 2 ** bits) - (b[column] % 2 ** bits);
      if (difference !== 0) return isDescending ? -difference : difference;
    }
    return 0;
  });

const numbered = tables.map(({ rows }) => rows.map((row, k) => [row[0], row[row.length - 1], k]));

describe("firstRow and topRows", () => {
  it("give what a stable sort puts first", async () => {
    await fc.assert(
      fc.asyncProperty(
        numbered,
        fc.constantFrom(...KEYS),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        async (rows, keys, count, seed) => {
          fc.pre(rows.length > 0);
          const expected = sortedClear(rows, keys);
          const first = await run(
            new World(seed),
            rows,
            3,
            async (ctx, table) => (await firstRow(ctx, table, keys)).shares,
          );
          expect([...first]).toEqual(expected[0]);
          const top = await run(
            new World(seed),
            rows,
            3,
            async (ctx, table) => (await topRows(ctx, table, keys, count)).shares,
          );
          expect(rowsOf(top, 3)).toEqual(expected.slice(0, count));
        },
      ),
      { numRuns: 12 },
    );
  });

  const least = async (world: World, rows: Rows): Promise<string> => {
    const keys = [{ column: 0 }];
    const code = async (ctx: Context, table: Table) => (await firstRow(ctx, table, keys)).shares;
    return (await run(world, rows, 1, code)).join(" ");
  };

  it("aborts on every lie in the tournament", async () => {
    const isGate = (channel: string): boolean => /level-\d+\/.*and\/message$/.test(channel);
    const told = (world: World) => least(world, [[4], [2], [9]]);
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(8, lie, told, isGate)).outcome).toBe("aborted");
      }),
      { numRuns: 10 },
    );
  });

  it("looks the same whichever row is first", async () => {
    expect(await outline((world) => least(world, [[1], [2], [3]]))).toBe(
      await outline((world) => least(world, [[3], [2], [1]])),
    );
  });
});
