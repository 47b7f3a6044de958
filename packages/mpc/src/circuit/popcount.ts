import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { and, concatBits, sliceBits, xorBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { Shares } from "../sharing/shares.js";

/**
 * a + b of two vectors of numbers given as bit planes (low plane first, equal counts); one plane
 * more comes out. Ripple carry: one AND a plane, one round a plane.
 */
export async function addPlanes(
  ctx: Context,
  a: readonly Bits[],
  b: readonly Bits[],
): Promise<Bits[]> {
  assert(a.length === b.length && a.length > 0, "numbers of one width");
  const sums: Bits[] = [];
  let carry: Bits | undefined;
  for (let p = 0; p < a.length; p += 1) {
    const half = xorBits(a[p], b[p]);
    sums.push(carry ? xorBits(half, carry) : half);
    const step = ctx.narrow(`carry-${p}`);
    carry = carry
      ? xorBits(await and(step, xorBits(a[p], carry), xorBits(b[p], carry)), carry)
      : await and(step, a[p], b[p]);
  }
  return [...sums, carry as Bits];
}

/**
 * Π_count: how many bits of x are set, as bit planes whose lowest bit is the number.
 * A tree of additions down to single bits: about one AND a bit, log2(n)²/2 rounds.
 */
export async function popcount(ctx: Context, x: Bits): Promise<Bits[]> {
  const step = ctx.narrow("count");
  let planes: readonly Bits[] = [filledToPowerOfTwo(x)];
  for (let words = planes[0].length; words > 4; words /= 2) {
    const low = planes.map((plane) => sliceBits(plane, 0, words / 2));
    const high = planes.map((plane) => sliceBits(plane, words / 2, words));
    planes = await addPlanes(step.narrow(`words-${words}`), low, high);
  }
  for (let width = 64; width >= 1; width /= 2) {
    const shifted = planes.map((plane) => shiftDown(plane, width));
    planes = await addPlanes(step.narrow(`bits-${width}`), planes, shifted);
  }
  return [...planes];
}

function filledToPowerOfTwo(x: Bits): Bits {
  let words = 4;
  while (words < x.length) words *= 2;
  const missing = words - x.length;
  if (missing === 0) return x;
  return concatBits(x, new Shares(new Uint32Array(missing), new Uint32Array(missing)));
}

/** Bit k of the result is bit k + count of x; zeros come in at the top. count < length of x. */
export function shiftDown(x: Bits, count: number): Bits {
  const shift = (words: Uint32Array): Uint32Array => {
    const out = new Uint32Array(words.length);
    const [whole, rest] = [count >> 5, count & 31];
    for (let k = 0; k + whole < words.length; k += 1) {
      const low = words[k + whole] >>> rest;
      const high = k + whole + 1 < words.length ? words[k + whole + 1] : 0;
      out[k] = rest === 0 ? low : low | (high << (32 - rest));
    }
    return out;
  };
  return new Shares(shift(x.own), shift(x.next));
}

/** Bit k of the result is bit k − count of x; zeros come in at the bottom. */
export function shiftUp(x: Bits, count: number): Bits {
  const shift = (words: Uint32Array): Uint32Array => {
    const out = new Uint32Array(words.length);
    const [whole, rest] = [count >> 5, count & 31];
    for (let k = words.length - 1; k >= whole; k -= 1) {
      const high = words[k - whole] << rest;
      const low = k - whole > 0 ? words[k - whole - 1] : 0;
      out[k] = rest === 0 ? high : high | (low >>> (32 - rest));
    }
    return out;
  };
  return new Shares(shift(x.own), shift(x.next));
}
