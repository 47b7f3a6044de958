import { assert } from "@symbolon/base/assert";
import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { Context } from "../context.js";
import { and, sliceBits, xorBits } from "../protocol/and.js";
import { type Bits, type RingVector, Shares } from "../sharing/shares.js";

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
export async function carrySave(
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
async function sumBits(
  ctx: Context,
  planes: Bits,
  bits: number,
  words: number,
  from: number,
): Promise<Bits[]> {
  assert(planes.length === bits * words, "one plane a bit");
  if (bits === 1) return [planes];
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

/**
 * Π_a2b: bit planes `from`..`bits − 1`, lowest first, of x mod 2^bits, for shared elements of
 * Z_2^16, Z_2^32 or Z_2^64 and any number of bits that these have.
 *
 * The components' bits are boolean shares already; they are added up by `sumBits`: 2·bits − 3 AND
 * an element, bits − 1 rounds, one bit an AND and party. Security as Π_and. docs/protocols/sign.md.
 */
export async function a2b<V extends RingVector>(
  ctx: Context,
  x: Shares<V>,
  bits: number = 8 * x.own.BYTES_PER_ELEMENT,
  from = 0,
): Promise<Bits[]> {
  assert(bits >= 1 && bits <= 8 * x.own.BYTES_PER_ELEMENT, "bits that an element has");
  assert(from >= 0 && from < bits, "a plane at least");
  const step = ctx.narrow("a2b");
  const planes = step.timed("boolean", () => x.map((part) => componentPlanes(step, part, bits)));
  return sumBits(step, planes, bits, planes.length / bits, from);
}

/** AND gates an element. */
export const a2bGates = (bits: number): number => Math.max(0, 2 * bits - 3);

/** Planes 0..bits − 1 of one component, one after the other. */
export function componentPlanes(ctx: Context, part: RingVector, bits: number): Uint32Array {
  if (part instanceof BigUint64Array) return ctx.kernels.bitPlanes64(part, bits);
  if (part instanceof Uint32Array) return ctx.kernels.bitPlanes32(part, bits);
  return ctx.kernels.bitPlanes16(part, bits);
}
