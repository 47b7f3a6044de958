// Galois ring GR(2^32, 80) = Z_2^32[X] / (X^80 + X^9 + X^4 + X^2 + 1). An element is 80 words,
// low coefficient first: 20 vectors of four.

import { RING } from "./memory";

const ELEMENT: usize = 320;
/** A factor with one zero vector before and after it. */
const PADDED: usize = RING;
/**
 * A sum of products before reduction, in four parts of 40 vectors: part m has the products with
 * coefficients 4k+m of the first factor, so that all stays aligned; it counts times X^m. Three
 * words before each part stay zero.
 */
const PART: usize = 16 + 640;
const PARTS: usize = RING + 0x400;
/** The coefficients of X^80 and above, and those that they spill over again; zeros around both. */
const HIGH: usize = RING + 0x1040;
const SPILL: usize = RING + 0x1240;
const SUM: usize = RING + 0x1400;

// @ts-ignore: decorator
@inline
function part(m: usize): usize {
  return PARTS + m * PART + 16;
}

function clearParts(): void {
  memory.fill(PARTS, 0, 4 * PART);
}

// @ts-ignore: decorator
@inline
function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return i32x4.add(sum, i32x4.mul(a, b));
}

/** parts += a * b. Two result vectors at a time, the four coefficients of a vector of a at once. */
function addProduct(a: usize, b: usize): void {
  memory.copy(PADDED + 16, b, ELEMENT);
  for (let o: i32 = 0; o < 40; o += 2) {
    const first = max(0, o - 19);
    const last = min(19, o + 1);
    const to = part(0) + (<usize>o << 4);
    let s00 = v128.load(to, 0), s01 = v128.load(to, 16);
    let s10 = v128.load(to, PART), s11 = v128.load(to, PART + 16);
    let s20 = v128.load(to, 2 * PART), s21 = v128.load(to, 2 * PART + 16);
    let s30 = v128.load(to, 3 * PART), s31 = v128.load(to, 3 * PART + 16);
    let x = a + (<usize>first << 4);
    let y = PADDED + 16 + (<usize>(o - first) << 4);
    for (const end = a + (<usize>last << 4); x <= end; x += 16, y -= 16) {
      const y0 = v128.load(y);
      const y1 = v128.load(y, 16);
      let c = v128.load_splat<u32>(x, 0);
      s00 = multiplyAdd(s00, c, y0);
      s01 = multiplyAdd(s01, c, y1);
      c = v128.load_splat<u32>(x, 4);
      s10 = multiplyAdd(s10, c, y0);
      s11 = multiplyAdd(s11, c, y1);
      c = v128.load_splat<u32>(x, 8);
      s20 = multiplyAdd(s20, c, y0);
      s21 = multiplyAdd(s21, c, y1);
      c = v128.load_splat<u32>(x, 12);
      s30 = multiplyAdd(s30, c, y0);
      s31 = multiplyAdd(s31, c, y1);
    }
    v128.store(to, s00, 0);
    v128.store(to, s01, 16);
    v128.store(to, s10, PART);
    v128.store(to, s11, PART + 16);
    v128.store(to, s20, 2 * PART);
    v128.store(to, s21, 2 * PART + 16);
    v128.store(to, s30, 3 * PART);
    v128.store(to, s31, 3 * PART + 16);
  }
}

/** Coefficients k/4 .. k/4+3 of the product that the parts stand for. */
// @ts-ignore: decorator
@inline
function coefficients(k: usize): v128 {
  const low = i32x4.add(v128.load(part(0) + k), v128.load(part(1) + k - 4));
  return i32x4.add(low, i32x4.add(v128.load(part(2) + k - 8), v128.load(part(3) + k - 12)));
}

/** Four coefficients of v * (X^9 + X^4 + X^2) from `at` on. */
// @ts-ignore: decorator
@inline
function tail(at: usize): v128 {
  return i32x4.add(i32x4.add(v128.load(at - 8), v128.load(at - 16)), v128.load(at - 36));
}

/** out = the element that the parts stand for, by X^80 = -(X^9 + X^4 + X^2 + 1) */
function reduce(out: usize): void {
  for (let k: usize = 0; k < ELEMENT; k += 16) v128.store(HIGH + k, coefficients(ELEMENT + k));
  for (let k: usize = 0; k < 48; k += 16) {
    v128.store(SPILL + k, i32x4.neg(tail(HIGH + ELEMENT + k)));
  }
  for (let k: usize = 0; k < ELEMENT; k += 16) {
    const times = i32x4.add(v128.load(HIGH + k), tail(HIGH + k));
    v128.store(out + k, i32x4.sub(coefficients(k), times));
  }
  for (let k: usize = 0; k < 80; k += 16) {
    const times = i32x4.add(v128.load(SPILL + k), tail(SPILL + k));
    v128.store(out + k, i32x4.sub(v128.load(out + k), times));
  }
}

/** out_j = a_j * b_j */
export function grMul(a: usize, b: usize, out: usize, count: usize): void {
  for (; count > 0; count--) {
    clearParts();
    addProduct(a, b);
    reduce(out);
    a += ELEMENT;
    b += ELEMENT;
    out += ELEMENT;
  }
}

/** out_j = a_j * c */
export function grScale(a: usize, c: usize, out: usize, count: usize): void {
  for (; count > 0; count--) {
    clearParts();
    addProduct(a, c);
    reduce(out);
    a += ELEMENT;
    out += ELEMENT;
  }
}

/** out = sum of a_j * b_j */
export function grInner(a: usize, b: usize, out: usize, count: usize): void {
  clearParts();
  for (; count > 0; count--) {
    addProduct(a, b);
    a += ELEMENT;
    b += ELEMENT;
  }
  reduce(out);
}

/** out = sum of x0_j * (y0_j + y1_j) + x1_j * y0_j */
export function grCross(
  x0: usize, x1: usize, y0: usize, y1: usize, out: usize, count: usize,
): void {
  clearParts();
  for (; count > 0; count--) {
    for (let k: usize = 0; k < ELEMENT; k += 16) {
      v128.store(SUM + k, i32x4.add(v128.load(y0 + k), v128.load(y1 + k)));
    }
    addProduct(x0, SUM);
    addProduct(x1, y0);
    x0 += ELEMENT;
    x1 += ELEMENT;
    y0 += ELEMENT;
    y1 += ELEMENT;
  }
  reduce(out);
}

/** out_i = a_i + r * (b_i - a_i) */
export function grFold(a: usize, b: usize, r: usize, out: usize, count: usize): void {
  for (; count > 0; count--) {
    for (let k: usize = 0; k < ELEMENT; k += 16) {
      v128.store(SUM + k, i32x4.sub(v128.load(b + k), v128.load(a + k)));
    }
    clearParts();
    addProduct(SUM, r);
    reduce(out);
    for (let k: usize = 0; k < ELEMENT; k += 16) {
      v128.store(out + k, i32x4.add(v128.load(out + k), v128.load(a + k)));
    }
    a += ELEMENT;
    b += ELEMENT;
    out += ELEMENT;
  }
}

/**
 * out_j = sum over s of coef_s * x_s,j: four words of a slot by two vectors at a time.
 * Slots lie `stride` bytes apart; `size` bytes of each, a multiple of 16.
 */
export function grFoldWords(
  x: usize, slots: usize, stride: usize, size: usize, coefs: usize, out: usize,
): void {
  const coefsEnd = coefs + slots * ELEMENT;
  for (let k: usize = 0; k < size; k += 16) {
    for (let q: usize = 0; q < ELEMENT; q += 32) {
      let s00 = i64x2.splat(0), s01 = i64x2.splat(0), s10 = i64x2.splat(0), s11 = i64x2.splat(0);
      let s20 = i64x2.splat(0), s21 = i64x2.splat(0), s30 = i64x2.splat(0), s31 = i64x2.splat(0);
      let word = x + k;
      for (let coef = coefs + q; coef < coefsEnd; coef += ELEMENT) {
        const c0 = v128.load(coef);
        const c1 = v128.load(coef, 16);
        let w = v128.load_splat<u32>(word, 0);
        s00 = multiplyAdd(s00, w, c0);
        s01 = multiplyAdd(s01, w, c1);
        w = v128.load_splat<u32>(word, 4);
        s10 = multiplyAdd(s10, w, c0);
        s11 = multiplyAdd(s11, w, c1);
        w = v128.load_splat<u32>(word, 8);
        s20 = multiplyAdd(s20, w, c0);
        s21 = multiplyAdd(s21, w, c1);
        w = v128.load_splat<u32>(word, 12);
        s30 = multiplyAdd(s30, w, c0);
        s31 = multiplyAdd(s31, w, c1);
        word += stride;
      }
      const to = out + (k >> 2) * ELEMENT + q;
      v128.store(to, s00, 0);
      v128.store(to, s01, 16);
      v128.store(to, s10, ELEMENT);
      v128.store(to, s11, ELEMENT + 16);
      v128.store(to, s20, 2 * ELEMENT);
      v128.store(to, s21, 2 * ELEMENT + 16);
      v128.store(to, s30, 3 * ELEMENT);
      v128.store(to, s31, 3 * ELEMENT + 16);
    }
  }
}
