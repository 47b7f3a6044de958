import { clusters } from "@symbolon/mpc/linkage/clusters";
import { carriedWords, personTab, personTabTerms } from "@symbolon/mpc/linkage/person-tab";
import { PRODUCTION, SMALL_BATCH_TEST } from "@symbolon/mpc/profile";
import type { CrossTabRule } from "@symbolon/mpc/table/cross-tab";
import type { Tamper } from "@symbolon/mpc/transport/memory";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clustersInTheClear, personsInTheClear } from "../plaintext/clusters.js";
import type { ClearCodes } from "../plaintext/count.js";
import { personTabInTheClear, personWord } from "../plaintext/person-tab.js";
import { dealLinks, type LinkedLists, listsOf } from "./cluster-lists.contract.js";
import { codedList, NO_NOISE, oneOf, severalOf } from "./cross-tab.contract.js";
import { bounds } from "./edges.contract.js";

const LONG = { timeout: 300_000 };
const COLUMNS = [oneOf("a", 5), severalOf("b", 4, 2), oneOf("c", 2)] as const;

interface Given {
  readonly links: LinkedLists;
  readonly codes: readonly ClearCodes[];
}

const given = (rows: readonly number[], density: number, seed: number): Given => ({
  links: listsOf(rows, density, seed),
  codes: rows.map((count, l) => codedList(count, COLUMNS, seed + l)),
});

async function onShares(world: World, { links, codes }: Given, rule: CrossTabRule) {
  const linked = dealLinks(world, links);
  const dealt = codes.map(({ rows, columns }) => ({
    rows,
    columns: [...columns].map(([name, words]) => [name, world.share(words, "xor")] as const),
  }));
  const results = await world.each(async (ctx, self) => {
    const lists = dealt.map(({ rows, columns }) => ({
      rows,
      columns: new Map(columns.map(([name, words]) => [name, words[self]])),
    }));
    const carrying = linked.map((of, l) => ({
      ...of(self),
      carried: carriedWords(lists[l], rule),
    }));
    const persons = await clusters(ctx, carrying, bounds.least);
    const words = await personTab(ctx, lists, persons, rule, selectionSeeds(1, self));
    ctx.assertAllVerified();
    return words;
  });
  return [...world.combine(results, "xor")];
}

function inTheClear({ links, codes }: Given, rule: CrossTabRule): number[] {
  const { rows, real, linked } = links;
  const heads = clustersInTheClear(rows, linked);
  const isHead = personsInTheClear(heads, real).map((list) => list.map((word) => word % 2 === 1));
  const none = { figure: 0, own: rows.map(() => 0) };
  return [...personTabInTheClear(codes, { heads, isHead }, rule, () => none)];
}

const ruleOf = (
  by: readonly (typeof COLUMNS)[number][],
  isFiltered: boolean,
  least: { readonly persons: number; readonly visibleFrom: number; readonly numerator: number },
): CrossTabRule => ({
  rows: by[0],
  ...(by[1] && { columns: by[1] }),
  where: isFiltered ? [{ column: COLUMNS[2], code: 2 }] : [],
  shown: {
    noise: NO_NOISE,
    persons: least.persons,
    lists: {
      ...{ noise: NO_NOISE, count: 3, visibleFrom: least.visibleFrom },
      shareMost: { numerator: least.numerator, denominator: 5 },
    },
  },
});

describe("a table of persons", () => {
  it("equals the clear, whoever is linked with whom, but for the noise", LONG, async () => {
    let shown = 0;
    const property = fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 3, maxLength: 4 }),
      fc.record({
        by: fc.shuffledSubarray([...COLUMNS], { minLength: 1, maxLength: 2 }),
        isFiltered: fc.boolean(),
        density: fc.constantFrom(0, 0.5, 0.95),
        persons: fc.integer({ min: 1, max: 3 }),
        visibleFrom: fc.integer({ min: 0, max: 2 }),
        numerator: fc.integer({ min: 3, max: 15 }),
      }),
      fc.nat(),
      async (rows, { by, isFiltered, density, ...least }, seed) => {
        const lists = given(rows, density, seed);
        const rule = ruleOf(by, isFiltered, least);
        const words = await onShares(new World(seed), lists, rule);
        expect(words).toEqual(inTheClear(lists, rule));
        shown += words.filter((word) => word > 2 ** 31).length;
      },
    );
    await fc.assert(property, { numRuns: 8 });
    expect(shown).toBeGreaterThan(0);
  });

  it("counts a person once, by what all of her records say", LONG, async () => {
    // One person on three lists, and nobody else.
    const rows = [1, 1, 1];
    const link = (a: number, b: number) => ({ a, b, links: [{ a: 0, b: 0, weight: 60 }] });
    const links = {
      rows,
      real: rows.map(() => [true]),
      linked: [link(0, 1), link(0, 2), link(1, 2)],
    };
    const [a, b] = COLUMNS;
    const words = [
      { a: 1, b: 0b0001 },
      { a: 4, b: 0b1000 },
      { a: 3, b: 0b1010 },
    ];
    const codes = words.map((word) => ({
      rows: 1,
      columns: new Map([
        ["a", Uint32Array.of(word.a)],
        ["b", Uint32Array.of(word.b)],
      ]),
    }));
    const shown = { noise: NO_NOISE, persons: 1 };
    const found = async (rule: CrossTabRule) =>
      (await onShares(new World(4), { links, codes }, rule)).map((word) => word & 0x7fffffff);
    expect(await found({ rows: a, where: [], shown })).toEqual([0, 0, 1, 0, 0]);
    expect(await found({ rows: b, where: [], shown })).toEqual([0, 1, 0, 1]);
    const known = [{ column: a, code: 4 }];
    expect(await found({ rows: b, where: known, shown })).toEqual([0, 0, 0, 0]);
  });

  it("sends the same, whatever is in the lists and whoever is linked", LONG, async () => {
    const rule = ruleOf(COLUMNS, true, { persons: 1, visibleFrom: 1, numerator: 4 });
    const traffic = async (lists: Given): Promise<string[]> => {
      const sizes: string[] = [];
      const tamper: Tamper = (message, { from, to, channel }) => {
        if (!channel.includes("/sort/")) sizes.push(`${from} ${to} ${channel} ${message.length}`);
        return message;
      };
      await onShares(new World(3, { tamper }), lists, rule);
      return sizes.sort();
    };
    const one = await traffic(given([9, 8, 7], 0.9, 1));
    expect(await traffic(given([9, 8, 7], 0, 2))).toEqual(one);
    // No more checks than the soundness counts.
    const checks = one.flatMap((line) => /\/person-tab\/\S+sacrifice\/w\/message/.exec(line) ?? []);
    const terms = personTabTerms(SMALL_BATCH_TEST, rule, [9, 8, 7]);
    expect(new Set(checks).size).toBeGreaterThan(8);
    expect(terms.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(
      new Set(checks).size,
    );
  });

  it("ends if any party lies in any message", LONG, async () => {
    const lists = given([3, 2, 2], 0.9, 5);
    const rule = ruleOf([COLUMNS[0]], false, { persons: 0, visibleFrom: 0, numerator: 15 });
    const channels: string[] = [];
    const counted: Tamper = (message, { channel }) => {
      channels.push(channel);
      return message;
    };
    await onShares(new World(5, { tamper: counted }), lists, rule);
    const own = channels.flatMap((channel, k) => (channel.includes("/person-tab/") ? [k] : []));
    const property = fc.asyncProperty(fc.nat(own.length - 1), fc.nat(255), async (at, bit) => {
      let k = 0;
      const tamper: Tamper = (message) => {
        k += 1;
        if (k !== own[at] + 1) return message;
        const changed = message.slice();
        changed[bit % changed.length] ^= 1 << (bit & 7);
        return changed;
      };
      await expect(onShares(new World(5, { tamper }), lists, rule)).rejects.toMatchObject({
        name: "ProtocolAbort",
      });
    });
    await fc.assert(property, { numRuns: 20 });
  });

  it("needs the words of every row, and an answer for every list", async () => {
    const lists = given([2, 2, 2], 0.5, 1);
    const rule = ruleOf([COLUMNS[0]], false, { persons: 0, visibleFrom: 0, numerator: 4 });
    const fewer = (change: (given: Given) => Given) => onShares(new World(1), change(lists), rule);
    const short = { rows: 2, columns: new Map([["a", Uint32Array.of(1)]]) };
    await expect(
      fewer(({ links, codes }) => ({ links, codes: [short, ...codes.slice(1)] })),
    ).rejects.toThrow("a word a row of each column");
    await expect(
      fewer(({ links, codes }) => ({ links, codes: [...codes.slice(0, 2), codes[0], codes[1]] })),
    ).rejects.toThrow();
  });

  it("know what their checks may miss", () => {
    const rule = ruleOf(COLUMNS, true, { persons: 10, visibleFrom: 6, numerator: 4 });
    const bits = (rows: number): number =>
      soundnessBits(personTabTerms(PRODUCTION, rule, [rows, rows, rows]));
    expect(bits(10_240)).toBeGreaterThan(62);
    expect(bits(512)).toBeGreaterThan(bits(10_240));
  });
});

describe("what several records say of one attribute", () => {
  it("is a word again, the same in any order, and no more than they say", () => {
    const property = fc.property(
      fc.constantFrom(...COLUMNS),
      fc.array(fc.nat(15), { minLength: 1, maxLength: 5 }),
      (column, words) => {
        const word = personWord(column, words);
        expect(personWord(column, [...words].reverse())).toBe(word);
        expect(personWord(column, [...words, 0])).toBe(word);
        expect(personWord(column, [...words, word])).toBe(word);
        if (words.length === 1 && column.kind === "one" && column.codes === 5) {
          expect(word).toBe(words[0] % 8);
        }
      },
    );
    fc.assert(property);
  });
});
