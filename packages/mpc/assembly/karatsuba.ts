// Products in GR(2^32, 80) and GR(2^64, 80), one element a lane, by four levels of Karatsuba over
// 16 blocks of five coefficients: 81 products of 5 by 5 coefficients instead of 256.

import { DEGREE, fromLanes, lanes, reduceLanes, toLanes } from "./lanes";
import { RING } from "./memory";

/** Five vectors. */
const BLOCK: usize = 80;
/** All 81 sums of blocks. */
const SUMS: usize = 81 * BLOCK;
/** Nine vectors for each of 81 products, and what grows out of them. */
const PRODUCTS: usize = 81 * 9 * 16;

const A: usize = RING;
const B: usize = A + SUMS;
const C: usize = B + SUMS;
const D: usize = C + SUMS;
const P: usize = D + SUMS;
/** Of what one half is more than the other: the same four vectors, and products. */
const A2: usize = P + 2 * PRODUCTS;
const B2: usize = A2 + SUMS;
const C2: usize = B2 + SUMS;
const D2: usize = C2 + SUMS;
const P2: usize = D2 + SUMS;

/** 16 blocks become 81: of each two halves, and of halves of these, also the sum. In place. */
function expand<T>(a: usize): void {
  let blocks: usize = 1;
  for (let half: usize = 8 * BLOCK; half >= BLOCK; half >>= 1, blocks *= 3) {
    for (let block = blocks; block > 0; block--) {
      const from = a + (block - 1) * 2 * half;
      const to = a + (block - 1) * 3 * half;
      for (let k: usize = 0; k < half; k += 16) {
        const low = v128.load(from + k);
        const high = v128.load(from + half + k);
        v128.store(to + k, low);
        v128.store(to + half + k, high);
        v128.store(to + 2 * half + k, v128.add<T>(low, high));
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function fused<T>(sum: v128, a: v128, b: v128): v128 {
  return v128.add<T>(sum, v128.mul<T>(a, b));
}

/** p += a * b for each of the 81 blocks. */
function multiplyAdd<T>(a: usize, b: usize, p: usize): void {
  for (const end = a + SUMS; a < end; a += BLOCK, b += BLOCK, p += 144) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    const b4 = v128.load(b, 64);
    let x = v128.load(a);
    v128.store(p, fused<T>(v128.load(p), x, b0));
    let c1 = fused<T>(v128.load(p, 16), x, b1);
    let c2 = fused<T>(v128.load(p, 32), x, b2);
    let c3 = fused<T>(v128.load(p, 48), x, b3);
    let c4 = fused<T>(v128.load(p, 64), x, b4);
    x = v128.load(a, 16);
    v128.store(p, fused<T>(c1, x, b0), 16);
    c2 = fused<T>(c2, x, b1);
    c3 = fused<T>(c3, x, b2);
    c4 = fused<T>(c4, x, b3);
    let c5 = fused<T>(v128.load(p, 80), x, b4);
    x = v128.load(a, 32);
    v128.store(p, fused<T>(c2, x, b0), 32);
    c3 = fused<T>(c3, x, b1);
    c4 = fused<T>(c4, x, b2);
    c5 = fused<T>(c5, x, b3);
    let c6 = fused<T>(v128.load(p, 96), x, b4);
    x = v128.load(a, 48);
    v128.store(p, fused<T>(c3, x, b0), 48);
    c4 = fused<T>(c4, x, b1);
    c5 = fused<T>(c5, x, b2);
    c6 = fused<T>(c6, x, b3);
    let c7 = fused<T>(v128.load(p, 112), x, b4);
    x = v128.load(a, 64);
    v128.store(p, fused<T>(c4, x, b0), 64);
    v128.store(p, fused<T>(c5, x, b1), 80);
    v128.store(p, fused<T>(c6, x, b2), 96);
    v128.store(p, fused<T>(c7, x, b3), 112);
    v128.store(p, fused<T>(v128.load(p, 128), x, b4), 128);
  }
}

/** From the 81 products to the 159 coefficients at P, then reduced to 80. */
function collect<T>(): void {
  // `length` coefficients of each of three products make 2 * length + 1: 9, 19, 39, 79, 159.
  let from = P;
  let to = P + PRODUCTS;
  let length: usize = 9;
  for (let count: usize = 27; count > 0; count /= 3, length = 2 * length + 1) {
    const shift = (length + 1) << 3;
    for (let k: usize = 0; k < count; k++) {
      const low = from + k * 3 * (length << 4);
      joinThree<T>(low, length << 4, shift, to + k * ((2 * length + 1) << 4));
    }
    const next = from;
    from = to;
    to = next;
  }
  if (from != P) memory.copy(P, from, 159 * 16);
  reduceLanes<T>(P, 16);
}

/**
 * low + X^m * (sum - low - high) + X^2m * high, for products of `size` bytes and m = shift / 16.
 */
function joinThree<T>(low: usize, size: usize, shift: usize, to: usize): void {
  const high = low + size;
  const sum = high + size;
  memory.copy(to, low, size);
  v128.store(to + size, i64x2.splat(0));
  memory.copy(to + size + 16, high, size);
  for (let k: usize = 0; k < size; k += 16) {
    const middle = v128.sub<T>(
      v128.sub<T>(v128.load(sum + k), v128.load(low + k)),
      v128.load(high + k),
    );
    v128.store(to + shift + k, v128.add<T>(v128.load(to + shift + k), middle));
  }
}

// @ts-ignore: decorator
@inline
function clear(): void {
  memory.fill(P, 0, PRODUCTS);
}

function place<T>(a: usize, sums: usize): void {
  toLanes<T>(a, sums, 16);
  expand<T>(sums);
}

/** out_j = a_j * b_j. `count` elements, a multiple of the lanes; `stepB` 0 repeats one b. */
export function multiply<T>(a: usize, b: usize, out: usize, count: usize, isScale: bool): void {
  const step = lanes<T>() * DEGREE * sizeof<T>();
  if (isScale) place<T>(b, B);
  for (; count > 0; count -= lanes<T>()) {
    clear();
    place<T>(a, A);
    if (!isScale) place<T>(b, B);
    multiplyAdd<T>(A, B, P);
    collect<T>();
    fromLanes<T>(P, 16, out);
    a += step;
    b += step;
    out += step;
  }
}

/** out = sum of a_j * b_j, one sum a lane: `lanes` elements, whose sum is the inner product. */
export function inner<T>(a: usize, b: usize, out: usize, count: usize): void {
  const step = lanes<T>() * DEGREE * sizeof<T>();
  clear();
  for (; count > 0; count -= lanes<T>()) {
    place<T>(a, A);
    place<T>(b, B);
    multiplyAdd<T>(A, B, P);
    a += step;
    b += step;
  }
  collect<T>();
  fromLanes<T>(P, 16, out);
}

/** The same of x0_j * (y0_j + y1_j) + x1_j * y0_j. */
export function cross<T>(
  x0: usize, x1: usize, y0: usize, y1: usize, out: usize, count: usize,
): void {
  const step = lanes<T>() * DEGREE * sizeof<T>();
  clear();
  for (; count > 0; count -= lanes<T>()) {
    place<T>(x0, A);
    place<T>(x1, B);
    place<T>(y0, C);
    place<T>(y1, D);
    addSums<T>(D, C);
    multiplyAdd<T>(A, D, P);
    multiplyAdd<T>(B, C, P);
    x0 += step;
    x1 += step;
    y0 += step;
    y1 += step;
  }
  collect<T>();
  fromLanes<T>(P, 16, out);
}

/** The upper half and what it is more than the lower one, both in 81 sums of blocks. */
function placeHalves<T>(upper: usize, lower: usize, sums: usize, changes: usize): void {
  toLanes<T>(upper, sums, 16);
  toLanes<T>(lower, changes, 16);
  for (let k: usize = 0; k < 16 * DEGREE; k += 16) {
    v128.store(changes + k, v128.sub<T>(v128.load(sums + k), v128.load(changes + k)));
  }
  expand<T>(sums);
  expand<T>(changes);
}

/** a += b, all 81 sums of blocks. */
function addSums<T>(a: usize, b: usize): void {
  for (let k: usize = 0; k < SUMS; k += 16) {
    v128.store(a + k, v128.add<T>(v128.load(a + k), v128.load(b + k)));
  }
}

/** `cross` over upper halves, then over upper - lower: twice as many elements at out. */
export function halves<T>(
  x0: usize, x0Low: usize, x1: usize, x1Low: usize, y0: usize, y0Low: usize, y1: usize,
  y1Low: usize, out: usize, count: usize,
): void {
  const step = lanes<T>() * DEGREE * sizeof<T>();
  clear();
  memory.fill(P2, 0, PRODUCTS);
  for (; count > 0; count -= lanes<T>()) {
    placeHalves<T>(x0, x0Low, A, A2);
    placeHalves<T>(x1, x1Low, B, B2);
    placeHalves<T>(y0, y0Low, C, C2);
    placeHalves<T>(y1, y1Low, D, D2);
    addSums<T>(D, C);
    addSums<T>(D2, C2);
    multiplyAdd<T>(A, D, P);
    multiplyAdd<T>(B, C, P);
    multiplyAdd<T>(A2, D2, P2);
    multiplyAdd<T>(B2, C2, P2);
    x0 += step;
    x0Low += step;
    x1 += step;
    x1Low += step;
    y0 += step;
    y0Low += step;
    y1 += step;
    y1Low += step;
  }
  collect<T>();
  fromLanes<T>(P, 16, out);
  memory.copy(P, P2, PRODUCTS);
  collect<T>();
  fromLanes<T>(P, 16, out + step);
}
