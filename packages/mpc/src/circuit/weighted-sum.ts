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

/** Planes that Σ of these weights and a public number need. */
export const sumPlanes = (most: number): number => Math.floor(Math.log2(most)) + 1;

/**
 * Π_weighted-sum: for each row the planes, lowest first, of Σ_k weight_k·bit_k + added, for public
 * weights. `planes` are enough for the greatest sum.
 *
 * The weights' binary digits are columns of bits; three bits of a column become one and a carry
 * (one AND: (a ⊕ c) ∧ (b ⊕ c) ⊕ c), all columns in one round, until two are left; then a ripple.
 * At most one AND a digit. Security as Π_and. Wallace's tree; docs/protocols/levels.md.
 */
export async function weightedSum(
  ctx: Context,
  terms: readonly Weighted[],
  added: number,
  planes: number,
): Promise<Bits[]> {
  assert(
    terms.every(({ weight }) => Number.isInteger(weight) && weight >= 1),
    "weights are positive integers",
  );
  const most = terms.reduce((sum, { weight }) => sum + weight, added);
  assert(Number.isInteger(added) && added >= 0 && most < 2 ** planes, "sums that the planes hold");
  const words = terms[0].bit.length;
  const ones = publicBits(ctx, new Uint32Array(words).fill(0xffffffff));
  const all = [...terms, { bit: ones, weight: added }];
  let columns = Array.from({ length: planes }, (_, place) =>
    all.filter(({ weight }) => ((weight >>> place) & 1) === 1).map(({ bit }) => bit),
  );
  for (let level = 0; columns.some(({ length }) => length > 2); level += 1) {
    columns = await addThrees(ctx.narrow(`level-${level}`), columns);
  }
  const sums: Bits[] = [];
  let carry: Bits | undefined;
  for (let place = 0; place < planes; place += 1) {
    const bits = carry ? [...columns[place], carry] : columns[place];
    const none = publicBits(ctx, new Uint32Array(words));
    sums.push(bits.reduce(xorBits, none));
    // What the top place would carry is zero: the planes hold every sum.
    carry = place + 1 < planes ? await carryOf(ctx.narrow(`carry-${place}`), bits) : undefined;
  }
  return sums;
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
