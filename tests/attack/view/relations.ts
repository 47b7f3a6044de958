import type { Samples } from "./samples.js";

/** More rows than this say nothing new about a rank. */
const ROWS_MAX = 4_096;

/**
 * How many of a row's words are independent, looking at one bit of each: the rank over GF(2) of
 * the samples with a column of ones. Fewer on fixed than on random inputs means that some XOR of
 * what the party sees is known once the inputs are.
 */
export function rankOf({ rows, width, bytes }: Samples, bit: number): number {
  const columns = width / 4 + 1;
  const words = Math.ceil(columns / 32);
  const basis: (Uint32Array | undefined)[] = new Array(columns).fill(undefined);
  let rank = 0;
  for (let row = 0; row < Math.min(rows, ROWS_MAX) && rank < columns; row += 1) {
    const view = new Uint32Array(bytes.buffer, bytes.byteOffset + row * width, width / 4);
    const vector = new Uint32Array(words);
    view.forEach((word, k) => {
      vector[k >> 5] |= ((word >>> bit) & 1) << (k & 31);
    });
    vector[(columns - 1) >> 5] |= 1 << ((columns - 1) & 31);
    for (let k = 0; k < columns; k += 1) {
      if (((vector[k >> 5] >>> (k & 31)) & 1) === 0) continue;
      const known = basis[k];
      if (known === undefined) {
        basis[k] = vector;
        rank += 1;
        break;
      }
      for (let w = 0; w < words; w += 1) vector[w] ^= known[w];
    }
  }
  return rank;
}
