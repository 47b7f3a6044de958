import { assert } from "@symbolon/base/assert";
import { utf8 } from "@symbolon/base/bytes";
import { addPlanes, popcount, shiftUp } from "../circuit/popcount.js";
import type { Context } from "../context.js";
import type { Crypto } from "../crypto/crypto.js";
import type { Profile } from "../profile.js";
import { and, concatBits, not, sliceBits, xorBits } from "../protocol/and.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { verifyProducts } from "../verify/products.js";
import { FIELD_ERROR, gatesError, type SoundnessTerm } from "../verify/soundness.js";
import { type SelectionSeeds, shuffle } from "./shuffle.js";

/** How many rows are picked, and how many more must remain for an answer. */
export interface PickRule {
  /** Rows in an answer. */
  readonly pick: number;
  /** Least number of rows that must remain beyond the picked ones. */
  readonly marginMin: number;
  /** The margin is marginMin + U, U uniform on 0 .. 2^marginBits − 1, drawn in secret. */
  readonly marginBits: number;
}

/** Words of an answer: one flag word, then one row index each. */
export const answerWords = (rule: PickRule): number => 1 + rule.pick;

/** What the checks of `pickFlagged` may miss, its shuffle among them. */
export function pickTerms(profile: Profile, rows: number): SoundnessTerm[] {
  return [
    { check: "gates of the draw", count: 4, error: gatesError(profile, rows * 32 * 64) },
    { check: "rows of the shuffle", count: 1, error: (rows + 2) * FIELD_ERROR },
    { check: "the tag of an exchanged row is guessed", count: 1, error: FIELD_ERROR },
  ];
}

/**
 * Π_pick: `pick` rows drawn at random among the flagged ones, or no answer.
 *
 * Row indices and flags are shuffled by a secret permutation; the first `pick` flagged rows of the
 * shuffled order are the draw. All is masked to zero unless pick + margin rows are flagged.
 * Nothing is opened: no flag, no count, no margin. The permutation and the margin depend on
 * `seeds` alone, so a resumed run repeats the same draw. Result, as XOR shares of words:
 * [1 or 0, index, …], all zero for no answer. docs/protocols/pick.md.
 */
export async function pickFlagged(
  ctx: Context,
  flags: Bits,
  rows: number,
  rule: PickRule,
  seeds: SelectionSeeds,
): Promise<Shares> {
  assert(rows <= flags.length * 32 && rows < 2 ** 31, "one flag a row");
  const step = ctx.batch("pick");
  const indexBits = Math.max(1, Math.ceil(Math.log2(rows)));
  const shuffled = await shuffle(step, rowWords(step, flags, rows), seeds);
  const planes = planesOf(step, shuffled);
  const plane = (p: number): Bits =>
    sliceBits(planes, (p * planes.length) / 32, ((p + 1) * planes.length) / 32);
  const enough = await enoughRemain(step, plane(31), rule, seeds);
  const picked = await firstFlagged(step, plane(31), rule.pick, (first, k) =>
    indexOf(
      step.narrow(`index-${k}`),
      first,
      Array.from({ length: indexBits }, (_, p) => plane(p)),
    ),
  );
  const answer = await and(
    step.narrow("answer"),
    concatBits(...picked.flat()),
    repeated(enough, rule.pick * indexBits),
  );
  await verifyProducts(step);
  ctx.join(step);
  return assemble(enough, answer, rule.pick, indexBits);
}

/** index | flag << 31, one word a row: the public index in component 0, flags from their shares. */
function rowWords(ctx: Context, flags: Bits, rows: number): Shares {
  const words = (bits: Uint32Array, withIndex: boolean): Uint32Array =>
    Uint32Array.from(
      { length: rows },
      (_, k) => (((bits[k >> 5] >>> (k & 31)) & 1) << 31) | (withIndex ? k : 0),
    );
  return new Shares(words(flags.own, ctx.self === 0), words(flags.next, ctx.self === 2));
}

const planesOf = (ctx: Context, rows: Shares): Bits =>
  new Shares(ctx.kernels.bitPlanes32(rows.own, 32), ctx.kernels.bitPlanes32(rows.next, 32));

/** The lowest bit of the result: count ≥ pick + marginMin + U. */
async function enoughRemain(
  ctx: Context,
  flags: Bits,
  rule: PickRule,
  seeds: SelectionSeeds,
): Promise<Bits> {
  const step = ctx.narrow("enough");
  const counted = await popcount(step, flags);
  const width =
    Math.max(counted.length, rule.marginBits, bitLength(rule.pick + rule.marginMin)) + 2;
  const zero = new Shares(new Uint32Array(4), new Uint32Array(4));
  const widen = (planes: readonly Bits[]): Bits[] =>
    Array.from({ length: width }, (_, p) => planes[p] ?? zero);
  // count − least − U ≥ 0 as two's complement: count + ¬U + (1 − least), sign bit 0.
  const least = rule.pick + rule.marginMin;
  const constant = (1 - least) >>> 0;
  const bits = widen([]).map((plane, p) =>
    publicBit(step, plane, (constant >>> Math.min(p, 31)) & 1),
  );
  const margin = widen(drawMargin(step, rule.marginBits, seeds)).map((plane) => not(step, plane));
  const partial = (await addPlanes(step.narrow("least"), widen(counted), bits)).slice(0, width);
  const total = await addPlanes(step.narrow("margin"), partial, margin);
  return not(step, total[width - 1]);
}

const bitLength = (value: number): number => Math.ceil(Math.log2(value + 1));

/** Adds a public bit to every position. */
const publicBit = (ctx: Context, plane: Bits, bit: number): Bits => (bit ? not(ctx, plane) : plane);

/** One seed's component of U. */
export function marginOf(crypto: Crypto, seed: Uint8Array, bits: number): number {
  assert(bits <= 8, "a margin is drawn from one byte");
  return crypto.hmac(seed, utf8("symbolon/margin/v1"))[0] & ((1 << bits) - 1);
}

/** U as shared bits: component j comes from the seed that P_j and P_{j−1} share. */
function drawMargin(ctx: Context, bits: number, seeds: SelectionSeeds): Bits[] {
  const [own, next] = [
    marginOf(ctx.crypto, seeds.own, bits),
    marginOf(ctx.crypto, seeds.next, bits),
  ];
  const word = (value: number, p: number): Uint32Array => Uint32Array.of((value >> p) & 1, 0, 0, 0);
  return Array.from({ length: bits }, (_, p) => new Shares(word(own, p), word(next, p)));
}

/**
 * Marks the first flagged row, hands it to `use`, takes it out, and again, `count` times.
 * first = p ⊕ (p shifted by one row), with p the running OR: linear once p is known.
 */
async function firstFlagged<T>(
  ctx: Context,
  flags: Bits,
  count: number,
  use: (first: Bits, k: number) => Promise<T>,
): Promise<T[]> {
  const results: Promise<T>[] = [];
  let rest = flags;
  for (let k = 0; k < count; k += 1) {
    const running = await runningOr(ctx.narrow(`running-${k}`), rest);
    const first = xorBits(running, shiftUp(running, 1));
    rest = xorBits(rest, first);
    results.push(use(first, k));
  }
  return Promise.all(results);
}

/** Bit k: is any of bits 0..k set? log2(n) rounds, n·log2(n) AND (Hillis-Steele). */
async function runningOr(ctx: Context, x: Bits): Promise<Bits> {
  let p = x;
  for (let distance = 1; distance < x.length * 32; distance *= 2) {
    const shifted = shiftUp(p, distance);
    const both = await and(ctx.narrow(`by-${distance}`), p, shifted);
    p = xorBits(xorBits(p, shifted), both);
  }
  return p;
}

/** The index under the one set bit of `first`: the parity of (first ∧ plane), plane by plane. */
async function indexOf(ctx: Context, first: Bits, planes: readonly Bits[]): Promise<Bits[]> {
  const repeatedFirst = concatBits(...planes.map(() => first));
  const found = await and(ctx, repeatedFirst, concatBits(...planes));
  const words = first.length;
  return planes.map((_, p) => parity(sliceBits(found, p * words, (p + 1) * words)));
}

/** The XOR of all bits, in the lowest bit. */
function parity(x: Bits): Bits {
  const fold = (words: Uint32Array): Uint32Array => {
    let word = words.reduce((sum, part) => sum ^ part, 0);
    for (let width = 16; width >= 1; width >>= 1) word ^= word >>> width;
    return Uint32Array.of(word & 1, 0, 0, 0);
  };
  return new Shares(fold(x.own), fold(x.next));
}

const repeated = (x: Bits, count: number): Bits =>
  concatBits(...Array.from({ length: count }, () => x));

/** [flag, index, …] from the lowest bits. */
function assemble(enough: Bits, answer: Bits, pick: number, indexBits: number): Shares {
  const words = (flag: Uint32Array, bits: Uint32Array): Uint32Array => {
    const out = new Uint32Array(1 + pick);
    out[0] = flag[0] & 1;
    for (let k = 0; k < pick; k += 1) {
      for (let p = 0; p < indexBits; p += 1) out[1 + k] |= (bits[4 * (k * indexBits + p)] & 1) << p;
    }
    return out;
  };
  return new Shares(words(enough.own, answer.own), words(enough.next, answer.next));
}
