import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { add } from "../ring/vector.js";
import { Shares } from "../sharing/shares.js";
import { passOn, zeroShare } from "./reshare.js";

/**
 * Π_dot over Z_2^32: z_i = Σ_t x_{i,t} · y_{i,t} for each row of `width` elements.
 *
 *     z_i = Σ_t x_i·(y_i + y_{i+1}) + x_{i+1}·y_i  + α_i          P_i sends z_i to P_{i-1}
 *
 * One round and one element a row, however long the rows. Security as Π_and: the claim recorded
 * here must be verified. [Araki et al. 2016]; docs/protocols/mul.md.
 */
export async function dot(ctx: Context, x: Shares, y: Shares, width: number): Promise<Shares> {
  assert(x.length === y.length && x.length % width === 0, "rows of one width");
  const step = ctx.narrow("dot");
  const rows = x.length / width;
  const alpha = zeroShare(step, x.own, rows, "add");
  const own = step.timed("multiply", () => {
    const out = alpha;
    for (let row = 0; row < rows; row += 1) {
      let sum = 0;
      for (let k = row * width; k < (row + 1) * width; k += 1) {
        sum =
          (sum + Math.imul(x.own[k], y.own[k] + y.next[k]) + Math.imul(x.next[k], y.own[k])) | 0;
      }
      out[row] += sum;
    }
    return out;
  });
  const z = await passOn(step, own);
  step.claims.dot(step.path, { x, y, z, width });
  return z;
}

/** Π_mul over Z_2^32: z = x · y, element by element. */
export const mul = (ctx: Context, x: Shares, y: Shares): Promise<Shares> =>
  dot(ctx.narrow("mul"), x, y, 1);

/** x + c for a public constant: component 0 takes it. */
export function addPublic(ctx: Context, x: Shares, constant: number): Shares {
  const shifted = (part: Uint32Array): Uint32Array => part.map((value) => value + constant);
  return new Shares(
    ctx.self === 0 ? shifted(x.own) : x.own,
    ctx.self === 2 ? shifted(x.next) : x.next,
  );
}

export const addShares = (x: Shares, y: Shares): Shares =>
  new Shares(add(x.own, y.own), add(x.next, y.next));
