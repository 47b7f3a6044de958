import { assert } from "@symbolon/base/assert";
import { allEach, andEach } from "../circuit/batch.js";
import { lessThan } from "../circuit/less-than.js";
import type { Context } from "../context.js";
import type { Profile } from "../profile.js";
import { concatBits, not, publicBits, xorBits } from "../protocol/and.js";
import { b2a, b2aTerms } from "../protocol/b2a.js";
import { discreteLaplace, laplaceTerms } from "../protocol/discrete-laplace.js";
import { type LaplaceNoise, laplaceDigits } from "../protocol/laplace-digits.js";
import { open } from "../protocol/open.js";
import { add } from "../ring/vector.js";
import { type Bits, Shares } from "../sharing/shares.js";
import type { SelectionSeeds } from "../table/shuffle.js";
import { verified } from "../verify/checked.js";
import { gatesError, type SoundnessTerm } from "../verify/soundness.js";
import { weightBounds } from "./match-weight.js";
import type { RecordLayout } from "./record-layout.js";
import type { RowBests } from "./row-bests.js";

/** Which weights are counted, and what hides each row of ours among them. Public. */
export interface HistogramRule {
  /** Whole bits: the first bin, and the last one, which also has all that weighs more. */
  readonly from: number;
  readonly to: number;
  /** The sensitivity is 2 where a row more or less moves two counts by one. */
  readonly noise: LaplaceNoise;
}

/**
 * Π_weight-histogram: how many rows of ours have a best candidate of so many bits, rounded, with
 * noise that nobody knows: the same in every attempt at a run, by its settled `seeds`. Opened to
 * all parties; the counts may be negative.
 *
 *     bin_k = has ∧ [⌊(weight + unit/2) / unit⌋ = k];   Σ_rows bin_k + Laplace, by Π_b2a
 *
 * How private: docs/protocols/link.md. Some 100 AND a row, 92 for each
 * row and bin, 1,100 for each bin's noise. All is verified before it is opened.
 * docs/protocols/link.md.
 */
export async function weightHistogram(
  ctx: Context,
  bests: RowBests,
  records: RecordLayout,
  rule: HistogramRule,
  seeds: SelectionSeeds,
): Promise<Int32Array> {
  const step = ctx.batch("histogram");
  const { unitsPerBit } = records;
  const { least } = weightBounds(records);
  const bins = await binBits(step, bests, { least, unitsPerBit }, rule);
  const counted = await b2a(
    step,
    [concatBits(...bins)],
    bins.length * bests.rows,
    new Uint32Array(0),
  );
  const sums = step.timed("multiply", () => counted.map((part) => sumsOf(part, bests.rows)));
  const { planes } = await discreteLaplace(step, bins.length, rule.noise, seeds);
  const sign = planes[planes.length - 1];
  const whole = Array.from({ length: 32 }, (_, p) => planes[p] ?? sign);
  const noise = await b2a(step.narrow("noise"), whole, bins.length, new Uint32Array(0));
  const noised = new Shares(add(sums.own, noise.own), add(sums.next, noise.next));
  const opened = await open(step, await verified(step, noised), "add");
  ctx.join(step);
  return new Int32Array(opened.buffer, opened.byteOffset, opened.length);
}

/** What a histogram of `rows` rows may miss. */
export function histogramTerms(
  profile: Profile,
  rows: number,
  { from, to, noise }: HistogramRule,
): SoundnessTerm[] {
  const bins = to - from + 1;
  return [
    { check: "gates of bins", count: 1, error: gatesError(profile, rows * (bins + 600)) },
    ...b2aTerms(profile, rows * bins, 32),
    ...laplaceTerms(profile, bins, laplaceDigits(noise)),
    ...b2aTerms(profile, bins, 32),
  ];
}

/** For each bin one bit a row. */
async function binBits(
  ctx: Context,
  { has, weights }: RowBests,
  { least, unitsPerBit }: { readonly least: number; readonly unitsPerBit: number },
  { from, to }: HistogramRule,
): Promise<Bits[]> {
  assert(Number.isInteger(Math.log2(unitsPerBit)), "units are a power of two of a bit");
  // The least weight is such that a bin is all weights that agree but for their lowest planes.
  const first = (least + unitsPerBit / 2) / unitsPerBit;
  assert(Number.isInteger(first) && from >= first && to > from, "bins of weights that occur");
  const number = weights.slice(Math.log2(unitsPerBit));
  const half = number.length >> 1;
  const [low, high] = await Promise.all([
    decoded(ctx.narrow("low"), number.slice(0, half)),
    decoded(ctx.narrow("high"), number.slice(half)),
  ]);
  const inside = Array.from({ length: to - from }, (_, k) => from + k - first);
  const made = await allEach(
    ctx.narrow("bins"),
    inside.map((bin) => [has, low[bin % low.length], high[Math.floor(bin / low.length)]]),
  );
  const top = number.map((_, p) => {
    const isSet = (((to - first) >>> p) & 1) === 1;
    return publicBits(ctx, new Uint32Array(has.length).fill(isSet ? 0xffffffff : 0));
  });
  const isLess = await lessThan(ctx.narrow("top"), number, top);
  const [above] = await allEach(ctx.narrow("above"), [[has, not(ctx, isLess)]]);
  return [...made, above];
}

/** For each number of so many planes one bit a row: is it that number? */
async function decoded(ctx: Context, planes: readonly Bits[]): Promise<Bits[]> {
  let found: Bits[] = [not(ctx, planes[0]), planes[0]];
  for (let p = 1; p < planes.length; p += 1) {
    const set = await andEach(
      ctx.narrow(`plane-${p}`),
      found.map((bit) => [bit, planes[p]] as const),
    );
    found = [...found.map((bit, k) => xorBits(bit, set[k])), ...set];
  }
  return found;
}

/** The sum of each stretch of `rows` numbers. */
function sumsOf(part: Uint32Array, rows: number): Uint32Array {
  const sums = new Uint32Array(part.length / rows);
  for (let k = 0; k < part.length; k += 1) {
    const bin = Math.floor(k / rows);
    sums[bin] = (sums[bin] + part[k]) >>> 0;
  }
  return sums;
}
