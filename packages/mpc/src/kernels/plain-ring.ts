import { RING_DEGREE, RING_EXPONENTS } from "./field.js";

/** Vectors over GR(2^32, 80), element by element. */
export const plainRing = {
  grMul: (a: Uint32Array, b: Uint32Array): Uint32Array =>
    eachElement(a.length, (k) => reduced(addProduct(wide(), a, k, b, k))),

  grScale: (a: Uint32Array, c: Uint32Array): Uint32Array =>
    eachElement(a.length, (k) => reduced(addProduct(wide(), a, k, c, 0))),

  grInner: (a: Uint32Array, b: Uint32Array): Uint32Array => {
    const sum = wide();
    for (let k = 0; k < a.length; k += RING_DEGREE) addProduct(sum, a, k, b, k);
    return reduced(sum);
  },

  grCross: (x0: Uint32Array, x1: Uint32Array, y0: Uint32Array, y1: Uint32Array): Uint32Array => {
    const sum = wide();
    for (let k = 0; k < x0.length; k += RING_DEGREE) {
      addProduct(sum, x0, k, y0, k);
      addProduct(sum, x0, k, y1, k);
      addProduct(sum, x1, k, y0, k);
    }
    return reduced(sum);
  },

  grFold: (a: Uint32Array, r: Uint32Array): Uint32Array =>
    eachElement(a.length / 2, (k) => {
      const low = a.subarray(k, k + RING_DEGREE);
      const change = low.map((value, c) => a[a.length / 2 + k + c] - value);
      return reduced(addProduct(wide(), change, 0, r, 0)).map((value, c) => value + low[c]);
    }),

  grFoldWords: (x: Uint32Array, slots: number, coefs: Uint32Array): Uint32Array => {
    const length = x.length / slots;
    const out = new Uint32Array(length * RING_DEGREE);
    for (let j = 0; j < length; j += 1) {
      for (let s = 0; s < slots; s += 1) {
        for (let c = 0; c < RING_DEGREE; c += 1) {
          out[j * RING_DEGREE + c] += Math.imul(coefs[s * RING_DEGREE + c], x[s * length + j]);
        }
      }
    }
    return out;
  },
};

function eachElement(length: number, element: (k: number) => Uint32Array): Uint32Array {
  const out = new Uint32Array(length);
  for (let k = 0; k < length; k += RING_DEGREE) out.set(element(k), k);
  return out;
}

const wide = (): Uint32Array => new Uint32Array(2 * RING_DEGREE - 1);

/** sum += a·b, not reduced: elements that start at words i and j. */
function addProduct(
  sum: Uint32Array,
  a: Uint32Array,
  i: number,
  b: Uint32Array,
  j: number,
): Uint32Array {
  for (let k = 0; k < RING_DEGREE; k += 1) {
    for (let c = 0; c < RING_DEGREE; c += 1) sum[k + c] += Math.imul(a[i + k], b[j + c]);
  }
  return sum;
}

/** X^80 = −(X^9 + X^4 + X^2 + 1), from the highest coefficient down. */
function reduced(sum: Uint32Array): Uint32Array {
  const [top, ...rest] = RING_EXPONENTS;
  for (let k = sum.length - 1; k >= top; k -= 1) {
    for (const exponent of rest) sum[k - top + exponent] -= sum[k];
  }
  return sum.slice(0, top);
}
