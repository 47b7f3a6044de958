import { subsetSums } from "./field";
import { COLUMNS, TABLES } from "./memory";

// Sums of field elements chosen by bits: tables of all subset sums of a few elements, looked up
// by bytes or nibbles of the bit vector.

const COLUMNS2: usize = COLUMNS + 256;

/** All 256 sums of eight elements. The eight sums of the first three stay in registers. */
function byteTable(table: usize, from: usize): void {
  const s1 = v128.load(from, 0);
  const s2 = v128.load(from, 16);
  const s4 = v128.load(from, 32);
  const s3 = v128.xor(s1, s2);
  const s5 = v128.xor(s1, s4);
  const s6 = v128.xor(s2, s4);
  const s7 = v128.xor(s3, s4);
  eightSums(table, i64x2.splat(0), s1, s2, s3, s4, s5, s6, s7);
  from += 48;
  for (let size: usize = 128; size < 4096; size <<= 1) {
    const add = v128.load(from);
    const end = table + size;
    for (let at = table; at < end; at += 128) {
      eightSums(at + size, v128.xor(v128.load(at), add), s1, s2, s3, s4, s5, s6, s7);
    }
    from += 16;
  }
}

// @ts-ignore: decorator
@inline
function eightSums(
  at: usize, s0: v128, s1: v128, s2: v128, s3: v128, s4: v128, s5: v128, s6: v128, s7: v128,
): void {
  v128.store(at, s0, 0);
  v128.store(at, v128.xor(s0, s1), 16);
  v128.store(at, v128.xor(s0, s2), 32);
  v128.store(at, v128.xor(s0, s3), 48);
  v128.store(at, v128.xor(s0, s4), 64);
  v128.store(at, v128.xor(s0, s5), 80);
  v128.store(at, v128.xor(s0, s6), 96);
  v128.store(at, v128.xor(s0, s7), 112);
}

/**
 * c[s*slots+t] += sum over j of w_j * bit j of (x0_s & (y0_t ^ y1_t) ^ x1_s & y0_t).
 * Slots lie `stride` bytes apart; `size` bytes of each are used, a multiple of 4. `line` has room
 * for 8 bytes a slot.
 */
export function bitCross(
  x0: usize, x1: usize, y0: usize, y1: usize, slots: usize, stride: usize, size: usize,
  w: usize, line: usize, c: usize,
): void {
  const lineEnd = line + (slots << 3);
  for (let k: usize = 0; k < size; k += 4) {
    for (let place: usize = 0; place < 4; place++) {
      byteTable(TABLES + (place << 12), w);
      w += 128;
    }
    for (let t: usize = 0; t < slots; t++) {
      store<u32>(line + (t << 3), load<u32>(y0 + t * stride + k), 0);
      store<u32>(line + (t << 3), load<u32>(y1 + t * stride + k), 4);
    }
    let at = c;
    for (let s: usize = 0; s < slots; s++) {
      const x = load<u32>(x0 + s * stride + k);
      const both = x ^ load<u32>(x1 + s * stride + k);
      for (let y = line; y < lineEnd; y += 8) {
        const z = (both & load<u32>(y)) ^ (x & load<u32>(y, 4));
        let sum = v128.xor(v128.load(at), v128.load((z << 4) & 0xff0, TABLES));
        sum = v128.xor(sum, v128.load((z >> 4) & 0xff0, TABLES + 0x1000));
        sum = v128.xor(sum, v128.load((z >> 12) & 0xff0, TABLES + 0x2000));
        v128.store(at, v128.xor(sum, v128.load((z >> 20) & 0xff0, TABLES + 0x3000)));
        at += 16;
      }
    }
  }
}

/** c[s] += sum over j of w_j * bit j of slot s. `size` bytes of each slot, a multiple of 4. */
export function bitWeigh(
  z: usize, slots: usize, stride: usize, size: usize, w: usize, c: usize,
): void {
  for (let k: usize = 0; k < size; k += 4) {
    for (let place: usize = 0; place < 8; place++) {
      subsetSums(TABLES + (place << 8), w, 4);
      w += 64;
    }
    for (let s: usize = 0; s < slots; s++) {
      const word = load<u32>(z + s * stride + k);
      const at = c + (s << 4);
      let p = v128.xor(v128.load(at), v128.load((word << 4) & 0xf0, TABLES));
      let q = v128.load(word & 0xf0, TABLES + 0x100);
      p = v128.xor(p, v128.load((word >> 4) & 0xf0, TABLES + 0x200));
      q = v128.xor(q, v128.load((word >> 8) & 0xf0, TABLES + 0x300));
      p = v128.xor(p, v128.load((word >> 12) & 0xf0, TABLES + 0x400));
      q = v128.xor(q, v128.load((word >> 16) & 0xf0, TABLES + 0x500));
      p = v128.xor(p, v128.load((word >> 20) & 0xf0, TABLES + 0x600));
      q = v128.xor(q, v128.load((word >> 24) & 0xf0, TABLES + 0x700));
      v128.store(at, v128.xor(p, q));
    }
  }
}

/** One of the four perfect shuffles that together transpose 16 x 16 bytes. */
// @ts-ignore: decorator
@inline
function interleave(from: usize, step: usize, to: usize): void {
  for (let k: usize = 0; k < 8; k++) {
    const a = v128.load(from + k * step);
    const b = v128.load(from + (k + 8) * step);
    v128.store(
      to + (k << 5),
      v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23),
      0,
    );
    v128.store(
      to + (k << 5),
      v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31),
      16,
    );
  }
}

/**
 * out_j = sum over s of coef_s * bit j of slot s. `slots` a multiple of 16 (absent ones zero);
 * `size` bytes of each, a multiple of 16. `out` is added to: clear it first.
 */
export function bitFold(
  x: usize, slots: usize, stride: usize, size: usize, coefs: usize, out: usize,
): void {
  for (let s: usize = 0; s < slots; s += 16) {
    subsetSums(TABLES, coefs + (s << 4), 8);
    subsetSums(TABLES + 0x1000, coefs + ((s + 8) << 4), 8);
    let at = out;
    for (let k: usize = 0; k < size; k += 16) {
      interleave(x + s * stride + k, stride, COLUMNS);
      interleave(COLUMNS, 16, COLUMNS2);
      interleave(COLUMNS2, 16, COLUMNS);
      interleave(COLUMNS, 16, COLUMNS2);
      for (let byte: usize = 0; byte < 256; byte += 16) {
        let column = v128.load(COLUMNS2 + byte);
        for (let bit: usize = 128; bit != 0; bit -= 16) {
          const mask = <usize>i8x16.bitmask(column);
          const sum = v128.xor(
            v128.load((mask & 255) << 4, TABLES),
            v128.load((mask >> 8) << 4, TABLES + 0x1000),
          );
          const place = at + bit - 16;
          v128.store(place, v128.xor(v128.load(place), sum));
          column = i8x16.add(column, column);
        }
        at += 128;
      }
    }
  }
}
