// Galois rings GR(2^32, 80) and GR(2^64, 80): Z[X] / (X^80 + X^9 + X^4 + X^2 + 1) mod 2^32 or 2^64.
// An element is 80 words, low coefficient first. Counts are multiples of the lanes of a vector.

import { cross, halves, inner, multiply } from "./karatsuba";
import { foldBy } from "./ring-fold";
import { gridPoints, weighRows } from "./words";

export function grMul(a: usize, b: usize, out: usize, count: usize): void {
  multiply<u32>(a, b, out, count, false);
}
export function gr64Mul(a: usize, b: usize, out: usize, count: usize): void {
  multiply<u64>(a, b, out, count, false);
}

export function grScale(a: usize, c: usize, out: usize, count: usize): void {
  multiply<u32>(a, c, out, count, true);
}
export function gr64Scale(a: usize, c: usize, out: usize, count: usize): void {
  multiply<u64>(a, c, out, count, true);
}

export function grInner(a: usize, b: usize, out: usize, count: usize): void {
  inner<u32>(a, b, out, count);
}
export function gr64Inner(a: usize, b: usize, out: usize, count: usize): void {
  inner<u64>(a, b, out, count);
}

export function grCross(
  x0: usize, x1: usize, y0: usize, y1: usize, out: usize, count: usize,
): void {
  cross<u32>(x0, x1, y0, y1, out, count);
}
export function gr64Cross(
  x0: usize, x1: usize, y0: usize, y1: usize, out: usize, count: usize,
): void {
  cross<u64>(x0, x1, y0, y1, out, count);
}

export function grHalves(
  x0: usize, x0Low: usize, x1: usize, x1Low: usize, y0: usize, y0Low: usize, y1: usize,
  y1Low: usize, out: usize, count: usize,
): void {
  halves<u32>(x0, x0Low, x1, x1Low, y0, y0Low, y1, y1Low, out, count);
}
export function gr64Halves(
  x0: usize, x0Low: usize, x1: usize, x1Low: usize, y0: usize, y0Low: usize, y1: usize,
  y1Low: usize, out: usize, count: usize,
): void {
  halves<u64>(x0, x0Low, x1, x1Low, y0, y0Low, y1, y1Low, out, count);
}

export function grFold(a: usize, b: usize, r: usize, out: usize, count: usize): void {
  foldBy<u32>(a, b, r, out, count);
}
export function gr64Fold(a: usize, b: usize, r: usize, out: usize, count: usize): void {
  foldBy<u64>(a, b, r, out, count);
}

export function wordsGrid32(
  x0: usize, x1: usize, y0: usize, y1: usize, slots: usize, points: usize, width: usize,
  count: usize, room: usize, out: usize, row: usize,
): void {
  gridPoints<u32>(x0, x1, y0, y1, slots, points, width, count, room, out, row);
}
export function wordsGrid64(
  x0: usize, x1: usize, y0: usize, y1: usize, slots: usize, points: usize, width: usize,
  count: usize, room: usize, out: usize, row: usize,
): void {
  gridPoints<u64>(x0, x1, y0, y1, slots, points, width, count, room, out, row);
}

export function wordsWeigh32(
  w: usize, rows: usize, row: usize, batches: usize, sums: usize,
): void {
  weighRows<u32>(w, rows, row, batches, sums);
}
export function wordsWeigh64(
  w: usize, rows: usize, row: usize, batches: usize, sums: usize,
): void {
  weighRows<u64>(w, rows, row, batches, sums);
}
