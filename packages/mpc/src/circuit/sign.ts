import { assert } from "@symbolon/base/assert";
import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { Context } from "../context.js";
import { and, sliceBits, xorBits } from "../protocol/and.js";
import { type Bits, Shares } from "../sharing/shares.js";

/**
 * Π_bits, without a message: summand x_j of x = x_0 + x_1 + x_2 is known to both its holders, so
 * its bits are a boolean sharing with component j = bits and the others zero.
 * `planes` are the bit planes of the own and the next component.
 */
function summand(self: PartyIndex, planes: Bits, component: PartyIndex): Bits {
  const zero = new Uint32Array(planes.length);
  return new Shares(
    self === component ? planes.own : zero,
    (self + 1) % 3 === component ? planes.next : zero,
  );
}

/**
 * Carry-save step: x_0 + x_1 + x_2 = s + 2m, where
 *
 *     s = x_0 ⊕ x_1 ⊕ x_2,   m = ((x_0 ⊕ x_2) ∧ (x_1 ⊕ x_2)) ⊕ x_2      (majority)
 *
 * s needs no message: its components *are* the components' bits. One AND a plane of m, one round.
 */
async function carrySave(
  ctx: Context,
  planes: Bits,
  majorityWords: number,
): Promise<{ s: Bits; m: Bits }> {
  const used = sliceBits(planes, 0, majorityWords);
  const [x0, x1, x2] = PARTIES.map((component) => summand(ctx.self, used, component));
  const m = xorBits(await and(ctx.narrow("majority"), xorBits(x0, x2), xorBits(x1, x2)), x2);
  return { s: planes, m };
}

/**
 * Π_sum-bits: bit planes `from`..`bits − 1` of x = x_0 + x_1 + x_2 mod 2^bits, from the planes of
 * its components (plane-major, `words` words a plane).
 *
 *     carry_1 = 0,  carry_{p+1} = ((s_p ⊕ carry_p) ∧ (m_{p−1} ⊕ carry_p)) ⊕ carry_p
 *     bit_p = s_p ⊕ m_{p−1} ⊕ carry_p
 *
 * 2·bits − 3 AND an element, bits − 1 rounds, none for the conversion itself. A prefix tree has
 * fewer rounds and 1.6 times the gates. docs/protocols/sign.md.
 */
export async function sumBits(
  ctx: Context,
  planes: Bits,
  bits: number,
  words: number,
  from: number,
): Promise<Bits[]> {
  assert(planes.length === bits * words, "one plane a bit");
  const { s, m } = await carrySave(ctx, planes, (bits - 1) * words);
  const plane = (x: Bits, p: number): Bits => sliceBits(x, p * words, (p + 1) * words);
  const sums: Bits[] = [];
  let carry: Bits | undefined;
  for (let p = 0; p < bits; p += 1) {
    const sum = p === 0 ? plane(s, 0) : xorBits(plane(s, p), plane(m, p - 1));
    if (p >= from) sums.push(carry ? xorBits(sum, carry) : sum);
    if (p === 0 || p === bits - 1) continue;
    carry = await nextCarry(ctx.narrow(`carry-${p}`), plane(s, p), plane(m, p - 1), carry);
  }
  return sums;
}

async function nextCarry(ctx: Context, s: Bits, m: Bits, carry: Bits | undefined): Promise<Bits> {
  if (!carry) return and(ctx, s, m);
  return xorBits(await and(ctx, xorBits(s, carry), xorBits(m, carry)), carry);
}

/** Π_sign over Z_2^16: the sign bits of n shared elements, packed. 29 AND an element, 15 rounds. */
export async function sign16(ctx: Context, x: Shares<Uint16Array>): Promise<Bits> {
  const step = ctx.narrow("sign");
  const planes = step.timed(
    "boolean",
    () => new Shares(step.kernels.bitPlanes16(x.own, 16), step.kernels.bitPlanes16(x.next, 16)),
  );
  const [sign] = await sumBits(step, planes, 16, planes.length / 16, 15);
  return sign;
}

/** Π_sign over Z_2^32: 61 AND an element, 31 rounds. */
export async function sign32(ctx: Context, x: Shares<Uint32Array>): Promise<Bits> {
  const step = ctx.narrow("sign");
  const [sign] = await bits32(step, x, 31);
  return sign;
}

/** Bit planes `from`..31 of shared elements of Z_2^32. */
export async function bits32(ctx: Context, x: Shares<Uint32Array>, from: number): Promise<Bits[]> {
  const planes = ctx.timed(
    "boolean",
    () => new Shares(ctx.kernels.bitPlanes32(x.own, 32), ctx.kernels.bitPlanes32(x.next, 32)),
  );
  return sumBits(ctx, planes, 32, planes.length / 32, from);
}
