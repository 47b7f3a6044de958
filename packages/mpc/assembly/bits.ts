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

/** Index on the grid, in base 3, of each slot, in base 2. */
function placeSlots(places: usize, variables: usize): void {
  store<u32>(places, 0);
  let weight: u32 = 1;
  for (let b: usize = 0; b < variables; b++) {
    const size = <usize>4 << b;
    for (let k: usize = 0; k < size; k += 4) {
      store<u32>(places + size + k, load<u32>(places + k) + weight);
    }
    weight *= 3;
  }
}

/** Puts slots to their places on the grid and fills in infinity for all variables but the last. */
// @ts-ignore: decorator
@inline
function expand(x: usize, stride: usize, variables: usize, places: usize, grid: usize): void {
  for (let s: usize = 0; s < (<usize>1 << variables); s++) {
    v128.store(grid + (<usize>load<u32>(places + (s << 2)) << 4), v128.load(x + s * stride));
  }
  let low: usize = 16;
  for (let b: usize = 1; b < variables; b++) {
    const blocks = <usize>1 << (variables - b);
    for (let block: usize = 0; block < blocks; block++) {
      const zeros = grid + <usize>load<u32>(places + (block << 2)) * 3 * low;
      for (let k = zeros; k < zeros + low; k += 16) {
        v128.store(k + 2 * low, v128.xor(v128.load(k), v128.load(k + low)));
      }
    }
    low *= 3;
  }
}

/** (x0 ^ x1) & y0 ^ x0 & y1, where `x` is x0 and `both` is x0 ^ x1. */
// @ts-ignore: decorator
@inline
function local(x: v128, both: v128, y0: v128, y1: v128): v128 {
  return v128.xor(v128.and(both, y0), v128.and(x, y1));
}

/** Local products of 128 bits at every point, from grids filled but for the last variable. */
function products(x: usize, both: usize, y0: usize, y1: usize, third: usize, z: usize): void {
  for (let k: usize = 0; k < third; k += 16) {
    const xa = v128.load(x + k), xb = v128.load(x + third + k);
    const ba = v128.load(both + k), bb = v128.load(both + third + k);
    const ya = v128.load(y0 + k), yb = v128.load(y0 + third + k);
    const wa = v128.load(y1 + k), wb = v128.load(y1 + third + k);
    v128.store(z + k, local(xa, ba, ya, wa));
    v128.store(z + third + k, local(xb, bb, yb, wb));
    v128.store(
      z + 2 * third + k,
      local(v128.xor(xa, xb), v128.xor(ba, bb), v128.xor(ya, yb), v128.xor(wa, wb)),
    );
  }
}

/** c_i += sum over j of w_j * bit j of row i, for `count` rows of 128 bits. */
function weigh(rows: usize, count: usize, w: usize, c: usize): void {
  const end = c + (count << 4);
  for (let word: usize = 0; word < 16; word += 4) {
    for (let place: usize = 0; place < 4; place++) {
      byteTable(TABLES + (place << 12), w);
      w += 128;
    }
    let row = rows + word;
    for (let at = c; at < end; at += 16) {
      const z = <usize>load<u32>(row);
      let sum = v128.xor(v128.load(at), v128.load((z << 4) & 0xff0, TABLES));
      sum = v128.xor(sum, v128.load((z >> 4) & 0xff0, TABLES + 0x1000));
      sum = v128.xor(sum, v128.load((z >> 12) & 0xff0, TABLES + 0x2000));
      v128.store(at, v128.xor(sum, v128.load((z >> 20) & 0xff0, TABLES + 0x3000)));
      row += 16;
    }
  }
}

/**
 * For every point p of the grid {0,1,inf}^variables: c_p += sum over j of w_j * bit j of
 * (x0_p & (y0_p ^ y1_p) ^ x1_p & y0_p), where infinity is the xor of the two slots; but at the
 * slots themselves of z0_s, and behind the grid, for each slot, of z1_s.
 * Slots lie `stride` bytes apart; `size` bytes of each are used, a multiple of 16. `room` takes
 * 5 * 3^variables + 2^variables rows of 16 bytes and 4 * 2^variables bytes.
 */
export function bitGrid(
  x0: usize, x1: usize, y0: usize, y1: usize, z0: usize, z1: usize,
  variables: usize, stride: usize, size: usize, w: usize, room: usize, c: usize,
): void {
  const slots = <usize>1 << variables;
  let third: usize = 16;
  for (let b: usize = 1; b < variables; b++) third *= 3;
  const grid = 3 * third;
  const z = room + 4 * grid;
  const places = z + grid + (slots << 4);
  placeSlots(places, variables);
  for (let k: usize = 0; k < size; k += 16) {
    expand(x0 + k, stride, variables, places, room);
    expand(x1 + k, stride, variables, places, room + grid);
    for (let at = room; at < room + 2 * third; at += 16) {
      v128.store(at + grid, v128.xor(v128.load(at + grid), v128.load(at)));
    }
    expand(y0 + k, stride, variables, places, room + 2 * grid);
    expand(y1 + k, stride, variables, places, room + 3 * grid);
    products(room, room + grid, room + 2 * grid, room + 3 * grid, third, z);
    for (let s: usize = 0; s < slots; s++) {
      const place = <usize>load<u32>(places + (s << 2)) << 4;
      v128.store(z + place, v128.load(z0 + k + s * stride));
      v128.store(z + grid + (s << 4), v128.load(z1 + k + s * stride));
    }
    weigh(z, (grid >> 4) + slots, w, c);
    w += 128 << 4;
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
