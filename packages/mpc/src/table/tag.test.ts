import type { PartyIndex } from "@symbolon/base/id";
import { type Lie, tellLie } from "@symbolon/sim/world/lie";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Context } from "../context.js";
import { PRODUCTION } from "../profile.js";
import type { Shares } from "../sharing/shares.js";
import { gatesError } from "../verify/soundness.js";
import { tableOf } from "./table.js";
import { tagTables } from "./tag.js";
import { TagGroups } from "./tag-groups.js";
import { tagInnerJoin, tagLeftJoin } from "./tag-join.js";
import { tagAntiJoin, tagSemiJoin } from "./tag-semi-join.js";
import type { TagSides } from "./tag-sides.js";
import { tagTerms } from "./terms.js";
import { joinTables, type Rows, rowsOf, type TwoTables } from "./two-tables.contract.js";

/** Rows: the key's words, a flag if there are flags, payload. */
interface Clear extends TwoTables {
  readonly keyWords: number;
  readonly hasFlags: boolean;
}

const run = (
  world: World,
  clear: Clear,
  join: (ctx: Context, sides: TagSides) => Promise<Shares>,
): Promise<Uint32Array> => {
  const { keyWords, hasFlags } = clear;
  return joinTables(world, clear, (ctx, left, right) =>
    join(ctx, { left, right, keyWords, hasFlags }),
  );
};

/** The rows as a multiset: the order of a result says nothing. */
const unordered = (rows: Rows): string[] => rows.map((row) => row.join(" ")).sort();

const counts = ({ keyWords, hasFlags }: Clear, row: readonly number[]): boolean =>
  !hasFlags || (row[keyWords] & 1) === 1;

const partners = (clear: Clear, row: readonly number[]): Rows =>
  clear.right.filter(
    (other) =>
      counts(clear, row) &&
      counts(clear, other) &&
      other.slice(0, clear.keyWords).every((word, k) => word === row[k]),
  );

const head = ({ keyWords, hasFlags }: Clear): number => keyWords + (hasFlags ? 1 : 0);

const innerClear = (clear: Clear): number[][] =>
  clear.left.flatMap((row) =>
    partners(clear, row).map((other) => [...row, ...other.slice(head(clear))]),
  );

function leftClear(clear: Clear): number[][] {
  const none = new Array<number>(clear.widths[1] - head(clear)).fill(0);
  const lonely = clear.left.filter((row) => partners(clear, row).length === 0);
  return [
    ...innerClear(clear).map((row) => [1, ...row]),
    ...lonely.map((row) => [0, ...row, ...none]),
  ];
}

/** Two sides with keys of 1 or 2 words, few different ones or many, with flags or without. */
const sides: fc.Arbitrary<Clear> = fc
  .record({
    keyWords: fc.integer({ min: 1, max: 2 }),
    hasFlags: fc.boolean(),
    payloads: fc.tuple(fc.nat(2), fc.nat(2)),
    keyMax: fc.constantFrom(0, 2, 20, 0xffffffff),
    counts: fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })),
  })
  .chain(({ keyWords, hasFlags, payloads, keyMax, counts }) => {
    const flags = hasFlags ? 1 : 0;
    const side = (k: 0 | 1) => {
      const key = fc.array(fc.nat(keyMax), { minLength: keyWords, maxLength: keyWords });
      const length = flags + payloads[k];
      const more = fc.array(fc.nat(0xffffffff), { minLength: length, maxLength: length });
      const row = fc.tuple(key, more).map(([a, b]) => [...a, ...b]);
      return fc.array(row, { minLength: counts[k], maxLength: counts[k] });
    };
    const widths = [keyWords + flags + payloads[0], keyWords + flags + payloads[1]] as const;
    return fc
      .tuple(side(0), side(1))
      .map(([left, right]) => ({ left, right, keyWords, hasFlags, widths }));
  });

const SMALL: Clear = {
  left: [
    [3, 30],
    [1, 10],
    [3, 31],
    [9, 90],
  ],
  right: [
    [3, 300],
    [2, 200],
    [1, 100],
    [3, 301],
  ],
  keyWords: 1,
  hasFlags: false,
  widths: [2, 2],
};

const inner = async (ctx: Context, given: TagSides): Promise<Shares> =>
  (await tagInnerJoin(ctx, given)).shares;
const leftJoin = async (ctx: Context, given: TagSides): Promise<Shares> =>
  (await tagLeftJoin(ctx, given)).shares;

describe("joins by tags", () => {
  it("give each pair of rows with equal keys (inner join)", async () => {
    await fc.assert(
      fc.asyncProperty(sides, fc.nat(), async (clear, seed) => {
        const words = await run(new World(seed), clear, inner);
        const width = clear.widths[0] + clear.widths[1] - head(clear);
        expect(unordered(rowsOf(words, width))).toEqual(unordered(innerClear(clear)));
      }),
      { numRuns: 15 },
    );
  });

  it("keep left rows without a partner (left join)", async () => {
    await fc.assert(
      fc.asyncProperty(sides, fc.nat(), async (clear, seed) => {
        const words = await run(new World(seed), clear, leftJoin);
        const width = 1 + clear.widths[0] + clear.widths[1] - head(clear);
        expect(unordered(rowsOf(words, width))).toEqual(unordered(leftClear(clear)));
      }),
      { numRuns: 15 },
    );
  });

  it("tell, in the left order, who has a partner and who has none", async () => {
    await fc.assert(
      fc.asyncProperty(sides, fc.nat(), async (clear, seed) => {
        const bits = (words: Uint32Array) =>
          clear.left.map((_, k) => ((words[k >> 5] >>> (k & 31)) & 1) === 1);
        const has = clear.left.map((row) => partners(clear, row).length > 0);
        expect(bits(await run(new World(seed), clear, tagSemiJoin))).toEqual(has);
        expect(bits(await run(new World(seed), clear, tagAntiJoin))).toEqual(
          clear.left.map((row, k) => counts(clear, row) && !has[k]),
        );
      }),
      { numRuns: 10 },
    );
  });

  it("refuse a result that is larger than allowed, before it is made", async () => {
    const join = async (rowsMax: number): Promise<Uint32Array> =>
      run(new World(1), SMALL, async (ctx, given) => {
        return (await tagInnerJoin(ctx, given, rowsMax)).shares;
      });
    expect((await join(5)).length).toBe(15);
    await expect(join(4)).rejects.toMatchObject({ code: "JOIN_TOO_LARGE" });
  });
});

describe("tags", () => {
  const opened = (seed: number, clear: Clear): Promise<string[][]> => {
    const world = new World(seed);
    const dealt = [clear.left, clear.right].map((rows) =>
      world.share(Uint32Array.from(rows.flat()), "xor"),
    );
    return world.each(async (ctx, self) => {
      const tables = dealt.map((shares, k) => tableOf(shares[self], clear.widths[k]));
      const tagged = await tagTables(ctx, tables, clear);
      return tagged.flatMap(({ tags, tagWords }) => rowsOf(tags, tagWords).map(String));
    });
  };

  it("agree, tell equal keys and nothing else, and are new in each run", async () => {
    const [first, second, third] = await opened(1, SMALL);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    const often = (tags: readonly string[]): number[] =>
      [...new Set(tags)].map((tag) => tags.filter((one) => one === tag).length).sort();
    // 3 four times, 1 twice, 9 and 2 once.
    expect(often(first)).toEqual([1, 1, 2, 4]);
    const [other] = await opened(2, SMALL);
    expect(other.filter((tag) => first.includes(tag))).toEqual([]);
  });

  it("of rows that do not count are all different, though their keys are equal", async () => {
    const row = [7, 7, 0, 1];
    const clear: Clear = {
      left: [row, row, row],
      right: [row, [7, 7, 1, 1]],
      keyWords: 2,
      hasFlags: true,
      widths: [4, 4],
    };
    const [tags] = await opened(3, clear);
    expect(new Set(tags).size).toBe(5);
    expect(new Set(tags.map((tag) => tag.split(",").length))).toEqual(new Set([4]));
  });

  it("take as many gates as their soundness counts", async () => {
    for (const [hasFlags, gates] of [
      [false, 960],
      [true, 2048],
    ] as const) {
      const world = new World(4);
      const dealt = world.share(new Uint32Array(128 * 2), "xor");
      const [used] = await world.each(async (ctx, self) => {
        await tagTables(ctx, [tableOf(dealt[self], 2)], { keyWords: 1, hasFlags });
        return ctx.metrics.andGates;
      });
      expect(used).toBe(128 * gates);
      const terms = tagTerms(PRODUCTION, [{ rows: 128, width: 2 }], hasFlags);
      expect(terms.at(-1)?.error).toBe(gatesError(PRODUCTION, used));
    }
  });

  it("of padding without flags are one group, and with flags say nothing of it", async () => {
    const row = (key: number) => [key, key === 0 ? 0 : 1];
    const clear: Clear = {
      left: [5, 6, 0, 0, 0].map(row),
      right: [5, 0].map(row),
      keyWords: 1,
      hasFlags: false,
      widths: [2, 2],
    };
    const groups = async (hasFlags: boolean): Promise<number> =>
      new Set((await opened(6, { ...clear, hasFlags }))[0]).size;
    expect(await groups(false)).toBe(3);
    expect(await groups(true)).toBe(6);
  });

  it("find all partners, also where tags share a place", () => {
    // Low bits are equal, so all rows are in one chain.
    const side = (tags: readonly number[]) => ({ tags: Uint32Array.from(tags), tagWords: 2 });
    const groups = new TagGroups(side([0, 1, 0, 2, 0, 9]), side([0, 2, 0, 1, 0, 2, 64, 1]));
    const partnersOf = (row: number): number[] => {
      const found: number[] = [];
      groups.partners(row, (right) => found.push(right));
      return found;
    };
    expect([0, 1, 2].map(partnersOf)).toEqual([[1], [2, 0], []]);
    expect([0, 1, 2].map((row) => groups.has(row))).toEqual([true, true, false]);
  });
});

describe("joins by tags, when somebody lies", () => {
  const lies = fc.record({
    by: fc.constantFrom<PartyIndex>(0, 1, 2),
    message: fc.nat(),
    byte: fc.nat(),
    bit: fc.nat(7),
  });
  const told = async (world: World): Promise<string> =>
    [...(await run(world, SMALL, leftJoin)), ...(await run(world, SMALL, tagSemiJoin))].join(" ");

  it("abort whatever any party flips, or nothing comes of it", async () => {
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(7, lie, told)).outcome).not.toBe("wrong result");
      }),
      { numRuns: 20 },
    );
  });

  it("abort on every lie in a cipher, and about an opened tag", async () => {
    const isTag = (channel: string): boolean =>
      /tag\/(rows-0\/strip-0\/cipher.*and|open)\/message$/.test(channel);
    await fc.assert(
      fc.asyncProperty(lies, async (lie: Lie) => {
        expect((await tellLie(8, lie, told, isTag)).outcome).toBe("aborted");
      }),
      { numRuns: 20 },
    );
  });

  it("send as much for one content as for another", async () => {
    const outline = async (right: number): Promise<string> => {
      const seen: string[] = [];
      const world = new World(5, {
        tamper: (message, { from, to, channel }) => {
          seen.push(`${from} ${to} ${channel} ${message.length}`);
          return message;
        },
      });
      const clear = { ...SMALL, right: SMALL.right.map(([key, p]) => [key * right, p + right]) };
      await run(world, clear, leftJoin);
      return seen.join("\n");
    };
    // With 1 three rows have partners, with 1000 none has.
    expect(await outline(1)).toBe(await outline(1000));
  });
});
