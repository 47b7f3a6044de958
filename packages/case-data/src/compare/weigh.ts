import { UNKNOWN } from "./levels.js";
import { rarityOf } from "./record.js";
import type { RecordLayout } from "./record-layout.js";

/**
 * What each field says, in units: its level's weight, and at the level of agreement how rare both
 * values are; 0 where a side does not know the field.
 */
export const contributions = (
  layout: RecordLayout,
  levels: Int8Array,
  a: Uint32Array,
  b: Uint32Array,
): Int32Array =>
  Int32Array.from(layout.fields, (field, f) => {
    const level = levels[f];
    if (level === UNKNOWN) return 0;
    const rare = level === field.rarityLevel ? rarityOf(field, a) + rarityOf(field, b) : 0;
    return field.weights[level] + rare;
  });

/**
 * The match weight of a pair, in units: log2 of how many times more likely these levels are for
 * one person than for two strangers. The sum of `contributions`, so that it can be checked.
 */
export const matchWeight = (
  layout: RecordLayout,
  levels: Int8Array,
  a: Uint32Array,
  b: Uint32Array,
): number => contributions(layout, levels, a, b).reduce((sum, units) => sum + units, 0);
