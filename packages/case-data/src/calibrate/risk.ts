import { assert } from "@symbolon/base/assert";
import { type Estimate, roundRate } from "./miss.js";

export interface RiskInput {
  /** Chance that a person on another list is not recognised there, from `missCurve`. */
  readonly miss: Estimate;
  /** Share π of the asker's people that are expected to be on another list, 0 to 1. */
  readonly overlap: number;
  /** Share of unknown people that are wrongly taken for known, from `chooseThreshold`. */
  readonly falseKnown?: number;
}

/**
 * The chance that a name picked as "on no other list" is on one after all:
 *
 *     π · miss / (π · miss + (1 − π) · (1 − falseKnown))
 *
 * Low and high follow those of `miss`. Rounded outwards to two digits.
 */
export function knownRisk({ miss, overlap, falseKnown = 0 }: RiskInput): Estimate {
  assert(overlap >= 0 && overlap <= 1, "an overlap is a share");
  assert(falseKnown >= 0 && falseKnown <= 1, "falseKnown is a share");
  const risk = (rate: number): number => {
    const missed = overlap * rate;
    const unknown = (1 - overlap) * (1 - falseKnown);
    return missed === 0 ? 0 : missed / (missed + unknown);
  };
  return {
    low: roundRate(risk(miss.low), "down"),
    expected: roundRate(risk(miss.expected), "nearest"),
    high: roundRate(risk(miss.high), "up"),
  };
}
