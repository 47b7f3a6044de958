// Ring elements times one challenge, whose coefficients are 0 or 1: additions only. 64 bytes of
// lanes at a time; sums of five neighbouring coefficients are looked up in tables (the four
// Russians' way).

import { DEGREE, fromLanes, lanes, reduceLanes, toLanes } from "./lanes";
import { RING, TABLES } from "./memory";

/** Four vectors. */
const LINE: usize = 64;
/** Coefficients of one table, and the bytes of its 32 sums. */
const GROUP: usize = 5;
const TABLE: usize = 32 * LINE;
/** Tables at a time. */
const BATCH: usize = 8;
/** Places where a group of five coefficients meets the 80 of a challenge. */
const REACH: usize = 84;

const INPUT: usize = RING;
const OUTPUT: usize = INPUT + 80 * LINE;
const WINDOWS: usize = OUTPUT + 160 * LINE;

/** WINDOWS[c] = the table's offset for coefficients c .. c-4 of the challenge. */
function windows<T>(r: usize): void {
  let bits: u32 = 0;
  for (let c: usize = 0; c < REACH; c++) {
    const bit = c < DEGREE ? load<u32>(r + c * sizeof<T>()) & 1 : 0;
    bits = ((bits << 1) | bit) & 31;
    store<u16>(WINDOWS + 2 * c, <u16>(bits << 6));
  }
}

/** All 32 sums of the five lines from `line` on: bit e of an index stands for line e. */
export function fiveSums<T>(line: usize, step: usize, table: usize): void {
  for (let k: usize = 0; k < LINE; k += 16) {
    v128.store(table + k, i64x2.splat(0));
    for (let size = LINE; size < TABLE; size <<= 1, line += step) {
      const add = v128.load(line + k);
      const end = table + k + size;
      for (let at = table + k; at < end; at += LINE) {
        v128.store(at + size, v128.add<T>(v128.load(at), add));
      }
    }
    line -= 5 * step;
  }
}

/**
 * OUTPUT[c] += the sum over d of r_{c-d} * INPUT[d], for the 40 coefficients d from 5 * first on.
 */
function addBatch<T>(first: usize): void {
  for (let g: usize = 0; g < BATCH; g++) {
    fiveSums<T>(INPUT + (first + g) * GROUP * LINE, LINE, TABLES + g * TABLE);
  }
  const end = GROUP * (BATCH - 1) + REACH;
  let to = OUTPUT + first * GROUP * LINE;
  for (let c: usize = 0; c < end; c++, to += LINE) {
    let least: usize = 0;
    if (c >= REACH) least = (c - REACH) / GROUP + 1;
    const most = min(BATCH - 1, c / GROUP);
    let s0 = v128.load(to, 0);
    let s1 = v128.load(to, 16);
    let s2 = v128.load(to, 32);
    let s3 = v128.load(to, 48);
    for (let g = least; g <= most; g++) {
      const sum = TABLES + g * TABLE + <usize>load<u16>(WINDOWS + 2 * (c - GROUP * g));
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
}

/** out_j = a_j + r * (b_j - a_j). `count` a multiple of four times the lanes; out may be a. */
export function foldBy<T>(a: usize, b: usize, r: usize, out: usize, count: usize): void {
  const step = lanes<T>() * DEGREE * sizeof<T>();
  windows<T>(r);
  for (; count > 0; count -= 4 * lanes<T>()) {
    // OUTPUT keeps a, to which the products are added.
    memory.fill(OUTPUT, 0, 160 * LINE);
    for (let k: usize = 0; k < 4; k++) {
      toLanes<T>(b + k * step, INPUT + 16 * k, LINE);
      toLanes<T>(a + k * step, OUTPUT + 16 * k, LINE);
    }
    for (let k: usize = 0; k < 80 * LINE; k += 16) {
      v128.store(INPUT + k, v128.sub<T>(v128.load(INPUT + k), v128.load(OUTPUT + k)));
    }
    addBatch<T>(0);
    addBatch<T>(BATCH);
    for (let k: usize = 0; k < 4; k++) {
      reduceLanes<T>(OUTPUT + 16 * k, LINE);
      fromLanes<T>(OUTPUT + 16 * k, LINE, out + k * step);
    }
    a += 4 * step;
    b += 4 * step;
    out += 4 * step;
  }
}
