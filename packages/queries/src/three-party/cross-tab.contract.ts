import { below, seededWords } from "@symbolon/case-data/random";
import { type CrossTabRule, crossTab, type NamedColumn } from "@symbolon/mpc/table/cross-tab";
import type { ShownRule } from "@symbolon/mpc/table/shown-cells";
import { selectionSeeds } from "@symbolon/sim/world/seeds";
import type { World } from "@symbolon/sim/world/world";
import type { ClearCodes } from "../plaintext/count.js";

/** So large an ε that the noise is zero, but for a chance below 10^-17. */
export const NO_NOISE = { epsilon: { numerator: 40n, denominator: 1n }, sensitivity: 1n };

/** Shows every cell. */
export const ALL_SHOWN: ShownRule = { noise: NO_NOISE, persons: 0 };

export const oneOf = (name: string, codes: number): NamedColumn => ({
  ...{ name, codes },
  kind: "one",
  most: 1,
});
export const severalOf = (name: string, codes: number, most: number): NamedColumn => ({
  ...{ name, codes, most },
  kind: "several",
});

/** A list of random words in which most are codes, and some are none that there is. */
export function codedList(rows: number, columns: readonly NamedColumn[], seed: number): ClearCodes {
  const random = seededWords(seed);
  return {
    rows,
    columns: new Map(
      columns.map(({ name, kind, codes }) => [
        name,
        Uint32Array.from({ length: rows }, () =>
          kind === "several" || below(8, random) === 0 ? random() : below(codes + 1, random),
        ),
      ]),
    ),
  };
}

/** The words of an answer, which the three parties make together. */
export async function countOnShares(
  world: World,
  lists: readonly ClearCodes[],
  rule: CrossTabRule,
  seed = 0,
): Promise<Uint32Array> {
  const dealt = lists.map(({ rows, columns }) => ({
    rows,
    columns: [...columns].map(([name, words]) => [name, world.share(words, "xor")] as const),
  }));
  const results = await world.each(async (ctx, self) => {
    const own = dealt.map(({ rows, columns }) => ({
      rows,
      columns: new Map(columns.map(([name, words]) => [name, words[self]])),
    }));
    const words = await crossTab(ctx, own, rule, selectionSeeds(seed, self));
    ctx.assertAllVerified();
    return words;
  });
  return world.combine(results, "xor");
}
