import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import type { Kernels } from "../kernels/kernels.js";
import { add, subtract, zerosLike } from "../ring/vector.js";
import { type RingVector, Shares } from "../sharing/shares.js";
import { passOn, zeroShare } from "./reshare.js";

/**
 * Π_dot over Z_2^16, Z_2^32 or Z_2^64: z_i = Σ_t x_{i,t} · y_{i,t} for each row of `width`
 * elements.
 *
 *     z_i = Σ_t x_i·(y_i + y_{i+1}) + x_{i+1}·y_i  + α_i          P_i sends z_i to P_{i-1}
 *
 * One round and one element a row and party, however long the rows. Security as Π_and: the claim
 * recorded here must be verified. [Araki et al. 2016]; docs/protocols/mul.md.
 */
export async function dot<V extends RingVector>(
  ctx: Context,
  x: Shares<V>,
  y: Shares<V>,
  width: number,
): Promise<Shares<V>> {
  assert(x.length === y.length && x.length % width === 0, "rows of one width");
  const step = ctx.narrow("dot");
  const alpha = zeroShare(step, x.own, x.length / width, "add");
  const own = step.timed("multiply", () => localPart(step.kernels, x, y, alpha, width));
  const z = await passOn(step, own);
  step.claims.dot(step.path, { x, y, z, width });
  return z;
}

/** This party's part of the products of rows, masked by `alpha`. */
function localPart<V extends RingVector>(
  kernels: Kernels,
  x: Shares<V>,
  y: Shares<V>,
  alpha: V,
  width: number,
): V {
  if (width === 1) {
    const vectors = [x.own, x.next, y.own, y.next, alpha] as const;
    return mulKernel<V>(kernels, alpha)(...vectors);
  }
  return dotKernel<V>(kernels, alpha)(x.own, x.next, y.own, y.next, alpha, width);
}

type MulKernel<V> = (x0: V, x1: V, y0: V, y1: V, alpha: V) => V;
type DotKernel<V> = (x0: V, x1: V, y0: V, y1: V, alpha: V, width: number) => V;

function mulKernel<V extends RingVector>(kernels: Kernels, like: V): MulKernel<V> {
  const { mulLocal16, mulLocal32, mulLocal64 } = kernels;
  return byWidth(like, mulLocal16, mulLocal32, mulLocal64) as unknown as MulKernel<V>;
}

function dotKernel<V extends RingVector>(kernels: Kernels, like: V): DotKernel<V> {
  const { dotLocal16, dotLocal32, dotLocal64 } = kernels;
  return byWidth(like, dotLocal16, dotLocal32, dotLocal64) as unknown as DotKernel<V>;
}

function byWidth<A, B, C>(like: RingVector, narrow: A, middle: B, wide: C): A | B | C {
  if (like instanceof BigUint64Array) return wide;
  return like instanceof Uint32Array ? middle : narrow;
}

/** Π_mul over Z_2^16, Z_2^32 or Z_2^64: z = x · y, element by element. */
export const mul = <V extends RingVector>(
  ctx: Context,
  x: Shares<V>,
  y: Shares<V>,
): Promise<Shares<V>> => dot(ctx.narrow("mul"), x, y, 1);

/** x + c for a public constant: component 0 takes it. */
export function addPublic<V extends RingVector>(
  ctx: Context,
  x: Shares<V>,
  constant: number | bigint,
): Shares<V> {
  const constants = zerosLike(x.own);
  if (constants instanceof BigUint64Array) constants.fill(BigInt(constant));
  else constants.fill(Number(constant));
  return new Shares(
    ctx.self === 0 ? add(x.own, constants) : x.own,
    ctx.self === 2 ? add(x.next, constants) : x.next,
  );
}

export const addShares = <V extends RingVector>(x: Shares<V>, y: Shares<V>): Shares<V> =>
  new Shares(add(x.own, y.own), add(x.next, y.next));

export const subtractShares = <V extends RingVector>(x: Shares<V>, y: Shares<V>): Shares<V> =>
  new Shares(subtract(x.own, y.own), subtract(x.next, y.next));
