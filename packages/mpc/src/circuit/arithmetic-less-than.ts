import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { subtractShares } from "../protocol/dot.js";
import type { Bits, RingVector, Shares } from "../sharing/shares.js";
import { a2b, a2bGates } from "./a2b.js";
import { lessThan, lessThanGates } from "./less-than.js";
import { sign } from "./sign.js";

/**
 * Π_less-than on shared numbers of Z_2^16, Z_2^32 or Z_2^64: one bit an element, x < y, packed.
 *
 *     x < y  ⟺  x − y mod 2^bits, read as a signed number, is negative
 *
 * right if −2^(bits−1) ≤ x − y < 2^(bits−1): unsigned numbers of bits − 1 bits, or signed ones
 * whose differences fit. The elements may be wider than `bits`: numbers of 32 bits are compared
 * with `bits` = 33 in Z_2^64. 2·bits − 3 AND an element, bits − 1 rounds, one bit an AND and party.
 * Security as Π_and. docs/protocols/less-than.md.
 */
export async function arithmeticLessThan<V extends RingVector>(
  ctx: Context,
  x: Shares<V>,
  y: Shares<V>,
  bits: number = 8 * x.own.BYTES_PER_ELEMENT,
): Promise<Bits> {
  assert(x.length === y.length, "a number for each number");
  const step = ctx.narrow("arithmetic-less-than");
  const difference = step.timed("boolean", () => subtractShares(x, y));
  return sign(step, difference, bits);
}

/** AND gates an element. */
export const arithmeticLessThanGates = a2bGates;

/**
 * The same for any unsigned numbers that the ring holds, without room for a sign: bits of both,
 * then `lessThan` on planes. 5·k − 6 AND an element of k bits, 2·k − 1 rounds.
 */
export async function unsignedLessThan<V extends RingVector>(
  ctx: Context,
  x: Shares<V>,
  y: Shares<V>,
): Promise<Bits> {
  assert(x.length === y.length, "a number for each number");
  const step = ctx.narrow("unsigned-less-than");
  const forks = [step.fork("x"), step.fork("y")];
  const [a, b] = await Promise.all([a2b(forks[0], x), a2b(forks[1], y)]);
  step.join(...forks);
  return lessThan(step, a, b);
}

/** AND gates an element. */
export const unsignedLessThanGates = (bits: number): number =>
  2 * a2bGates(bits) + lessThanGates(bits);
