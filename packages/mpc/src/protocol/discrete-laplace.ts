import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import type { Profile } from "../profile.js";
import type { PairwiseKeys } from "../prss/prss.js";
import type { Bits } from "../sharing/shares.js";
import { gatesError, type SoundnessTerm } from "../verify/soundness.js";
import { and, concatBits, maskPublic, not, sliceBits, xorBits } from "./and.js";
import {
  type LaplaceDigits,
  type LaplaceNoise,
  laplaceDigits,
  PRECISION,
} from "./laplace-digits.js";
import { settledShares } from "./reshare.js";

/** Noise as planes of two's complement: the last plane is the sign, and may be repeated. */
export interface NoisePlanes {
  readonly planes: readonly Bits[];
  /** Upper bound of how far all numbers together are from the exact distribution. */
  readonly distance: number;
}

/**
 * Π_laplace: `count` independent numbers of discrete-Laplace noise that nobody knows or can bias.
 *
 *     b_j = [ u_j < t_j ]         u_j: 64 random bits that nobody knows, t_j: `laplaceDigits`
 *     G   = Σ_j b_j·2^j           a geometric number, digit by digit
 *     X   = G − G′                two's complement
 *
 * The u_j come from the run's settled seeds without a message, so that a run which is cut off and
 * resumed has the same noise: else whoever has seen noised numbers could have them noised anew, and
 * take the mean. One of their components is uniform to any one party, so u_j is, whatever that
 * party chooses; and each component is held by two parties, so that a party which computes with
 * another u_j only puts an error on its products, which the check of the ANDs catches. The padding
 * of the planes is set to zero.
 *
 * AND a number: 2·Σ_j (63 − trailing zeros of t_j) + J, J digits (1,105 for ε = 1/10 and
 * sensitivity 1); one bit each and party. 63 + J rounds for any count.
 * Security as Π_and; verify before anything that depends on it is opened. Soundness:
 * `laplaceTerms`. [Dwork et al. 2006, section 4: digits are independent; own circuit]
 * docs/protocols/laplace.md.
 */
export async function discreteLaplace(
  ctx: Context,
  count: number,
  noise: LaplaceNoise,
  seeds: PairwiseKeys,
): Promise<NoisePlanes> {
  assert(Number.isInteger(count) && count > 0, "a number of numbers");
  const digits = laplaceDigits(noise);
  const step = ctx.narrow("laplace");
  const words = wordsFor(count);
  const random = settledShares(step, seeds, new Uint32Array(0), words * randomPlanes(digits));
  const planes = await laplaceFrom(step, count, digits, random);
  return { planes, distance: count * digits.distance };
}

const wordsFor = (count: number): number => 4 * Math.ceil(count / 128);

/** Low places of u below the lowest set bit of t do not matter: they are not drawn. */
function lowestPlace(threshold: bigint): number {
  assert(threshold > 0n && threshold < 1n << BigInt(PRECISION), "a digit that can be either");
  let place = 0;
  while (((threshold >> BigInt(place)) & 1n) === 0n) place += 1;
  return place;
}

/** Planes of random bits that one number needs. */
export const randomPlanes = ({ thresholds }: LaplaceDigits): number =>
  2 * thresholds.reduce((sum, t) => sum + PRECISION - lowestPlace(t), 0);

/** ANDs that one number costs. */
export const laplaceGates = ({ thresholds }: LaplaceDigits): number =>
  2 * thresholds.reduce((sum, t) => sum + PRECISION - 1 - lowestPlace(t), 0) + thresholds.length;

/** The checks that noise for `count` numbers rests on. */
export const laplaceTerms = (
  profile: Profile,
  count: number,
  digits: LaplaceDigits,
): SoundnessTerm[] => [
  {
    check: "gates of the noise",
    count: 1,
    error: gatesError(profile, 32 * wordsFor(count) * laplaceGates(digits)),
  },
];

/**
 * The circuit, on random planes: digit after digit of G, then of G′; of each u the planes from the
 * lowest that matters up.
 */
export async function laplaceFrom(
  ctx: Context,
  count: number,
  digits: LaplaceDigits,
  random: Bits,
): Promise<Bits[]> {
  const words = wordsFor(count);
  assert(random.length === words * randomPlanes(digits), "as many random planes as digits need");
  const both = [...digits.thresholds, ...digits.thresholds];
  const below = await belowConstants(ctx.narrow("digits"), random, both, words);
  const half = digits.thresholds.length;
  const used = usedBits(count, words);
  const difference = await subtract(
    ctx.narrow("difference"),
    below.slice(0, half),
    below.slice(half),
  );
  return difference.map((plane) => maskPublic(plane, used));
}

/** [u < t] for every digit at once, from the lowest place up: all digits share their rounds. */
async function belowConstants(
  ctx: Context,
  random: Bits,
  thresholds: readonly bigint[],
  words: number,
): Promise<Bits[]> {
  const lowest = thresholds.map(lowestPlace);
  let at = 0;
  const first = lowest.map((place) => {
    const start = at;
    at += PRECISION - place;
    return start;
  });
  const plane = (digit: number, place: number): Bits => {
    const k = first[digit] + place - lowest[digit];
    return sliceBits(random, k * words, (k + 1) * words);
  };
  // At t's lowest set bit u is below if its bit is 0, and equal or above otherwise.
  const below = lowest.map((place, digit) => not(ctx, plane(digit, place)));
  for (let place = Math.min(...lowest) + 1; place < PRECISION; place += 1) {
    const running = [...thresholds.keys()].filter((digit) => lowest[digit] < place);
    const isSet = (digit: number): boolean => ((thresholds[digit] >> BigInt(place)) & 1n) === 1n;
    // t's bit 1: ¬u ∨ below = ¬(u ∧ ¬below).   t's bit 0: ¬u ∧ below.
    const flip = (bits: Bits, isFlipped: boolean): Bits => (isFlipped ? not(ctx, bits) : bits);
    const made = await and(
      ctx.narrow(`place-${place}`),
      concatBits(...running.map((digit) => flip(plane(digit, place), !isSet(digit)))),
      concatBits(...running.map((digit) => flip(below[digit], isSet(digit)))),
    );
    running.forEach((digit, k) => {
      below[digit] = flip(sliceBits(made, k * words, (k + 1) * words), isSet(digit));
    });
  }
  return below;
}

/** a − b in two's complement: one plane more, the sign. borrow′ = maj(¬a, b, borrow). */
async function subtract(ctx: Context, a: readonly Bits[], b: readonly Bits[]): Promise<Bits[]> {
  const planes: Bits[] = [xorBits(a[0], b[0])];
  let borrow = await and(ctx.narrow("borrow-0"), not(ctx, a[0]), b[0]);
  for (let p = 1; p < a.length; p += 1) {
    const differs = xorBits(a[p], b[p]);
    planes.push(xorBits(differs, borrow));
    const step = ctx.narrow(`borrow-${p}`);
    borrow = xorBits(await and(step, differs, xorBits(b[p], borrow)), borrow);
  }
  return [...planes, borrow];
}

/** Ones where there is a number, zeros on the padding. */
function usedBits(count: number, words: number): Uint32Array {
  const used = new Uint32Array(words).fill(0xffffffff, 0, count >> 5);
  if (count % 32 !== 0) used[count >> 5] = 2 ** (count % 32) - 1;
  return used;
}
