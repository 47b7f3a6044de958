import type { DotArguments } from "./kernels.js";

/** Local products, matrix products and bit planes over Z_2^16, Z_2^32 and Z_2^64. */
export const plainIntegers = {
  matmul16: (
    a: Uint16Array,
    b: Uint16Array,
    n: number,
    m: number,
    d: number,
    out = new Uint16Array(n * m),
  ): Uint16Array => addProduct(a, b, n, m, d, out),

  matmul32: (
    a: Uint32Array,
    b: Uint32Array,
    n: number,
    m: number,
    d: number,
    out = new Uint32Array(n * m),
  ): Uint32Array => addProduct(a, b, n, m, d, out),

  matmul64: (
    a: BigUint64Array,
    b: BigUint64Array,
    n: number,
    m: number,
    d: number,
  ): BigUint64Array =>
    BigUint64Array.from({ length: n * m }, (_, k) => {
      const [i, j] = [k % n, Math.floor(k / n)];
      let sum = 0n;
      for (let t = 0; t < d; t += 1) sum += a[i * d + t] * b[j * d + t];
      return sum;
    }),

  mulLocal16: (
    x0: Uint16Array,
    x1: Uint16Array,
    y0: Uint16Array,
    y1: Uint16Array,
    alpha: Uint16Array,
  ): Uint16Array =>
    alpha.map((zero, k) => Math.imul(x0[k], y0[k] + y1[k]) + Math.imul(x1[k], y0[k]) + zero),

  mulLocal32: (
    x0: Uint32Array,
    x1: Uint32Array,
    y0: Uint32Array,
    y1: Uint32Array,
    alpha: Uint32Array,
  ): Uint32Array =>
    alpha.map((zero, k) => Math.imul(x0[k], y0[k] + y1[k]) + Math.imul(x1[k], y0[k]) + zero),

  mulLocal64: (
    x0: BigUint64Array,
    x1: BigUint64Array,
    y0: BigUint64Array,
    y1: BigUint64Array,
    alpha: BigUint64Array,
  ): BigUint64Array => alpha.map((zero, k) => x0[k] * (y0[k] + y1[k]) + x1[k] * y0[k] + zero),

  dotLocal16: (...rows: DotArguments<Uint16Array>): Uint16Array => dotNumbers(rows),
  dotLocal32: (...rows: DotArguments<Uint32Array>): Uint32Array => dotNumbers(rows),
  dotLocal64: (...rows: DotArguments<BigUint64Array>): BigUint64Array => {
    const [x0, x1, y0, y1, alpha, width] = rows;
    return alpha.map((sum, row) => {
      let z = sum;
      for (let k = row * width; k < (row + 1) * width; k += 1) {
        z += x0[k] * (y0[k] + y1[k]) + x1[k] * y0[k];
      }
      return z;
    });
  },

  andLocal: (
    x0: Uint32Array,
    x1: Uint32Array,
    y0: Uint32Array,
    y1: Uint32Array,
    alpha: Uint32Array,
  ): Uint32Array => alpha.map((zero, k) => (x0[k] & (y0[k] ^ y1[k])) ^ (x1[k] & y0[k]) ^ zero),

  bitPlanes16: (x: Uint16Array, planes: number): Uint32Array =>
    bitPlanes(x.length, planes, (k, p) => x[k] >>> p),

  bitPlanes32: (x: Uint32Array, planes: number): Uint32Array =>
    bitPlanes(x.length, planes, (k, p) => x[k] >>> p),

  bitPlanes64: (x: BigUint64Array, planes: number): Uint32Array => {
    const halves = new Uint32Array(x.buffer, x.byteOffset, 2 * x.length);
    return bitPlanes(x.length, planes, (k, p) => halves[2 * k + (p >>> 5)] >>> (p & 31));
  },

  wordsFromPlanes: (planes: Uint32Array, count: number): Uint32Array => {
    const words = planes.length / count;
    return Uint32Array.from({ length: 32 * words }, (_, k) => {
      let word = 0;
      for (let p = 0; p < count; p += 1) {
        word |= ((planes[p * words + (k >>> 5)] >>> (k & 31)) & 1) << p;
      }
      return word;
    });
  },
};

function dotNumbers<Vector extends Uint16Array | Uint32Array>([
  x0,
  x1,
  y0,
  y1,
  alpha,
  width,
]: DotArguments<Vector>): Vector {
  const out = alpha.slice() as Vector;
  for (let k = 0; k < x0.length; k += 1) {
    out[Math.floor(k / width)] += Math.imul(x0[k], y0[k] + y1[k]) + Math.imul(x1[k], y0[k]);
  }
  return out;
}

function addProduct<Vector extends Uint16Array | Uint32Array>(
  a: Vector,
  b: Vector,
  n: number,
  m: number,
  d: number,
  out: Vector,
): Vector {
  for (let j = 0; j < m; j += 1) {
    for (let i = 0; i < n; i += 1) {
      let sum = 0;
      for (let t = 0; t < d; t += 1) sum = (sum + Math.imul(a[i * d + t], b[j * d + t])) | 0;
      out[j * n + i] += sum;
    }
  }
  return out;
}

/** `bit(k, p)` has bit p of element k as its lowest. */
function bitPlanes(
  length: number,
  planes: number,
  bit: (k: number, p: number) => number,
): Uint32Array {
  const words = 4 * Math.ceil(length / 128);
  const out = new Uint32Array(planes * words);
  for (let p = 0; p < planes; p += 1) {
    for (let k = 0; k < length; k += 1) out[p * words + (k >>> 5)] |= (bit(k, p) & 1) << (k & 31);
  }
  return out;
}
