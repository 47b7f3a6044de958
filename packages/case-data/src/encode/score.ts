import { assert } from "@symbolon/base/assert";
import type { EncodedPersons } from "./encode.js";
import type { LinkageLayout } from "./layout.js";

/** a (n × d) times b transposed (m × d), mod 2^16, row-major. */
export type Matmul16 = (
  a: Uint16Array,
  b: Uint16Array,
  n: number,
  m: number,
  d: number,
) => Uint16Array;

/**
 * score(a, b) = Σ_f ⟨content_f(a), content_f(b)⟩ + constA_f·constB_f·present_f(a)·present_f(b),
 * in units. The plaintext of what the nodes compute mod 2^16; it cannot wrap around.
 */
export function scorePair(
  layout: LinkageLayout,
  a: EncodedPersons,
  rowA: number,
  b: EncodedPersons,
  rowB: number,
): number {
  const { dims, fields } = layout;
  let score = 0;
  for (let k = 0; k < dims; k += 1) {
    score += a.content[rowA * dims + k] * b.content[rowB * dims + k];
  }
  fields.forEach(({ constant }, f) => {
    const both = a.present[rowA * fields.length + f] & b.present[rowB * fields.length + f];
    score += both * constant[0] * constant[1];
  });
  return score;
}

/** All scores of one row of `a` against `b`, using that vectors are mostly zero. */
export function scoreRow(
  layout: LinkageLayout,
  a: EncodedPersons,
  rowA: number,
  b: EncodedPersons,
  out: Int32Array = new Int32Array(b.rows),
): Int32Array {
  const { dims, fields } = layout;
  const at: number[] = [];
  for (let k = 0; k < dims; k += 1) if (a.content[rowA * dims + k] !== 0) at.push(k);
  const slots = Uint16Array.from(at);
  const values = Int32Array.from(at, (k) => a.content[rowA * dims + k]);
  const constants = Int32Array.from(
    fields,
    ({ constant }, f) => constant[0] * constant[1] * a.present[rowA * fields.length + f],
  );
  for (let row = 0; row < b.rows; row += 1) {
    const base = row * dims;
    let score = 0;
    for (let k = 0; k < slots.length; k += 1) score += values[k] * b.content[base + slots[k]];
    const bits = row * fields.length;
    for (let f = 0; f < constants.length; f += 1) score += constants[f] * b.present[bits + f];
    out[row] = score;
  }
  return out;
}

/** Vectors of one side with the constant slots appended: one plain product gives all scores. */
export function withConstants(
  layout: LinkageLayout,
  persons: EncodedPersons,
  side: "a" | "b",
): Uint16Array {
  const width = layout.dims + layout.fields.length;
  const whole = new Uint16Array(persons.rows * width);
  const which = side === "a" ? 0 : 1;
  for (let row = 0; row < persons.rows; row += 1) {
    whole.set(persons.content.subarray(row * layout.dims, (row + 1) * layout.dims), row * width);
    layout.fields.forEach(({ constant }, f) => {
      const bit = persons.present[row * layout.fields.length + f];
      whole[row * width + layout.dims + f] = bit * constant[which];
    });
  }
  return whole;
}

/** All scores, row-major; by `matmul` if given, else pair by pair. */
export function scoreAll(
  layout: LinkageLayout,
  a: EncodedPersons,
  b: EncodedPersons,
  matmul?: Matmul16,
): Int32Array {
  if (matmul !== undefined) {
    const width = layout.dims + layout.fields.length;
    const left = withConstants(layout, a, "a");
    const product = matmul(left, withConstants(layout, b, "b"), a.rows, b.rows, width);
    assert(product.length === a.rows * b.rows, "the product has a score for each pair");
    return Int32Array.from(product, (word) => (word << 16) >> 16);
  }
  const scores = new Int32Array(a.rows * b.rows);
  for (let row = 0; row < a.rows; row += 1) {
    scoreRow(layout, a, row, b, scores.subarray(row * b.rows, (row + 1) * b.rows));
  }
  return scores;
}
