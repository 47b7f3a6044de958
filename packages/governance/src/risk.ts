import type { Risk } from "./api.js";
import type { EstimateRisk } from "./decide.js";
import type { Calibration } from "./statement.js";

/** An asker's threshold is chosen so that at most this share of unknown people count as known. */
export const FALSE_KNOWN_MAX = 0.2;

/**
 * The chance that two records of one person are not matched at `threshold`, by a provider's
 * calibration: the greater of the values at the thresholds measured on either side of it, and 1
 * beyond the last.
 */
export function missAt(calibration: Calibration, threshold: number): Risk {
  const k = calibration.thresholds.findIndex((measured) => measured >= threshold);
  if (k < 0) return { low: 0, expected: 1, high: 1 };
  const { missLow, missExpected, missHigh } = calibration;
  const below = calibration.thresholds[k] === threshold ? k : Math.max(0, k - 1);
  const at = (rates: readonly number[]): number => Math.max(rates[below], rates[k]);
  return { low: at(missLow), expected: at(missExpected), high: at(missHigh) };
}

/**
 * The chance that a name which nobody's list matched is on a list after all, with π the overlap:
 *
 *     π · miss / (π · miss + (1 − π) · (1 − FALSE_KNOWN_MAX))
 *
 * The worst calibration among all lists of the run counts, as either side's records may be poor.
 */
export const estimateRisk: EstimateRisk = ({ params, ours, theirs }) => {
  const rates = [ours, ...theirs].map(({ calibration }) =>
    missAt(calibration, params["threshold"]),
  );
  const at = (end: keyof Risk): number => {
    const missed = params["overlap"] * Math.max(...rates.map((rate) => rate[end]));
    const unknown = (1 - params["overlap"]) * (1 - FALSE_KNOWN_MAX);
    return missed === 0 ? 0 : missed / (missed + unknown);
  };
  return { low: at("low"), expected: at("expected"), high: at("high") };
};
