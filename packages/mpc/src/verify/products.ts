import type { Context } from "../context.js";
import { concatBits } from "../protocol/and.js";
import { expandCoin, prepareCoin } from "../protocol/coin.js";
import { Shares } from "../sharing/shares.js";
import { andFold, andVariables, slotBits } from "./and-fold.js";
import type { AndClaim, DotClaim, FieldClaim } from "./claims.js";
import { byRing, dotFold, dotVariables, positionsOf } from "./dot-fold.js";
import { type Extension, fieldExtension, ringExtension } from "./extension.js";
import { foldClaims, sumOfFolds } from "./fold.js";
import { type InnerClaim, verifyInner } from "./inner-product.js";

/**
 * Π_verify: checks every product that this context has claimed and not yet verified, and forgets
 * the claims. Returns only if all are right; throws ProtocolAbort otherwise.
 *
 * Random weights w_j turn many claims into a few inner products (coin tossed here, after every
 * claimed z has been received); `foldClaims` moves them into an extension, `verifyInner` ends them.
 */
export async function verifyProducts(ctx: Context): Promise<void> {
  if (ctx.claims.hasNone) return;
  const step = ctx.booked("verify", "check");
  ctx.claims.owe(step.path);
  const { and, field, dot } = ctx.claims.take();
  const coin = await prepareCoin(step).open();
  const extension = fieldExtension(step.kernels);
  const claims: InnerClaim[] = [];
  if (and.length > 0) claims.push(await foldAnds(step.narrow("and"), extension, and, coin));
  field.forEach((claim, index) => {
    claims.push(
      weighField(step, extension, claim, expand(step, coin, extension, `field-${index}`)),
    );
  });
  if (claims.length > 0) await verifyInner(step.narrow("field"), extension, sum(extension, claims));
  const { narrow, wide } = step.timed("check", () => byRing(dot));
  await verifyDots(step, "ring-32", ringExtension(step.kernels, 32), narrow, coin);
  await verifyDots(step, "ring-64", ringExtension(step.kernels, 64), wide, coin);
  ctx.claims.settle(step.path);
}

/** A batch of work whose products are verified before its result goes on. */
export async function inBatch<T>(
  ctx: Context,
  name: string,
  work: (step: Context) => Promise<T>,
): Promise<T> {
  const step = ctx.batch(name);
  const made = await work(step);
  await verifyProducts(step);
  ctx.join(step);
  return made;
}

/** Claims over one ring: each has weights of its own, all share one fold and one inner product. */
async function verifyDots<V extends Uint32Array | BigUint64Array>(
  step: Context,
  ring: string,
  extension: Extension,
  claims: readonly DotClaim<V>[],
  coin: Uint8Array,
): Promise<void> {
  if (claims.length === 0) return;
  const sizes = claims.map(({ z, width }) => ({ rows: z.length, width }));
  const variables = dotVariables(sizes, step.profile.dotVariables);
  const folds = claims.map((claim, index) => {
    const size = extension.challengeBytes(positionsOf(claim.z.length, variables));
    const weights = step.timed("check", () => expandCoin(step, coin, `${ring}-${index}`, size));
    return dotFold(step, extension, claim, variables, weights);
  });
  const first = sumOfFolds(extension, folds);
  const claim = await foldClaims(step.narrow(ring), extension, variables, first);
  await verifyInner(step.narrow(`${ring}-inner`), extension, claim);
}

type Expand = (count: number) => Uint32Array;

/** Public random weights from the coin, one stream a purpose. */
const expand =
  (ctx: Context, coin: Uint8Array, extension: Extension, purpose: string): Expand =>
  (count) =>
    ctx.timed("check", () =>
      extension.challenges(expandCoin(ctx, coin, purpose, extension.challengeBytes(count))),
    );

async function foldAnds(
  step: Context,
  extension: Extension,
  claims: readonly AndClaim[],
  coin: Uint8Array,
): Promise<InnerClaim> {
  const claimed = claims.reduce((words, claim) => words + claim.z.length, 0);
  const variables = andVariables(claimed, step.profile.andVariables);
  const weights = expand(step, coin, extension, "and")(slotBits(claimed, 2 ** variables));
  const first = step.timed("check", () => andFold(step, extension, claims, variables, weights));
  return foldClaims(step, extension, variables, first);
}

/** Σ_j w_j·z_j = ⟨w∘x, y⟩: already one inner product over the field. */
function weighField(
  ctx: Context,
  extension: Extension,
  { x, y, z }: FieldClaim,
  weights: Expand,
): InnerClaim {
  const w = weights(z.length / extension.words);
  return ctx.timed("check", () => ({
    a: new Shares(extension.mul(x.own, w), extension.mul(x.next, w)),
    b: new Shares(y.own.slice(), y.next.slice()),
    c: new Shares(extension.inner(z.own, w), extension.inner(z.next, w)),
  }));
}

/** Several inner products as one: vectors end to end, claims added up. */
function sum(extension: Extension, claims: readonly InnerClaim[]): InnerClaim {
  if (claims.length === 1) return claims[0];
  const c = claims
    .map((claim) => claim.c)
    .reduce((a, b) => new Shares(extension.add(a.own, b.own), extension.add(a.next, b.next)));
  return {
    a: concatBits(...claims.map(({ a }) => a)),
    b: concatBits(...claims.map(({ b }) => b)),
    c,
  };
}
