import type { Context } from "../context.js";
import type { Bits, Shares, Verified } from "../sharing/shares.js";
import { verified } from "../verify/checked.js";
import { and, publicBits } from "./and.js";

/**
 * Π_reveal, the nodes' part: a fresh sharing of words that are meant for one receiver outside.
 *
 *     x' = x ∧ 1          (fresh masks, and a claim that is verified before anything leaves)
 *
 * Each node then seals both of its parts to the receiver, who has every component twice, compares
 * the copies and combines them. Every component is held by two nodes *before* it leaves, and the
 * fresh masking is itself a checked product: a node that changes its part, however consistently in
 * its own state and its messages, is caught here or by the receiver. The shares say nothing but x.
 * One round, and one check.
 */
export async function revealShares(ctx: Context, x: Verified<Shares>): Promise<Verified<Bits>> {
  const step = ctx.batch("reveal");
  const words = Math.ceil(x.value.length / 4) * 4;
  const ones = publicBits(step, new Uint32Array(words).fill(0xffffffff));
  const fresh = await verified(step, await and(step, filled(x.value, words), ones));
  ctx.join(step);
  return fresh;
}

/** Zero words behind the value, up to a whole group of bits. */
function filled(x: Shares, words: number): Bits {
  const fill = (part: Uint32Array): Uint32Array => {
    const out = new Uint32Array(words);
    out.set(part);
    return out;
  };
  return x.map(fill);
}
