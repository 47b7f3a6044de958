import type { Context } from "../context.js";
import { xor, xorInto } from "../ring/vector.js";
import { Shares } from "../sharing/shares.js";
import { concatBits, sliceBits } from "./and.js";
import { passOn, zeroShare } from "./reshare.js";

/** Words of one element of GF(2^96): 16 bytes, the top four zero. */
export const FIELD_WORDS = 4;

/**
 * Π_field-mul: z = x · y over GF(2^96), element by element; shares add up by XOR.
 *
 *     z_i = x_i·(y_i + y_{i+1}) + x_{i+1}·y_i + α_i
 *
 * One round, 16 bytes an element and party. Security as Π_and: the claim must be verified.
 */
export async function fieldMul(ctx: Context, x: Shares, y: Shares): Promise<Shares> {
  const step = ctx.narrow("field-mul");
  const alpha = zeroShare(step, x.own, x.length, "xor");
  const own = step.timed("multiply", () => {
    const right = xor(y.own, y.next);
    const { kernels } = step;
    const sum = kernels.gfMul(x.own, right);
    xorInto(sum, kernels.gfMul(x.next, y.own, right));
    xorInto(sum, alpha);
    return cleared(sum);
  });
  const received = await passOn(step, own);
  const z = new Shares(own, canonical(received.next));
  step.claims.field(step.path, { x, y, z });
  return z;
}

/** Clears the four bytes of each element that mean nothing, whatever a sender put there. */
export const canonical = (words: Uint32Array): Uint32Array => cleared(words.slice());

function cleared(words: Uint32Array): Uint32Array {
  for (let k = 3; k < words.length; k += FIELD_WORDS) words[k] = 0;
  return words;
}

/** The product of all elements: a tree of ⌈log2 n⌉ rounds and n − 1 products. */
export async function fieldProduct(ctx: Context, x: Shares): Promise<Shares> {
  const step = ctx.narrow("field-product");
  let rest = x;
  for (let level = 0; rest.length > FIELD_WORDS; level += 1) {
    const count = rest.length / FIELD_WORDS;
    const half = (count >> 1) * FIELD_WORDS;
    const low = sliceBits(rest, 0, half);
    const high = sliceBits(rest, half, 2 * half);
    const made = await fieldMul(step.narrow(`level-${level}`), low, high);
    rest = count % 2 === 0 ? made : concatBits(made, sliceBits(rest, 2 * half, rest.length));
  }
  return rest;
}
