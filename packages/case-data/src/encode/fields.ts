/**
 * What each linkage field is worth, in bits of evidence (Fellegi-Sunter, public defaults).
 *
 *     w⁺ = log2(m / u), at most `agreeMax`        the field agrees fully
 *     w⁻ = log2((1 − m) / (1 − u))                it agrees no more than chance does
 *     evidence(a, b) = slope · cos(a, b) + c,  slope = (w⁺ − w⁻) / (1 − μ),  c = w⁻ − slope · μ
 *
 * m: probability that a true pair agrees; u: that two strangers do; μ: mean cosine of strangers.
 * The constants are part of the layout and the same for everybody: a list's own statistics move
 * the slope of a value (rare names count more), never beyond `rarityMax` bits.
 */
export type FieldName =
  | "given"
  | "surname"
  | "names"
  | "birth-date"
  | "sex"
  | "nationality"
  | "place"
  | "region"
  | "postcode"
  | "street-number"
  | "address"
  | "address-2"
  | "identifier"
  | "phone"
  | "email";

export interface FieldModel {
  readonly name: FieldName;
  readonly m: number;
  readonly u: number;
  readonly agreeMax: number;
  readonly mu: number;
  /** Whether agreement on a rare value counts more than on a frequent one. */
  readonly byRarity: boolean;
}

/** Bits that a rare value may add to its slope, and a frequent one may take from it. */
export const RARITY_MAX = 2;
export const RARITY_MIN = -4;

/** Share of a name's energy that lies in the block common to given name and surname. */
export const SWAP_SHARE = 0.45;

const field = (
  name: FieldName,
  m: number,
  u: number,
  agreeMax: number,
  mu: number,
  byRarity: boolean,
): FieldModel => ({ name, m, u, agreeMax, mu, byRarity });

/** In layout order. `names` carries the swap share of both names and has no weight of its own. */
export const FIELD_MODELS: readonly FieldModel[] = [
  field("given", 0.9, 0.004, 10, 0.04, true),
  field("surname", 0.9, 0.0015, 10, 0.03, true),
  field("names", 0, 0, 0, 0, false),
  field("birth-date", 0.95, 0.0001, 13, 0.11, false),
  field("sex", 0.95, 0.5, 1, 0, false),
  field("nationality", 0.85, 0.06, 4, 0, true),
  field("place", 0.85, 0.004, 8, 0.03, true),
  field("region", 0.88, 0.2, 3, 0, true),
  field("postcode", 0.85, 0.002, 8, 0.1, true),
  field("street-number", 0.85, 0.015, 6, 0.05, true),
  field("address", 0.8, 0.002, 8, 0.05, true),
  field("address-2", 0.7, 0.003, 8, 0.03, true),
  field("identifier", 0.95, 0.00001, 13, 0.05, false),
  field("phone", 0.6, 0.00001, 13, 0.05, false),
  field("email", 0.7, 0.00001, 13, 0.05, false),
];

export const FIELD_NAMES: readonly FieldName[] = FIELD_MODELS.map(({ name }) => name);

/** Evidence in bits when the field agrees no more than chance does. Negative. */
export const disagreeBits = ({ m, u }: FieldModel): number => Math.log2((1 - m) / (1 - u));

/** Evidence in bits when the field agrees fully on a value of typical frequency. */
export const agreeBits = ({ m, u, agreeMax }: FieldModel): number =>
  Math.min(Math.log2(m / u), agreeMax);

/** Bits that the cosine is multiplied with, for a value that is `rarity` bits rarer than usual. */
export function slopeBits(model: FieldModel, rarity = 0): number {
  if (model.name === "names") return 0;
  const agree = Math.max(agreeBits(model) + rarity, 0.5);
  return (agree - disagreeBits(model)) / (1 - model.mu);
}

/** The constant c in bits, at most 0. */
export const constantBits = (model: FieldModel): number =>
  model.name === "names" ? 0 : disagreeBits(model) - slopeBits(model) * model.mu;

const isName = (name: FieldName): boolean => name === "given" || name === "surname";

/** Share of the field's energy that stays in its own block. */
export const ownShare = (name: FieldName): number => (isName(name) ? 1 - SWAP_SHARE : 1);

/** Largest squared norm of a block, in bits: the slope of the rarest value. */
export function capBits(model: FieldModel): number {
  const most = (one: FieldModel): number => slopeBits(one, one.byRarity ? RARITY_MAX : 0);
  if (model.name !== "names") return most(model) * ownShare(model.name);
  return FIELD_MODELS.filter(({ name }) => isName(name)).reduce(
    (sum, one) => sum + most(one) * SWAP_SHARE,
    0,
  );
}
