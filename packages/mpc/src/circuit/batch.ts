import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { and, concatBits, not, sliceBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";

/** Many Π_and of vectors of one length in one round and one message: x_k ∧ y_k for every pair. */
export async function andEach(
  ctx: Context,
  pairs: readonly (readonly [x: Bits, y: Bits])[],
): Promise<Bits[]> {
  if (pairs.length === 0) return [];
  const words = pairs[0][0].length;
  assert(
    pairs.every(([x, y]) => x.length === words && y.length === words),
    "vectors of one length",
  );
  const left = concatBits(...pairs.map(([x]) => x));
  const right = concatBits(...pairs.map(([, y]) => y));
  const made = await and(ctx, left, right);
  return pairs.map((_, k) => sliceBits(made, k * words, (k + 1) * words));
}

/**
 * The AND of each group of vectors. Σ (group − 1) gates a bit; ⌈log2 of the largest group⌉ rounds
 * for all groups together.
 */
export async function allEach(ctx: Context, groups: readonly (readonly Bits[])[]): Promise<Bits[]> {
  assert(
    groups.every(({ length }) => length > 0),
    "a group has a member",
  );
  let rest = groups;
  for (let level = 0; rest.some(({ length }) => length > 1); level += 1) {
    const pairs = rest.flatMap((group) =>
      Array.from(
        { length: group.length >> 1 },
        (_, k) => [group[2 * k], group[2 * k + 1]] as const,
      ),
    );
    const made = await andEach(ctx.narrow(`level-${level}`), pairs);
    let used = 0;
    rest = rest.map((group) => {
      const half = made.slice(used, (used += group.length >> 1));
      return group.length % 2 === 0 ? half : [...half, group[group.length - 1]];
    });
  }
  return rest.map(([only]) => only);
}

/** The OR of each group of vectors; as many gates and rounds as `allEach`. */
export async function anyEach(ctx: Context, groups: readonly (readonly Bits[])[]): Promise<Bits[]> {
  const step = ctx.narrow("any");
  const none = await allEach(
    step,
    groups.map((group) => group.map((bits) => not(step, bits))),
  );
  return none.map((bits) => not(step, bits));
}
