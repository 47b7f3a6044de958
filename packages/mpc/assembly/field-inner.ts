import { addProduct, clearWide, reduce, timesX } from "./field";

// Inner products over GF(2^96). For long vectors, sums in buckets: bucket (place, value) gathers
// every b_j whose partner a_j has that byte value at that place; the buckets are weighted at the end.

const WIDE: usize = memory.data(3 * 16, 64);
const BUCKETS: usize = memory.data(12 * 256 * 16, 64);
/** From this length on, clearing and weighting the buckets costs less than it saves. */
const LONG: usize = 512;

// @ts-ignore: decorator
@inline
function drop(a: usize, place: usize, b: v128): void {
  const bucket = BUCKETS + (place << 12) + (<usize>load<u8>(a + place) << 4);
  v128.store(bucket, v128.xor(v128.load(bucket), b));
}

// @ts-ignore: decorator
@inline
function dropAll(a: usize, b: v128): void {
  drop(a, 0, b);
  drop(a, 1, b);
  drop(a, 2, b);
  drop(a, 3, b);
  drop(a, 4, b);
  drop(a, 5, b);
  drop(a, 6, b);
  drop(a, 7, b);
  drop(a, 8, b);
  drop(a, 9, b);
  drop(a, 10, b);
  drop(a, 11, b);
}

/** Sum of place * value * bucket; empties nothing. By Horner's rule from the highest bit down. */
function weighBuckets(): v128 {
  let sum = i64x2.splat(0);
  for (let place: i32 = 11; place >= 0; place--) {
    const table = BUCKETS + (<usize>place << 12);
    for (let half: usize = 128 * 16; half >= 16; half >>= 1) {
      // the values with the leading bit set: their sum counts, then they lose that bit
      let part = i64x2.splat(0);
      for (let k: usize = 0; k < half; k += 16) {
        const upper = v128.load(table + half + k);
        part = v128.xor(part, upper);
        v128.store(table + k, v128.xor(v128.load(table + k), upper));
      }
      sum = v128.xor(timesX(sum), part);
    }
  }
  return sum;
}

/** out = sum of a_j * b_j */
export function gfInner(a: usize, b: usize, out: usize, count: usize): void {
  const end = a + (count << 4);
  if (count < LONG) {
    clearWide(WIDE);
    for (; a < end; a += 16, b += 16) addProduct(a, v128.load(b), WIDE);
    v128.store(out, reduce(WIDE));
    return;
  }
  memory.fill(BUCKETS, 0, 12 * 256 * 16);
  for (; a < end; a += 16, b += 16) dropAll(a, v128.load(b));
  v128.store(out, weighBuckets());
}

/** out = sum of x0_j * (y0_j + y1_j) + x1_j * y0_j */
export function gfCross(
  x0: usize, x1: usize, y0: usize, y1: usize, out: usize, count: usize,
): void {
  const size = count << 4;
  if (count < LONG) {
    clearWide(WIDE);
    for (let k: usize = 0; k < size; k += 16) {
      const y = v128.load(y0 + k);
      addProduct(x0 + k, v128.xor(y, v128.load(y1 + k)), WIDE);
      addProduct(x1 + k, y, WIDE);
    }
    v128.store(out, reduce(WIDE));
    return;
  }
  memory.fill(BUCKETS, 0, 12 * 256 * 16);
  for (let k: usize = 0; k < size; k += 16) {
    const y = v128.load(y0 + k);
    dropAll(x0 + k, v128.xor(y, v128.load(y1 + k)));
    dropAll(x1 + k, y);
  }
  v128.store(out, weighBuckets());
}
