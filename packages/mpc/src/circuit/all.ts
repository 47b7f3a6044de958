import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { and, concatBits, not, sliceBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";

/**
 * The AND of `count` vectors of `words` words that lie side by side: a tree of ⌈log2 count⌉ rounds
 * and count − 1 gates a bit.
 */
export async function all(ctx: Context, x: Bits, words: number): Promise<Bits> {
  assert(x.length % words === 0 && x.length > 0, "whole vectors");
  const step = ctx.narrow("all");
  let rest = x;
  for (let level = 0; rest.length > words; level += 1) {
    const count = rest.length / words;
    const half = (count >> 1) * words;
    const low = sliceBits(rest, 0, half);
    const high = sliceBits(rest, half, 2 * half);
    const both = await and(step.narrow(`level-${level}`), low, high);
    rest = count % 2 === 0 ? both : concatBits(both, sliceBits(rest, 2 * half, rest.length));
  }
  return rest;
}

/** The AND of the 128 bits of one vector, in every bit: halves are swapped in seven rounds. */
export async function allBits(ctx: Context, x: Bits): Promise<Bits> {
  assert(x.length === 4, "one vector of 128 bits");
  const step = ctx.narrow("all-bits");
  let rest = x;
  for (let shift = 64; shift > 0; shift >>= 1) {
    rest = await and(
      step.narrow(`by-${shift}`),
      rest,
      rest.map((words) => rotated(words, shift)),
    );
  }
  return rest;
}

/** Four words as one number of 128 bits, rotated. */
function rotated(words: Uint32Array, shift: number): Uint32Array {
  const [far, near] = [shift >>> 5, shift & 31];
  return words.map((_, k) => {
    const [low, high] = [words[(k + far) & 3], words[(k + far + 1) & 3]];
    return near === 0 ? low : (low >>> near) | (high << (32 - near));
  });
}

/** The OR of `count` vectors, by de Morgan: as many gates and rounds as `all`. */
export const any = async (ctx: Context, x: Bits, words: number): Promise<Bits> =>
  not(ctx, await all(ctx.narrow("any"), not(ctx, x), words));
