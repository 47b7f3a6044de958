import { bytesOf } from "@symbolon/base/bytes";
import type { Context } from "../context.js";
import type { PairwiseKeys } from "../prss/prss.js";
import { type Adding, add, subtract, vectorLike, xor, xorInto } from "../ring/vector.js";
import { type RingVector, Shares } from "../sharing/shares.js";

/**
 * A fresh sharing of zero: α_0 + α_1 + α_2 = 0 (XOR for bits), P_i knows α_i only.
 *
 *     α_i = F(K_i) − F(K_{i+1})
 *
 * No message. Any two α are uniform to the third party. [Araki et al. 2016, section 2.2]
 */
export function zeroShare<V extends RingVector>(
  ctx: Context,
  like: V,
  length: number,
  adding: Adding,
): V {
  const streams = ctx.random(length * like.BYTES_PER_ELEMENT);
  return ctx.timed("randomness", () => {
    const own = vectorLike(like, streams.own);
    const next = vectorLike(like, streams.next);
    if (adding === "add") return subtract(own, next);
    // The streams are nobody else's.
    xorInto(own as Uint32Array, next as Uint32Array);
    return own;
  });
}

/** Uniformly random shares that nobody knows: x_i = F(K_i). No message. */
export function randomShares<V extends RingVector>(
  ctx: Context,
  like: V,
  length: number,
): Shares<V> {
  const streams = ctx.random(length * like.BYTES_PER_ELEMENT);
  return new Shares(vectorLike(like, streams.own), vectorLike(like, streams.next));
}

/** As `randomShares`, but the same in every attempt at a run, whose settled seeds these are. */
export function settledShares<V extends RingVector>(
  ctx: Context,
  seeds: PairwiseKeys,
  like: V,
  length: number,
): Shares<V> {
  const streams = ctx.settled(seeds, length * like.BYTES_PER_ELEMENT);
  return new Shares(vectorLike(like, streams.own), vectorLike(like, streams.next));
}

/**
 * Π_reshare: from one additive part a party (z_0 + z_1 + z_2 = z) to replicated shares of z.
 * Each part is masked by a zero share and sent to the previous party.
 * One round, one element a party. A lie adds a constant of the liar's choice to z.
 */
export async function reshare<V extends RingVector>(
  ctx: Context,
  part: V,
  adding: Adding,
): Promise<Shares<V>> {
  const alpha = zeroShare(ctx, part, part.length, adding);
  const own =
    adding === "add" ? add(part, alpha) : (xor(part as Uint32Array, alpha as Uint32Array) as V);
  return passOn(ctx, own);
}

/** Sends the own component to the previous party, who holds it as its next one. */
export async function passOn<V extends RingVector>(ctx: Context, own: V): Promise<Shares<V>> {
  const bytes = bytesOf(own);
  const received = await ctx.exchange({ previous: bytes }, { next: bytes.length });
  return new Shares(own, vectorLike(own, received.next));
}
