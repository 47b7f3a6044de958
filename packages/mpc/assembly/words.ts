// Words weighted by challenges of GR(2^32, 80) or GR(2^64, 80): the first fold of products over
// Z_2^32 and Z_2^64. Claims stand in rows: claim j * slots + s is position j of slot s.

import { DEGREE, lanes } from "./lanes";
import { RING, TABLES } from "./memory";
import { fiveSums } from "./ring-fold";

/** Four vectors: columns are worked on by lines. */
const LINE: usize = 64;
const TABLE: usize = 32 * LINE;
/** Rows of one table, and of eight. */
const GROUP: usize = 5;
const BATCH: usize = 40;
/** Table offsets: 80 for each of eight groups of rows. */
const INDEX: usize = RING;

/** Slots of `lanes` positions as vectors: out + 16 s = word x_{s, j}. `row` bytes from j to j+1. */
function gatherSlots<T>(x: usize, row: usize, slots: usize, step: usize, out: usize): void {
  for (let s: usize = 0; s < slots; s++, x += step, out += 16) {
    if (sizeof<T>() == 4) {
      store<u32>(out, load<u32>(x), 0);
      store<u32>(out, load<u32>(x + row), 4);
      store<u32>(out, load<u32>(x + 2 * row), 8);
      store<u32>(out, load<u32>(x + 3 * row), 12);
    } else {
      store<u64>(out, load<u64>(x), 0);
      store<u64>(out, load<u64>(x + row), 8);
    }
  }
}

/** The same for slots that lie side by side, at least as many as there are lanes. */
function transposeSlots<T>(x: usize, row: usize, slots: usize, out: usize): void {
  const end = x + slots * sizeof<T>();
  for (; x < end; x += 16) {
    if (sizeof<T>() == 4) {
      const p = v128.load(x);
      const q = v128.load(x + row);
      const r = v128.load(x + 2 * row);
      const s = v128.load(x + 3 * row);
      const pq = v128.shuffle<u32>(p, q, 0, 4, 1, 5);
      const rs = v128.shuffle<u32>(r, s, 0, 4, 1, 5);
      const pq2 = v128.shuffle<u32>(p, q, 2, 6, 3, 7);
      const rs2 = v128.shuffle<u32>(r, s, 2, 6, 3, 7);
      v128.store(out, v128.shuffle<u64>(pq, rs, 0, 2));
      v128.store(out, v128.shuffle<u64>(pq, rs, 1, 3), 16);
      v128.store(out, v128.shuffle<u64>(pq2, rs2, 0, 2), 32);
      v128.store(out, v128.shuffle<u64>(pq2, rs2, 1, 3), 48);
      out += 64;
    } else {
      const p = v128.load(x);
      const q = v128.load(x + row);
      v128.store(out, v128.shuffle<u64>(p, q, 0, 2));
      v128.store(out, v128.shuffle<u64>(p, q, 1, 3), 16);
      out += 32;
    }
  }
}

/**
 * From values at the slots {0,1}^v to those on {0,1,inf} x ... x {0,1}: all variables but the
 * first, the last one first; inf takes the difference. In place.
 */
function expand<T>(x: usize, slots: usize): void {
  let blocks: usize = 1;
  for (let half = slots << 3; half >= 32; half >>= 1, blocks *= 3) {
    for (let block = blocks; block > 0; block--) {
      const from = x + (block - 1) * 2 * half;
      const to = x + (block - 1) * 3 * half;
      for (let k: usize = 0; k < half; k += 16) {
        const low = v128.load(from + k);
        const high = v128.load(from + half + k);
        v128.store(to + k, low);
        v128.store(to + half + k, high);
        v128.store(to + 2 * half + k, v128.sub<T>(high, low));
      }
    }
  }
}

/** sums += x0 * s + x1 * y at the points of the grid; the first variable is expanded on the way. */
function multiplyPoints<T>(
  x0: usize, x1: usize, y: usize, s: usize, pairs: usize, sums: usize,
): void {
  for (; pairs > 0; pairs--, x0 += 32, x1 += 32, y += 32, s += 32, sums += 48) {
    const a0 = v128.load(x0);
    const a1 = v128.load(x0, 16);
    const b0 = v128.load(x1);
    const b1 = v128.load(x1, 16);
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    const s0 = v128.load(s);
    const s1 = v128.load(s, 16);
    const low = v128.add<T>(v128.mul<T>(a0, s0), v128.mul<T>(b0, y0));
    const high = v128.add<T>(v128.mul<T>(a1, s1), v128.mul<T>(b1, y1));
    const far = v128.add<T>(
      v128.mul<T>(v128.sub<T>(a1, a0), v128.sub<T>(s1, s0)),
      v128.mul<T>(v128.sub<T>(b1, b0), v128.sub<T>(y1, y0)),
    );
    v128.store(sums, v128.add<T>(v128.load(sums), low));
    v128.store(sums, v128.add<T>(v128.load(sums, 16), high), 16);
    v128.store(sums, v128.add<T>(v128.load(sums, 32), far), 32);
  }
}

/** Rows of points, one for each lane, from vectors of one point each; `size` bytes of each row. */
function toRows<T>(sums: usize, size: usize, out: usize, row: usize): void {
  const end = out + size;
  if (sizeof<T>() == 4) {
    for (; out < end; out += 16, sums += 64) {
      const p = v128.load(sums);
      const q = v128.load(sums, 16);
      const r = v128.load(sums, 32);
      const s = v128.load(sums, 48);
      const pq = v128.shuffle<u32>(p, q, 0, 4, 1, 5);
      const rs = v128.shuffle<u32>(r, s, 0, 4, 1, 5);
      const pq2 = v128.shuffle<u32>(p, q, 2, 6, 3, 7);
      const rs2 = v128.shuffle<u32>(r, s, 2, 6, 3, 7);
      v128.store(out, v128.shuffle<u64>(pq, rs, 0, 2));
      v128.store(out + row, v128.shuffle<u64>(pq, rs, 1, 3));
      v128.store(out + 2 * row, v128.shuffle<u64>(pq2, rs2, 0, 2));
      v128.store(out + 3 * row, v128.shuffle<u64>(pq2, rs2, 1, 3));
    }
  } else {
    for (; out < end; out += 16, sums += 32) {
      const p = v128.load(sums);
      const q = v128.load(sums, 16);
      v128.store(out, v128.shuffle<u64>(p, q, 0, 2));
      v128.store(out + row, v128.shuffle<u64>(p, q, 1, 3));
    }
  }
}

/**
 * out + j * row = this party's part of <x_j, y_j> at every point of {0,1,inf}^v, for `count`
 * positions, a multiple of the lanes. Vectors have `slots` = 2^v rows of `width` words a position.
 * `room` takes 4 * 16 * slots * 1.5^(v-1) bytes and the sums, each behind the other; `points` =
 * 3^(v-1).
 */
export function gridPoints<T>(
  x0: usize, x1: usize, y0: usize, y1: usize, slots: usize, points: usize, width: usize,
  count: usize, room: usize, out: usize, row: usize,
): void {
  const expanded = points << 5;
  const b = room + expanded;
  const y = b + expanded;
  const s = y + expanded;
  const sums = s + expanded;
  const word = sizeof<T>();
  const position = slots * width * word;
  const isSimple = width == 1 && slots >= lanes<T>();
  for (; count > 0; count -= lanes<T>()) {
    memory.fill(sums, 0, 3 * (points << 4));
    for (let t: usize = 0; t < width * word; t += word) {
      if (isSimple) {
        transposeSlots<T>(x0, position, slots, room);
        transposeSlots<T>(x1, position, slots, b);
        transposeSlots<T>(y0, position, slots, y);
        transposeSlots<T>(y1, position, slots, s);
      } else {
        gatherSlots<T>(x0 + t, position, slots, width * word, room);
        gatherSlots<T>(x1 + t, position, slots, width * word, b);
        gatherSlots<T>(y0 + t, position, slots, width * word, y);
        gatherSlots<T>(y1 + t, position, slots, width * word, s);
      }
      for (let k: usize = 0; k < slots << 4; k += 16) {
        v128.store(s + k, v128.add<T>(v128.load(s + k), v128.load(y + k)));
      }
      expand<T>(room, slots);
      expand<T>(b, slots);
      expand<T>(y, slots);
      expand<T>(s, slots);
      multiplyPoints<T>(room, b, y, s, points, sums);
    }
    toRows<T>(sums, row, out, row);
    const step = lanes<T>() * position;
    x0 += step;
    x1 += step;
    y0 += step;
    y1 += step;
    out += lanes<T>() * row;
  }
}

/** INDEX: for 40 rows' challenges of ten bytes, the tables' offsets for each coefficient. */
function indices(w: usize): void {
  for (let group: usize = 0; group < 8; group++, w += 50) {
    for (let c: usize = 0; c < DEGREE; c += 8) {
      const at = w + (c >> 3);
      let b0 = <u32>load<u8>(at);
      let b1 = <u32>load<u8>(at, 10) << 1;
      let b2 = <u32>load<u8>(at, 20) << 2;
      let b3 = <u32>load<u8>(at, 30) << 3;
      let b4 = <u32>load<u8>(at, 40) << 4;
      for (let k: usize = 0; k < 8; k++) {
        const index = (b0 & 1) | (b1 & 2) | (b2 & 4) | (b3 & 8) | (b4 & 16);
        store<u16>(INDEX + (((c + k) << 3) + group) * 2, <u16>(index << 6));
        b0 >>= 1;
        b1 >>= 1;
        b2 >>= 1;
        b3 >>= 1;
        b4 >>= 1;
      }
    }
  }
}

/**
 * sums += the sum over all rows j of w_j times row j. Rows are `row` bytes, a multiple of 64; there
 * are 40 for each of `batches`, and ten bytes of w for each. `sums` has, for each line of a row,
 * a line for each of 80 coefficients.
 */
export function weighRows<T>(w: usize, rows: usize, row: usize, batches: usize, sums: usize): void {
  for (; batches > 0; batches--, w += 10 * BATCH, rows += BATCH * row) {
    indices(w);
    let to = sums;
    for (let line: usize = 0; line < row; line += LINE) {
      for (let g: usize = 0; g < 8; g++) {
        fiveSums<T>(rows + g * GROUP * row + line, row, TABLES + g * TABLE);
      }
      to = addLine<T>(to);
    }
  }
}

/** 80 lines from `to` on take the sums that INDEX names. Answers where the next line begins. */
function addLine<T>(to: usize): usize {
  let index = INDEX;
  for (const end = to + DEGREE * LINE; to < end; to += LINE) {
    let s0 = v128.load(to, 0);
    let s1 = v128.load(to, 16);
    let s2 = v128.load(to, 32);
    let s3 = v128.load(to, 48);
    for (let table = TABLES; table < TABLES + 8 * TABLE; table += TABLE, index += 2) {
      const sum = table + <usize>load<u16>(index);
      s0 = v128.add<T>(s0, v128.load(sum, 0));
      s1 = v128.add<T>(s1, v128.load(sum, 16));
      s2 = v128.add<T>(s2, v128.load(sum, 32));
      s3 = v128.add<T>(s3, v128.load(sum, 48));
    }
    v128.store(to, s0, 0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
  }
  return to;
}
