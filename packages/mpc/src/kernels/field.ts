/**
 * The two structures that checks are computed in.
 *
 * GF(2^96) = GF(2)[X] / (X^96 + X^10 + X^9 + X^6 + 1). An element is 16 bytes, the little-endian
 * integer whose bit i is the coefficient of X^i; as words four, of which the top one is zero.
 *
 * GR(2^32, 80) = Z_2^32[X] / (X^80 + X^9 + X^4 + X^2 + 1). An element is 80 words, coefficients,
 * low first. Reduced mod 2 it is GF(2^80).
 */
export const FIELD_BITS = 96;
export const FIELD_WORDS = 4;
export const FIELD_EXPONENTS: readonly number[] = [96, 10, 9, 6, 0];

export const RING_DEGREE = 80;
export const RING_EXPONENTS: readonly number[] = [80, 9, 4, 2, 0];

/** Whether words that came from outside are field elements: every fourth word is zero. */
export function isFieldVector(words: Uint32Array): boolean {
  let top = words.length % FIELD_WORDS;
  for (let k = 3; k < words.length; k += FIELD_WORDS) top |= words[k];
  return top === 0;
}
