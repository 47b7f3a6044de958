import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { publicBits, xorBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { andEach } from "./batch.js";

/** A secret bit a row, and the public positive integer that it counts for. */
export interface Weighted {
  readonly bit: Bits;
  readonly weight: number;
}

/**
 * Π_at-least: one bit a row, Σ_k weight_k·bit_k ≥ least, for public weights, 1 ≤ least ≤ Σ.
 *
 *     Σ + 2^w − least ≥ 2^w,   2^w > Σ weight:   bit w of the sum is the answer
 *
 * The weights' binary digits are columns of bits; three bits of a column become one and a carry
 * (one AND: (a ⊕ c) ∧ (b ⊕ c) ⊕ c), all columns in one round, until two are left; then a ripple.
 * At most one AND a digit. Security as Π_and. Wallace's tree; docs/protocols/levels.md.
 */
export async function atLeast(
  ctx: Context,
  terms: readonly Weighted[],
  least: number,
): Promise<Bits> {
  const most = terms.reduce((sum, { weight }) => sum + weight, 0);
  assert(
    terms.every(({ weight }) => Number.isInteger(weight) && weight >= 1),
    "weights are positive integers",
  );
  assert(
    Number.isInteger(least) && least >= 1 && least <= most,
    "a bound that can be met or missed",
  );
  const step = ctx.narrow("at-least");
  const top = Math.floor(Math.log2(most)) + 1;
  const ones = publicBits(step, new Uint32Array(terms[0].bit.length).fill(0xffffffff));
  const all = [...terms, { bit: ones, weight: 2 ** top - least }];
  let columns = Array.from({ length: top + 1 }, (_, place) =>
    all.filter(({ weight }) => ((weight >>> place) & 1) === 1).map(({ bit }) => bit),
  );
  for (let level = 0; columns.some(({ length }) => length > 2); level += 1) {
    columns = await addThrees(step.narrow(`level-${level}`), columns);
  }
  let carry: Bits | undefined;
  for (let place = 0; place < top; place += 1) {
    const bits = carry ? [...columns[place], carry] : columns[place];
    carry = await carryOf(step.narrow(`carry-${place}`), bits);
  }
  // The sum stays below 2^(top+1), so at most one of what is left in the top column is set.
  const last = carry ? [...columns[top], carry] : columns[top];
  assert(last.length > 0, "a bound below the sum of weights leaves a top bit");
  return last.reduce(xorBits);
}

const majority = async (ctx: Context, threes: readonly (readonly Bits[])[]): Promise<Bits[]> => {
  const pairs = threes.map(([a, b, c]) => [xorBits(a, c), xorBits(b, c)] as const);
  return (await andEach(ctx, pairs)).map((both, k) => xorBits(both, threes[k][2]));
};

/** Takes as many threes out of each column as it has; carries past the top are zero. */
async function addThrees(ctx: Context, columns: readonly Bits[][]): Promise<Bits[][]> {
  const threes = columns.flatMap((column, place) =>
    Array.from({ length: Math.floor(column.length / 3) }, (_, k) => ({
      place,
      bits: column.slice(3 * k, 3 * k + 3),
    })),
  );
  const below = threes.filter(({ place }) => place + 1 < columns.length);
  const carries = await majority(
    ctx,
    below.map(({ bits }) => bits),
  );
  const rest = columns.map((column) => column.slice(3 * Math.floor(column.length / 3)));
  for (const { place, bits } of threes) rest[place].push(bits.reduce(xorBits));
  below.forEach(({ place }, k) => {
    rest[place + 1].push(carries[k]);
  });
  return rest;
}

/** What up to three bits of one place carry to the next. */
async function carryOf(ctx: Context, bits: readonly Bits[]): Promise<Bits | undefined> {
  if (bits.length < 2) return undefined;
  const [made] =
    bits.length === 2 ? await andEach(ctx, [[bits[0], bits[1]]]) : await majority(ctx, [bits]);
  return made;
}
