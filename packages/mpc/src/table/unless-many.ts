import { assert } from "@symbolon/base/assert";
import { lessThan } from "../circuit/less-than.js";
import { popcount } from "../circuit/popcount.js";
import type { Context } from "../context.js";
import type { Profile } from "../profile.js";
import { and, not } from "../protocol/and.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { verifyProducts } from "../verify/products.js";
import { gatesError, type SoundnessTerm } from "../verify/soundness.js";

/** What the checks of `unlessMany` may miss: six gates a row, and the counts' ends. */
export function unlessManyTerms(profile: Profile, rows: number): SoundnessTerm[] {
  return [{ check: "gates of a limit", count: 1, error: gatesError(profile, rows * 6 + 2 ** 15) }];
}

/**
 * Π_unless-many: the bits of `kept`, or none at all if it leaves out more than one in `oneIn` of
 * the rows of `real`. `oneIn` is a public power of two.
 *
 *     out = kept ∧ [ oneIn·#(real ∧ ¬kept) ≤ #real ]
 *
 * Two counts, one comparison of numbers, one AND a row to apply it. Nothing is opened, so nobody
 * sees whether the limit was met. Verified before it returns. docs/protocols/unless-many.md.
 */
export async function unlessMany(
  ctx: Context,
  kept: Bits,
  real: Bits,
  oneIn: number,
): Promise<Bits> {
  const shift = Math.log2(oneIn);
  assert(Number.isInteger(shift) && shift >= 0, "a power of two");
  assert(kept.length === real.length, "one bit a row");
  const step = ctx.batch("unless-many");
  const left = await and(step.narrow("left-out"), real, not(step, kept));
  const [out, all] = await Promise.all([
    popcount(step.narrow("out"), left),
    popcount(step.narrow("all"), real),
  ]);
  const zero = new Shares(new Uint32Array(4), new Uint32Array(4));
  const times = [...Array.from({ length: shift }, () => zero), ...out];
  const whole = times.map((_, p) => all[p] ?? zero);
  // Of each plane only the lowest bit is a number's; the others go along and are dropped.
  const isOver = await lessThan(step, whole, times);
  const allowed = everywhere(not(step, isOver), kept.length);
  const result = await and(step.narrow("apply"), kept, allowed);
  await verifyProducts(step);
  ctx.join(step);
  return result;
}

/** The lowest bit of x in every bit of so many words, without a message. */
function everywhere(x: Bits, words: number): Bits {
  const spread = (bits: Uint32Array): Uint32Array => new Uint32Array(words).fill(-(bits[0] & 1));
  return new Shares(spread(x.own), spread(x.next));
}
