import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { and, concatBits, not, sliceBits, xorBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";

/** What a circuit is short of: gates (where links are fast) or rounds (where they are slow). */
export type Depth = "few-gates" | "few-rounds";

/**
 * Π_less-than on bit planes: one bit a row, a < b, for unsigned numbers of one width w.
 *
 *   few gates    lt_0 = ¬a_0 ∧ b_0,   lt_p = ((a_p ⊕ b_p) ∧ (b_p ⊕ lt_{p−1})) ⊕ lt_{p−1}
 *                w AND a row, w rounds
 *   few rounds   a tree over (differs, b at the highest place that differs):
 *                2w − 1 − ⌈log2 w⌉ AND a row, ⌈log2 w⌉ + 1 rounds
 *
 * One bit an AND and party. Security as Π_and. Own formulas; docs/protocols/less-than.md.
 */
export async function lessThan(
  ctx: Context,
  a: readonly Bits[],
  b: readonly Bits[],
  depth: Depth = "few-gates",
): Promise<Bits> {
  assert(a.length === b.length && a.length > 0, "numbers of one width");
  assert(
    [...a, ...b].every(({ length }) => length === a[0].length),
    "planes of one length",
  );
  const step = ctx.narrow("less-than");
  const lowest = await and(step.narrow("bit-0"), not(step, a[0]), b[0]);
  return depth === "few-gates" ? ripple(step, a, b, lowest) : tree(step, a, b, lowest);
}

/** AND gates a row of numbers of so many bits. */
export const lessThanGates = (bits: number, depth: Depth = "few-gates"): number =>
  depth === "few-gates" ? bits : 2 * bits - 1 - Math.ceil(Math.log2(bits));

async function ripple(
  ctx: Context,
  a: readonly Bits[],
  b: readonly Bits[],
  lowest: Bits,
): Promise<Bits> {
  let less = lowest;
  for (let p = 1; p < a.length; p += 1) {
    const differs = xorBits(a[p], b[p]);
    less = xorBits(await and(ctx.narrow(`bit-${p}`), differs, xorBits(b[p], less)), less);
  }
  return less;
}

/** Neighbouring places as one: does anything differ in them, and what is b where it first does? */
interface Digit {
  readonly differs: Bits;
  readonly b: Bits;
}

/**
 * high ∘ low: differs = ¬(¬high ∧ ¬low),  b = low.b ⊕ high.differs ∧ (high.b ⊕ low.b). The lowest
 * digit keeps in b whether a < b so far, so that its `differs` is never needed.
 */
async function tree(
  ctx: Context,
  a: readonly Bits[],
  b: readonly Bits[],
  lowest: Bits,
): Promise<Bits> {
  let digits: Digit[] = b.map((bit, p) => ({ differs: xorBits(a[p], bit), b: bit }));
  digits[0] = { differs: digits[0].differs, b: lowest };
  for (let level = 0; digits.length > 1; level += 1) {
    digits = await pairUp(ctx.narrow(`level-${level}`), digits);
  }
  return digits[0].b;
}

/** All pairs of one level in one round. */
async function pairUp(ctx: Context, digits: readonly Digit[]): Promise<Digit[]> {
  const pairs = Array.from({ length: digits.length >> 1 }, (_, k) => ({
    low: digits[2 * k],
    high: digits[2 * k + 1],
  }));
  const upper = pairs.slice(1);
  const made = await and(
    ctx,
    concatBits(
      ...pairs.map(({ high }) => high.differs),
      ...upper.map(({ high }) => not(ctx, high.differs)),
    ),
    concatBits(
      ...pairs.map(({ high, low }) => xorBits(high.b, low.b)),
      ...upper.map(({ low }) => not(ctx, low.differs)),
    ),
  );
  const words = digits[0].b.length;
  const cell = (k: number): Bits => sliceBits(made, k * words, (k + 1) * words);
  const joined = pairs.map(({ low, high }, k) => ({
    differs: k === 0 ? high.differs : not(ctx, cell(pairs.length + k - 1)),
    b: xorBits(low.b, cell(k)),
  }));
  return digits.length % 2 === 0 ? joined : [...joined, digits[digits.length - 1]];
}
