import type { FieldName } from "../encode/fields.js";

/**
 * How records are compared field by field (Fellegi and Sunter 1969): each comparison has levels,
 * and a level is worth log2(m / u) bits,
 *
 *     m = P(level | the same person),   u = P(level | two strangers).
 *
 * The numbers are general experience, the same for everybody and every list: nothing about
 * anybody's list goes into them. What a list adds is how rare the own value is.
 */
export interface ComparisonModel {
  readonly name: ComparisonName;
  /** The field that both sides must know. */
  readonly of: FieldName;
  readonly levels: readonly LevelModel[];
  /** A rare value counts more than a frequent one at level `to`, half as much from `from` on. */
  readonly rarity?: { readonly from: number; readonly to: number };
}

export interface LevelModel {
  readonly name: string;
  readonly m: number;
  readonly u: number;
}

export type ComparisonName = Exclude<FieldName, "names">;

type Row = readonly [name: string, m: number, u: number];

const comparison = (
  name: ComparisonName,
  rows: readonly Row[],
  rarity?: ComparisonModel["rarity"],
): ComparisonModel => ({
  name,
  of: name,
  levels: rows.map(([level, m, u]) => ({ name: level, m, u })),
  ...(rarity && { rarity }),
});

/** Levels from different to same; the last of names is for given name and surname exchanged. */
const nameLevels = (u: number): Row[] => [
  ["different", 0.05, 0.975],
  ["consonants one edit apart", 0.02, 0.014],
  ["two edits, the same consonants, or a word in common", 0.05, 0.007],
  ["one edit apart", 0.12, 0.0016],
  ["same", 0.72, u],
  ["in each other's field", 0.04, 0.00015],
];

const textLevels = (m: readonly number[], u: readonly number[]): Row[] =>
  ["different", "two edits, or a word in common", "one edit apart", "same"].map((name, level) => [
    name,
    m[level],
    u[level],
  ]);

const codeLevels = (m: readonly number[], u: readonly number[]): Row[] =>
  ["different", "one edit apart", "same"].map((name, level) => [name, m[level], u[level]]);

const either = (m: number, u: number): Row[] => [
  ["different", 1 - m, 1 - u],
  ["same", m, u],
];

/**
 * Half as much where names are one edit apart: else a misspelt frequent name would say much more
 * than the same one.
 */
const NAMES = { from: 3, to: 4 } as const;

export const COMPARISONS: readonly ComparisonModel[] = [
  comparison("given", nameLevels(0.004), NAMES),
  comparison("surname", nameLevels(0.002), NAMES),
  comparison("birth-date", [
    ["different", 0.03, 0.977],
    ["year same", 0.02, 0.014],
    ["two parts same", 0.05, 0.008],
    ["day and month exchanged, or one slip", 0.06, 0.0009],
    ["same", 0.84, 0.00006],
    ["year same, no more is known", 0.6, 0.018],
    ["year and month same, no more is known", 0.8, 0.0016],
  ]),
  comparison("sex", either(0.95, 0.5)),
  comparison("nationality", either(0.85, 0.06), { from: 1, to: 1 }),
  comparison("region", either(0.9, 0.2), { from: 1, to: 1 }),
  comparison("place", textLevels([0.1, 0.03, 0.06, 0.81], [0.993, 0.002, 0.001, 0.004]), {
    from: 3,
    to: 3,
  }),
  comparison("address", textLevels([0.12, 0.04, 0.08, 0.76], [0.996, 0.0015, 0.0005, 0.002]), {
    from: 3,
    to: 3,
  }),
  comparison("address-2", textLevels([0.2, 0.04, 0.06, 0.7], [0.9965, 0.0005, 0.0005, 0.0025]), {
    from: 3,
    to: 3,
  }),
  comparison("postcode", codeLevels([0.1, 0.08, 0.82], [0.983, 0.015, 0.002]), { from: 2, to: 2 }),
  comparison("street-number", codeLevels([0.1, 0.06, 0.84], [0.83, 0.155, 0.015]), {
    from: 2,
    to: 2,
  }),
  comparison("identifier", codeLevels([0.05, 0.06, 0.89], [0.9999, 0.00009, 0.00001])),
  comparison("phone", either(0.6, 0.00001)),
  comparison("email", [
    ["different", 0.22, 0.996],
    ["before the @ two edits apart", 0.04, 0.0035],
    ["before the @ same", 0.06, 0.0003],
    ["same", 0.68, 0.00001],
  ]),
];

/** Units in one bit of evidence: weights are integers, as the nodes compute them. */
export const WEIGHT_UNITS_PER_BIT = 4;

/** What a level is worth, in units. */
export const levelWeight = ({ m, u }: LevelModel): number =>
  Math.round(Math.log2(m / u) * WEIGHT_UNITS_PER_BIT);
