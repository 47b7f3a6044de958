import { subsetSums } from "./field";

// Sums of field elements chosen by bits: tables of all subset sums of a few elements, looked up
// by bytes or nibbles of the bit vector.

const TABLES: usize = memory.data(8 * 256 * 16, 64);
const COLUMNS: usize = memory.data(16 * 16, 64);
const COLUMNS2: usize = memory.data(16 * 16, 64);

// @ts-ignore: decorator
@inline
function byteEntry(word: u64, place: u64): v128 {
  return v128.load(TABLES + (<usize>place << 12) + (((<usize>(word >> (place << 3))) & 255) << 4));
}

/**
 * c[s*slots+t] += sum over j of w_j * bit j of (x0_s & (y0_t ^ y1_t) ^ x1_s & y0_t).
 * Slots lie `stride` bytes apart; `size` bytes of each are used, a multiple of 8. `line` has room
 * for 16 bytes a slot.
 */
export function bitCross(
  x0: usize, x1: usize, y0: usize, y1: usize, slots: usize, stride: usize, size: usize,
  w: usize, line: usize, c: usize,
): void {
  const lineEnd = line + (slots << 4);
  for (let k: usize = 0; k < size; k += 8) {
    for (let place: usize = 0; place < 8; place++) {
      subsetSums(TABLES + (place << 12), w, 8);
      w += 128;
    }
    for (let t: usize = 0; t < slots; t++) {
      store<u64>(line + (t << 4), load<u64>(y0 + t * stride + k), 0);
      store<u64>(line + (t << 4), load<u64>(y1 + t * stride + k), 8);
    }
    let at = c;
    for (let s: usize = 0; s < slots; s++) {
      const x = load<u64>(x0 + s * stride + k);
      const both = x ^ load<u64>(x1 + s * stride + k);
      for (let y = line; y < lineEnd; y += 16) {
        const z = (both & load<u64>(y)) ^ (x & load<u64>(y, 8));
        let p = v128.xor(v128.load(at), byteEntry(z, 0));
        let q = v128.xor(byteEntry(z, 1), byteEntry(z, 2));
        p = v128.xor(p, v128.xor(byteEntry(z, 3), byteEntry(z, 4)));
        q = v128.xor(q, v128.xor(byteEntry(z, 5), byteEntry(z, 6)));
        v128.store(at, v128.xor(p, v128.xor(q, byteEntry(z, 7))));
        at += 16;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function nibbleEntry(word: u32, place: u32): v128 {
  return v128.load(TABLES + (<usize>place << 8) + (((word >> (place << 2)) & 15) << 4));
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
      let p = v128.xor(v128.load(at), nibbleEntry(word, 0));
      let q = v128.xor(nibbleEntry(word, 1), nibbleEntry(word, 2));
      p = v128.xor(p, v128.xor(nibbleEntry(word, 3), nibbleEntry(word, 4)));
      q = v128.xor(q, v128.xor(nibbleEntry(word, 5), nibbleEntry(word, 6)));
      v128.store(at, v128.xor(p, v128.xor(q, nibbleEntry(word, 7))));
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
    subsetSums(TABLES + 4096, coefs + ((s + 8) << 4), 8);
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
            v128.load(TABLES + ((mask & 255) << 4)),
            v128.load(TABLES + 4096 + ((mask >> 8) << 4)),
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
