import { assert } from "@symbolon/base/assert";
import { capBits, constantBits, FIELD_MODELS } from "./fields.js";

/** Where each linkage field lies in the content vector, and what it may weigh. Public. */
export interface LinkageLayout {
  readonly id: string;
  /** Elements of a content vector, a multiple of 8. */
  readonly dims: number;
  /** Score units that stand for one bit of evidence. */
  readonly unitsPerBit: number;
  readonly fields: readonly LinkageField[];
}

export interface LinkageField {
  /** One of `FIELD_NAMES`; the layout's fields are all of them, in that order. */
  readonly name: string;
  readonly offset: number;
  /** Elements of the block, a multiple of 8, at most 512. */
  readonly size: number;
  /** Largest squared norm of the block, in units. */
  readonly cap: number;
  /** Smallest squared norm of a block that is present. */
  readonly floor: number;
  /** Constant slots of side A and side B: their product is added if both sides know the field. */
  readonly constant: readonly [a: number, b: number];
}

export type LayoutDims = 512 | 1024 | 2048;

/** The largest threshold that any query may set, in bits. */
export const THRESHOLD_BITS_MAX = 40;

/** Scores live in Z_2^16: |score − T| must stay below this. */
export const SCORE_MAX = 2 ** 15 - 1;

/** Elements of each block for 512 dims, in the order of `FIELD_MODELS`: about as the weights. */
const SIZES_512 = [40, 40, 88, 64, 8, 16, 32, 16, 32, 24, 40, 32, 32, 24, 24];
const SIZES_1024 = [72, 72, 192, 120, 8, 32, 72, 32, 72, 48, 80, 64, 72, 48, 40];
const SIZES_2048 = [152, 152, 424, 240, 8, 80, 144, 64, 136, 96, 152, 120, 136, 80, 64];
const SIZES: Readonly<Record<LayoutDims, readonly number[]>> = {
  512: SIZES_512,
  1024: SIZES_1024,
  2048: SIZES_2048,
};

/**
 * The layout of persons, version 1. All lists of a run follow the same one; it depends on nothing
 * but `dims`. Guarantees Σ (cap + |a·b|) + the largest threshold ≤ 2^15 − 1, so that no score of
 * accepted vectors wraps around.
 */
export function personLayout(dims: LayoutDims = 1024): LinkageLayout {
  const sizes = SIZES[dims];
  const bits = FIELD_MODELS.reduce(
    (sum, model) => sum + capBits(model) - constantBits(model),
    THRESHOLD_BITS_MAX,
  );
  // One unit a field is lost to rounding the cap up, one to rounding the constant.
  const unitsPerBit = Math.floor((SCORE_MAX - 2 * FIELD_MODELS.length) / bits);
  let offset = 0;
  const fields = FIELD_MODELS.map((model, k): LinkageField => {
    const block = { name: model.name, offset, size: sizes[k] };
    offset += sizes[k];
    const constant = Math.round(-constantBits(model) * unitsPerBit);
    const cap = Math.ceil(capBits(model) * unitsPerBit);
    return {
      ...block,
      cap,
      floor: Math.floor(cap * (model.name === "names" || model.name === "birth-date" ? 0.2 : 0.4)),
      constant: constant === 0 ? [0, 0] : [1, -constant],
    };
  });
  assert(offset === dims, "the blocks fill the content vector");
  return { id: `person-1.${dims}`, dims, unitsPerBit, fields };
}

/** The layout with this identifier, or `undefined`. */
export function layoutById(id: string): LinkageLayout | undefined {
  return [personLayout(512), personLayout(1024), personLayout(2048)].find((one) => one.id === id);
}

/**
 * The threshold, in units, at which a pair is as likely a match as not: log2 of the prior odds
 * against, `pairs / expectedMatches`. At least 1, at most `THRESHOLD_BITS_MAX` bits.
 */
export function normalThreshold(
  layout: Pick<LinkageLayout, "unitsPerBit">,
  pairs: number,
  expectedMatches: number,
): number {
  assert(pairs > 0 && expectedMatches > 0, "a threshold needs pairs and expected matches");
  const bits = Math.min(Math.max(Math.log2(pairs / expectedMatches), 0), THRESHOLD_BITS_MAX);
  return Math.max(1, Math.round(bits * layout.unitsPerBit));
}
