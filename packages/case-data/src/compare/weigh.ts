import { FIELD_NAMES } from "../encode/fields.js";
import { type ListStats, rarityBits } from "../encode/stats.js";
import { UNKNOWN, type Values } from "./levels.js";
import { COMPARISONS, levelWeight, WEIGHT_UNITS_PER_BIT } from "./models.js";

/** Weights of all levels of all comparisons, in units. */
const WEIGHTS = COMPARISONS.map(({ levels }) => Int32Array.from(levels, levelWeight));
const FIELDS = COMPARISONS.map(({ of }) => FIELD_NAMES.indexOf(of));

/** Half of what each side's value adds by being rare, by comparison, in units: a record's own. */
export type Rarity = Int8Array;

/** How rare a record's values are on its own list; half of it, since both sides add theirs. */
export const rarityOf = (stats: ListStats, values: Values): Rarity =>
  Int8Array.from(COMPARISONS, ({ rarityLevel }, c) => {
    const value = values[FIELDS[c]];
    if (rarityLevel === undefined || value === undefined) return 0;
    return Math.round((rarityBits(stats, FIELDS[c], value) * WEIGHT_UNITS_PER_BIT) / 2);
  });

/** What each comparison says, in units; 0 where a side does not know the field. */
export const contributions = (levels: Int8Array, a: Rarity, b: Rarity): Int32Array =>
  Int32Array.from(COMPARISONS, ({ rarityLevel }, c) => {
    const level = levels[c];
    if (level === UNKNOWN) return 0;
    return WEIGHTS[c][level] + (level === rarityLevel ? a[c] + b[c] : 0);
  });

/**
 * The match weight of a pair, in units: log2 of how many times more likely these levels are for
 * one person than for two strangers. The sum of `contributions`, so that it can be checked.
 */
export const matchWeight = (levels: Int8Array, a: Rarity, b: Rarity): number =>
  contributions(levels, a, b).reduce((sum, units) => sum + units, 0);
