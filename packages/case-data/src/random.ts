/** Uniform integers in [0, 2^32). Passed in by the caller: this package has no randomness. */
export type RandomWords = () => number;

/** Words from a source of random bytes, such as the platform's secure generator. */
export function wordsFrom(source: (size: number) => Uint8Array): RandomWords {
  let words = new Uint32Array(0);
  let used = 0;
  return () => {
    if (used === words.length) {
      words = new Uint32Array(source(4096).slice().buffer);
      used = 0;
    }
    used += 1;
    return words[used - 1];
  };
}

/**
 * Reproducible words from a seed (splitmix32). For calibration and tests, where a run must be
 * repeatable; never for secrets.
 */
export function seededWords(seed: number): RandomWords {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let word = state ^ (state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
}

/** Uniform integer in [0, bound), without modulo bias. */
export function below(bound: number, words: RandomWords): number {
  const limit = 0x1_0000_0000 - (0x1_0000_0000 % bound);
  let word = words();
  while (word >= limit) word = words();
  return word % bound;
}

/** Uniform permutation of 0 … count − 1 (Fisher-Yates). */
export function permutation(count: number, words: RandomWords): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  for (let k = count - 1; k > 0; k -= 1) {
    const other = below(k + 1, words);
    [order[k], order[other]] = [order[other], order[k]];
  }
  return order;
}
