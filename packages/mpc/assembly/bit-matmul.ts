import { TABLES } from "./memory";

/** Bytes of a row of h that are worked on at once: their 256 sums fill 32 KB of tables. */
const CHUNK: usize = 128;

/** All 256 sums of eight rows of `size` bytes that lie `stride` apart. */
function rowTable(h: usize, stride: usize, size: usize): void {
  for (let x: usize = 0; x < size; x += 16) v128.store(TABLES + x, i64x2.splat(0));
  for (let bit: usize = 1; bit < 256; bit <<= 1) {
    for (let k: usize = 0; k < bit; k++) {
      const from = TABLES + k * CHUNK;
      const to = from + bit * CHUNK;
      for (let x: usize = 0; x < size; x += 16) {
        v128.store(to + x, v128.xor(v128.load(from + x), v128.load(h + x)));
      }
    }
    h += stride;
  }
}

/**
 * out = a * h over GF(2), added to `out`. a has k rows of m bits, h has m rows of n bits, out has k
 * rows of n bits; m and n are multiples of 128. Four Russians: eight rows of h at a time.
 */
export function bitMatmul(a: usize, h: usize, k: usize, m: usize, n: usize, out: usize): void {
  const line = m >> 3;
  const stride = n >> 3;
  for (let from: usize = 0; from < stride; from += CHUNK) {
    const size = min(stride - from, CHUNK);
    for (let j: usize = 0; j < line; j++) {
      rowTable(h + j * 8 * stride + from, stride, size);
      let at = out + from;
      for (let byte = a + j; byte < a + k * line; byte += line) {
        const sum = TABLES + <usize>load<u8>(byte) * CHUNK;
        for (let x: usize = 0; x < size; x += 16) {
          v128.store(at + x, v128.xor(v128.load(at + x), v128.load(sum + x)));
        }
        at += stride;
      }
    }
  }
}
