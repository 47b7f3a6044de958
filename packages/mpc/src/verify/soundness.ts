import { assert } from "@symbolon/base/assert";
import { KnownError } from "@symbolon/base/error";
import type { Profile } from "../profile.js";
import { andVariables, slotBits } from "./and-fold.js";
import { dotVariables, positionsOf } from "./dot-fold.js";
import { foldPlan } from "./inner-product.js";

/** A run whose checks could be passed by luck too easily is not started. */
export class SoundnessTooLow extends KnownError<"SOUNDNESS_TOO_LOW"> {}

/** No run starts unless a lie is caught but for a chance of 2^−60. */
export const SOUNDNESS_BITS_MIN = 60;

/** A run that is cut off by a lost peer is tried again at most this often, all told. */
export const ATTEMPTS_MAX = 16;

/** The chance to guess one challenge of GF(2^96), or of GR(2^k, 80). */
export const FIELD_ERROR = 2 ** -96;
export const RING_ERROR = 2 ** -80;

/** One check, how often it is made, and the probability that a lie passes it once. */
export interface SoundnessTerm {
  readonly check: string;
  readonly count: number;
  readonly error: number;
}

/**
 * An inner-product check: weights, a first fold of that many variables (none: 0), the folds that
 * bring `length` elements down to one, the sacrifice. docs/protocols/verify.md.
 */
export function innerProductError(unit: number, variables: number, length: number): number {
  const folds = foldPlan(length).reduce((sum, count) => sum + count, variables);
  return unit * (1 + 2 * folds + 1);
}

/** One `verifyProducts` over AND gates and products over GF(2^96). */
export function gatesError(profile: Profile, gates: number, products = 0): number {
  if (gates === 0) return innerProductError(FIELD_ERROR, 0, products);
  const words = Math.ceil(gates / 128) * 4;
  const variables = andVariables(words, profile.andVariables);
  const length = slotBits(words, 2 ** variables) + products;
  return innerProductError(FIELD_ERROR, variables, length);
}

/** One `verifyProducts` over inner products of one ring: so many, of vectors of that width. */
export function dotsError(
  profile: Profile,
  ...claims: readonly { readonly rows: number; readonly width: number }[]
): number {
  const variables = dotVariables(claims, profile.dotVariables);
  const length = claims.reduce(
    (sum, { rows, width }) => sum + positionsOf(rows, variables) * width,
    0,
  );
  return innerProductError(RING_ERROR, variables, length);
}

/**
 * −log2 of the probability that some lie in a run goes unnoticed. Terms are summed, which is
 * conservative: the first lie that is caught ends the run, so a cheater must pass the *first* check
 * it fails to deserve, and errors of later checks add nothing. A party may also end an attempt by
 * hanging up when it sees that a check will fail; so all terms count once for each attempt.
 */
export function soundnessBits(terms: readonly SoundnessTerm[], attempts = ATTEMPTS_MAX): number {
  const sum = terms.reduce((total, { count, error }) => total + count * error, 0);
  assert(sum > 0, "a probability");
  return -Math.log2(attempts * sum);
}

/** The soundness of a run, or SOUNDNESS_TOO_LOW before anything is computed. */
export function requireSound(terms: readonly SoundnessTerm[], attempts = ATTEMPTS_MAX): number {
  const bits = soundnessBits(terms, attempts);
  if (bits < SOUNDNESS_BITS_MIN) {
    throw new SoundnessTooLow(
      "SOUNDNESS_TOO_LOW",
      `lists of this size leave a lie undetected with 2^-${bits.toFixed(1)}`,
      { bits, least: SOUNDNESS_BITS_MIN },
      "split the lists into several runs",
    );
  }
  return bits;
}
