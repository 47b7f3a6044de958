import type { Context } from "../context.js";
import { xor } from "../ring/vector.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { passOn, zeroShare } from "./reshare.js";

/**
 * Π_and: z = x ∧ y, bit by bit.
 *
 *     z_i = x_i·y_i ⊕ x_i·y_{i+1} ⊕ x_{i+1}·y_i ⊕ α_i          (α_0 ⊕ α_1 ⊕ α_2 = 0)
 *
 * P_i sends z_i to P_{i-1}. One round, one bit per gate and party.
 * Security: private against one malicious party, who can flip bits of z; the claim that is recorded
 * here catches it when it is verified. [Araki et al. 2016]; docs/protocols/and.md.
 */
export async function and(ctx: Context, x: Bits, y: Bits): Promise<Bits> {
  const step = ctx.narrow("and");
  const alpha = zeroShare(step, x.own, x.length, "xor");
  const z = step.timed("boolean", () => step.kernels.andLocal(x.own, x.next, y.own, y.next, alpha));
  const shares = await passOn(step, z);
  step.claims.and(step.path, { x, y, z: shares });
  step.metrics.andGates += x.length * 32;
  return shares;
}

/** x ⊕ y, without a message. */
export const xorBits = (x: Bits, y: Bits): Bits =>
  new Shares(xor(x.own, y.own), xor(x.next, y.next));

/** Shares of bits that everybody knows: component 0 carries them. */
export function publicBits(ctx: Context, bits: Uint32Array): Bits {
  const zero = new Uint32Array(bits.length);
  return new Shares(ctx.self === 0 ? bits : zero, ctx.self === 2 ? bits : zero);
}

/** x ⊕ c for public bits c: component 0 takes the constant. */
export function xorPublic(ctx: Context, x: Bits, constant: Uint32Array): Bits {
  return new Shares(
    ctx.self === 0 ? xor(x.own, constant) : x.own,
    ctx.self === 2 ? xor(x.next, constant) : x.next,
  );
}

/** x ∧ c for public bits c, without a message. */
export function maskPublic(x: Bits, constant: Uint32Array): Bits {
  return new Shares(
    x.own.map((word, k) => word & constant[k]),
    x.next.map((word, k) => word & constant[k]),
  );
}

/** ¬x on all bits, padding included. */
export const not = (ctx: Context, x: Bits): Bits =>
  xorPublic(ctx, x, new Uint32Array(x.length).fill(0xffffffff));

/** Words `from`..`to` of x, without a copy. */
export const sliceBits = (x: Bits, from: number, to: number): Bits =>
  new Shares(x.own.subarray(from, to), x.next.subarray(from, to));

/** One after the other; also for vectors of words or field elements. */
export function concatBits(...parts: readonly Bits[]): Bits {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const own = new Uint32Array(length);
  const next = new Uint32Array(length);
  let at = 0;
  for (const part of parts) {
    own.set(part.own, at);
    next.set(part.next, at);
    at += part.length;
  }
  return new Shares(own, next);
}
