import { assert } from "@symbolon/base/assert";
import { PARTIES } from "@symbolon/base/id";
import type { Context } from "../context.js";
import { add, subtract, zerosLike } from "../ring/vector.js";
import { type Bits, type RingVector, Shares } from "../sharing/shares.js";
import { mul, subtractShares } from "./dot.js";

/**
 * Π_bit-injection: from shared bits to shares of the same numbers, 0 or 1, in the ring of `like`.
 *
 * Component b_j of b = b_0 ⊕ b_1 ⊕ b_2 is known to both its holders, so it is shared in the ring by
 * component j = b_j and zeros. Then, with a ⊕ b = a + b − 2ab,
 *
 *     u = b_0 ⊕ b_1,   b = u ⊕ b_2
 *
 * Two products an element, two rounds; security as Π_mul, whose claims must be verified.
 * [Mohassel, Rindal 2018, section 5.4, by products instead of transfers]; docs/protocols/b2a.md.
 */
export async function injectBits<V extends RingVector>(
  ctx: Context,
  bits: Bits,
  count: number,
  like: V,
): Promise<Shares<V>> {
  assert(count <= 32 * bits.length, "as many bits");
  const step = ctx.narrow("inject");
  const [b0, b1, b2] = step.timed("multiply", () => {
    const own = unpacked(bits.own, count, like);
    const next = unpacked(bits.next, count, like);
    const zero = zerosLike(like, count);
    return PARTIES.map(
      (component) =>
        new Shares(
          step.self === component ? own : zero,
          (step.self + 1) % 3 === component ? next : zero,
        ),
    );
  });
  const u = await exclusiveOr(step.narrow("first"), b0, b1);
  return exclusiveOr(step.narrow("second"), u, b2);
}

/** a + b − 2ab for shared numbers that are 0 or 1. */
async function exclusiveOr<V extends RingVector>(
  ctx: Context,
  a: Shares<V>,
  b: Shares<V>,
): Promise<Shares<V>> {
  const both = await mul(ctx, a, b);
  return ctx.timed("multiply", () => {
    const part = (x: V, y: V, xy: V): V => subtract(subtract(add(x, y), xy), xy);
    return new Shares(part(a.own, b.own, both.own), part(a.next, b.next, both.next));
  });
}

/** Bit k as element k. */
function unpacked<V extends RingVector>(words: Uint32Array, count: number, like: V): V {
  const out = zerosLike(like, count);
  if (out instanceof BigUint64Array) {
    const low = new Uint32Array(out.buffer);
    for (let k = 0; k < count; k += 1) low[2 * k] = (words[k >>> 5] >>> (k & 31)) & 1;
  } else {
    const numbers = out as Uint16Array | Uint32Array;
    for (let k = 0; k < count; k += 1) numbers[k] = (words[k >>> 5] >>> (k & 31)) & 1;
  }
  return out;
}

/**
 * Π_select: element by element x where the bit is set, and y elsewhere: y + b·(x − y). Three
 * products an element and three rounds, two of each for the injection. docs/protocols/mux.md.
 */
export async function select<V extends RingVector>(
  ctx: Context,
  condition: Bits,
  x: Shares<V>,
  y: Shares<V>,
): Promise<Shares<V>> {
  assert(x.length === y.length, "numbers to choose from");
  const step = ctx.narrow("select");
  const bit = await injectBits(step, condition, x.length, x.own);
  const chosen = await mul(step, bit, subtractShares(x, y));
  return new Shares(add(chosen.own, y.own), add(chosen.next, y.next));
}
