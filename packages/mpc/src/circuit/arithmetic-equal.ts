import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { and, concatBits, not, sliceBits, xorBits } from "../protocol/and.js";
import { subtractShares } from "../protocol/dot.js";
import type { Bits, RingVector, Shares } from "../sharing/shares.js";
import { carrySave, componentPlanes } from "./a2b.js";
import { all } from "./all.js";

/**
 * Π_equal on shared numbers of Z_2^16, Z_2^32 or Z_2^64: one bit an element, x = y, packed.
 *
 * With x − y = s + 2m (the carry-save step of Π_a2b) no carry has to be followed:
 *
 *     s + 2m = 0 mod 2^k   ⟺   s_0 = 0 and s_p ⊕ m_{p−1} = s_{p−1} ∨ m_{p−2} for 1 ≤ p < k
 *
 * (m_{−1} = 0): read from below, each bit of the sum is 0 exactly if the carry into it is what the
 * place below lets through. 3k − 4 AND an element, 2 + ⌈log2 k⌉ rounds, one bit an AND and party.
 * Security as Π_and. docs/protocols/equal.md.
 */
export async function arithmeticEqual<V extends RingVector>(
  ctx: Context,
  x: Shares<V>,
  y: Shares<V>,
  bits: number = 8 * x.own.BYTES_PER_ELEMENT,
): Promise<Bits> {
  assert(x.length === y.length, "a number for each number");
  assert(bits >= 2 && bits <= 8 * x.own.BYTES_PER_ELEMENT, "bits that an element has");
  const step = ctx.narrow("arithmetic-equal");
  const planes = step.timed("boolean", () =>
    subtractShares(x, y).map((part) => componentPlanes(step, part, bits)),
  );
  const words = planes.length / bits;
  const { s, m } = await carrySave(step, planes, (bits - 1) * words);
  // ¬(a ∨ b) = ¬a ∧ ¬b; the place below the first has no m, so its ∨ is s_0 itself.
  const low = sliceBits(s, words, (bits - 1) * words);
  const neither =
    bits > 2
      ? [await and(step, not(step, low), not(step, sliceBits(m, 0, (bits - 2) * words)))]
      : [];
  const lowest = sliceBits(s, 0, words);
  const through = concatBits(lowest, ...neither.map((plane) => not(step, plane)));
  const sums = xorBits(sliceBits(s, words, bits * words), m);
  const differs = concatBits(lowest, xorBits(sums, through));
  return all(step, not(step, differs), words);
}

/** AND gates an element. */
export const arithmeticEqualGates = (bits: number): number => 3 * bits - 4;
