import { assert } from "@symbolon/base/assert";
import { a2b, a2bGates } from "../circuit/a2b.js";
import type { Context } from "../context.js";
import type { Profile } from "../profile.js";
import { add, zerosLike } from "../ring/vector.js";
import { type Bits, type RingVector, Shares } from "../sharing/shares.js";
import { verified } from "../verify/checked.js";
import { gatesError, type SoundnessTerm } from "../verify/soundness.js";
import { and, concatBits, xorBits } from "./and.js";
import { open } from "./open.js";
import { randomShares } from "./reshare.js";

/**
 * Π_b2a: from boolean shares of the bits of x, as planes, lowest first, to shares of x in the ring
 * of `like`. Planes that are missing are zero; there are not more than the ring has bits.
 *
 *     r uniform in the ring, unknown to all;   its bits by Π_a2b;
 *     d = x − r by a borrow circuit;   d is opened;   x = d + r
 *
 * 3·k − 4 AND an element (k bits of the ring), 2·k − 1 rounds, the check and one opening of k bits.
 * d is uniform whatever x is, and is opened only after every product is verified: this calls the
 * check of all that `ctx` has claimed. Security: malicious with abort. Own argument, after the
 * masks of [Damgård et al. 2006]; docs/protocols/b2a.md.
 */
export async function b2a<V extends RingVector>(
  ctx: Context,
  planes: readonly Bits[],
  count: number,
  like: V,
): Promise<Shares<V>> {
  const bits = 8 * like.BYTES_PER_ELEMENT;
  assert(planes.length >= 1 && planes.length <= bits, "as many planes as the ring has bits");
  const words = planes[0].length;
  assert(count <= 32 * words, "as many numbers");
  const step = ctx.narrow("b2a");
  // A mask for each bit of a plane, so that what is behind the numbers is hidden as well.
  const mask = randomShares(step.narrow("mask"), like, 32 * words);
  const maskBits = await a2b(step, mask);
  const zero = new Shares(new Uint32Array(words), new Uint32Array(words));
  const x = Array.from({ length: bits }, (_, p) => planes[p] ?? zero);
  const masked = await subtractPlanes(step, x, maskBits);
  const d = await open(step, await verified(step, concatBits(...masked)), "xor");
  return step.timed("multiply", () => {
    const numbers = fromPlanes(step, d, bits, like);
    const part = (own: V, isFirst: boolean): V =>
      (isFirst ? add(own, numbers) : own).slice(0, count) as V;
    return new Shares(part(mask.own, step.self === 0), part(mask.next, step.self === 2));
  });
}

/** The check that b2a makes before it opens, if the context had claimed nothing else. */
export function b2aTerms(profile: Profile, count: number, bits: number): SoundnessTerm[] {
  const gates = (a2bGates(bits) + bits - 1) * Math.ceil(count / 128) * 128;
  return [{ check: "gates of bits to numbers", count: 1, error: gatesError(profile, gates) }];
}

/** a − b mod 2^w as planes: ripple borrow, w − 1 AND, w − 1 rounds. */
async function subtractPlanes(
  ctx: Context,
  a: readonly Bits[],
  b: readonly Bits[],
): Promise<Bits[]> {
  const step = ctx.narrow("subtract");
  const out: Bits[] = [];
  let borrow: Bits | undefined;
  for (let p = 0; p < a.length; p += 1) {
    const differs = xorBits(a[p], b[p]);
    out.push(borrow ? xorBits(differs, borrow) : differs);
    if (p === a.length - 1) break;
    // The next borrow is b where a and b differ, and this one where they do not.
    const change = borrow ? xorBits(b[p], borrow) : b[p];
    const changed = await and(step.narrow(`borrow-${p}`), differs, change);
    borrow = borrow ? xorBits(changed, borrow) : changed;
  }
  return out;
}

/** Public numbers from their planes, end to end. */
function fromPlanes<V extends RingVector>(
  ctx: Context,
  planes: Uint32Array,
  bits: number,
  like: V,
): V {
  const { kernels } = ctx;
  const half = planes.length / 2;
  const out = zerosLike(like, (32 * planes.length) / bits);
  if (out instanceof BigUint64Array) {
    const pairs = new Uint32Array(out.buffer);
    const low = kernels.wordsFromPlanes(planes.subarray(0, half), 32);
    const high = kernels.wordsFromPlanes(planes.subarray(half), 32);
    for (let k = 0; k < out.length; k += 1) {
      pairs[2 * k] = low[k];
      pairs[2 * k + 1] = high[k];
    }
  } else {
    const numbers = out as Uint16Array | Uint32Array;
    numbers.set(kernels.wordsFromPlanes(planes, bits));
  }
  return out;
}
