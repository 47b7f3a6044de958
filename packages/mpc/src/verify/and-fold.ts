import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { Shares } from "../sharing/shares.js";
import type { AndClaim } from "./claims.js";
import type { Extension } from "./extension.js";
import type { FirstFold } from "./fold.js";
import { gridSize, offGrid } from "./grid.js";

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

/**
 * Variables of the first fold of a number of claimed words: `most`, unless slots would then be
 * shorter than the 128 bits that they come in.
 */
export const andVariables = (words: number, most: number): number =>
  Math.min(most, Math.max(1, Math.floor(Math.log2(words / 4))));

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

/** The first fold of AND claims: works on packed bits (`bitGrid`, `bitFold`). */
export function andFold(
  ctx: Context,
  extension: Extension,
  gathered: Gathered,
  variables: number,
  weights: Uint32Array,
): FirstFold {
  const { x, y, z } = gathered;
  const { kernels } = ctx;
  const slots = 2 ** variables;
  const fold = (bits: Uint32Array, basis: Uint32Array) => kernels.bitFold(bits, slots, basis);
  return {
    values: () => {
      const claims = { x0: x.own, x1: x.next, y0: y.own, y1: y.next, z0: z.own, z1: z.next };
      const all = kernels.bitGrid(claims, variables, weights);
      const points = gridSize(variables) * extension.words;
      const own = offGrid(extension.words, variables, all.subarray(0, points));
      return { claims: new Shares(own.slots, all.slice(points)), beyond: own.beyond };
    },
    fold: (basis) => ({
      a: new Shares(
        extension.mulInto(fold(x.own, basis), weights),
        extension.mulInto(fold(x.next, basis), weights),
      ),
      b: new Shares(fold(y.own, basis), fold(y.next, basis)),
    }),
  };
}
