import { missCurve } from "@symbolon/case-data/calibrate/miss";
import { encodePersons } from "@symbolon/case-data/encode/encode";
import { type LinkageLayout, THRESHOLD_BITS_MAX } from "@symbolon/case-data/encode/layout";
import { listStats } from "@symbolon/case-data/encode/stats";
import type { Person } from "@symbolon/case-data/person";
import type { RandomWords } from "@symbolon/case-data/random";
import type { Calibration } from "@symbolon/governance/statement";

export interface CalibrateOptions {
  readonly words: RandomWords;
  /** Corrupted copies for each level of dirt; decides how small a chance can be shown. */
  readonly pairs?: number;
}

/** The chance of a miss is published at two thresholds a bit. */
const STEPS_A_BIT = 2;
/** Presence rates are published in steps of 5 %. */
const RATE_STEPS = 20;

/**
 * What a provider publishes about its list with the manifest: chances of a miss by threshold, and
 * how often each field is filled in, both rounded. Nothing about any one person.
 */
export function calibrate(
  persons: readonly Person[],
  layout: LinkageLayout,
  { words, pairs }: CalibrateOptions,
): Calibration {
  const stats = listStats(persons);
  const steps = THRESHOLD_BITS_MAX * STEPS_A_BIT;
  const thresholds = Array.from({ length: steps }, (_, k) =>
    Math.round(((k + 1) * layout.unitsPerBit) / STEPS_A_BIT),
  );
  const options = { words, thresholds, ...(pairs !== undefined && { pairs }) };
  const { miss } = missCurve(persons, layout, stats, options);
  const { present } = encodePersons(persons, layout, stats);
  const fields = layout.fields.length;
  return {
    thresholds,
    // The three are estimated apart; sampling may have put them in another order.
    missLow: miss.map(({ low, expected }) => Math.min(low, expected)),
    missExpected: miss.map(({ expected }) => expected),
    missHigh: miss.map(({ expected, high }) => Math.max(expected, high)),
    presence: layout.fields.map(({ name: field }, f) => {
      const known = persons.reduce((count, _, k) => count + present[k * fields + f], 0);
      return { field, rate: Math.round((known / persons.length) * RATE_STEPS) / RATE_STEPS };
    }),
  };
}
