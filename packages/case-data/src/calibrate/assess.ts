import { encodePersons } from "../encode/encode.js";
import type { LinkageLayout } from "../encode/layout.js";
import type { Matmul16 } from "../encode/score.js";
import { listStats } from "../encode/stats.js";
import type { Person } from "../person.js";
import type { RandomWords } from "../random.js";
import { type Estimate, missCurve } from "./miss.js";
import { chooseThreshold, nullTail } from "./null-tail.js";
import { knownRisk } from "./risk.js";

export interface AssessOptions {
  readonly words: RandomWords;
  /** Public rows of all other lists together. */
  readonly theirsRows: number;
  /** Share of the own people that are expected to be on another list. */
  readonly overlap: number;
  readonly falseKnownMax?: number;
  readonly pairs?: number;
  readonly matmul?: Matmul16;
}

/** What an asker learns about its own list before it asks. Only `threshold` and rates leave. */
export interface Assessment {
  /** In units, for the query "known to nobody else". */
  readonly threshold: number;
  readonly falseKnown: number;
  readonly miss: Estimate;
  /** Chance that a picked name is on another list after all. */
  readonly risk: Estimate;
}

/** Threshold and printed risk of "which of ours does nobody else know", from the own list only. */
export function assessList(
  persons: readonly Person[],
  layout: LinkageLayout,
  { words, theirsRows, overlap, falseKnownMax = 0.2, pairs, matmul }: AssessOptions,
): Assessment {
  const stats = listStats(persons);
  const encoded = encodePersons(persons, layout, stats);
  const tail = nullTail(encoded, layout, { words, ...(matmul !== undefined && { matmul }) });
  const { threshold, falseKnown } = chooseThreshold(tail, { falseKnownMax, theirsRows });
  const { miss } = missCurve(persons, layout, stats, {
    words,
    tail,
    thresholds: [threshold],
    ...(pairs !== undefined && { pairs }),
  });
  return {
    threshold,
    falseKnown,
    miss: miss[0],
    risk: knownRisk({ miss: miss[0], overlap, falseKnown }),
  };
}
