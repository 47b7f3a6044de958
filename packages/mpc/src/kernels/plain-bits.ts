import { FIELD_WORDS } from "./field.js";
import type { BitClaims } from "./kernels.js";
import { addElement } from "./plain-field.js";

/** Sums of field elements chosen by bits. */
export const plainBits = {
  bitGrid: (
    { x0, x1, y0, y1, z0, z1 }: BitClaims,
    variables: number,
    w: Uint32Array,
  ): Uint32Array => {
    const slots = 2 ** variables;
    const words = x0.length / slots;
    const [a0, a1, b0, b1] = [x0, x1, y0, y1].map((x) => ontoGrid(x, variables));
    const out = new Uint32Array((a0.length + slots) * FIELD_WORDS);
    const add = (row: number, bits: Uint32Array): void =>
      bits.forEach((word, k) => {
        addChosen(out, row * FIELD_WORDS, word, w, 32 * k * FIELD_WORDS);
      });
    const slot = (z: Uint32Array, s: number) => z.subarray(s * words, (s + 1) * words);
    for (let point = 0; point < a0.length; point += 1) {
      const digits = point.toString(3);
      if (!digits.includes("2")) add(point, slot(z0, Number.parseInt(digits, 2)));
      else {
        const [p0, p1, q0, q1] = [a0, a1, b0, b1].map((x) => x[point]);
        add(
          point,
          p0.map((word, k) => (word & (q0[k] ^ q1[k])) ^ (p1[k] & q0[k])),
        );
      }
    }
    for (let s = 0; s < slots; s += 1) add(a0.length + s, slot(z1, s));
    return out;
  },

  bitFold: (x: Uint32Array, slots: number, coefs: Uint32Array): Uint32Array => {
    const words = x.length / slots;
    const out = new Uint32Array(32 * words * FIELD_WORDS);
    for (let s = 0; s < slots; s += 1) {
      for (let j = 0; j < 32 * words; j += 1) {
        if (((x[s * words + (j >>> 5)] >>> (j & 31)) & 1) === 1) {
          addElement(out, j * FIELD_WORDS, coefs, s * FIELD_WORDS);
        }
      }
    }
    return out;
  },
};

/** The vectors of all points: digit 2 in base 3 stands for the XOR of those with 0 and with 1. */
function ontoGrid(x: Uint32Array, variables: number): Uint32Array[] {
  const words = x.length / 2 ** variables;
  return Array.from({ length: 3 ** variables }, (_, point) => {
    const out = new Uint32Array(words);
    const digits = point.toString(3).padStart(variables, "0");
    for (let s = 0; s < 2 ** variables; s += 1) {
      const bits = s.toString(2).padStart(variables, "0");
      if (![...digits].every((digit, k) => digit === "2" || digit === bits[k])) continue;
      for (let k = 0; k < words; k += 1) out[k] ^= x[s * words + k];
    }
    return out;
  });
}

/** sum += those of the 32 elements from w[from] on whose bit is set. */
function addChosen(sum: Uint32Array, at: number, bits: number, w: Uint32Array, from: number): void {
  for (let rest = bits | 0; rest !== 0; rest &= rest - 1) {
    addElement(sum, at, w, from + (31 - Math.clz32(rest & -rest)) * FIELD_WORDS);
  }
}
