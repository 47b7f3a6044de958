import { FIELD_WORDS } from "./field.js";
import { addElement } from "./plain-field.js";

/** Sums of field elements chosen by bits. */
export const plainBits = {
  bitCross: (
    x0: Uint32Array,
    x1: Uint32Array,
    y0: Uint32Array,
    y1: Uint32Array,
    slots: number,
    w: Uint32Array,
  ): Uint32Array => {
    const words = x0.length / slots;
    const out = new Uint32Array(slots * slots * FIELD_WORDS);
    for (let s = 0; s < slots; s += 1) {
      for (let t = 0; t < slots; t += 1) {
        const at = (s * slots + t) * FIELD_WORDS;
        for (let k = 0; k < words; k += 1) {
          const [i, j] = [s * words + k, t * words + k];
          const z = (x0[i] & (y0[j] ^ y1[j])) ^ (x1[i] & y0[j]);
          addChosen(out, at, z, w, 32 * k * FIELD_WORDS);
        }
      }
    }
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

  bitWeigh: (z: Uint32Array, slots: number, w: Uint32Array): Uint32Array => {
    const words = z.length / slots;
    const out = new Uint32Array(slots * FIELD_WORDS);
    for (let s = 0; s < slots; s += 1) {
      for (let k = 0; k < words; k += 1) {
        addChosen(out, s * FIELD_WORDS, z[s * words + k], w, 32 * k * FIELD_WORDS);
      }
    }
    return out;
  },
};

/** sum += those of the 32 elements from w[from] on whose bit is set. */
function addChosen(sum: Uint32Array, at: number, bits: number, w: Uint32Array, from: number): void {
  for (let rest = bits | 0; rest !== 0; rest &= rest - 1) {
    addElement(sum, at, w, from + (31 - Math.clz32(rest & -rest)) * FIELD_WORDS);
  }
}
