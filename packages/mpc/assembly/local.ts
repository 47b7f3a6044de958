import { COLUMNS } from "./memory";

// The local half of a replicated product: z = x0*(y0+y1) + x1*y0 + alpha, on whole 128-bit words.
// `size` is in bytes, a multiple of 16.

export function mulLocal16(
  x0: usize, x1: usize, y0: usize, y1: usize, alpha: usize, z: usize, size: usize,
): void {
  for (let k: usize = 0; k < size; k += 16) {
    const y = v128.load(y0 + k);
    const first = i16x8.mul(v128.load(x0 + k), i16x8.add(y, v128.load(y1 + k)));
    const second = i16x8.mul(v128.load(x1 + k), y);
    v128.store(z + k, i16x8.add(i16x8.add(first, second), v128.load(alpha + k)));
  }
}

export function mulLocal32(
  x0: usize, x1: usize, y0: usize, y1: usize, alpha: usize, z: usize, size: usize,
): void {
  for (let k: usize = 0; k < size; k += 16) {
    const y = v128.load(y0 + k);
    const first = i32x4.mul(v128.load(x0 + k), i32x4.add(y, v128.load(y1 + k)));
    const second = i32x4.mul(v128.load(x1 + k), y);
    v128.store(z + k, i32x4.add(i32x4.add(first, second), v128.load(alpha + k)));
  }
}

export function mulLocal64(
  x0: usize, x1: usize, y0: usize, y1: usize, alpha: usize, z: usize, size: usize,
): void {
  for (let k: usize = 0; k < size; k += 8) {
    const y = load<u64>(y0 + k);
    const first = load<u64>(x0 + k) * (y + load<u64>(y1 + k));
    const second = load<u64>(x1 + k) * y;
    store<u64>(z + k, first + second + load<u64>(alpha + k));
  }
}

/** The same over bits: and for *, exclusive or for +. */
export function andLocal(
  x0: usize, x1: usize, y0: usize, y1: usize, alpha: usize, z: usize, size: usize,
): void {
  for (let k: usize = 0; k < size; k += 16) {
    const y = v128.load(y0 + k);
    const first = v128.and(v128.load(x0 + k), v128.xor(y, v128.load(y1 + k)));
    const second = v128.and(v128.load(x1 + k), y);
    v128.store(z + k, v128.xor(v128.xor(first, second), v128.load(alpha + k)));
  }
}

/**
 * z_i += sum over t of x0*(y0+y1) + x1*y0 of row i, for rows of `width` elements that lie side by
 * side. Reads up to 15 bytes behind the rows.
 */
function dotRows<T>(
  x0: usize, x1: usize, y0: usize, y1: usize, z: usize, rows: usize, width: usize,
): void {
  const lanes: usize = 16 / sizeof<T>();
  const whole = width / lanes * lanes * sizeof<T>();
  const size = width * sizeof<T>();
  for (; rows > 0; rows--, x0 += size, x1 += size, y0 += size, y1 += size, z += sizeof<T>()) {
    let sums = i64x2.splat(0);
    for (let k: usize = 0; k < whole; k += 16) {
      const y = v128.load(y0 + k);
      const first = v128.mul<T>(v128.load(x0 + k), v128.add<T>(y, v128.load(y1 + k)));
      sums = v128.add<T>(sums, v128.add<T>(first, v128.mul<T>(v128.load(x1 + k), y)));
    }
    let sum = load<T>(z);
    for (let lane: usize = 0; lane < lanes; lane++) {
      v128.store(COLUMNS, sums);
      sum = <T>(sum + load<T>(COLUMNS + lane * sizeof<T>()));
    }
    for (let k = whole; k < size; k += sizeof<T>()) {
      const y = load<T>(y0 + k);
      sum = <T>(sum + load<T>(x0 + k) * <T>(y + load<T>(y1 + k)) + load<T>(x1 + k) * y);
    }
    store<T>(z, sum);
  }
}

export function dotLocal16(
  x0: usize, x1: usize, y0: usize, y1: usize, z: usize, rows: usize, width: usize,
): void {
  dotRows<u16>(x0, x1, y0, y1, z, rows, width);
}

export function dotLocal32(
  x0: usize, x1: usize, y0: usize, y1: usize, z: usize, rows: usize, width: usize,
): void {
  dotRows<u32>(x0, x1, y0, y1, z, rows, width);
}

export function dotLocal64(
  x0: usize, x1: usize, y0: usize, y1: usize, z: usize, rows: usize, width: usize,
): void {
  dotRows<u64>(x0, x1, y0, y1, z, rows, width);
}
