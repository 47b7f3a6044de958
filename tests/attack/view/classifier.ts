import type { Samples } from "./samples.js";

/** Words that a classifier looks at: one column, or two that are put together. */
interface Feature {
  readonly a: number;
  readonly b: number;
  readonly how: "alone" | "xor" | "difference" | "count";
  readonly bit: number;
}

/** Pairs of columns are looked at up to so many columns; bits that are kept for the training. */
const PAIRED_MAX = 28;
const KEPT = 48;
const EPOCHS = 3;

/**
 * Tells two kinds of samples apart, if it can: logistic regression over the bits of every word, of
 * the XOR and of the difference of every two words, and over bit counts. Of these it keeps the ones
 * that the training half tells apart best, then fits their weights by stochastic gradients.
 */
export class Classifier {
  readonly #features: readonly Feature[];
  readonly #weights: Float64Array;

  private constructor(features: readonly Feature[], weights: Float64Array) {
    this.#features = features;
    this.#weights = weights;
  }

  static train(zero: Samples, one: Samples): Classifier {
    const features = strongest(zero, one);
    const model = new Classifier(features, new Float64Array(features.length + 1));
    let step = 0;
    for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
      for (let row = 0; row < Math.min(zero.rows, one.rows); row += 1) {
        step += 1;
        model.#learn(zero, row, 0, step);
        model.#learn(one, row, 1, step);
      }
    }
    return model;
  }

  /** The share of samples that it takes for what they are. */
  accuracy(zero: Samples, one: Samples): number {
    let right = 0;
    for (let row = 0; row < zero.rows; row += 1) right += this.#score(zero, row) < 0 ? 1 : 0;
    for (let row = 0; row < one.rows; row += 1) right += this.#score(one, row) < 0 ? 0 : 1;
    return right / (zero.rows + one.rows);
  }

  #score(samples: Samples, row: number): number {
    let sum = this.#weights[this.#features.length];
    const words = wordsOf(samples, row);
    this.#features.forEach((feature, k) => {
      sum += this.#weights[k] * signalOf(feature, words);
    });
    return sum;
  }

  #learn(samples: Samples, row: number, label: 0 | 1, step: number): void {
    const error = label - 1 / (1 + Math.exp(-this.#score(samples, row)));
    const rate = (0.2 / Math.sqrt(1 + step / 100)) * error;
    const words = wordsOf(samples, row);
    this.#features.forEach((feature, k) => {
      this.#weights[k] += rate * signalOf(feature, words);
    });
    this.#weights[this.#features.length] += rate;
  }
}

const wordsOf = ({ bytes, width }: Samples, row: number): Uint32Array =>
  new Uint32Array(bytes.buffer, bytes.byteOffset + row * width, width / 4);

const together = ({ a, b, how }: Feature, words: Uint32Array): number => {
  if (how === "xor") return (words[a] ^ words[b]) >>> 0;
  if (how === "difference") return (words[a] - words[b]) >>> 0;
  return words[a];
};

const ones = (word: number): number => {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** From −1 to 1. */
function signalOf(feature: Feature, words: Uint32Array): number {
  const word = together(feature, words);
  if (feature.how === "count") return (ones(word) - 16) / 16;
  return (word >>> feature.bit) & 1 ? 1 : -1;
}

/** The features whose means differ most between the two kinds. */
function strongest(zero: Samples, one: Samples): Feature[] {
  const columns = zero.width / 4;
  const words: Feature[] = [];
  for (let a = 0; a < columns; a += 1) {
    words.push({ a, b: a, how: "alone", bit: 0 }, { a, b: a, how: "count", bit: 0 });
    for (let b = 0; b < a && a < PAIRED_MAX; b += 1)
      words.push({ a, b, how: "xor", bit: 0 }, { a, b, how: "difference", bit: 0 });
  }
  const found = words.flatMap((feature) => {
    const [x, y] = [bitMeans(feature, zero), bitMeans(feature, one)];
    return Array.from(x, (mean, bit) => ({
      feature: { ...feature, bit },
      strength: Math.abs(mean - y[bit]),
    }));
  });
  found.sort((p, q) => q.strength - p.strength);
  return found.slice(0, KEPT).map(({ feature }) => feature);
}

/** Rows that are looked at to choose features; enough for any leak that is worth a name. */
const SCREENED_ROWS = 6_000;

function bitMeans(feature: Feature, samples: Samples): Float64Array {
  const sums = new Float64Array(feature.how === "count" ? 1 : 32);
  const rows = Math.min(samples.rows, SCREENED_ROWS);
  for (let row = 0; row < rows; row += 1) {
    const word = together(feature, wordsOf(samples, row));
    if (feature.how === "count") sums[0] += (ones(word) - 16) / 16;
    else for (let bit = 0; bit < 32; bit += 1) sums[bit] += (word >>> bit) & 1;
  }
  return sums.map((sum) => sum / rows);
}
