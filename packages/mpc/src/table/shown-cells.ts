import { assert } from "@symbolon/base/assert";
import { atLeast } from "../circuit/at-least.js";
import { allEach, andEach } from "../circuit/batch.js";
import { rowsOfPlanes } from "../circuit/planes.js";
import { addPlanes } from "../circuit/popcount.js";
import type { Context } from "../context.js";
import type { Profile } from "../profile.js";
import { not, publicBits, sliceBits } from "../protocol/and.js";
import { discreteLaplace, laplaceTerms } from "../protocol/discrete-laplace.js";
import { type LaplaceNoise, laplaceDigits } from "../protocol/laplace-digits.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { verifyProducts } from "../verify/products.js";
import { gatesError, type SoundnessTerm } from "../verify/soundness.js";
import type { SelectionSeeds } from "./shuffle.js";

/** When a cell is shown, and what noise hides each row. All public. */
export interface ShownRule {
  /** Noise of the figures. */
  readonly noise: LaplaceNoise;
  /** Least noised count. */
  readonly persons: number;
  /** What each list must have of a cell; absent if a single list is counted. */
  readonly lists?: {
    /** Noise of each list's own counts, which are compared and never shown. */
    readonly noise: LaplaceNoise;
    /** Lists that must have a noised count of their own of at least `visibleFrom`. */
    readonly count: number;
    readonly visibleFrom: number;
    /** No noised own count may be more than this share of the noised count. */
    readonly shareMost: { readonly numerator: number; readonly denominator: number };
  };
}

/** Of each list, or of whatever else stands for it: exact counts, or how many planes they have. */
export interface CellNumbers<Numbers> {
  /** What each list has of every cell. */
  readonly own: readonly Numbers[];
  /** What all have together, where that is not the sum: persons whom several lists know. */
  readonly all?: Numbers;
}

/** The bit of an answer's word that says that the cell is shown; the others are its count. */
export const SHOWN_BIT = 31;

/**
 * Π_shown-cells: from each list's counts to one word a cell: the noised count of all lists with the
 * top bit set, or zero if the rule does not allow it to be shown.
 *
 *     T = Σ_l c_l + Laplace,   d_l = c_l + Laplace′      (T of persons: from `all`)
 *     shown = [T ≥ persons] ∧ [Σ_l [d_l ≥ visibleFrom] ≥ count] ∧ ∧_l ¬[den·d_l > num·T]
 *
 * The rule looks at noised numbers only, so that whether a cell is shown is as private as they are.
 * Nobody sees a number: the nodes open nothing, and the receiver gets what is shown. The noise is
 * the same in every attempt at a run, by its settled `seeds`. Two's complement throughout, as wide
 * as the greatest number needs. Some 900 AND a cell and list for noise of ε/s = 1/2, about 150 for
 * the rule. The result is verified. docs/protocols/count.md.
 */
export async function shownCells(
  ctx: Context,
  { own: lists, all: given }: CellNumbers<readonly Bits[]>,
  cells: number,
  rule: ShownRule,
  seeds: SelectionSeeds,
): Promise<Shares> {
  const step = ctx.batch("shown");
  const words = lists[0][0].length;
  assert(32 * words >= cells, "a lane for each cell");
  const planesOf = ({ length }: readonly Bits[]): number => length;
  const sizes = { own: lists.map(planesOf), ...(given && { all: planesOf(given) }) };
  const width = numberPlanes(sizes, rule);
  const counts = lists.map((planes) => padded(planes, width));
  let all = given ? padded(given, width) : counts[0];
  for (const [l, more] of (given ? [] : counts.slice(1)).entries()) {
    all = await plus(step.narrow(`list-${l}`), all, more);
  }
  const [noise] = await noiseLanes(step.narrow("figures"), seeds, rule.noise, {
    count: 1,
    words,
    width,
  });
  const total = await plus(step.narrow("noised"), all, noise);
  const conditions = [await reaches(step.narrow("persons"), total, rule.persons)];
  if (rule.lists !== undefined) {
    const { count, visibleFrom, shareMost, noise: ownNoise } = rule.lists;
    assert(lists.length >= count, "as many lists as must be there");
    const own = await noiseLanes(step.narrow("own"), seeds, ownNoise, {
      count: lists.length,
      words,
      width,
    });
    const scaledTotal = await times(step.narrow("total"), total, shareMost.numerator);
    const visible: Bits[] = [];
    for (const [l, exact] of counts.entries()) {
      const at = step.narrow(`own-${l}`);
      const noised = await plus(at.narrow("noised"), exact, own[l]);
      visible.push(await reaches(at.narrow("visible"), noised, visibleFrom));
      const scaled = await times(at.narrow("scaled"), noised, shareMost.denominator);
      conditions.push(not(at, await isMore(at, scaled, scaledTotal)));
    }
    const terms = visible.map((bit) => ({ bit, weight: 1 }));
    conditions.push(await atLeast(step.narrow("count"), terms, count));
  }
  const [shown] = await allEach(step.narrow("all"), [conditions]);
  const kept = await andEach(
    step.narrow("kept"),
    total.slice(0, SHOWN_BIT).map((plane) => [shown, plane] as const),
  );
  await verifyProducts(step);
  ctx.join(step);
  const word = Array.from({ length: SHOWN_BIT }, (_, p) => kept[p] ?? kept[kept.length - 1]);
  return rowsOfPlanes(ctx, [...word, shown], cells);
}

/** Planes of a number in two's complement that holds every sum, difference and multiple here. */
function numberPlanes(planes: CellNumbers<number>, rule: ShownRule): number {
  const { noise, persons, lists: own } = rule;
  const lists = [...planes.own, ...(planes.all === undefined ? [] : [planes.all])];
  const noises = [noise, ...(own ? [own.noise] : [])];
  const digits = noises.map((one) => laplaceDigits(one).thresholds.length);
  const bounds = [persons, own?.visibleFrom ?? 0].map(
    (bound) => Math.abs(bound).toString(2).length,
  );
  const most = Math.max(...lists, ...digits, ...bounds) + Math.ceil(Math.log2(lists.length + 1));
  const { numerator, denominator } = own?.shareMost ?? { numerator: 1, denominator: 1 };
  return most + Math.ceil(Math.log2(Math.max(numerator, denominator))) + 3;
}

/** What the checks of Π_shown-cells may miss; `planes`: of the counts, at most. */
export function shownTerms(
  profile: Profile,
  planes: CellNumbers<number>,
  cells: number,
  rule: ShownRule,
): SoundnessTerm[] {
  const width = numberPlanes(planes, rule);
  const lanes = 128 * Math.ceil(cells / 128);
  const numbers = 1 + (rule.lists ? planes.own.length : 0);
  // Of each list: its sum, its noise, two comparisons, two multiples.
  const rows = lanes * width * (8 * planes.own.length + 12);
  const noises = [rule.noise, ...(rule.lists ? [rule.lists.noise] : [])];
  return [
    { check: "gates of shown cells", count: 1, error: gatesError(profile, rows) },
    ...noises.flatMap((noise) => laplaceTerms(profile, numbers * lanes, laplaceDigits(noise))),
  ];
}

/** A number that is not negative, as wide as said. */
function padded(planes: readonly Bits[], width: number): Bits[] {
  const words = planes[0].length;
  const none = new Shares(new Uint32Array(words), new Uint32Array(words));
  return Array.from({ length: width }, (_, p) => planes[p] ?? none);
}

/** a + b in two's complement of one width. */
const plus = async (ctx: Context, a: readonly Bits[], b: readonly Bits[]): Promise<Bits[]> =>
  (await addPlanes(ctx, a, b)).slice(0, a.length);

/** A public number in two's complement. */
const constant = (ctx: Context, value: number, width: number, words: number): Bits[] =>
  Array.from({ length: width }, (_, p) => {
    const isSet = (BigInt.asUintN(width, BigInt(value)) >> BigInt(p)) & 1n;
    return publicBits(ctx, new Uint32Array(words).fill(isSet ? 0xffffffff : 0));
  });

/** x ≥ least: x − least is not negative. */
async function reaches(ctx: Context, x: readonly Bits[], least: number): Promise<Bits> {
  const bound = constant(ctx, -least, x.length, x[0].length);
  const difference = await plus(ctx, x, bound);
  return not(ctx, difference[x.length - 1]);
}

/** a > b: a + ¬b = a − b − 1 is not negative. */
async function isMore(ctx: Context, a: readonly Bits[], b: readonly Bits[]): Promise<Bits> {
  const inverted = b.map((plane) => not(ctx, plane));
  const difference = await plus(ctx.narrow("more"), a, inverted);
  return not(ctx, difference[a.length - 1]);
}

/** factor·x: one addition for each further binary digit of the factor. */
async function times(ctx: Context, x: readonly Bits[], factor: number): Promise<Bits[]> {
  assert(Number.isInteger(factor) && factor >= 1, "a factor");
  const none = new Shares(new Uint32Array(x[0].length), new Uint32Array(x[0].length));
  const shifted = (by: number): Bits[] => x.map((_, p) => x[p - by] ?? none);
  const digits = [...factor.toString(2)].reverse();
  let sum: Bits[] | undefined;
  for (const [by, digit] of digits.entries()) {
    if (digit === "0") continue;
    sum = sum ? await plus(ctx.narrow(`digit-${by}`), sum, shifted(by)) : shifted(by);
  }
  return sum as Bits[];
}

/** For each of `count` tables a noise number in each lane, as wide as said. */
async function noiseLanes(
  ctx: Context,
  seeds: SelectionSeeds,
  noise: LaplaceNoise,
  { count, words, width }: Readonly<Record<"count" | "words" | "width", number>>,
): Promise<Bits[][]> {
  const { planes } = await discreteLaplace(ctx, count * 32 * words, noise, seeds);
  const sign = planes[planes.length - 1];
  return Array.from({ length: count }, (_, k) =>
    Array.from({ length: width }, (_, p) =>
      sliceBits(planes[p] ?? sign, k * words, (k + 1) * words),
    ),
  );
}
