import { NIBBLES, SUM, TABLES, WIDE } from "./memory";

// GF(2^96) = GF(2)[X] / (X^96 + X^10 + X^9 + X^6 + 1). An element is a 128-bit little-endian word,
// bit i the coefficient of X^i, the top 32 bits zero.
//
// WASM has no carry-less multiply; these kernels look up multiples in tables instead. The indices
// are shares, so that a look-up's place in the cache depends on a share: tolerable on a machine
// that no stranger shares with the node, and stated in the threat model.

/** v * X^s without reduction, 0 < s < 64. */
// @ts-ignore: decorator
@inline
export function shiftLeft(v: v128, s: i32): v128 {
  const carry = i64x2.shr_u(v, 64 - s);
  return v128.or(i64x2.shl(v, s), v128.shuffle<u64>(i64x2.splat(0), carry, 0, 2));
}

/** v * X, reduced. */
// @ts-ignore: decorator
@inline
export function timesX(v: v128): v128 {
  const shifted = shiftLeft(v, 1);
  const over = <i64>i32x4.extract_lane(shifted, 3);
  // X^96 = X^10 + X^9 + X^6 + 1
  return v128.xor(shifted, i64x2(over * 0x641, over << 32));
}

/** All 2^count sums of `count` elements that start at `from`. */
// @ts-ignore: decorator
@inline
export function subsetSums(table: usize, from: usize, count: i32): void {
  v128.store(table, i64x2.splat(0));
  for (let bit = 0; bit < count; bit++) {
    const add = v128.load(from + (<usize>bit << 4));
    const size = <usize>16 << bit;
    for (let k: usize = 0; k < size; k += 16) {
      v128.store(table + size + k, v128.xor(v128.load(table + k), add));
    }
  }
}

/** Fills TABLES, 12 of 256 entries, with the multiples of c. */
function prepare(c: v128): void {
  for (let place: usize = 0; place < 12; place++) {
    const table = TABLES + (place << 12);
    v128.store(table, i64x2.splat(0));
    for (let size: usize = 16; size < 4096; size <<= 1) {
      for (let k: usize = 0; k < size; k += 16) {
        v128.store(table + size + k, v128.xor(v128.load(table + k), c));
      }
      c = timesX(c);
    }
  }
}

/** The product of the element at `a` with the one prepared. */
// @ts-ignore: decorator
@inline
function prepared(a: usize): v128 {
  let p = v128.load(<usize>load<u8>(a, 0) << 4, TABLES + 0x0000);
  let q = v128.load(<usize>load<u8>(a, 1) << 4, TABLES + 0x1000);
  p = v128.xor(p, v128.load(<usize>load<u8>(a, 2) << 4, TABLES + 0x2000));
  q = v128.xor(q, v128.load(<usize>load<u8>(a, 3) << 4, TABLES + 0x3000));
  p = v128.xor(p, v128.load(<usize>load<u8>(a, 4) << 4, TABLES + 0x4000));
  q = v128.xor(q, v128.load(<usize>load<u8>(a, 5) << 4, TABLES + 0x5000));
  p = v128.xor(p, v128.load(<usize>load<u8>(a, 6) << 4, TABLES + 0x6000));
  q = v128.xor(q, v128.load(<usize>load<u8>(a, 7) << 4, TABLES + 0x7000));
  p = v128.xor(p, v128.load(<usize>load<u8>(a, 8) << 4, TABLES + 0x8000));
  q = v128.xor(q, v128.load(<usize>load<u8>(a, 9) << 4, TABLES + 0x9000));
  p = v128.xor(p, v128.load(<usize>load<u8>(a, 10) << 4, TABLES + 0xa000));
  q = v128.xor(q, v128.load(<usize>load<u8>(a, 11) << 4, TABLES + 0xb000));
  return v128.xor(p, q);
}

/** Up to this many products by one element, filling the tables costs more than it saves. */
const FEW: usize = 48;

/** a * b */
// @ts-ignore: decorator
@inline
function product(a: usize, b: v128): v128 {
  clearWide(WIDE);
  addProduct(a, b, WIDE);
  return reduce(WIDE);
}

/** out_j = a_j * c */
export function gfScale(a: usize, c: usize, out: usize, count: usize): void {
  const factor = v128.load(c);
  const size = count << 4;
  if (count <= FEW) {
    for (let k: usize = 0; k < size; k += 16) v128.store(out + k, product(a + k, factor));
    return;
  }
  prepare(factor);
  for (let k: usize = 0; k < size; k += 16) v128.store(out + k, prepared(a + k));
}

/** out_i = a_i + r * (a_i + b_i); out may be a */
export function gfFold(a: usize, b: usize, r: usize, out: usize, count: usize): void {
  const factor = v128.load(r);
  const few = count <= FEW;
  if (!few) prepare(factor);
  for (let k: usize = 0; k < count << 4; k += 16) {
    const low = v128.load(a + k);
    v128.store(SUM, v128.xor(low, v128.load(b + k)));
    v128.store(out + k, v128.xor(low, few ? product(SUM, factor) : prepared(SUM)));
  }
}

/** out_j = product of the tau_b with bit b of j set, for j < 2^count */
export function gfTensor(taus: usize, count: usize, out: usize): void {
  v128.store(out, i64x2(1, 0));
  for (let b: usize = 0; b < count; b++) {
    const size = <usize>1 << b;
    gfScale(out, taus + (b << 4), out + (size << 4), size);
  }
}

/** out_j = a_j * b_j */
export function gfMul(a: usize, b: usize, out: usize, count: usize): void {
  for (let k: usize = 0; k < count << 4; k += 16) {
    v128.store(out + k, product(a + k, v128.load(b + k)));
  }
}

// @ts-ignore: decorator
@inline
export function clearWide(wide: usize): void {
  v128.store(wide, i64x2.splat(0), 0);
  v128.store(wide, i64x2.splat(0), 16);
  v128.store(wide, i64x2.splat(0), 32);
}

// @ts-ignore: decorator
@inline
function nibble(word: u32, shift: u32): v128 {
  return v128.load(((word >> shift) & 15) << 4, NIBBLES);
}

/** wide += a * b: each 32-bit word of a times b, by Horner's rule over its nibbles. */
export function addProduct(a: usize, b: v128, wide: usize): void {
  v128.store(NIBBLES, i64x2.splat(0));
  for (let size: usize = 16; size < 256; size <<= 1) {
    for (let k: usize = 0; k < size; k += 16) {
      v128.store(NIBBLES + size + k, v128.xor(v128.load(NIBBLES + k), b));
    }
    b = shiftLeft(b, 1);
  }
  const a0 = load<u32>(a, 0);
  const a1 = load<u32>(a, 4);
  const a2 = load<u32>(a, 8);
  let p0 = nibble(a0, 28);
  let p1 = nibble(a1, 28);
  let p2 = nibble(a2, 28);
  for (let shift = 24; shift >= 0; shift -= 4) {
    p0 = v128.xor(shiftLeft(p0, 4), nibble(a0, shift));
    p1 = v128.xor(shiftLeft(p1, 4), nibble(a1, shift));
    p2 = v128.xor(shiftLeft(p2, 4), nibble(a2, shift));
  }
  v128.store(wide, v128.xor(v128.load(wide, 0), p0), 0);
  v128.store(wide, v128.xor(v128.load(wide, 16), p1), 16);
  v128.store(wide, v128.xor(v128.load(wide, 32), p2), 32);
}

/** The element that a wide product stands for. */
export function reduce(wide: usize): v128 {
  const w1 = load<u64>(wide, 16);
  const w1High = load<u64>(wide, 24);
  const r0 = load<u64>(wide, 0) ^ (w1 << 32);
  const r1 = load<u64>(wide, 8) ^ (w1 >> 32) ^ (w1High << 32) ^ load<u64>(wide, 32);
  const r2 = (w1High >> 32) ^ load<u64>(wide, 40);
  // h = what stands at X^96 and above
  const h0 = (r1 >> 32) | (r2 << 32);
  const h1 = r2 >> 32;
  const low = r0 ^ h0 ^ (h0 << 6) ^ (h0 << 9) ^ (h0 << 10);
  const spill = (h0 >> 58) ^ (h0 >> 55) ^ (h0 >> 54);
  const high = (r1 & 0xffffffff) ^ h1 ^ (h1 << 6) ^ (h1 << 9) ^ (h1 << 10) ^ spill;
  const over = high >> 32;
  return i64x2(
    <i64>(low ^ over ^ (over << 6) ^ (over << 9) ^ (over << 10)),
    <i64>(high & 0xffffffff),
  );
}
