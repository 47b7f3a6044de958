import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { and, concatBits, sliceBits, xorBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";

/**
 * Π_mux on bit planes: row by row a where the condition is set, and b elsewhere.
 *
 *     z_p = b_p ⊕ condition ∧ (a_p ⊕ b_p)
 *
 * One AND a plane and row, one round for all planes. Security as Π_and. docs/protocols/mux.md.
 */
export async function mux(
  ctx: Context,
  condition: Bits,
  a: readonly Bits[],
  b: readonly Bits[],
): Promise<Bits[]> {
  assert(a.length === b.length && a.length > 0, "numbers of one width");
  const words = condition.length;
  assert(
    [...a, ...b].every(({ length }) => length === words),
    "planes of one length",
  );
  const differs = concatBits(...a.map((plane, p) => xorBits(plane, b[p])));
  const conditions = concatBits(...a.map(() => condition));
  const chosen = await and(ctx.narrow("mux"), conditions, differs);
  return b.map((plane, p) => xorBits(plane, sliceBits(chosen, p * words, (p + 1) * words)));
}
