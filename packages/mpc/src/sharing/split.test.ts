import { inspect } from "node:util";
import { AssertionError } from "@symbolon/base/assert";
import { fromHex, toHex } from "@symbolon/base/bytes";
import type { PartyIndex } from "@symbolon/base/id";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectors from "../../vectors/split.json" with { type: "json" };
import type { ExpandSeed } from "./prg.js";
import { expandSeedNode } from "./prg-node.js";
import { expandSeedWebCrypto } from "./prg-webcrypto.js";
import { Shares } from "./shares.js";
import {
  combineComponents,
  disagreement,
  joinPart,
  NodePart,
  type Sharing,
  splitColumn,
} from "./split.js";

const hex = (text: string) => fromHex(text) as Uint8Array;
const words = (values: Uint32Array) => Array.from(values);
const seed = fc.uint8Array({ minLength: 16, maxLength: 16 });
const column = fc.uint32Array({ maxLength: 300 });
const both: readonly [string, ExpandSeed][] = [
  ["node", expandSeedNode],
  ["webcrypto", expandSeedWebCrypto],
];

describe.each(both)("expansion by %s", (_, expand) => {
  it.each(vectors.expand)("gives the known answer at word $from", async (known) => {
    expect(words(await expand(hex(known.seed), known.words.length, known.from))).toEqual(
      known.words,
    );
  });

  it("starts anywhere in the same stream", async () => {
    const whole = await expand(hex(vectors.expand[0].seed), 70_000);
    expect(words(await expand(hex(vectors.expand[0].seed), 999, 65_532))).toEqual(
      words(whole.subarray(65_532, 65_532 + 999)),
    );
  });

  it("refuses seeds of another size and starts inside a block", async () => {
    const bad = async (...args: Parameters<ExpandSeed>) => expand(...args);
    await expect(bad(new Uint8Array(15), 4)).rejects.toThrow(AssertionError);
    await expect(bad(new Uint8Array(16), 4, 2)).rejects.toThrow(AssertionError);
  });
});

describe("splitting a column", () => {
  it.each(vectors.split)("gives the known answer, $sharing", async (known) => {
    const seeds = [hex(known.seeds[0]), hex(known.seeds[1])] as const;
    const sharing = known.sharing as Sharing;
    const parts = await splitColumn(Uint32Array.from(known.values), sharing, seeds, expandSeedNode);
    expect(parts[0].seeds.map(toHex)).toEqual(known.seeds);
    expect(parts[1].seeds.map(toHex)).toEqual([known.seeds[1]]);
    expect(parts[2].seeds.map(toHex)).toEqual([known.seeds[0]]);
    expect(words(parts[1].vector)).toEqual(known.x2);
    expect(words(parts[2].vector)).toEqual(known.x2);
  });

  it.each(vectors.split_bad)("does not combine to the value: $why", async (known) => {
    const components = known.components.map((list) => Uint32Array.from(list)) as unknown as [
      Uint32Array,
      Uint32Array,
      Uint32Array,
    ];
    const combined = combineComponents(components, known.sharing as Sharing);
    expect(words(combined)).not.toEqual(known.values);
  });

  it("comes back together, for every column, sharing and seeds", async () => {
    const sharings = fc.constantFrom<Sharing>("arithmetic", "boolean");
    const property = fc.asyncProperty(column, sharings, seed, seed, async (x, sharing, s0, s1) => {
      const parts = await splitColumn(x, sharing, [s0, s1], expandSeedWebCrypto);
      const shares = await Promise.all(
        parts.map((part) => joinPart(part, x.length, expandSeedNode)),
      );
      expect(disagreement(shares as unknown as [Shares, Shares, Shares])).toBeUndefined();
      const own = shares.map((share) => share.own) as unknown as Parameters<
        typeof combineComponents
      >[0];
      expect(words(combineComponents(own, sharing))).toEqual(words(x));
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it("needs no whole expansion: columns beyond one stride", async () => {
    const x = Uint32Array.from({ length: 600_000 }, (_, k) => k * 2_654_435_761);
    const parts = await splitColumn(
      x,
      "arithmetic",
      [new Uint8Array(16), new Uint8Array(16).fill(1)],
      expandSeedNode,
    );
    const shares = await joinPart(parts[0], x.length, expandSeedNode);
    const combined = combineComponents([shares.own, shares.next, parts[1].vector], "arithmetic");
    expect(combined.every((word, k) => word === x[k])).toBe(true);
  });

  it("names the component whose copies differ, and its two holders", async () => {
    const x = Uint32Array.of(1, 2, 3);
    const parts = await splitColumn(
      x,
      "boolean",
      [new Uint8Array(16), new Uint8Array(16)],
      expandSeedNode,
    );
    for (const liar of [0, 1, 2] as const)
      for (const side of ["own", "next"] as const) {
        const shares = (await Promise.all(
          parts.map((part) => joinPart(part, 3, expandSeedNode)),
        )) as unknown as [Shares, Shares, Shares];
        const lie = { own: shares[liar].own.slice(), next: shares[liar].next.slice() };
        lie[side][1] ^= 0x8000_0000;
        shares[liar] = new Shares(lie.own, lie.next);
        const component = ((liar + (side === "own" ? 0 : 1)) % 3) as PartyIndex;
        const nodes = [(component + 2) % 3, component];
        expect(disagreement(shares)).toEqual({ component, nodes });
      }
  });

  it("refuses parts of a wrong form, and prints none", () => {
    const s = new Uint8Array(16).fill(7);
    expect(() => new NodePart(0, [s], new Uint32Array())).toThrow(AssertionError);
    expect(() => new NodePart(0, [s, s], new Uint32Array(1))).toThrow(AssertionError);
    expect(() => new NodePart(1, [s.subarray(1)], new Uint32Array(1))).toThrow(AssertionError);
    const part = new NodePart(1, [s], Uint32Array.of(77));
    expect(`${part} ${inspect(part)} ${JSON.stringify(part)}`).not.toMatch(/7/);
  });
});
