import { FIELD_MODELS, FIELD_NAMES, RARITY_MAX } from "../encode/fields.js";
import { type ListStats, rarityBits } from "../encode/stats.js";
import { RARITY_LEAST } from "./record-layout.js";

/** Compatriots that a list is thought to have beside its own, called as everybody on it is. */
const PRIOR_COMPATRIOTS = 20;

const NATIONALITY = FIELD_NAMES.indexOf("nationality");

/**
 * Bits by which a record's value of a field is rarer (positive) or more frequent than is typical. A
 * name counts by how frequent it is among the record's compatriots on the list, others than the
 * person herself: that two people of one country are both called Nguyễn says little, however few of
 * all on the list are, and that they are of one country has been counted already.
 */
export function recordRarity(
  stats: ListStats,
  f: number,
  values: readonly (string | undefined)[],
  unitsPerBit: number,
): number {
  const value = values[f] ?? "";
  const overall = rarityBits(stats, f, value);
  const group = stats.compatriots.get(f)?.get(values[NATIONALITY] ?? "");
  if (group === undefined) return overall;
  const { u } = FIELD_MODELS[f];
  const others = (group.counts.get(value) ?? 1) - 1;
  const expected = PRIOR_COMPATRIOTS * u * 2 ** -overall;
  const frequency = (others + expected) / (group.known - 1 + PRIOR_COMPATRIOTS);
  // A record has half of it: it cannot say less than this.
  const least = (2 * RARITY_LEAST) / unitsPerBit;
  return Math.min(Math.max(Math.log2(u / frequency), least), RARITY_MAX);
}
