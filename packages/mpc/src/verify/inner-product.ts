import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { ProtocolAbort } from "../error.js";
import { expandCoin, prepareCoin } from "../protocol/coin.js";
import { openMasked } from "../protocol/open.js";
import { randomShares } from "../protocol/reshare.js";
import { Shares } from "../sharing/shares.js";
import { type Extension, openElements, reshareElements } from "./extension.js";
import { gridBasis, gridSize, gridVectors, pointOf } from "./grid.js";

/** Claim: Σ_j a_j · b_j = c over an extension. */
export interface InnerClaim {
  readonly a: Shares;
  readonly b: Shares;
  readonly c: Shares;
}

/** `count` public challenges of an extension. */
export async function challenges(
  ctx: Context,
  extension: Extension,
  coin: { open(): Promise<Uint8Array> },
  count: number,
): Promise<Uint32Array> {
  const size = extension.challengeBytes(count);
  return extension.challenges(expandCoin(ctx, await coin.open(), "challenge", size));
}

const FIELD_WORDS = 4;

/**
 * Variables of each fold that brings an inner product of `length` elements down to one: few while
 * the vectors are long (each costs local work by half), many when only rounds count. Long elements
 * are more work: elements of the rings count as many of the field. However the variables are
 * spread, they are ⌈log2 length⌉ in all.
 */
export function foldPlan(length: number, words = FIELD_WORDS): number[] {
  const plan: number[] = [];
  for (let left = length; left > 1; ) {
    const bits = Math.ceil(Math.log2(left));
    const work = Math.log2((left * words) / FIELD_WORDS);
    const wanted = work > 17 ? 1 : work > 14 ? 2 : work > 10 ? 3 : 4;
    const variables = Math.min(wanted, bits);
    plan.push(variables);
    left = Math.ceil(left / 2 ** variables);
  }
  return plan;
}

/**
 * Π_inner: verifies one inner product of shared vectors, by folds (`foldPlan`) and one sacrifice.
 * A fold cuts both vectors into 2^v slots, and f_j and g_j are the multilinear polynomials through
 * element j of each slot. It fixes G(X) = Σ_j f_j(X)·g_j(X), of degree ≤ 2 in each variable:
 *
 *     G(0) := c − Σ_{s ∈ {0,1}^v, s ≠ 0} G(s);   parties share G on the rest of {0,1,∞}^v;
 *     coin r ∈ extension^v *after*;   fold a, b, and c := G(r)
 *
 * If c is wrong, G is a wrong polynomial, and agrees with the right one at r with probability
 * ≤ 2v·2^−κ. Rounds: 2 a fold (3^v − 1 elements), 4 at the end. Throws PRODUCT_CHECK_FAILED.
 * Overwrites a and b. [Boneh et al. 2019, section 4.2; Goyal, Song 2020, section 4.3];
 * docs/protocols/verify.md.
 */
export async function verifyInner(
  ctx: Context,
  extension: Extension,
  claim: InnerClaim,
): Promise<void> {
  let { a, b, c } = claim;
  assert(a.length === b.length && c.length === extension.words, "an inner product");
  for (const [level, variables] of foldPlan(
    a.length / extension.words,
    extension.words,
  ).entries()) {
    const step = ctx.narrow(`halve-${level}`);
    a = padded(extension, a, variables);
    b = padded(extension, b, variables);
    const coin = prepareCoin(step);
    const parts = step.timed("check", () => gridProducts(extension, variables, a, b));
    const g = await reshareElements(step.narrow("g"), extension, parts);
    const r = await challenges(step, extension, coin, variables);
    step.timed("check", () => {
      c = evaluate(extension, c, g, r);
      a = folded(extension, a, r);
      b = folded(extension, b, r);
    });
  }
  assert(a.length === extension.words, "the plan ends with one element");
  await sacrifice(ctx.narrow("sacrifice"), extension, { a, b, c });
}

/** Elements of a slot whose products are summed at a time: the grid's vectors stay in cache. */
const BLOCK = 1 << 12;

/** This party's part of G at every point of the grid but the first. */
function gridProducts(extension: Extension, variables: number, a: Shares, b: Shares): Uint32Array {
  if (variables === 1) return extension.halves(a.own, a.next, b.own, b.next);
  const { words } = extension;
  const slot = a.length >> variables;
  const out = new Uint32Array((gridSize(variables) - 1) * words);
  for (let from = 0; from < slot; from += BLOCK * words) {
    const to = Math.min(from + BLOCK * words, slot);
    const [x0, x1, y0, y1] = [a.own, a.next, b.own, b.next].map((vector) => {
      const slots = Array.from({ length: 2 ** variables }, (_, s) =>
        vector.subarray(s * slot + from, s * slot + to),
      );
      return gridVectors(slots, extension.subtract);
    });
    for (let point = 1; point < gridSize(variables); point += 1) {
      const place = out.subarray((point - 1) * words, point * words);
      const part = extension.cross(x0[point], x1[point], y0[point], y1[point]);
      place.set(extension.add(place, part));
    }
  }
  return out;
}

/** G(r) on shares, with G(0) = c − the sum of G over the other slots. */
function evaluate(extension: Extension, c: Shares, g: Shares, r: Uint32Array): Shares {
  const { words } = extension;
  const variables = r.length / words;
  const basis = gridBasis(extension, r);
  const at = (claim: Uint32Array, values: Uint32Array): Uint32Array => {
    let zero = claim;
    for (let slot = 1; slot < 2 ** variables; slot += 1) {
      const value = (pointOf(slot) - 1) * words;
      zero = extension.subtract(zero, values.subarray(value, value + words));
    }
    const all = new Uint32Array(words + values.length);
    all.set(zero);
    all.set(values, words);
    return extension.inner(all, basis);
  };
  return new Shares(at(c.own, g.own), at(c.next, g.next));
}

/**
 * Π_sacrifice: verifies a short inner product a·b = c with a random vector x′.
 *
 *     c′ = ⟨x′, b⟩ reshared;  coin ρ *after*;  w = ρ·a − x′ opened;  t = ρ·c − c′ − ⟨w, b⟩ opened
 *
 * x′ is uniform in the whole ring, so w says nothing. If c is off by Δ ≠ 0 and c′ by δ, then
 * t = ρΔ − δ, which is 0 for at most one ρ. Masks of 16-bit values are `narrowed` to 16 bits.
 */
export async function sacrifice(
  ctx: Context,
  extension: Extension,
  { a, b, c }: InnerClaim,
  narrowed = false,
): Promise<void> {
  const mask = maskOf(ctx, extension, a.length);
  const coin = prepareCoin(ctx);
  const part = ctx.timed("check", () => extension.cross(mask.own, mask.next, b.own, b.next));
  const product = await reshareElements(ctx.narrow("product"), extension, part);
  const rho = await challenges(ctx, extension, coin, 1);
  const masked = ctx.timed("check", () =>
    each(a, mask, (x, m) => extension.subtract(extension.scale(x, rho), m)),
  );
  const w = await openNarrow(ctx.narrow("w"), extension, masked, narrowed);
  const difference = ctx.timed("check", () =>
    each3(c, product, b, (claim, made, right) =>
      extension.subtract(
        extension.subtract(extension.mul(claim, rho), made),
        extension.inner(w, right),
      ),
    ),
  );
  const t = await openNarrow(ctx.narrow("t"), extension, difference, narrowed);
  if (t.some((word) => word !== 0)) {
    throw new ProtocolAbort("PRODUCT_CHECK_FAILED", "a product of secrets is wrong", {
      step: ctx.path,
    });
  }
}

/** A shared vector that nobody knows, uniform in the extension. */
function maskOf(ctx: Context, extension: Extension, words: number): Shares {
  const random = randomShares(ctx.narrow("mask"), new Uint32Array(0), words);
  return new Shares(extension.uniform(random.own), extension.uniform(random.next));
}

/** Opens all 32 bits of each word, or, over Z_2^16, only the 16 that mean something. */
async function openNarrow(
  ctx: Context,
  extension: Extension,
  x: Shares,
  narrowed: boolean,
): Promise<Uint32Array> {
  if (!narrowed) return openElements(ctx, extension, x);
  const low = new Shares(Uint16Array.from(x.own), Uint16Array.from(x.next));
  return Uint32Array.from(await openMasked(ctx, low, extension.adding));
}

/** Filled up with zero elements to a multiple of 2^variables. */
function padded(extension: Extension, x: Shares, variables: number): Shares {
  const unit = extension.words << variables;
  if (x.length % unit === 0) return x;
  const fill = (part: Uint32Array): Uint32Array => {
    const out = new Uint32Array(Math.ceil(part.length / unit) * unit);
    out.set(part);
    return out;
  };
  return new Shares(fill(x.own), fill(x.next));
}

/** Both components at r: one variable after the other, the last one first (it parts halves). */
function folded(extension: Extension, x: Shares, r: Uint32Array): Shares {
  const { words } = extension;
  const at = (part: Uint32Array): Uint32Array => {
    let rest = part;
    for (let from = r.length - words; from >= 0; from -= words) {
      rest = extension.fold(rest, r.subarray(from, from + words));
    }
    return rest;
  };
  return new Shares(at(x.own), at(x.next));
}

const each = (x: Shares, y: Shares, f: (a: Uint32Array, b: Uint32Array) => Uint32Array): Shares =>
  new Shares(f(x.own, y.own), f(x.next, y.next));

const each3 = (
  x: Shares,
  y: Shares,
  z: Shares,
  f: (a: Uint32Array, b: Uint32Array, c: Uint32Array) => Uint32Array,
): Shares => new Shares(f(x.own, y.own, z.own), f(x.next, y.next, z.next));
