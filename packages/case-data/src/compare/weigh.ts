import { UNKNOWN } from "./levels.js";
import { rarityOf } from "./record.js";
import type { RecordLayout } from "./record-layout.js";

/**
 * How rare what agrees is, in units, field by field; 0 where it does not count. The smaller of what
 * both sides say, twice where values are the same: so no record can make its values rarer than the
 * other side's list says.
 */
export const rarities = (
  layout: RecordLayout,
  levels: Int8Array,
  a: Uint32Array,
  b: Uint32Array,
): Int32Array =>
  Int32Array.from(layout.fields, (field, f) => {
    const { rarity } = field;
    if (rarity === undefined || levels[f] < rarity.from || levels[f] > rarity.to) return 0;
    const times = levels[f] === rarity.to ? 2 : 1;
    return times * Math.min(rarityOf(field, a), rarityOf(field, b));
  });

/**
 * What each field says, in units: its level's weight and, where values agree, how rare they are; 0
 * where a side does not know the field.
 */
export function contributions(
  layout: RecordLayout,
  levels: Int8Array,
  a: Uint32Array,
  b: Uint32Array,
): Int32Array {
  const rare = rarities(layout, levels, a, b);
  return rare.map((units, f) =>
    levels[f] === UNKNOWN ? 0 : layout.fields[f].weights[levels[f]] + units,
  );
}

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
