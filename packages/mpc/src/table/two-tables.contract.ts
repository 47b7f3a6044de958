import type { World } from "@symbolon/sim/world/world";
import type { Context } from "../context.js";
import type { Shares } from "../sharing/shares.js";
import { type Table, tableOf } from "./table.js";

export type Rows = readonly (readonly number[])[];

/** Two tables in the clear: rows of words. */
export interface TwoTables {
  readonly left: Rows;
  readonly right: Rows;
  readonly widths: readonly [left: number, right: number];
}

/** Deals two tables, has the three parties join them, and puts the verified result together. */
export async function joinTables<T extends TwoTables>(
  world: World,
  clear: T,
  join: (ctx: Context, left: Table, right: Table) => Promise<Shares>,
): Promise<Uint32Array> {
  const [left, right] = [clear.left, clear.right].map((rows) =>
    world.share(Uint32Array.from(rows.flat()), "xor"),
  );
  const [leftWidth, rightWidth] = clear.widths;
  const results = await world.each(async (ctx, self) => {
    const tables = [tableOf(left[self], leftWidth), tableOf(right[self], rightWidth)] as const;
    const joined = await join(ctx, ...tables);
    ctx.assertAllVerified();
    return joined;
  });
  return world.combine(results, "xor");
}

/** A vector of words as rows. */
export const rowsOf = (words: Uint32Array, width: number): number[][] =>
  Array.from({ length: words.length / width }, (_, k) => [
    ...words.subarray(k * width, (k + 1) * width),
  ]);

/** The key of a row: its first bits, of the last word the low ones. */
export const keyOf = (row: readonly number[], keyBits: number): number[] =>
  row
    .slice(0, Math.ceil(keyBits / 32))
    .map((word, k) => (keyBits >= 32 * (k + 1) ? word : word % 2 ** (keyBits - 32 * k)));
