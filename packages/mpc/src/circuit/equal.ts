import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { concatBits, not, xorBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { all } from "./all.js";

/**
 * Π_equal on bit planes: one bit a row, a = b, for numbers of one width w.
 *
 *     ∧_p ¬(a_p ⊕ b_p)
 *
 * w − 1 AND a row, one bit each and party; ⌈log2 w⌉ rounds. Security as Π_and.
 * docs/protocols/equal.md.
 */
export async function equal(ctx: Context, a: readonly Bits[], b: readonly Bits[]): Promise<Bits> {
  assert(a.length === b.length && a.length > 0, "numbers of one width");
  assert(
    [...a, ...b].every(({ length }) => length === a[0].length),
    "planes of one length",
  );
  const step = ctx.narrow("equal");
  const differs = concatBits(...a.map((plane, p) => xorBits(plane, b[p])));
  return all(step, not(step, differs), a[0].length);
}

/** AND gates a row of numbers of so many bits. */
export const equalGates = (bits: number): number => bits - 1;
