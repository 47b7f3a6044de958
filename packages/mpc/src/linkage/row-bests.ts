import { assert } from "@symbolon/base/assert";
import { allEach, andEach } from "../circuit/batch.js";
import { lessThan } from "../circuit/less-than.js";
import { mux } from "../circuit/mux.js";
import { planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import type { Context } from "../context.js";
import { concatBits, not, publicBits, sliceBits } from "../protocol/and.js";
import type { Bits, Shares } from "../sharing/shares.js";
import { tableOf } from "../table/table.js";
import { verifyProducts } from "../verify/products.js";
import type { WeighedPairs } from "./link.js";
import { weightBounds } from "./match-weight.js";
import type { RecordLayout } from "./record-layout.js";

/** The greatest weight among the candidates of each row of ours. */
export interface RowBests {
  readonly rows: number;
  /** One bit a row: has it a candidate at all? */
  readonly has: Bits;
  /** Planes of the weight less the least one that any two records have; 0 without a candidate. */
  readonly weights: readonly Bits[];
}

/**
 * Π_row-bests: weights go back to their slots, and of each row's slots the greatest stays.
 *
 * A shuffle of one word a slot; two AND a slot for each plane. Verified; nothing is opened.
 * docs/protocols/link.md.
 */
export async function rowBests(ctx: Context, pairs: readonly WeighedPairs[]): Promise<RowBests> {
  const blocks = new Map<number, Bits[][]>();
  for (const [k, batch] of pairs.entries()) {
    const step = ctx.batch(`bests-${k}`);
    const planes = await slotPlanes(step, batch);
    const best = await greatest(step, planes, batch.rows / 32);
    await verifyProducts(step);
    ctx.join(step);
    blocks.set(batch.row, [...(blocks.get(batch.row) ?? []), best]);
  }
  const step = ctx.batch("bests");
  const made: Bits[][] = [];
  for (const [row, bests] of [...blocks].sort(([a], [b]) => a - b)) {
    const side = bests[0].map((_, p) => concatBits(...bests.map((planes) => planes[p])));
    made.push(await greatest(step.narrow(`block-${row}`), side, bests[0][0].length));
  }
  await verifyProducts(step);
  ctx.join(step);
  const [has, ...weights] = made[0].map((_, p) => concatBits(...made.map((planes) => planes[p])));
  return { rows: has.length * 32, has, weights };
}

/** One bit a row of ours: does a candidate of it weigh at least `least` units? Verified. */
export async function matchedRows(
  ctx: Context,
  { has, weights }: RowBests,
  records: RecordLayout,
  least: number,
): Promise<Bits> {
  const step = ctx.batch("matched");
  const matched = await reaching(step, has, weights, { records, least });
  await verifyProducts(step);
  ctx.join(step);
  return matched;
}

/** One bit each: is there a pair, and does it weigh at least `least` units? */
export async function reaching(
  ctx: Context,
  has: Bits,
  weights: readonly Bits[],
  { records, least }: { readonly records: RecordLayout; readonly least: number },
): Promise<Bits> {
  const bounds = weightBounds(records);
  assert(least > bounds.least && least <= bounds.most, "a weight that pairs can reach or miss");
  const bound = weights.map((_, p) => {
    const isSet = (((least - bounds.least) >>> p) & 1) === 1;
    return publicBits(ctx, new Uint32Array(has.length).fill(isSet ? 0xffffffff : 0));
  });
  const isLess = await lessThan(ctx, weights, bound);
  const [matched] = await allEach(ctx.narrow("known"), [[has, not(ctx, isLess)]]);
  return matched;
}

/**
 * One word a row of ours: where its greatest weight reaches `least` units, bit 31 and the weight
 * less the least one that any two records have; else 0. One AND a plane and row beside
 * `matchedRows`. Verified.
 */
export async function matchedWeights(
  ctx: Context,
  bests: RowBests,
  records: RecordLayout,
  least: number,
): Promise<Shares> {
  const matched = await matchedRows(ctx, bests, records, least);
  const step = ctx.batch("matched-weights");
  const pairs = bests.weights.map((plane) => [matched, plane] as const);
  const shown = await andEach(step, pairs);
  await verifyProducts(step);
  ctx.join(step);
  assert(shown.length < 31, "a weight and a bit fit a word");
  const none = publicBits(ctx, new Uint32Array(matched.length));
  const planes = Array.from({ length: 32 }, (_, p) => (p === 31 ? matched : (shown[p] ?? none)));
  return rowsOfPlanes(ctx, planes, bests.rows);
}

/** Is there a candidate, and the planes of its weight, slot after slot of all rows. */
async function slotPlanes(ctx: Context, batch: WeighedPairs): Promise<Bits[]> {
  const planes = [batch.isPair, ...batch.weights];
  assert(planes.length <= 32, "a weight fits a word");
  const words = tableOf(rowsOfPlanes(ctx, planes, batch.places), 1);
  const slots = await batch.restore(ctx, words);
  return planesOfRows(ctx, slots.shares, 1).slice(0, planes.length);
}

/**
 * Of vectors of `words` words that lie side by side in each plane, element by element the one with
 * the greatest number; the first plane, which says whether there is one, counts most.
 */
export async function greatest(
  ctx: Context,
  planes: readonly Bits[],
  words: number,
): Promise<Bits[]> {
  let rest = [...planes];
  for (let level = 0; rest[0].length > words; level += 1) {
    const half = Math.floor(rest[0].length / words / 2) * words;
    const [low, high] = [0, half].map((from) =>
      rest.map((plane) => sliceBits(plane, from, from + half)),
    );
    const step = ctx.narrow(`greatest-${level}`);
    const rotated = ([first, ...others]: readonly Bits[]): Bits[] => [...others, first];
    const isLess = await lessThan(step, rotated(low), rotated(high));
    const chosen = await mux(step, isLess, high, low);
    rest = rest.map((plane, p) => concatBits(chosen[p], sliceBits(plane, 2 * half, plane.length)));
  }
  return rest;
}
