// Ring elements with one element a lane: coefficient k of several elements side by side in vector
// k. T is u32 or u64; an element is 80 of them, low coefficient first.

// @ts-ignore: decorator
@inline
export const DEGREE: usize = 80;

/** Elements that a vector has lanes for. */
// @ts-ignore: decorator
@inline
export function lanes<T>(): usize {
  return 16 / sizeof<T>();
}

/** out + k * step = coefficient k of `lanes` elements from `a` on. */
export function toLanes<T>(a: usize, out: usize, step: usize): void {
  const element = DEGREE * sizeof<T>();
  const end = a + element;
  if (sizeof<T>() == 4) {
    for (; a < end; a += 16, out += step << 2) {
      const p = v128.load(a);
      const q = v128.load(a + element);
      const r = v128.load(a + 2 * element);
      const s = v128.load(a + 3 * element);
      const pq = v128.shuffle<u32>(p, q, 0, 4, 1, 5);
      const rs = v128.shuffle<u32>(r, s, 0, 4, 1, 5);
      const pq2 = v128.shuffle<u32>(p, q, 2, 6, 3, 7);
      const rs2 = v128.shuffle<u32>(r, s, 2, 6, 3, 7);
      v128.store(out, v128.shuffle<u64>(pq, rs, 0, 2));
      v128.store(out + step, v128.shuffle<u64>(pq, rs, 1, 3));
      v128.store(out + 2 * step, v128.shuffle<u64>(pq2, rs2, 0, 2));
      v128.store(out + 3 * step, v128.shuffle<u64>(pq2, rs2, 1, 3));
    }
  } else {
    for (; a < end; a += 16, out += step << 1) {
      const p = v128.load(a);
      const q = v128.load(a + element);
      v128.store(out, v128.shuffle<u64>(p, q, 0, 2));
      v128.store(out + step, v128.shuffle<u64>(p, q, 1, 3));
    }
  }
}

/** The inverse: `lanes` elements from `out` on. */
export function fromLanes<T>(a: usize, step: usize, out: usize): void {
  const element = DEGREE * sizeof<T>();
  const end = out + element;
  if (sizeof<T>() == 4) {
    for (; out < end; a += step << 2, out += 16) {
      const p = v128.load(a);
      const q = v128.load(a + step);
      const r = v128.load(a + 2 * step);
      const s = v128.load(a + 3 * step);
      const pq = v128.shuffle<u32>(p, q, 0, 4, 1, 5);
      const rs = v128.shuffle<u32>(r, s, 0, 4, 1, 5);
      const pq2 = v128.shuffle<u32>(p, q, 2, 6, 3, 7);
      const rs2 = v128.shuffle<u32>(r, s, 2, 6, 3, 7);
      v128.store(out, v128.shuffle<u64>(pq, rs, 0, 2));
      v128.store(out + element, v128.shuffle<u64>(pq, rs, 1, 3));
      v128.store(out + 2 * element, v128.shuffle<u64>(pq2, rs2, 0, 2));
      v128.store(out + 3 * element, v128.shuffle<u64>(pq2, rs2, 1, 3));
    }
  } else {
    for (; out < end; a += step << 1, out += 16) {
      const p = v128.load(a);
      const q = v128.load(a + step);
      v128.store(out, v128.shuffle<u64>(p, q, 0, 2));
      v128.store(out + element, v128.shuffle<u64>(p, q, 1, 3));
    }
  }
}

/** 159 coefficients `step` bytes apart, modulo X^80 + X^9 + X^4 + X^2 + 1, in place. */
export function reduceLanes<T>(a: usize, step: usize): void {
  for (let k = a + 158 * step; k >= a + 80 * step; k -= step) {
    const v = v128.load(k);
    const to = k - 80 * step;
    v128.store(to, v128.sub<T>(v128.load(to), v));
    v128.store(to + 2 * step, v128.sub<T>(v128.load(to + 2 * step), v));
    v128.store(to + 4 * step, v128.sub<T>(v128.load(to + 4 * step), v));
    v128.store(to + 9 * step, v128.sub<T>(v128.load(to + 9 * step), v));
  }
}
