import type { Context } from "../context.js";
import type { Bits, RingVector, Shares } from "../sharing/shares.js";
import { a2b } from "./a2b.js";

/**
 * Π_sign: the top bit of n shared elements mod 2^bits, packed: whether x, read as a signed number
 * of so many bits, is negative. 2·bits − 3 AND an element, bits − 1 rounds. docs/protocols/sign.md.
 */
export async function sign<V extends RingVector>(
  ctx: Context,
  x: Shares<V>,
  bits: number = 8 * x.own.BYTES_PER_ELEMENT,
): Promise<Bits> {
  const [top] = await a2b(ctx.narrow("sign"), x, bits, bits - 1);
  return top;
}

/** Π_sign over Z_2^16: 29 AND an element, 15 rounds. */
export const sign16 = (ctx: Context, x: Shares<Uint16Array>): Promise<Bits> => sign(ctx, x);

/** Π_sign over Z_2^32: 61 AND an element, 31 rounds. */
export const sign32 = (ctx: Context, x: Shares<Uint32Array>): Promise<Bits> => sign(ctx, x);

/** Bit planes `from`..31 of shared elements of Z_2^32. */
export const bits32 = (ctx: Context, x: Shares<Uint32Array>, from: number): Promise<Bits[]> =>
  a2b(ctx, x, 32, from);
