// Words times ring elements: out_e = the sum over s of coef_s * x_{s, e}.

import { DEGREE } from "./lanes";

// @ts-ignore: decorator
@inline
function fused<T>(sum: v128, word: usize, coef: v128): v128 {
  return v128.add<T>(sum, v128.mul<T>(v128.load_splat<T>(word), coef));
}

/**
 * Element e = j * width + t takes the words x + (j * slots + s) * width + t of all slots s. `count` is
 * a multiple of four elements, of which those from `real` on are not used.
 */
export function foldWords<T>(
  x: usize, slots: usize, width: usize, count: usize, real: usize, coefs: usize, out: usize,
): void {
  const size = DEGREE * sizeof<T>();
  const step = width * sizeof<T>();
  const coefsEnd = coefs + slots * size;
  for (let e: usize = 0; e < count; e += 4, out += 4 * size) {
    const e0 = place<T>(x, e, slots, width);
    const e1 = place<T>(x, min(e + 1, real - 1), slots, width);
    const e2 = place<T>(x, min(e + 2, real - 1), slots, width);
    const e3 = place<T>(x, min(e + 3, real - 1), slots, width);
    for (let q: usize = 0; q < size; q += 32) {
      let s00 = i64x2.splat(0), s01 = i64x2.splat(0), s10 = i64x2.splat(0), s11 = i64x2.splat(0);
      let s20 = i64x2.splat(0), s21 = i64x2.splat(0), s30 = i64x2.splat(0), s31 = i64x2.splat(0);
      let at: usize = 0;
      for (let coef = coefs + q; coef < coefsEnd; coef += size, at += step) {
        const c0 = v128.load(coef);
        const c1 = v128.load(coef, 16);
        s00 = fused<T>(s00, e0 + at, c0);
        s01 = fused<T>(s01, e0 + at, c1);
        s10 = fused<T>(s10, e1 + at, c0);
        s11 = fused<T>(s11, e1 + at, c1);
        s20 = fused<T>(s20, e2 + at, c0);
        s21 = fused<T>(s21, e2 + at, c1);
        s30 = fused<T>(s30, e3 + at, c0);
        s31 = fused<T>(s31, e3 + at, c1);
      }
      const to = out + q;
      v128.store(to, s00, 0);
      v128.store(to, s01, 16);
      v128.store(to + size, s10, 0);
      v128.store(to + size, s11, 16);
      v128.store(to + 2 * size, s20, 0);
      v128.store(to + 2 * size, s21, 16);
      v128.store(to + 3 * size, s30, 0);
      v128.store(to + 3 * size, s31, 16);
    }
  }
}

// @ts-ignore: decorator
@inline
function place<T>(x: usize, e: usize, slots: usize, width: usize): usize {
  return x + ((e / width) * slots * width + (e % width)) * sizeof<T>();
}
