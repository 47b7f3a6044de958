import { assert } from "@symbolon/base/assert";
import type { Extension } from "./extension.js";

/*
 * A polynomial of degree ≤ 1 in each of v variables is fixed by its values on {0,1}^v, one of
 * degree ≤ 2 by those on the grid {0,1,∞}^v, where ∞ in a variable stands for the coefficient of
 * its square. Slot s is the point whose coordinate b is bit b of s; point p of the grid has digit b
 * of p in base 3 as its coordinate b, 2 for ∞.
 */

/** Points of {0,1,∞}^v. */
export const gridSize = (variables: number): number => 3 ** variables;

/** Points of the grid that are not slots. */
export const beyondSize = (variables: number): number => 3 ** variables - 2 ** variables;

/** The point of the grid that is slot s. */
export function pointOf(slot: number): number {
  let point = 0;
  for (let bit = 0, weight = 1; slot >> bit > 0; bit += 1, weight *= 3) {
    point += ((slot >> bit) & 1) * weight;
  }
  return point;
}

const pointsOf = (variables: number): number[] =>
  Array.from({ length: 2 ** variables }, (_, slot) => pointOf(slot));

/** λ_s(r) = Π_b (r_b if bit b of s is set, 1 − r_b if not), so that f(r) = Σ_s λ_s(r)·f(s). */
export const slotBasis = (extension: Extension, r: Uint32Array): Uint32Array =>
  tensor(extension, r, (one, x) => [extension.subtract(one, x), x]);

/** ℓ_p(r), with factors 1 − X, X, X² − X for 0, 1, ∞, so that G(r) = Σ_p ℓ_p(r)·G(p). */
export const gridBasis = (extension: Extension, r: Uint32Array): Uint32Array =>
  tensor(extension, r, (one, x) => [
    extension.subtract(one, x),
    x,
    extension.subtract(extension.mul(x, x), x),
  ]);

/** All products of one factor for each variable, the first variable's digit changing fastest. */
function tensor(
  extension: Extension,
  r: Uint32Array,
  factorsOf: (one: Uint32Array, x: Uint32Array) => readonly Uint32Array[],
): Uint32Array {
  const one = extension.one();
  let made = one;
  for (let at = 0; at < r.length; at += extension.words) {
    const factors = factorsOf(one, r.subarray(at, at + extension.words));
    const longer = new Uint32Array(made.length * factors.length);
    factors.forEach((factor, digit) => {
      longer.set(extension.scale(made, factor), digit * made.length);
    });
    made = longer;
  }
  return made;
}

/** The vectors at all points of the grid, from those of the slots: x_∞ = x_1 − x_0. */
export function gridVectors(
  slots: readonly Uint32Array[],
  subtract: (a: Uint32Array, b: Uint32Array) => Uint32Array,
): readonly Uint32Array[] {
  let vectors = slots;
  // Digits below the current variable are in base 3 already, those above still in base 2.
  for (let low = 1, left = slots.length; left > 1; low *= 3, left /= 2) {
    const made: Uint32Array[] = [];
    for (let at = 0; at < vectors.length; at += 2 * low) {
      const zeros = vectors.slice(at, at + low);
      const ones = vectors.slice(at + low, at + 2 * low);
      made.push(...zeros, ...ones, ...ones.map((one, k) => subtract(one, zeros[k])));
    }
    vectors = made;
  }
  return vectors;
}

/** Values at the slots and, in the grid's order, at the points beyond them, put together. */
export function onGrid(
  words: number,
  variables: number,
  slots: Uint32Array,
  beyond: Uint32Array,
): Uint32Array {
  assert(slots.length === 2 ** variables * words, "a value for every slot");
  assert(beyond.length === beyondSize(variables) * words, "a value for every point beyond");
  const out = new Uint32Array(gridSize(variables) * words);
  const isSlot = new Set(pointsOf(variables));
  for (let point = 0, slot = 0, other = 0; point < gridSize(variables); point += 1) {
    const at = isSlot.has(point) ? words * slot++ : words * other++;
    const from = isSlot.has(point) ? slots : beyond;
    out.set(from.subarray(at, at + words), point * words);
  }
  return out;
}

/** The two parts of values on the grid: at the slots, and at the points beyond them. */
export function offGrid(
  words: number,
  variables: number,
  values: Uint32Array,
): { slots: Uint32Array; beyond: Uint32Array } {
  assert(values.length === gridSize(variables) * words, "a value for every point");
  const slots = new Uint32Array(2 ** variables * words);
  const beyond = new Uint32Array(beyondSize(variables) * words);
  const isSlot = new Set(pointsOf(variables));
  for (let point = 0, slot = 0, other = 0; point < gridSize(variables); point += 1) {
    const value = values.subarray(point * words, (point + 1) * words);
    if (isSlot.has(point)) slots.set(value, words * slot++);
    else beyond.set(value, words * other++);
  }
  return { slots, beyond };
}
