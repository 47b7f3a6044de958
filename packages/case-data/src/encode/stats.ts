import type { Person } from "../person.js";
import { fieldFeatures } from "./features.js";
import { FIELD_MODELS, FIELD_NAMES, type FieldModel, RARITY_MAX, RARITY_MIN } from "./fields.js";
import { fieldValues } from "./values.js";

/** How frequent values and features are on one's own list. Never leaves the provider. */
export interface ListStats {
  readonly rows: number;
  /** By field index: rows that have the value. */
  readonly values: readonly ReadonlyMap<string, number>[];
  /** By field index: rows that have the feature. */
  readonly features: readonly ReadonlyMap<string, number>[];
  /** By field index: rows that know the field. */
  readonly known: readonly number[];
  /** By index of a name's field and by nationality: how compatriots on the list are called. */
  readonly compatriots: ReadonlyMap<number, ReadonlyMap<string, NameCounts>>;
}

/** How many rows have a name at all, and how many have each. */
export interface NameCounts {
  known: number;
  readonly counts: Map<string, number>;
}

/** Rows that a list is thought to have beside its own, of typical frequencies. */
const PRIOR_ROWS = 100;

/** Statistics of a list: taken from the own list only, so that nothing need be exchanged. */
export function listStats(persons: readonly Person[]): ListStats {
  const values = FIELD_MODELS.map(() => new Map<string, number>());
  for (const person of persons) {
    fieldValues(person).forEach((value, f) => {
      if (value !== undefined) values[f].set(value, (values[f].get(value) ?? 0) + 1);
    });
  }
  const features = FIELD_MODELS.map(({ name }, f) => {
    const counts = new Map<string, number>();
    for (const [value, times] of values[f]) {
      const distinct = new Set(fieldFeatures(name, value).groups.flatMap((one) => one.features));
      for (const feature of distinct) counts.set(feature, (counts.get(feature) ?? 0) + times);
    }
    return counts;
  });
  const known = values.map((counts) => [...counts.values()].reduce((sum, n) => sum + n, 0));
  return { rows: persons.length, values, features, known, compatriots: compatriotsOf(persons) };
}

const NATIONALITY = FIELD_NAMES.indexOf("nationality");
const NAMES: readonly number[] = [FIELD_NAMES.indexOf("given"), FIELD_NAMES.indexOf("surname")];

function compatriotsOf(persons: readonly Person[]): ListStats["compatriots"] {
  const all = new Map(NAMES.map((f) => [f, new Map<string, NameCounts>()]));
  for (const values of persons.map(fieldValues)) {
    const nationality = values[NATIONALITY];
    for (const [f, groups] of all) {
      const name = values[f];
      if (nationality === undefined || name === undefined) continue;
      const group = groups.get(nationality) ?? { known: 0, counts: new Map<string, number>() };
      groups.set(nationality, group);
      group.known += 1;
      group.counts.set(name, (group.counts.get(name) ?? 0) + 1);
    }
  }
  return all;
}

/** Inverse frequency of a feature, > 0. A feature not on the list counts as on half a row. */
export function featureWeight(stats: ListStats, f: number, feature: string): number {
  const count = stats.features[f].get(feature) ?? 0.5;
  return Math.log(1 + (stats.known[f] + 1) / count);
}

/** Bits by which `value` is rarer (positive) or more frequent than the field's typical value. */
export function rarityBits(stats: ListStats, f: number, value: string): number {
  const model: FieldModel = FIELD_MODELS[f];
  if (!model.byRarity) return 0;
  const count = stats.values[f].get(value) ?? 0;
  const frequency = (count + PRIOR_ROWS * model.u) / (stats.known[f] + PRIOR_ROWS);
  return Math.min(Math.max(Math.log2(model.u / frequency), RARITY_MIN), RARITY_MAX);
}
