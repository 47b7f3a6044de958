import { assert } from "@symbolon/base/assert";
import { KnownError } from "@symbolon/base/error";
import type { LinkageLayout } from "../linkage/list.js";
import { PROJECTIONS } from "../linkage/validity.js";
import type { Profile } from "../profile.js";

/** A run whose checks could be passed by luck too easily is not started. */
export class SoundnessTooLow extends KnownError<"SOUNDNESS_TOO_LOW"> {}

/** No run starts unless a lie is caught but for a chance of 2^−60. */
export const SOUNDNESS_BITS_MIN = 60;

const FIELD = 2 ** -96;
const RING = 2 ** -80;

/** The public sizes that a run's error probability follows from. */
export interface RunSizes {
  readonly layout: LinkageLayout;
  readonly ours: number;
  readonly theirs: readonly number[];
  readonly profile: Profile;
}

/** A run that is cut off by a lost peer is tried again at most this often, all told. */
export const ATTEMPTS_MAX = 16;

/** One check, how often it is made, and the probability that a lie passes it once. */
export interface SoundnessTerm {
  readonly check: string;
  readonly count: number;
  readonly error: number;
}

/** An inner-product check over an extension: weights, one fold, halvings, sacrifice. */
function innerProduct(unit: number, slots: number, length: number): number {
  const halvings = Math.ceil(Math.log2(Math.max(2, length)));
  return unit * (1 + (2 * slots - 2) + 2 * halvings + 1);
}

/** The chance to guess one challenge of GF(2^96). */
export const FIELD_ERROR = FIELD;

/** One `verifyProducts` over AND gates and products over GF(2^96). */
export const gatesError = (profile: Profile, gates: number, products = 0): number =>
  innerProduct(FIELD, profile.slots, gates + products);

/**
 * The probability that some lie in a run goes unnoticed, from its sizes alone, term by term. Terms
 * are summed, which is conservative: the first lie that is caught ends the run, so a cheater must
 * pass the *first* check it fails to deserve, and errors of later checks add nothing. A party may
 * also end an attempt by hanging up when it sees that a check will fail; so all terms count once
 * for each attempt that a run is allowed.
 */
export function soundnessTerms(sizes: RunSizes): SoundnessTerm[] {
  const { layout, ours, theirs, profile } = sizes;
  const bandColumns = profile.tileColumns * profile.tilesPerBand;
  const bands = [ours, ...theirs]
    .map((columns) => Math.ceil(ours / profile.tileRows) * Math.ceil(columns / bandColumns))
    .reduce((sum, count) => sum + count, 0);
  const lists = [ours, ...theirs];
  const rows = lists.reduce((sum, count) => sum + count, 0);
  const blocks = lists
    .map((count) => Math.ceil(count / profile.validityRows))
    .reduce((sum, count) => sum + count, 0);
  const bandBits = profile.tileRows * bandColumns * 31;
  const validityBits = profile.validityRows * (83 * PROJECTIONS + 125 * layout.fields.length);
  // Norms are checked by the block, presence for a whole list at once.
  const longest = Math.max(...lists) * layout.fields.length;
  const ringLength = Math.max(profile.validityRows * layout.dims, longest);
  const { slots } = profile;
  const pickBits = ours * 32 * 64;
  return [
    { check: "matrix products (Freivalds, sacrifice)", count: bands, error: 3 * RING },
    { check: "gates of a band", count: 2 * bands, error: innerProduct(FIELD, slots, bandBits) },
    {
      check: "gates of a validity block, or of a list's verdict",
      count: blocks + lists.length,
      error: innerProduct(FIELD, slots, validityBits),
    },
    {
      check: "norms and presence products",
      count: blocks + lists.length,
      error: innerProduct(RING, slots, ringLength),
    },
    { check: "presence is a bit", count: lists.length, error: RING },
    { check: "a record that could wrap around", count: rows, error: 2 ** -PROJECTIONS },
    { check: "gates of the draw", count: 4, error: innerProduct(FIELD, slots, pickBits) },
    { check: "rows of the shuffle", count: 1, error: (ours + 2) * FIELD },
    { check: "the tag of an exchanged row is guessed", count: 1, error: FIELD },
  ];
}

/** −log2 of the sum of all terms over all attempts. */
export function soundnessBits(sizes: RunSizes): number {
  const sum = soundnessTerms(sizes).reduce((total, { count, error }) => total + count * error, 0);
  assert(sum > 0, "a probability");
  return -Math.log2(ATTEMPTS_MAX * sum);
}

/** The soundness of a run, or SOUNDNESS_TOO_LOW before anything is computed. */
export function requireSound(sizes: RunSizes): number {
  const bits = soundnessBits(sizes);
  if (bits < SOUNDNESS_BITS_MIN) {
    throw new SoundnessTooLow(
      "SOUNDNESS_TOO_LOW",
      `lists of this size leave a lie undetected with 2^-${bits.toFixed(1)}`,
      { bits, least: SOUNDNESS_BITS_MIN, rows: sizes.ours },
      "split the lists into several runs",
    );
  }
  return bits;
}
