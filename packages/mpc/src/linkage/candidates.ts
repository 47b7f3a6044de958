import { assert } from "@symbolon/base/assert";
import { any } from "../circuit/all.js";
import type { Context } from "../context.js";
import { and, concatBits, sliceBits, xorBits } from "../protocol/and.js";
import { type BitMatrix, bitMatmul } from "../protocol/bit-matmul.js";
import { type Bits, Shares } from "../sharing/shares.js";

/** Candidates that a row keeps of one group of columns, if it has no more. */
export const candidateSlots = (rankBits: number): number => 2 ** rankBits - 1;

/** The candidates of each row, one slot after the other; whose they are stays hidden. */
export interface Candidates {
  /** Plane by plane, the keys of slot 0 of all rows, then of slot 1, …; zeros where it is empty. */
  readonly keys: BitMatrix;
  /** One bit a row: it has more candidates than slots, and none of them may count. */
  readonly crowded: Bits;
  /** The columns that the slots came from, for the check of `keys`. */
  readonly chosen: BitMatrix;
}

/**
 * Π_candidates: for each row, the keys of the columns that it matches, without saying which.
 *
 * A match is the r-th of its row. r is known bit by bit, without adding: bit k is the parity of
 * how many earlier matches have a rank ≡ 2^k − 1 mod 2^k, which is linear once those are known.
 *
 *     class_{k+1}(c)       = class_k(c) ∧ ¬bit_k        rank ≡ c        mod 2^{k+1}
 *     class_{k+1}(c + 2^k) = class_k(c) ∧  bit_k        rank ≡ c + 2^k
 *
 * The last class holds a match exactly if the row has 2^rankBits or more; then it is `crowded`.
 * Otherwise each other class marks at most one column of a row, and `keys` = planes · marks over
 * GF(2). 2^rankBits AND a pair, rankBits + ⌈log2 columns⌉ + 1 rounds, and one bit for each slot,
 * row and bit of the keys. `verifyBitMatrix` must follow. Nothing is opened. Own construction;
 * docs/protocols/candidates.md.
 */
export async function candidates(
  ctx: Context,
  matches: BitMatrix,
  planes: BitMatrix,
  rankBits: number,
): Promise<Candidates> {
  assert(matches.rows === planes.columns, "one column of keys for each column of matches");
  const step = ctx.narrow("candidates");
  const { chosen, tooMany } = await markSlots(step, matches, rankBits);
  const crowded = await any(step.narrow("crowded"), tooMany, matches.columns / 32);
  return { keys: await bitMatmul(step, planes, chosen), crowded, chosen };
}

/**
 * The first part of Π_candidates: which column each slot of a row has, if it has one, and the
 * matches that found no slot. 2^rankBits − 1 AND a pair. Nothing is opened.
 */
export async function markSlots(
  ctx: Context,
  matches: BitMatrix,
  rankBits: number,
): Promise<{ readonly chosen: BitMatrix; readonly tooMany: Bits }> {
  const words = matches.columns / 32;
  let classes: Bits[] = [matches.bits];
  for (let k = 0; k < rankBits; k += 1) {
    const bit = parityBefore(ctx, classes[classes.length - 1], words);
    const repeated = concatBits(...classes.map(() => bit));
    const upper = await and(ctx.narrow(`rank-${k}`), concatBits(...classes), repeated);
    const size = bit.length;
    const high = classes.map((_, c) => sliceBits(upper, c * size, (c + 1) * size));
    classes = [...classes.map((one, c) => xorBits(one, high[c])), ...high];
  }
  const chosen = sideBySide(ctx, classes.slice(0, -1), matches);
  return { chosen, tooMany: classes[classes.length - 1] };
}

/** For each column the XOR of all columns before it. */
function parityBefore(ctx: Context, marks: Bits, words: number): Bits {
  const running = (part: Uint32Array): Uint32Array => {
    const out = new Uint32Array(part.length);
    for (let k = words; k < part.length; k += 1) out[k] = out[k - words] ^ part[k - words];
    return out;
  };
  return ctx.timed("boolean", () => marks.map(running));
}

/** Of each column, the marks of slot 0, then of slot 1, … */
function sideBySide(ctx: Context, slots: readonly Bits[], { rows, columns }: BitMatrix): BitMatrix {
  const words = columns / 32;
  const lay = (pick: (slot: Bits) => Uint32Array): Uint32Array => {
    const out = new Uint32Array(rows * words * slots.length);
    slots.forEach((slot, s) => {
      const part = pick(slot);
      for (let j = 0; j < rows; j += 1) {
        out.set(part.subarray(j * words, (j + 1) * words), (j * slots.length + s) * words);
      }
    });
    return out;
  };
  return ctx.timed("boolean", () => ({
    rows,
    columns: columns * slots.length,
    bits: new Shares(
      lay((slot) => slot.own),
      lay((slot) => slot.next),
    ),
  }));
}
