import { RING_DEGREE } from "./field.js";
import type { Kernels } from "./kernels.js";
import type { Scratch } from "./wasm-memory.js";
import type { Exports, Instance } from "./wasm-module.js";

/** Elements at a time, a multiple of 16: 80 or 160 KB. */
const ELEMENTS = 256;
/** Elements come in so many: four vectors of lanes. */
const LANES = 16;

type Ring = Pick<
  Kernels,
  | ("grMul" | "grScale" | "grInner" | "grCross" | "grHalves" | "grFold")
  | ("gr64Mul" | "gr64Scale" | "gr64Inner" | "gr64Cross" | "gr64Halves" | "gr64Fold")
>;

export function wasmRing({ run, scratch }: Instance): Ring {
  const narrow = new Elements(scratch, RING_DEGREE);
  const wide = new Elements(scratch, 2 * RING_DEGREE);
  return {
    grMul: (a, b) => narrow.multiply(run.grMul, a, b),
    grScale: (a, c) => narrow.scale(run.grScale, a, c),
    grInner: (...vectors) => narrow.total(run.grInner, vectors, 4),
    grCross: (...vectors) => narrow.total(run.grCross, vectors, 4),
    grHalves: (...vectors) => narrow.halves(run.grHalves, vectors, 4),
    grFold: (a, r) => narrow.fold(run.grFold, a, r),
    gr64Mul: (a, b) => wide.multiply(run.gr64Mul, a, b),
    gr64Scale: (a, c) => wide.scale(run.gr64Scale, a, c),
    gr64Inner: (...vectors) => wide.total(run.gr64Inner, vectors, 2),
    gr64Cross: (...vectors) => wide.total(run.gr64Cross, vectors, 2),
    gr64Halves: (...vectors) => wide.halves(run.gr64Halves, vectors, 2),
    gr64Fold: (a, r) => wide.fold(run.gr64Fold, a, r),
  };
}

/** Vectors of elements of so many words, block by block; blocks are filled up with zeros. */
class Elements {
  readonly #scratch: Scratch;
  readonly #words: number;
  readonly #block: number;

  constructor(scratch: Scratch, words: number) {
    this.#scratch = scratch;
    this.#words = words;
    this.#block = ELEMENTS * words;
  }

  multiply(kernel: Exports["grMul"], a: Uint32Array, b: Uint32Array): Uint32Array {
    const out = new Uint32Array(a.length);
    this.#blocks(a.length, (from, to, count) => {
      const [x, y] = [this.#place(a, from, to), this.#place(b, from, to)];
      const at = this.#room(count);
      kernel(x, y, at, count);
      this.#scratch.read(at, out.subarray(from, to));
    });
    return out;
  }

  scale(kernel: Exports["grScale"], a: Uint32Array, c: Uint32Array): Uint32Array {
    const out = new Uint32Array(a.length);
    this.#blocks(a.length, (from, to, count) => {
      // The factor in every lane.
      const factor = this.#scratch.place(c);
      for (let lane = 1; lane < 4; lane += 1) this.#scratch.place(c);
      const x = this.#place(a, from, to);
      const at = this.#room(count);
      kernel(x, factor, at, count);
      this.#scratch.read(at, out.subarray(from, to));
    });
    return out;
  }

  /** The lower half of a and r times what the upper half is more. */
  fold(kernel: Exports["grFold"], a: Uint32Array, r: Uint32Array): Uint32Array {
    const half = a.length / 2;
    const out = new Uint32Array(half);
    this.#blocks(half, (from, to, count) => {
      const factor = this.#scratch.place(r);
      const [low, high] = [this.#place(a, from, to), this.#place(a, half + from, half + to)];
      const at = this.#room(count);
      kernel(low, high, factor, at, count);
      this.#scratch.read(at, out.subarray(from, to));
    });
    return out;
  }

  /** The sum of the kernel's results over all blocks and all lanes. */
  total(kernel: Exports["grInner"], vectors: readonly Uint32Array[], lanes: number): Uint32Array {
    const sums = new Uint32Array(lanes * this.#words);
    const sum = new BigOrWords(this.#words);
    this.#blocks(vectors[0].length, (from, to, count) => {
      const inputs = vectors.map((vector) => this.#place(vector, from, to));
      const at = this.#room(lanes);
      kernel(...inputs, at, count);
      this.#scratch.read(at, sums);
      for (let lane = 0; lane < lanes; lane += 1) {
        sum.add(sums.subarray(lane * this.#words, (lane + 1) * this.#words));
      }
    });
    return sum.words;
  }

  /** Both sums of a halving over all blocks and all lanes, one after the other. */
  halves(kernel: Exports["grHalves"], vectors: readonly Uint32Array[], lanes: number): Uint32Array {
    const half = vectors[0].length / 2;
    const sums = new Uint32Array(2 * lanes * this.#words);
    const both = [new BigOrWords(this.#words), new BigOrWords(this.#words)];
    this.#blocks(half, (from, to, count) => {
      const inputs = vectors.flatMap((vector) => [
        this.#place(vector, half + from, half + to),
        this.#place(vector, from, to),
      ]);
      const at = this.#room(2 * lanes);
      kernel(...inputs, at, count);
      this.#scratch.read(at, sums);
      for (let lane = 0; lane < 2 * lanes; lane += 1) {
        const element = sums.subarray(lane * this.#words, (lane + 1) * this.#words);
        both[lane < lanes ? 0 : 1].add(element);
      }
    });
    const out = new Uint32Array(2 * this.#words);
    out.set(both[0].words);
    out.set(both[1].words, this.#words);
    return out;
  }

  #blocks(length: number, block: (from: number, to: number, count: number) => void): void {
    for (let from = 0; from < length; from += this.#block) {
      this.#scratch.reset();
      const to = Math.min(from + this.#block, length);
      block(from, to, Math.ceil((to - from) / (this.#words * LANES)) * LANES);
    }
  }

  #place(vector: Uint32Array, from: number, to: number): number {
    return this.#scratch.place(vector.subarray(from, to), 4 * this.#words * LANES);
  }

  #room(count: number): number {
    return this.#scratch.room(4 * count * this.#words);
  }
}

/** A sum of elements: word by word, or by pairs of words with a carry from the low one. */
class BigOrWords {
  readonly words: Uint32Array;
  readonly #isWide: boolean;

  constructor(words: number) {
    this.words = new Uint32Array(words);
    this.#isWide = words > RING_DEGREE;
  }

  add(element: Uint32Array): void {
    const { words } = this;
    if (!this.#isWide) for (let k = 0; k < words.length; k += 1) words[k] += element[k];
    else {
      for (let k = 0; k < words.length; k += 2) {
        const low = words[k] + element[k];
        words[k] = low;
        words[k + 1] += element[k + 1] + (low > 0xffffffff ? 1 : 0);
      }
    }
  }
}
