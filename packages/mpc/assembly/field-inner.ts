import { addProduct, clearWide, reduce, timesX } from "./field";
import { TABLES, WIDE } from "./memory";

// Inner products over GF(2^96). For long vectors, sums in buckets: bucket (place, value) gathers
// every b_j whose partner a_j has that byte value at that place; buckets are weighted at the end.

/** From this length on, clearing and weighting the buckets costs less than it saves. */
const LONG: usize = 512;

/** Adds b to one bucket of every place. */
// @ts-ignore: decorator
@inline
function drop(a: usize, b: v128): void {
  let at = <usize>load<u8>(a, 0) << 4;
  v128.store(at, v128.xor(v128.load(at, TABLES), b), TABLES);
  at = <usize>load<u8>(a, 1) << 4;
  v128.store(at, v128.xor(v128.load(at, TABLES + 0x1000), b), TABLES + 0x1000);
  at = <usize>load<u8>(a, 2) << 4;
  v128.store(at, v128.xor(v128.load(at, TABLES + 0x2000), b), TABLES + 0x2000);
  at = <usize>load<u8>(a, 3) << 4;
  v128.store(at, v128.xor(v128.load(at, TABLES + 0x3000), b), TABLES + 0x3000);
  at = <usize>load<u8>(a, 4) << 4;
  v128.store(at, v128.xor(v128.load(at, TABLES + 0x4000), b), TABLES + 0x4000);
  at = <usize>load<u8>(a, 5) << 4;
  v128.store(at, v128.xor(v128.load(at, TABLES + 0x5000), b), TABLES + 0x5000);
  at = <usize>load<u8>(a, 6) << 4;
  v128.store(at, v128.xor(v128.load(at, TABLES + 0x6000), b), TABLES + 0x6000);
  at = <usize>load<u8>(a, 7) << 4;
  v128.store(at, v128.xor(v128.load(at, TABLES + 0x7000), b), TABLES + 0x7000);
  at = <usize>load<u8>(a, 8) << 4;
  v128.store(at, v128.xor(v128.load(at, TABLES + 0x8000), b), TABLES + 0x8000);
  at = <usize>load<u8>(a, 9) << 4;
  v128.store(at, v128.xor(v128.load(at, TABLES + 0x9000), b), TABLES + 0x9000);
  at = <usize>load<u8>(a, 10) << 4;
  v128.store(at, v128.xor(v128.load(at, TABLES + 0xa000), b), TABLES + 0xa000);
  at = <usize>load<u8>(a, 11) << 4;
  v128.store(at, v128.xor(v128.load(at, TABLES + 0xb000), b), TABLES + 0xb000);
}

/** Sum of place * value * bucket; empties nothing. By Horner's rule from the highest bit down. */
function weighBuckets(): v128 {
  let sum = i64x2.splat(0);
  for (let place: i32 = 11; place >= 0; place--) {
    const table = TABLES + (<usize>place << 12);
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
  memory.fill(TABLES, 0, 12 * 256 * 16);
  for (; a < end; a += 16, b += 16) drop(a, v128.load(b));
  v128.store(out, weighBuckets());
}

/**
 * Both products of a halving: out = gfCross over the upper halves, and behind it gfCross over the
 * sums of both halves. Each lower half lies `half` elements before its upper one, and is changed.
 */
export function gfHalves(
  x0: usize, x1: usize, y0: usize, y1: usize, out: usize, half: usize,
): void {
  const size = half << 4;
  gfCross(x0 + size, x1 + size, y0 + size, y1 + size, out, half);
  addUpper(x0, size);
  addUpper(x1, size);
  addUpper(y0, size);
  addUpper(y1, size);
  gfCross(x0, x1, y0, y1, out + 16, half);
}

function addUpper(x: usize, size: usize): void {
  for (const end = x + size; x < end; x += 16) {
    v128.store(x, v128.xor(v128.load(x), v128.load(x + size)));
  }
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
  memory.fill(TABLES, 0, 12 * 256 * 16);
  for (let k: usize = 0; k < size; k += 16) {
    const y = v128.load(y0 + k);
    drop(x0 + k, v128.xor(y, v128.load(y1 + k)));
    drop(x1 + k, y);
  }
  v128.store(out, weighBuckets());
}
