import type { Context } from "../context.js";
import { subtract } from "../ring/vector.js";
import { Shares } from "../sharing/shares.js";
import type { DotClaim } from "./claims.js";
import type { Extension } from "./extension.js";
import type { FirstFold } from "./fold.js";
import { gridVectors, offGrid } from "./grid.js";

/** Rows of one slot. */
export const slotRows = (claim: DotClaim, slots: number): number =>
  Math.ceil(claim.z.length / slots);

/**
 * The first fold of row-by-row inner products over Z_2^32: row i = s·J + j is slot s, position j,
 * so a slot is a block of rows, and at each point of the grid Σ_t x_{p,j,t}·y_{p,j,t} is computed
 * for each position.
 */
export function dotFold(
  ctx: Context,
  extension: Extension,
  claim: DotClaim,
  variables: number,
  weights: Uint32Array,
): FirstFold {
  const { width } = claim;
  const slots = 2 ** variables;
  const rows = slotRows(claim, slots);
  const x = filled(claim.x, slots * rows * width);
  const y = filled(claim.y, slots * rows * width);
  const z = filled(claim.z, slots * rows);
  const spread = repeatEach(weights, extension.words, width);
  const weigh = (values: Uint32Array) => weighed(extension, values, rows, weights);
  return {
    values: () => ({
      claims: new Shares(weigh(z.own), weigh(z.next)),
      beyond: weigh(beyondProducts(x, y, { variables, rows, width })),
    }),
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

/** Σ_j w_j·z_{p,j} for each p: weights are ring elements, z are `rows` words for each p. */
function weighed(
  extension: Extension,
  z: Uint32Array,
  rows: number,
  weights: Uint32Array,
): Uint32Array {
  const { words } = extension;
  const out = new Uint32Array((z.length / rows) * words);
  for (let at = 0; at < z.length; at += rows) {
    const sum = out.subarray((at / rows) * words, (at / rows + 1) * words);
    for (let j = 0; j < rows; j += 1) {
      const factor = z[at + j];
      for (let k = 0; k < words; k += 1) sum[k] += Math.imul(weights[j * words + k], factor);
    }
  }
  return out;
}

interface Shape {
  readonly variables: number;
  readonly rows: number;
  readonly width: number;
}

/** This party's part of ⟨x_{p,j}, y_{p,j}⟩ at each point p beyond the slots, for each row j. */
function beyondProducts(x: Shares, y: Shares, { variables, rows, width }: Shape): Uint32Array {
  const slot = rows * width;
  const [x0, x1, y0, y1] = [x.own, x.next, y.own, y.next].map((vector) =>
    gridVectors(
      Array.from({ length: 2 ** variables }, (_, s) => vector.subarray(s * slot, (s + 1) * slot)),
      subtract,
    ),
  );
  const sums = x0.map((_, point) => rowProducts(x0[point], x1[point], y0[point], y1[point], rows));
  return offGrid(rows, variables, concatWords(sums)).beyond;
}

/** Σ_t x0_t·(y0_t + y1_t) + x1_t·y0_t of each row. */
function rowProducts(
  x0: Uint32Array,
  x1: Uint32Array,
  y0: Uint32Array,
  y1: Uint32Array,
  rows: number,
): Uint32Array {
  const width = x0.length / rows;
  const out = new Uint32Array(rows);
  for (let j = 0; j < rows; j += 1) {
    let sum = 0;
    for (let t = j * width; t < (j + 1) * width; t += 1) {
      sum = (sum + Math.imul(x0[t], y0[t] + y1[t]) + Math.imul(x1[t], y0[t])) | 0;
    }
    out[j] = sum;
  }
  return out;
}

function concatWords(parts: readonly Uint32Array[]): Uint32Array {
  const out = new Uint32Array(parts.length * parts[0].length);
  parts.forEach((part, k) => {
    out.set(part, k * part.length);
  });
  return out;
}
