// Bit planes: plane p gathers bit p of every element. Sixteen elements at a time: their bytes are
// sorted by significance, then a byte mask takes one bit of sixteen elements at once.
// `count` is a multiple of 128; plane p starts at out + p * count / 8.

import { TABLES } from "./memory";

/** Planes first .. of sixteen elements, whose bytes of that significance are given. */
// @ts-ignore: decorator
@inline
function emit(bytes: v128, out: usize, stride: usize, first: i32, planes: i32): void {
  let left = min(planes - first, 8);
  if (left <= 0) return;
  if (left < 8) bytes = i8x16.shl(bytes, 8 - left);
  let at = out + <usize>(first + left - 1) * stride;
  do {
    store<u16>(at, <u16>i8x16.bitmask(bytes));
    bytes = i8x16.add(bytes, bytes);
    at -= stride;
  } while (--left);
}

export function bitPlanes16(x: usize, count: usize, planes: i32, out: usize): void {
  const stride = count >> 3;
  for (const end = x + count * 2; x < end; x += 32, out += 2) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    emit(
      v128.shuffle<u8>(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30),
      out, stride, 0, planes,
    );
    emit(
      v128.shuffle<u8>(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31),
      out, stride, 8, planes,
    );
  }
}

// @ts-ignore: decorator
@inline
function even16(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 0, 2, 4, 6, 8, 10, 12, 14);
}

// @ts-ignore: decorator
@inline
function odd16(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
}

/** Two byte planes from the halves of sixteen 16-bit elements. */
// @ts-ignore: decorator
@inline
function emitBoth(a: v128, b: v128, out: usize, stride: usize, first: i32, planes: i32): void {
  if (first >= planes) return;
  emit(
    v128.shuffle<u8>(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30),
    out, stride, first, planes,
  );
  emit(
    v128.shuffle<u8>(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31),
    out, stride, first + 8, planes,
  );
}

export function bitPlanes32(x: usize, count: usize, planes: i32, out: usize): void {
  const stride = count >> 3;
  for (const end = x + count * 4; x < end; x += 64, out += 2) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    const c = v128.load(x, 32);
    const d = v128.load(x, 48);
    emitBoth(even16(a, b), even16(c, d), out, stride, 0, planes);
    emitBoth(odd16(a, b), odd16(c, d), out, stride, 16, planes);
  }
}

/** The low (half 0) or high (half 4) 32 bits of four 64-bit elements. */
// @ts-ignore: decorator
@inline
function low32(x: usize): v128 {
  return v128.shuffle<u32>(v128.load(x), v128.load(x, 16), 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function high32(x: usize): v128 {
  return v128.shuffle<u32>(v128.load(x), v128.load(x, 16), 1, 3, 5, 7);
}

export function bitPlanes64(x: usize, count: usize, planes: i32, out: usize): void {
  const stride = count >> 3;
  for (const end = x + count * 8; x < end; x += 128, out += 2) {
    let a = low32(x);
    let b = low32(x + 32);
    let c = low32(x + 64);
    let d = low32(x + 96);
    emitBoth(even16(a, b), even16(c, d), out, stride, 0, planes);
    emitBoth(odd16(a, b), odd16(c, d), out, stride, 16, planes);
    if (planes <= 32) continue;
    a = high32(x);
    b = high32(x + 32);
    c = high32(x + 64);
    d = high32(x + 96);
    emitBoth(even16(a, b), even16(c, d), out, stride, 32, planes);
    emitBoth(odd16(a, b), odd16(c, d), out, stride, 48, planes);
  }
}

/** One of the five exchanges that transpose 32 x 32 bits: halves of `shift` bits change places. */
// @ts-ignore: decorator
@inline
function exchange(at: usize, far: usize, shift: i32, mask: v128): void {
  const low = v128.load(at);
  const high = v128.load(at + far);
  const swap = v128.and(v128.xor(i32x4.shr_u(low, shift), high), mask);
  v128.store(at, v128.xor(low, i32x4.shl(swap, shift)));
  v128.store(at + far, v128.xor(high, swap));
}

// @ts-ignore: decorator
@inline
function exchanges(block: usize, shift: i32, bits: i32): void {
  const mask = i32x4.splat(bits);
  const far = <usize>shift << 4;
  for (let from: usize = 0; from < 512; from += far << 1) {
    for (let k: usize = 0; k < far; k += 16) exchange(block + from + k, far, shift, mask);
  }
}

/**
 * The inverse of bitPlanes32: bit k of plane p becomes bit p of word k. Plane p starts at
 * planes + p * stride; `stride` is a multiple of 16, there are at most 32 planes.
 */
export function wordsFromPlanes(planes: usize, count: i32, stride: usize, out: usize): void {
  for (const end = planes + stride; planes < end; planes += 16, out += 512) {
    // Vector p is plane p of 128 rows, as four words of 32 rows; all four are transposed at once.
    for (let p: usize = 0; p < 32; p++) {
      const plane = p < <usize>count ? v128.load(planes + p * stride) : i64x2.splat(0);
      v128.store(TABLES + (p << 4), plane);
    }
    exchanges(TABLES, 16, 0x0000ffff);
    exchanges(TABLES, 8, 0x00ff00ff);
    exchanges(TABLES, 4, 0x0f0f0f0f);
    exchanges(TABLES, 2, 0x33333333);
    exchanges(TABLES, 1, 0x55555555);
    for (let row: usize = 0; row < 512; row += 64) fourRows(TABLES + row, out + (row >> 2));
  }
}

/** Lane l of vector r is row 32 l + r: four vectors give four rows of each block of 32. */
// @ts-ignore: decorator
@inline
function fourRows(from: usize, to: usize): void {
  const a = v128.load(from);
  const b = v128.load(from, 16);
  const c = v128.load(from, 32);
  const d = v128.load(from, 48);
  const ab = v128.shuffle<u32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<u32>(c, d, 0, 4, 1, 5);
  const ab2 = v128.shuffle<u32>(a, b, 2, 6, 3, 7);
  const cd2 = v128.shuffle<u32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<u64>(ab, cd, 0, 2));
  v128.store(to, v128.shuffle<u64>(ab, cd, 1, 3), 128);
  v128.store(to, v128.shuffle<u64>(ab2, cd2, 0, 2), 256);
  v128.store(to, v128.shuffle<u64>(ab2, cd2, 1, 3), 384);
}
