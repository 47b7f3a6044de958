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
