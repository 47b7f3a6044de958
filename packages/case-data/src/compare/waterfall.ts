import { assert } from "@symbolon/base/assert";
import { UNKNOWN } from "./levels.js";
import { COMPARISONS } from "./models.js";
import type { RecordLayout } from "./record-layout.js";

/** One step of a waterfall: what one field adds to the match weight. */
export interface WaterfallStep {
  readonly field: string;
  /** How far the values agree, in words. */
  readonly level: string;
  readonly bits: number;
  /** Bits of these by which the value is rarer (above 0) or more frequent than is typical. */
  readonly rareBits: number;
  /** All steps so far. */
  readonly sum: number;
}

/**
 * A match weight field by field, from the comparison levels alone and how rare what agrees is (in
 * units, as `rarities` finds it): what both sides may show one another without showing a value.
 * Fields that a side does not know say nothing and are left out. The last sum is the weight, in
 * bits.
 */
export function waterfall(
  layout: RecordLayout,
  levels: ArrayLike<number>,
  rare: ArrayLike<number>,
): WaterfallStep[] {
  assert(levels.length === layout.fields.length, "one level a field");
  let sum = 0;
  const steps: WaterfallStep[] = [];
  layout.fields.forEach(({ name, weights }, f) => {
    const level = levels[f];
    if (level === UNKNOWN) return;
    const rareBits = rare[f] / layout.unitsPerBit;
    const bits = weights[level] / layout.unitsPerBit + rareBits;
    sum += bits;
    steps.push({ field: name, level: COMPARISONS[f].levels[level].name, bits, rareBits, sum });
  });
  return steps;
}
