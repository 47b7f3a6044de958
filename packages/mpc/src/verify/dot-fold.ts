import type { Context } from "../context.js";
import { Shares } from "../sharing/shares.js";
import type { DotClaim } from "./claims.js";
import type { Extension } from "./extension.js";
import type { FirstFold } from "./fold.js";

/** Rows of one slot. */
export const slotRows = (claim: DotClaim, slots: number): number =>
  Math.ceil(claim.z.length / slots);

/**
 * The first fold of row-by-row inner products over Z_2^32: row i = s·J + j is slot s, position j,
 * so a slot is a block of rows, and Σ_t x_{s,j,t}·y_{s',j,t} for all pairs of slots is a small
 * matrix product for each position.
 */
export function dotFold(
  ctx: Context,
  extension: Extension,
  claim: DotClaim,
  slots: number,
  weights: Uint32Array,
): FirstFold {
  const { width } = claim;
  const rows = slotRows(claim, slots);
  const x = filled(claim.x, slots * rows * width);
  const y = filled(claim.y, slots * rows * width);
  const z = filled(claim.z, slots * rows);
  const spread = repeatEach(weights, extension.words, width);
  return {
    claims: new Shares(
      weigh(extension, z.own, slots, rows, weights),
      weigh(extension, z.next, slots, rows, weights),
    ),
    products: () => slotProducts(ctx, x, y, { slots, rows, width }, weights),
    fold: (basis) => ({
      a: new Shares(
        extension.mul(ctx.kernels.grFoldWords(x.own, slots, basis), spread),
        extension.mul(ctx.kernels.grFoldWords(x.next, slots, basis), spread),
      ),
      b: new Shares(
        ctx.kernels.grFoldWords(y.own, slots, basis),
        ctx.kernels.grFoldWords(y.next, slots, basis),
      ),
    }),
  };
}

function filled(x: Shares, length: number): Shares {
  if (x.length === length) return x;
  const out = new Shares(new Uint32Array(length), new Uint32Array(length));
  out.own.set(x.own);
  out.next.set(x.next);
  return out;
}

/** Each element `times` times in a row. */
function repeatEach(elements: Uint32Array, words: number, times: number): Uint32Array {
  const out = new Uint32Array(elements.length * times);
  for (let k = 0; k < elements.length; k += words) {
    const element = elements.subarray(k, k + words);
    for (let t = 0; t < times; t += 1) out.set(element, k * times + t * words);
  }
  return out;
}

/** c_s = Σ_j w_j·z_{s,j}: weights are ring elements, z are words. */
function weigh(
  extension: Extension,
  z: Uint32Array,
  slots: number,
  rows: number,
  weights: Uint32Array,
): Uint32Array {
  const { words } = extension;
  const out = new Uint32Array(slots * words);
  for (let s = 0; s < slots; s += 1) {
    for (let j = 0; j < rows; j += 1) {
      const factor = z[s * rows + j];
      if (factor === 0) continue;
      for (let k = 0; k < words; k += 1) {
        out[s * words + k] += Math.imul(weights[j * words + k], factor);
      }
    }
  }
  return out;
}

interface Shape {
  readonly slots: number;
  readonly rows: number;
  readonly width: number;
}

/** C_{s,s'} = Σ_j w_j·⟨x_{s,j}, y_{s',j}⟩, this party's part: cross terms, then the weights. */
function slotProducts(
  ctx: Context,
  x: Shares,
  y: Shares,
  { slots, rows, width }: Shape,
  weights: Uint32Array,
): Uint32Array {
  const padded = Math.ceil(width / 8) * 8;
  const cells = slots * slots;
  // products[cell][j], so that the weighted sum over j is one more matrix product.
  const columns = Math.ceil(rows / 8) * 8;
  const products = new Uint32Array(cells * columns);
  const pick = (source: Uint32Array, j: number): Uint32Array => {
    const out = new Uint32Array(slots * padded);
    for (let s = 0; s < slots; s += 1) {
      const from = (s * rows + j) * width;
      out.set(source.subarray(from, from + width), s * padded);
    }
    return out;
  };
  for (let j = 0; j < rows; j += 1) {
    const [x0, x1] = [pick(x.own, j), pick(x.next, j)];
    const [y0, y1] = [pick(y.own, j), pick(y.next, j)];
    for (let k = 0; k < y1.length; k += 1) y1[k] += y0[k];
    // The kernel's result at [t·slots + s] is ⟨a_s, b_t⟩; rows of `a` are the y side here.
    const sum = ctx.kernels.matmul32(y1, x0, slots, slots, padded);
    ctx.kernels.matmul32(y0, x1, slots, slots, padded, sum);
    for (let cell = 0; cell < cells; cell += 1) products[cell * columns + j] = sum[cell];
  }
  const degree = weights.length / rows;
  const byCoefficient = new Uint32Array(degree * columns);
  for (let j = 0; j < rows; j += 1) {
    for (let k = 0; k < degree; k += 1) byCoefficient[k * columns + j] = weights[j * degree + k];
  }
  return ctx.kernels.matmul32(byCoefficient, products, degree, cells, columns);
}
