import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { xor } from "../ring/vector.js";
import { Shares } from "../sharing/shares.js";
import type { AndClaim } from "./claims.js";
import type { Extension } from "./extension.js";
import type { FirstFold } from "./fold.js";
import { gridSize, offGrid } from "./grid.js";

/** Words of all slots of a vector that are worked on at a time: they stay in the cache. */
const CHUNK_WORDS = 1 << 13;

/** Bits of one slot for a number of claimed words, a multiple of 128. */
export const slotBits = (words: number, slots: number): number =>
  Math.ceil(words / (4 * slots)) * 128;

/**
 * Variables of the first fold of a number of claimed words: `most`, unless slots would then be
 * shorter than the 128 bits that they come in.
 */
export const andVariables = (words: number, most: number): number =>
  Math.min(most, Math.max(1, Math.floor(Math.log2(words / 4))));

/** Picks one component of one vector of a claim. */
type Part = (claim: AndClaim) => Uint32Array;

const PARTS: readonly Part[] = [
  ({ x }) => x.own,
  ({ x }) => x.next,
  ({ y }) => y.own,
  ({ y }) => y.next,
  ({ z }) => z.own,
  ({ z }) => z.next,
];

/**
 * The claims end to end, filled up with zeros, for which 0 · 0 = 0 holds, in chunks that hold the
 * same positions of every slot one after the other. No copy of the whole is made.
 */
class Chunks {
  readonly #claims: readonly AndClaim[];
  readonly #slots: number;
  /** Words of one slot. */
  readonly words: number;

  constructor(claims: readonly AndClaim[], slots: number) {
    this.#claims = claims;
    this.#slots = slots;
    const claimed = claims.reduce((sum, claim) => sum + claim.z.length, 0);
    this.words = slotBits(claimed, slots) / 32;
  }

  /** Words of a slot in one chunk, but for the last. */
  get size(): number {
    return Math.max(4, CHUNK_WORDS / this.#slots);
  }

  /** The parts of each chunk, with the first of its words of a slot; in memory that is reused. */
  *each(parts: readonly Part[]): Generator<[chunks: readonly Uint32Array[], from: number]> {
    const { size } = this;
    const room = parts.map(() => new Uint32Array(Math.min(size, this.words) * this.#slots));
    const readers = parts.map((part) => new Reader(this.#claims, part));
    for (let from = 0; from < this.words; from += size) {
      const words = Math.min(size, this.words - from) * this.#slots;
      const chunks = room.map((part) => part.subarray(0, words));
      chunks.forEach((chunk, k) => {
        readers[k].fill(chunk);
      });
      yield [chunks, from];
    }
  }
}

/** Reads one part of all claims from the first to the last, and zeros behind. */
class Reader {
  readonly #claims: readonly AndClaim[];
  readonly #part: Part;
  #claim = 0;
  #at = 0;

  constructor(claims: readonly AndClaim[], part: Part) {
    this.#claims = claims;
    this.#part = part;
  }

  fill(out: Uint32Array): void {
    let done = 0;
    while (done < out.length && this.#claim < this.#claims.length) {
      const source = this.#part(this.#claims[this.#claim]);
      const taken = source.subarray(this.#at, this.#at + out.length - done);
      out.set(taken, done);
      done += taken.length;
      this.#at += taken.length;
      if (this.#at === source.length) {
        this.#claim += 1;
        this.#at = 0;
      }
    }
    out.fill(0, done);
  }
}

/** The first fold of AND claims: works on packed bits (`bitGrid`, `bitFold`). */
export function andFold(
  ctx: Context,
  extension: Extension,
  claims: readonly AndClaim[],
  variables: number,
  weights: Uint32Array,
): FirstFold {
  const { kernels } = ctx;
  const { words } = extension;
  const slots = 2 ** variables;
  const laid = new Chunks(claims, slots);
  assert(weights.length === 32 * laid.words * words, "a weight for every position");
  /** The elements that belong to a chunk's positions. */
  const positions = (elements: Uint32Array, from: number, chunk: Uint32Array): Uint32Array =>
    elements.subarray(32 * from * words, 32 * (from + chunk.length / slots) * words);
  return {
    values: () => {
      const blocks = function* () {
        for (const [[x0, x1, y0, y1, z0, z1], from] of laid.each(PARTS)) {
          yield { claims: { x0, x1, y0, y1, z0, z1 }, w: positions(weights, from, z0) };
        }
      };
      let all: Uint32Array = new Uint32Array((gridSize(variables) + slots) * words);
      if (kernels.bitGrids) all = kernels.bitGrids(blocks(), variables);
      else
        for (const { claims, w } of blocks()) all = xor(all, kernels.bitGrid(claims, variables, w));
      const points = gridSize(variables) * words;
      const own = offGrid(words, variables, all.subarray(0, points));
      return { claims: new Shares(own.slots, all.slice(points)), beyond: own.beyond };
    },
    fold: (basis) => {
      const [a0, a1, b0, b1] = PARTS.slice(0, 4).map((part, k) => {
        const out = new Uint32Array(weights.length);
        const take = (made: Uint32Array, block: number): void => {
          const from = 32 * block * laid.size * words;
          const place = (elements: Uint32Array) => elements.subarray(from, from + made.length);
          // The weights go into one side only: the claim is Σ_j (w_j·f_j)·g_j.
          place(out).set(k < 2 ? extension.mulInto(made, place(weights)) : made);
        };
        const blocks = function* () {
          for (const [[chunk]] of laid.each([part])) yield chunk;
        };
        let block = 0;
        if (kernels.bitFolds) kernels.bitFolds(blocks(), slots, basis, take);
        else for (const chunk of blocks()) take(kernels.bitFold(chunk, slots, basis), block++);
        return out;
      });
      return { a: new Shares(a0, a1), b: new Shares(b0, b1) };
    },
  };
}
