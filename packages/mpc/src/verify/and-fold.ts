import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { Shares } from "../sharing/shares.js";
import type { AndClaim } from "./claims.js";
import type { Extension } from "./extension.js";
import type { FirstFold } from "./fold.js";

/** The six bit vectors of many AND claims, cut into slots of equal length. */
interface Gathered {
  readonly x: Shares;
  readonly y: Shares;
  readonly z: Shares;
  /** Bits of one slot, a multiple of 128. */
  readonly bits: number;
}

/** Bits of one slot for a number of claimed words. */
export const slotBits = (words: number, slots: number): number =>
  Math.ceil(words / (4 * slots)) * 128;

/** Lays the claims end to end and fills up with zeros, for which 0 · 0 = 0 holds. */
export function gather(claims: readonly AndClaim[], slots: number): Gathered {
  const claimed = claims.reduce((sum, claim) => sum + claim.z.length, 0);
  const bits = slotBits(claimed, slots);
  const words = (bits / 32) * slots;
  const lay = (part: (claim: AndClaim) => Shares): Shares => {
    const out = new Shares(new Uint32Array(words), new Uint32Array(words));
    let at = 0;
    for (const claim of claims) {
      const shares = part(claim);
      out.own.set(shares.own, at);
      out.next.set(shares.next, at);
      at += shares.length;
    }
    assert(at <= words, "claims fit their slots");
    return out;
  };
  return {
    x: lay((claim) => claim.x),
    y: lay((claim) => claim.y),
    z: lay((claim) => claim.z),
    bits,
  };
}

/** The first fold of AND claims: works on packed bits (`bitCross`, `bitFold`, `bitWeigh`). */
export function andFold(
  ctx: Context,
  extension: Extension,
  gathered: Gathered,
  slots: number,
  weights: Uint32Array,
): FirstFold {
  const { x, y, z } = gathered;
  const { kernels } = ctx;
  return {
    claims: new Shares(
      kernels.bitWeigh(z.own, slots, weights),
      kernels.bitWeigh(z.next, slots, weights),
    ),
    products: () => kernels.bitCross(x.own, x.next, y.own, y.next, slots, weights),
    fold: (basis) => ({
      a: new Shares(
        extension.mulInto(kernels.bitFold(x.own, slots, basis), weights),
        extension.mulInto(kernels.bitFold(x.next, slots, basis), weights),
      ),
      b: new Shares(kernels.bitFold(y.own, slots, basis), kernels.bitFold(y.next, slots, basis)),
    }),
  };
}
