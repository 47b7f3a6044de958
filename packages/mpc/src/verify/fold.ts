import type { Context } from "../context.js";
import { concatBits } from "../protocol/and.js";
import { prepareCoin } from "../protocol/coin.js";
import { Shares } from "../sharing/shares.js";
import { type Extension, reshareElements } from "./extension.js";
import { gridBasis, onGrid, slotBasis } from "./grid.js";
import { challenges, type InnerClaim } from "./inner-product.js";

/** G on the grid {0,1,∞}^v, as far as a party can tell by itself. */
export interface GridValues {
  /** c_s = Σ_j w_j·z_{s,j} for each of 2^v slots (each component on its own: it is linear). */
  readonly claims: Shares;
  /** This party's additive part of G at the 3^v − 2^v points with an ∞, in the grid's order. */
  readonly beyond: Uint32Array;
}

/**
 * What a first fold needs from its base ring. `values` is called before the coin is opened, `fold`
 * after. At a point of the grid, ∞ in a variable takes the difference of the two slots' vectors.
 */
export interface FirstFold {
  values(): GridValues;
  /** Σ_s λ_s·w_j·x_{s,j} and Σ_s λ_s·y_{s,j}: the vectors of the claim that is left. */
  fold(basis: Uint32Array): { a: Shares; b: Shares };
}

/** Several folds with as many variables as one: G is the sum of theirs, vectors lie end to end. */
export function sumOfFolds(extension: Extension, folds: readonly FirstFold[]): FirstFold {
  if (folds.length === 1) return folds[0];
  const total = (parts: readonly Uint32Array[]): Uint32Array =>
    parts.reduce((sum, part) => extension.add(sum, part));
  return {
    values: () => {
      const all = folds.map((fold) => fold.values());
      return {
        claims: new Shares(
          total(all.map(({ claims }) => claims.own)),
          total(all.map(({ claims }) => claims.next)),
        ),
        beyond: total(all.map(({ beyond }) => beyond)),
      };
    },
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
 * Π_fold: turns 2^v weighted inner products over a base ring into one over its extension, 2^−v as
 * long. f_j and g_j are the multilinear polynomials in v variables through x_{s,j} and y_{s,j} at
 * the points s of {0,1}^v, so
 *
 *     G(X) = Σ_j w_j·f_j(X)·g_j(X)     is of degree ≤ 2 in each variable, G(s) must equal c_s
 *
 * The parties share G at the other 3^v − 2^v points of {0,1,∞}^v, toss a coin r (v challenges)
 * after, and are left with Σ_j (w_j·f_j(r))·g_j(r) = G(r). A wrong c_s survives with probability
 * ≤ 2v·2^−κ. Two rounds, 3^v − 2^v elements a party.
 * [Boneh et al. 2019, section 4.2.2, with one variable and 2^v points]; docs/protocols/verify.md.
 */
export async function foldClaims(
  ctx: Context,
  extension: Extension,
  variables: number,
  first: FirstFold,
): Promise<InnerClaim> {
  const coin = prepareCoin(ctx);
  const { claims, beyond } = ctx.timed("check", () => first.values());
  const g = await reshareElements(ctx.narrow("g"), extension, beyond);
  const r = await challenges(ctx, extension, coin, variables);
  return ctx.timed("check", () => {
    const basis = gridBasis(extension, r);
    const at = (slots: Uint32Array, others: Uint32Array): Uint32Array =>
      extension.inner(onGrid(extension.words, variables, slots, others), basis);
    const { a, b } = first.fold(slotBasis(extension, r));
    return { a, b, c: new Shares(at(claims.own, g.own), at(claims.next, g.next)) };
  });
}
