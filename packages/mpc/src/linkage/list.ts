import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { type Bits, Shares } from "../sharing/shares.js";

/** A public agreement on what the numbers of a record mean. One block a field. */
export interface LinkageLayout {
  readonly id: string;
  /** Elements of a record's content, a multiple of 8. */
  readonly dims: number;
  /** Integer units in one bit of evidence (log2 of a Bayes factor). */
  readonly unitsPerBit: number;
  readonly fields: readonly LinkageField[];
}

export interface LinkageField {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  /** Largest ‖content‖² of the block where the field is present; 0 where it is not. */
  readonly cap: number;
  /**
   * Smallest ‖content‖² where the field is present. Without it, faint copies of one record would
   * match the same record elsewhere and not one another.
   */
  readonly floor: number;
  /** What presence on both sides adds: the product of side A's and side B's constant. */
  readonly constant: readonly [a: number, b: number];
}

/** One list as the nodes hold it: content and presence over Z_2^32, real rows as bits. */
export interface SharedList {
  readonly rows: number;
  readonly content: Shares<Uint32Array>;
  readonly present: Shares<Uint32Array>;
  readonly real: Bits;
}

/** Rows over Z_2^16, ready for a matrix product. */
export interface Side {
  readonly rows: number;
  readonly width: number;
  readonly shares: Shares<Uint16Array>;
}

/** Elements of a row on one side: content, then one constant slot a field, filled up to 8. */
export const sideWidth = (layout: LinkageLayout): number =>
  layout.dims + Math.ceil(layout.fields.length / 8) * 8;

/** The layout with other constants: `constants[f]` is added where both sides have field f. */
export function withConstants(layout: LinkageLayout, constants: readonly number[]): LinkageLayout {
  assert(constants.length === layout.fields.length, "one constant a field");
  const fields = layout.fields.map((field, f) => ({
    ...field,
    constant: [1, constants[f]] as const,
  }));
  return { ...layout, fields };
}

/** The largest |score| + threshold that a layout allows must fit 16 signed bits. */
export function assertFits(layout: LinkageLayout, threshold: number): void {
  const largest = layout.fields.reduce(
    (sum, field) => sum + field.cap + Math.abs(field.constant[0] * field.constant[1]),
    0,
  );
  assert(Number.isInteger(threshold) && threshold >= 1, "a threshold is a positive integer");
  assert(largest + threshold <= 2 ** 15 - 1, "scores of this layout fit 16 bits");
}

/**
 * One side of the bilinear score, from validated shares: content mod 2^16 (low halves of the
 * shares: reduction is a homomorphism), and public constant × presence bit, which is linear, so no
 * provider can forge it.
 */
export function sideOf(ctx: Context, layout: LinkageLayout, list: SharedList, side: 0 | 1): Side {
  const width = sideWidth(layout);
  assert(list.content.length === list.rows * layout.dims, "content has one block row a record");
  assert(list.present.length === list.rows * layout.fields.length, "one presence bit a field");
  const build = (content: Uint32Array, present: Uint32Array): Uint16Array => {
    const out = new Uint16Array(list.rows * width);
    const count = layout.fields.length;
    for (let row = 0; row < list.rows; row += 1) {
      out.set(content.subarray(row * layout.dims, (row + 1) * layout.dims), row * width);
      for (let f = 0; f < count; f += 1) {
        const constant = layout.fields[f].constant[side];
        out[row * width + layout.dims + f] = Math.imul(constant, present[row * count + f]);
      }
    }
    return out;
  };
  return ctx.timed("multiply", () => ({
    rows: list.rows,
    width,
    shares: new Shares(
      build(list.content.own, list.present.own),
      build(list.content.next, list.present.next),
    ),
  }));
}
