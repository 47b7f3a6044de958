import type { Context } from "../context.js";
import { concatBits } from "../protocol/and.js";
import { prepareCoin } from "../protocol/coin.js";
import { reshare } from "../protocol/reshare.js";
import { Shares } from "../sharing/shares.js";
import type { Extension } from "./extension.js";
import { challenge, type InnerClaim } from "./inner-product.js";
import { type FoldBasis, foldBasis } from "./lagrange.js";

/**
 * What a first fold needs from its base ring: weighted claims of each slot, one party's part of
 * the weighted products of every pair of slots, and the weighted vectors at a point.
 */
export interface FirstFold {
  /** c_s = Σ_j w_j · z_{s,j}, `slots` elements (each component on its own: it is linear). */
  readonly claims: Shares;
  /** C_{s,t} = Σ_j w_j · (x_{s,j} · y_{t,j}), this party's additive part; slots² elements. */
  products(): Uint32Array;
  /** Σ_s L_s·w_j·x_{s,j} and Σ_s L_s·y_{s,j}: the vectors of the claim that is left. */
  fold(basis: Uint32Array): { a: Shares; b: Shares };
}

/** Several folds with the same slots as one: G is the sum of theirs, vectors lie end to end. */
export function sumOfFolds(extension: Extension, folds: readonly FirstFold[]): FirstFold {
  if (folds.length === 1) return folds[0];
  const total = (parts: readonly Uint32Array[]): Uint32Array =>
    parts.reduce((sum, part) => extension.add(sum, part));
  return {
    claims: new Shares(
      total(folds.map(({ claims }) => claims.own)),
      total(folds.map(({ claims }) => claims.next)),
    ),
    products: () => total(folds.map((fold) => fold.products())),
    fold: (basis) => {
      const folded = folds.map((fold) => fold.fold(basis));
      return {
        a: concatBits(...folded.map(({ a }) => a)),
        b: concatBits(...folded.map(({ b }) => b)),
      };
    },
  };
}

/**
 * Π_fold: turns `slots` weighted inner products over a base ring into one over its extension,
 * 1/slots as long. f_j interpolates x_{s,j} and g_j interpolates y_{s,j} at point s, so
 *
 *     G(X) = Σ_j w_j·f_j(X)·g_j(X),   G(s) must equal c_s for s < slots
 *
 * The parties share G at slots − 1 further points, toss a coin r after, and are left with the claim
 * Σ_j (w_j·f_j(r))·g_j(r) = G(r). A wrong c_s survives with probability ≤ (2·slots − 2)·2^−κ.
 * [Boneh et al. 2019, section 4.2.2]; docs/protocols/verify.md.
 */
export async function foldClaims(
  ctx: Context,
  extension: Extension,
  slots: number,
  first: FirstFold,
): Promise<InnerClaim> {
  const basis = ctx.timed("check", () => foldBasis(ctx.kernels, extension, slots));
  const coin = prepareCoin(ctx);
  const parts = ctx.timed("check", () => beyondSlots(extension, basis, first.products()));
  const g = await reshare(ctx.narrow("g"), parts, extension.adding);
  const r = await challenge(ctx, extension, coin);
  return ctx.timed("check", () => {
    const all = basis.all.at(r);
    const at = (claims: Uint32Array, values: Uint32Array): Uint32Array => {
      const points = new Uint32Array(claims.length + values.length);
      points.set(claims);
      points.set(values, claims.length);
      return extension.inner(points, all);
    };
    const { a, b } = first.fold(basis.slots.at(r));
    return { a, b, c: new Shares(at(first.claims.own, g.own), at(first.claims.next, g.next)) };
  });
}

/** G(e) = Σ_{s,t} L_s(e)·L_t(e)·C_{s,t} for each point e beyond the slots. */
function beyondSlots(extension: Extension, basis: FoldBasis, products: Uint32Array): Uint32Array {
  const { words } = extension;
  const slots = basis.slots.count;
  const out = new Uint32Array(basis.beyond.length * words);
  const row = new Uint32Array(slots * words);
  basis.beyond.forEach((weights, e) => {
    for (let s = 0; s < slots; s += 1) {
      const from = s * slots * words;
      const cells = products.subarray(from, from + slots * words);
      row.set(extension.inner(cells, weights), s * words);
    }
    out.set(extension.inner(row, weights), e * words);
  });
  return out;
}
