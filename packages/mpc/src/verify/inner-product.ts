import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { ProtocolAbort } from "../error.js";
import { expandCoin, prepareCoin } from "../protocol/coin.js";
import { openMasked } from "../protocol/open.js";
import { randomShares, reshare } from "../protocol/reshare.js";
import { Shares } from "../sharing/shares.js";
import type { Extension } from "./extension.js";

/** Claim: Σ_j a_j · b_j = c over an extension. */
export interface InnerClaim {
  readonly a: Shares;
  readonly b: Shares;
  readonly c: Shares;
}

/** One public challenge of an extension. */
export async function challenge(
  ctx: Context,
  extension: Extension,
  coin: { open(): Promise<Uint8Array> },
): Promise<Uint32Array> {
  const bytes = expandCoin(ctx, await coin.open(), "challenge", extension.challengeBytes(1));
  return extension.challenges(bytes);
}

/**
 * Π_inner: verifies one inner product of shared vectors, with log2(length) halvings and one
 * sacrifice. Each halving fixes the polynomial G(X) = Σ f_j(X)·g_j(X), where f_j and g_j run
 * through elements 2j and 2j + 1 at X = 0 and X = 1:
 *
 *     G(0) := c − G(1);   parties share G(1) and G(∞);   coin r *after*;   fold a, b, and c := G(r)
 *
 * If c is wrong, G is the wrong polynomial of degree 2, and agrees with the right one at r with
 * probability ≤ 2·2^−κ. Rounds: 2 a halving, 4 at the end. Throws PRODUCT_CHECK_FAILED.
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
  for (let level = 0; a.length > extension.words; level += 1) {
    const step = ctx.narrow(`halve-${level}`);
    a = even(extension, a);
    b = even(extension, b);
    const coin = prepareCoin(step);
    const parts = step.timed("check", () => extension.halves(a.own, a.next, b.own, b.next));
    const g = await reshare(step.narrow("g"), parts, extension.adding);
    const r = await challenge(step, extension, coin);
    step.timed("check", () => {
      c = evaluate(extension, c, g, r);
      a = folded(extension, a, r);
      b = folded(extension, b, r);
    });
  }
  await sacrifice(ctx.narrow("sacrifice"), extension, { a, b, c });
}

/** G(r) = G(0) + r·(G(1) − G(0) − G(∞)) + r²·G(∞), on shares. */
function evaluate(extension: Extension, c: Shares, g: Shares, r: Uint32Array): Shares {
  const rr = extension.mul(r, r);
  const at = (claim: Uint32Array, both: Uint32Array): Uint32Array => {
    const one = both.subarray(0, extension.words);
    const infinity = both.subarray(extension.words);
    const zero = extension.subtract(claim, one);
    const linear = extension.subtract(extension.subtract(one, zero), infinity);
    return extension.add(
      extension.add(zero, extension.mul(linear, r)),
      extension.mul(infinity, rr),
    );
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
  const product = await reshare(ctx.narrow("product"), part, extension.adding);
  const rho = await challenge(ctx, extension, coin);
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
  if (!narrowed) return openMasked(ctx, x, extension.adding);
  const low = new Shares(Uint16Array.from(x.own), Uint16Array.from(x.next));
  return Uint32Array.from(await openMasked(ctx, low, extension.adding));
}

/** Filled up with a zero element to an even number. */
function even(extension: Extension, x: Shares): Shares {
  if ((x.length / extension.words) % 2 === 0) return x;
  const fill = (part: Uint32Array): Uint32Array => {
    const out = new Uint32Array(part.length + extension.words);
    out.set(part);
    return out;
  };
  return new Shares(fill(x.own), fill(x.next));
}

const folded = (extension: Extension, x: Shares, r: Uint32Array): Shares =>
  new Shares(extension.fold(x.own, r), extension.fold(x.next, r));

const each = (x: Shares, y: Shares, f: (a: Uint32Array, b: Uint32Array) => Uint32Array): Shares =>
  new Shares(f(x.own, y.own), f(x.next, y.next));

const each3 = (
  x: Shares,
  y: Shares,
  z: Shares,
  f: (a: Uint32Array, b: Uint32Array, c: Uint32Array) => Uint32Array,
): Shares => new Shares(f(x.own, y.own, z.own), f(x.next, y.next, z.next));
