import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import type { Bits } from "../sharing/shares.js";
import { sumPlanes, type Weighted, weightedSum } from "./weighted-sum.js";

/**
 * Π_at-least: one bit a row, Σ_k weight_k·bit_k ≥ least, for public weights, 1 ≤ least ≤ Σ.
 *
 *     Σ + 2^w − least ≥ 2^w,   2^w > Σ weight:   bit w of the sum is the answer
 *
 * At most one AND for each binary digit of a weight. Security as Π_and. docs/protocols/levels.md.
 */
export async function atLeast(
  ctx: Context,
  terms: readonly Weighted[],
  least: number,
): Promise<Bits> {
  const most = terms.reduce((sum, { weight }) => sum + weight, 0);
  assert(
    Number.isInteger(least) && least >= 1 && least <= most,
    "a bound that can be met or missed",
  );
  const top = sumPlanes(most);
  const sums = await weightedSum(ctx.narrow("at-least"), terms, 2 ** top - least, top + 1);
  return sums[top];
}
