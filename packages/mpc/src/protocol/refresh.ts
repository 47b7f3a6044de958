import type { Context } from "../context.js";
import { type Adding, add, subtract, vectorLike, xor, zerosLike } from "../ring/vector.js";
import { type RingVector, Shares } from "../sharing/shares.js";
import type { SoundnessTerm } from "../verify/soundness.js";
import { expandCoin, prepareCoin } from "./coin.js";
import { type CopyRecord, recordCopies, type Stored } from "./copies.js";

/** Shares of the next epoch, and what is on record of them. */
export interface Refreshed {
  readonly stored: Stored;
  readonly record: CopyRecord;
}

/**
 * Π_refresh: the same secrets in fresh shares, so that what was stolen before is worth nothing
 * together with what is stolen after.
 *
 *     x'_i = x_i + ρ_i,      ρ_0 = r_0, ρ_1 = r_1, ρ_2 = −r_0 − r_1      (XOR for bits)
 *
 * r_0 and r_1 are streams of a coin that the three toss for it and erase with the old shares. In
 * every resharing by replicated components each party learns all of ρ: it holds two of x_i before
 * and after, and the three ρ add up to zero. So a coin known to all three gives away nothing more.
 *
 * Nobody may be left behind or compute with another ρ: the new copies are compared and put on
 * record (`recordCopies`). Erase the old shares only once all three are through.
 * Four rounds and 416 bytes a party (coin 2·160, record 32 + 2·32), whatever the size; three
 * additions an element.
 * Security: malicious with abort. Soundness: `refreshTerms`. Own argument after the proactive
 * secret sharing of [Herzberg et al. 1995]; docs/protocols/refresh.md.
 */
export async function refresh(ctx: Context, stored: Stored): Promise<Refreshed> {
  const step = ctx.narrow("refresh");
  const coin = await prepareCoin(step).open();
  const columns = stored.columns.map(({ shares, adding }, k) => ({
    adding,
    shares: step.timed("randomness", () =>
      shifted(step, shares, adding, (half) => `${k}/${half}/${stored.epoch}/${stored.name}`, coin),
    ),
  }));
  coin.fill(0);
  const fresh: Stored = { name: stored.name, epoch: stored.epoch + 1, columns };
  return { stored: fresh, record: await recordCopies(step, fresh) };
}

/** x + ρ for the two parts that this party holds. */
function shifted<V extends RingVector>(
  ctx: Context,
  x: Shares<V>,
  adding: Adding,
  purpose: (half: 0 | 1) => string,
  coin: Uint8Array,
): Shares<V> {
  const plus = (a: V, b: V): V =>
    adding === "add" ? add(a, b) : (xor(a as Uint32Array, b as Uint32Array) as V);
  const stream = (half: 0 | 1): V =>
    vectorLike(x.own, expandCoin(ctx, coin, purpose(half), x.own.byteLength));
  const [r0, r1] = [stream(0), stream(1)];
  const sum = plus(r0, r1);
  const minus = adding === "add" ? subtract(zerosLike(sum), sum) : sum;
  const rho = [r0, r1, minus];
  return new Shares(plus(x.own, rho[ctx.self]), plus(x.next, rho[(ctx.self + 1) % 3]));
}

/** Copies that differ pass only if SHA-256 collides; a coin is guessed with the same chance. */
export const refreshTerms = (datasets: number): SoundnessTerm[] => [
  { check: "digests of refreshed components", count: 3 * datasets, error: 2 ** -128 },
];
