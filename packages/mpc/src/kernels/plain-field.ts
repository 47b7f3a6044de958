import { FIELD_WORDS } from "./field.js";

/** X^96 = X^10 + X^9 + X^6 + 1 */
const X96 = 0x641;

/** Vectors over GF(2^96), element by element. */
export const plainField = {
  gfMul: (a: Uint32Array, b: Uint32Array, out?: Uint32Array): Uint32Array =>
    into(
      out,
      eachElement(a.length, (made, k) => addProduct(made, k, a, k, b, k)),
    ),

  gfScale: (a: Uint32Array, c: Uint32Array): Uint32Array =>
    eachElement(a.length, (out, k) => addProduct(out, k, a, k, c, 0)),

  gfInner: (a: Uint32Array, b: Uint32Array, count: number): Uint32Array => {
    const sum = new Uint32Array(FIELD_WORDS);
    for (let k = 0; k < count * FIELD_WORDS; k += FIELD_WORDS) addProduct(sum, 0, a, k, b, k);
    return sum;
  },

  gfCross: (x0: Uint32Array, x1: Uint32Array, y0: Uint32Array, y1: Uint32Array): Uint32Array => {
    const sum = new Uint32Array(FIELD_WORDS);
    for (let k = 0; k < x0.length; k += FIELD_WORDS) {
      addProduct(sum, 0, x0, k, y0, k);
      addProduct(sum, 0, x0, k, y1, k);
      addProduct(sum, 0, x1, k, y0, k);
    }
    return sum;
  },

  gfHalves: (x0: Uint32Array, x1: Uint32Array, y0: Uint32Array, y1: Uint32Array): Uint32Array => {
    const half = x0.length / 2;
    const [a, b, c, d] = [x0, x1, y0, y1].map((x) => ({
      upper: x.subarray(half),
      sums: x.slice(0, half).map((word, k) => word ^ x[half + k]),
    }));
    const both = new Uint32Array(2 * FIELD_WORDS);
    both.set(plainField.gfCross(a.upper, b.upper, c.upper, d.upper));
    both.set(plainField.gfCross(a.sums, b.sums, c.sums, d.sums), FIELD_WORDS);
    return both;
  },

  gfFold: (a: Uint32Array, r: Uint32Array, out?: Uint32Array): Uint32Array =>
    into(
      out,
      eachElement(a.length / 2, (made, k) => {
        addProduct(made, k, a, k, r, 0);
        addProduct(made, k, a, a.length / 2 + k, r, 0);
        addElement(made, k, a, k);
      }),
    ),

  gfTensor: (taus: Uint32Array): Uint32Array => {
    let out: Uint32Array = Uint32Array.of(1, 0, 0, 0);
    for (let b = 0; b < taus.length; b += FIELD_WORDS) {
      const upper = plainField.gfScale(out, taus.subarray(b, b + FIELD_WORDS));
      const both = new Uint32Array(2 * out.length);
      both.set(out);
      both.set(upper, out.length);
      out = both;
    }
    return out;
  },
};

function into(out: Uint32Array | undefined, made: Uint32Array): Uint32Array {
  if (out === undefined) return made;
  out.set(made);
  return out;
}

function eachElement(length: number, fill: (out: Uint32Array, k: number) => void): Uint32Array {
  const out = new Uint32Array(length);
  for (let k = 0; k < length; k += FIELD_WORDS) fill(out, k);
  return out;
}

/** sum += a: elements that start at words `at` and `i`. */
export function addElement(sum: Uint32Array, at: number, a: Uint32Array, i: number): void {
  for (let k = 0; k < FIELD_WORDS; k += 1) sum[at + k] ^= a[i + k];
}

/** sum += a·b: for every bit of a from the lowest, add b or nothing, then multiply b by X. */
function addProduct(
  sum: Uint32Array,
  at: number,
  a: Uint32Array,
  i: number,
  b: Uint32Array,
  j: number,
): void {
  let [b0, b1, b2] = [b[j], b[j + 1], b[j + 2]];
  let [s0, s1, s2] = [0, 0, 0];
  for (let bit = 0; bit < 96; bit += 1) {
    const mask = -((a[i + (bit >>> 5)] >>> (bit & 31)) & 1);
    s0 ^= b0 & mask;
    s1 ^= b1 & mask;
    s2 ^= b2 & mask;
    const over = -(b2 >>> 31) & X96;
    b2 = (b2 << 1) | (b1 >>> 31);
    b1 = (b1 << 1) | (b0 >>> 31);
    b0 = (b0 << 1) ^ over;
  }
  sum[at] ^= s0;
  sum[at + 1] ^= s1;
  sum[at + 2] ^= s2;
}
