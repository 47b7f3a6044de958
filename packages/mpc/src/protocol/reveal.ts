import type { Context } from "../context.js";
import { xor } from "../ring/vector.js";
import type { Shares, Verified } from "../sharing/shares.js";
import { passOn, zeroShare } from "./reshare.js";

/**
 * Π_reveal, the nodes' part: a fresh sharing of a verified value, for one receiver outside.
 *
 *     x'_i = x_i ⊕ α_i          (α_0 ⊕ α_1 ⊕ α_2 = 0),  P_i sends x'_i to P_{i-1}
 *
 * Each node then seals both of its parts to the receiver, who has every component twice, compares
 * the copies and combines them. The shares say nothing about anything but x. One round.
 */
export async function revealShares(ctx: Context, x: Verified<Shares>): Promise<Shares> {
  const step = ctx.narrow("reveal");
  const alpha = zeroShare(step, x.value.own, x.value.length, "xor");
  return passOn(step, xor(x.value.own, alpha));
}
