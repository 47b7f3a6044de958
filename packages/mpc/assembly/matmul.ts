/** Rows of B walked for each four rows of A: they stay in the second-level cache. */
const TILE: usize = 64;

/**
 * C[j*n+i] += sum over t of A[i*d+t] * B[j*d+t] mod 2^16, in blocks of four rows by two.
 * n a multiple of 4, m of 2, d of 8.
 */
export function matmul16(a: usize, b: usize, c: usize, n: usize, m: usize, d: usize): void {
  const row = d << 1;
  for (let j0: usize = 0; j0 < m; j0 += TILE) {
    const j1 = min(j0 + TILE, m);
    for (let i: usize = 0; i < n; i += 4) {
      for (let j = j0; j < j1; j += 2) {
        block16(a + i * row, b + j * row, row, c + ((j * n + i) << 1), n << 1);
      }
    }
  }
}

/** The same mod 2^32. d a multiple of 4. */
export function matmul32(a: usize, b: usize, c: usize, n: usize, m: usize, d: usize): void {
  const row = d << 2;
  for (let j0: usize = 0; j0 < m; j0 += TILE) {
    const j1 = min(j0 + TILE, m);
    for (let i: usize = 0; i < n; i += 4) {
      for (let j = j0; j < j1; j += 2) {
        block32(a + i * row, b + j * row, row, c + ((j * n + i) << 2), n << 2);
      }
    }
  }
}

function block16(a0: usize, b0: usize, row: usize, c: usize, cRow: usize): void {
  let a1 = a0 + row;
  let a2 = a1 + row;
  let a3 = a2 + row;
  let b1 = b0 + row;
  const end = a1;
  let s00 = i64x2.splat(0), s10 = i64x2.splat(0), s20 = i64x2.splat(0), s30 = i64x2.splat(0);
  let s01 = i64x2.splat(0), s11 = i64x2.splat(0), s21 = i64x2.splat(0), s31 = i64x2.splat(0);
  while (a0 < end) {
    const y0 = v128.load(b0);
    const y1 = v128.load(b1);
    let x = v128.load(a0);
    s00 = i16x8.add(s00, i16x8.mul(x, y0));
    s01 = i16x8.add(s01, i16x8.mul(x, y1));
    x = v128.load(a1);
    s10 = i16x8.add(s10, i16x8.mul(x, y0));
    s11 = i16x8.add(s11, i16x8.mul(x, y1));
    x = v128.load(a2);
    s20 = i16x8.add(s20, i16x8.mul(x, y0));
    s21 = i16x8.add(s21, i16x8.mul(x, y1));
    x = v128.load(a3);
    s30 = i16x8.add(s30, i16x8.mul(x, y0));
    s31 = i16x8.add(s31, i16x8.mul(x, y1));
    a0 += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
    b0 += 16;
    b1 += 16;
  }
  add16(c, s00, s10, s20, s30);
  add16(c + cRow, s01, s11, s21, s31);
}

/** Adds the lane sums of four accumulators to four neighbouring 16-bit results. */
// @ts-ignore: decorator
@inline
function add16(c: usize, s0: v128, s1: v128, s2: v128, s3: v128): void {
  const s01 = i16x8.add(
    v128.shuffle<u16>(s0, s1, 0, 8, 1, 9, 2, 10, 3, 11),
    v128.shuffle<u16>(s0, s1, 4, 12, 5, 13, 6, 14, 7, 15),
  );
  const s23 = i16x8.add(
    v128.shuffle<u16>(s2, s3, 0, 8, 1, 9, 2, 10, 3, 11),
    v128.shuffle<u16>(s2, s3, 4, 12, 5, 13, 6, 14, 7, 15),
  );
  const s = i16x8.add(
    v128.shuffle<u32>(s01, s23, 0, 4, 1, 5),
    v128.shuffle<u32>(s01, s23, 2, 6, 3, 7),
  );
  const sum = i16x8.add(s, v128.shuffle<u64>(s, s, 1, 0));
  v128.store_lane<u64>(c, i16x8.add(v128.load_zero<u64>(c), sum), 0);
}

function block32(a0: usize, b0: usize, row: usize, c: usize, cRow: usize): void {
  let a1 = a0 + row;
  let a2 = a1 + row;
  let a3 = a2 + row;
  let b1 = b0 + row;
  const end = a1;
  let s00 = i64x2.splat(0), s10 = i64x2.splat(0), s20 = i64x2.splat(0), s30 = i64x2.splat(0);
  let s01 = i64x2.splat(0), s11 = i64x2.splat(0), s21 = i64x2.splat(0), s31 = i64x2.splat(0);
  while (a0 < end) {
    const y0 = v128.load(b0);
    const y1 = v128.load(b1);
    let x = v128.load(a0);
    s00 = i32x4.add(s00, i32x4.mul(x, y0));
    s01 = i32x4.add(s01, i32x4.mul(x, y1));
    x = v128.load(a1);
    s10 = i32x4.add(s10, i32x4.mul(x, y0));
    s11 = i32x4.add(s11, i32x4.mul(x, y1));
    x = v128.load(a2);
    s20 = i32x4.add(s20, i32x4.mul(x, y0));
    s21 = i32x4.add(s21, i32x4.mul(x, y1));
    x = v128.load(a3);
    s30 = i32x4.add(s30, i32x4.mul(x, y0));
    s31 = i32x4.add(s31, i32x4.mul(x, y1));
    a0 += 16;
    a1 += 16;
    a2 += 16;
    a3 += 16;
    b0 += 16;
    b1 += 16;
  }
  add32(c, s00, s10, s20, s30);
  add32(c + cRow, s01, s11, s21, s31);
}

/** Adds the lane sums of four accumulators to four neighbouring 32-bit results. */
// @ts-ignore: decorator
@inline
function add32(c: usize, s0: v128, s1: v128, s2: v128, s3: v128): void {
  const s01 = i32x4.add(
    v128.shuffle<u32>(s0, s1, 0, 4, 1, 5),
    v128.shuffle<u32>(s0, s1, 2, 6, 3, 7),
  );
  const s23 = i32x4.add(
    v128.shuffle<u32>(s2, s3, 0, 4, 1, 5),
    v128.shuffle<u32>(s2, s3, 2, 6, 3, 7),
  );
  const sum = i32x4.add(v128.shuffle<u64>(s01, s23, 0, 2), v128.shuffle<u64>(s01, s23, 1, 3));
  v128.store(c, i32x4.add(v128.load(c), sum));
}

/**
 * The same mod 2^64, of matrices whose low and high words stand apart: the low ones first, the high
 * ones `far` bytes behind. n and m multiples of 2, d of 4. C is not split.
 */
export function matmul64(
  a: usize, farA: usize, b: usize, farB: usize, c: usize, n: usize, m: usize, d: usize,
): void {
  const row = d << 2;
  for (let j0: usize = 0; j0 < m; j0 += TILE) {
    const j1 = min(j0 + TILE, m);
    for (let i: usize = 0; i < n; i += 2) {
      for (let j = j0; j < j1; j += 2) {
        block64(a + i * row, farA, b + j * row, farB, row, c + ((j * n + i) << 3), n << 3);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function lowProducts(sum: v128, x: v128, y: v128): v128 {
  const first = i64x2.extmul_low_i32x4_u(x, y);
  return i64x2.add(i64x2.add(sum, first), i64x2.extmul_high_i32x4_u(x, y));
}

// @ts-ignore: decorator
@inline
function highProducts(sum: v128, x: v128, xHigh: v128, y: v128, yHigh: v128): v128 {
  return i32x4.add(sum, i32x4.add(i32x4.mul(x, yHigh), i32x4.mul(xHigh, y)));
}

function block64(
  a: usize, farA: usize, b: usize, farB: usize, row: usize, c: usize, cRow: usize,
): void {
  let low00 = i64x2.splat(0), low10 = i64x2.splat(0);
  let low01 = i64x2.splat(0), low11 = i64x2.splat(0);
  let up00 = i64x2.splat(0), up10 = i64x2.splat(0), up01 = i64x2.splat(0), up11 = i64x2.splat(0);
  for (const end = a + row; a < end; a += 16, b += 16) {
    const y0 = v128.load(b);
    const y0High = v128.load(b + farB);
    const y1 = v128.load(b + row);
    const y1High = v128.load(b + row + farB);
    let x = v128.load(a);
    let xHigh = v128.load(a + farA);
    low00 = lowProducts(low00, x, y0);
    up00 = highProducts(up00, x, xHigh, y0, y0High);
    low01 = lowProducts(low01, x, y1);
    up01 = highProducts(up01, x, xHigh, y1, y1High);
    x = v128.load(a + row);
    xHigh = v128.load(a + row + farA);
    low10 = lowProducts(low10, x, y0);
    up10 = highProducts(up10, x, xHigh, y0, y0High);
    low11 = lowProducts(low11, x, y1);
    up11 = highProducts(up11, x, xHigh, y1, y1High);
  }
  add64(c, low00, up00, low10, up10);
  add64(c + cRow, low01, up01, low11, up11);
}

/** Adds the lane sums of two pairs of accumulators to two neighbouring 64-bit results. */
// @ts-ignore: decorator
@inline
function add64(c: usize, low0: v128, up0: v128, low1: v128, up1: v128): void {
  const low = i64x2.add(v128.shuffle<u64>(low0, low1, 0, 2), v128.shuffle<u64>(low0, low1, 1, 3));
  const pairs = i32x4.add(
    v128.shuffle<u32>(up0, up1, 0, 1, 4, 5),
    v128.shuffle<u32>(up0, up1, 2, 3, 6, 7),
  );
  // Each 64-bit lane has two sums that count times 2^32.
  const up = i64x2.add(i64x2.shl(pairs, 32), v128.and(pairs, i64x2.splat(0xffffffff00000000)));
  v128.store(c, i64x2.add(v128.load(c), i64x2.add(low, up)));
}

/** Low words of `count` 64-bit numbers, a multiple of 4, to `low`, and high ones to `high`. */
export function splitWords(x: usize, count: usize, low: usize, high: usize): void {
  for (const end = x + (count << 3); x < end; x += 32, low += 16, high += 16) {
    const p = v128.load(x);
    const q = v128.load(x, 16);
    v128.store(low, v128.shuffle<u32>(p, q, 0, 2, 4, 6));
    v128.store(high, v128.shuffle<u32>(p, q, 1, 3, 5, 7));
  }
}
