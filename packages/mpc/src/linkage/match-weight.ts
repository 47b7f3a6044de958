import { assert } from "@symbolon/base/assert";
import { allEach, andEach } from "../circuit/batch.js";
import { lessThan } from "../circuit/less-than.js";
import { mux } from "../circuit/mux.js";
import { sumPlanes, type Weighted, weightedSum } from "../circuit/weighted-sum.js";
import type { Context } from "../context.js";
import { concatBits, not, sliceBits, xorBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import {
  DATE_DIGITS,
  DIGIT_BITS,
  partBits,
  RARITY_BITS,
  RARITY_LEAST,
  type RarityLevels,
  type RecordField,
  type RecordLayout,
} from "./record-layout.js";
import { agreement, nameIsClose, PartReader, type Reasons } from "./record-levels.js";
import { type Later, Together } from "./together.js";

/** Both records of each row, one plane a bit. */
type Pair = readonly [x: readonly Bits[], y: readonly Bits[]];

/** Bits of one field: do both know it, and for each level from 1 on, do they agree so far? */
interface FieldLevels {
  readonly known: Bits;
  readonly reached: readonly Bits[];
  /** Of dates of which less is known: is the year the same, are year and month? */
  readonly partly: readonly Bits[];
}

/** The level at which a name is one edit apart. */
const CLOSE = 3;

/**
 * Π_match-weight: for each row the match weight of the records x and y, as planes, lowest first, of
 * weight − `weightBounds(layout).least`, which is never negative.
 *
 *     weight = Σ_fields known ∧ known′ · (worth of the level + at the top how rare both values are)
 *
 * Levels as `compareRecords` of case data finds them, which is the oracle. Whatever bits a record
 * has, it has a weight. 7,565 AND a row for persons, 93 rounds for all rows. Nothing is opened.
 * Security as Π_and; docs/protocols/match-weight.md.
 */
export const matchWeights = async (
  ctx: Context,
  layout: RecordLayout,
  x: readonly Bits[],
  y: readonly Bits[],
): Promise<Bits[]> => (await weighRecords(ctx, layout, x, y)).weights;

/** Pairs of records, weighed. */
export interface WeighedRecords {
  /** As `matchWeights` gives them. */
  readonly weights: Bits[];
  /** For each field one bit a row: is it known, and does it agree as far as it can? */
  readonly agreeing: readonly Bits[];
  /** One bit a row: what the fields `own` say together is not below zero; without such, none. */
  readonly inFavour: Bits | undefined;
}

/** Π_match-weight; besides which fields agree, and whether those of `own` speak for the pair. */
export async function weighRecords(
  ctx: Context,
  layout: RecordLayout,
  x: readonly Bits[],
  y: readonly Bits[],
  own: readonly number[] = [],
): Promise<WeighedRecords> {
  assert(
    x.length === layout.bits && y.length === layout.bits,
    "one plane for each bit of a record",
  );
  const step = ctx.narrow("match-weight");
  const { fields, swapped } = await findLevels(step, layout, [x, y]);
  const bits = fields.flatMap(({ known, reached, partly }) => [known, ...reached, ...partly]);
  const rare = await rareBits(step.narrow("rare"), layout, fields, [x, y]);
  bits.push(swapped, ...rare);
  const { least, most } = weightBounds(layout);
  const all = gainsOf(step, bits, worthsOf(layout));
  const planes = sumPlanes(most - least);
  return {
    weights: await weightedSum(step.narrow("sum"), all.terms, all.lowest - least, planes),
    agreeing: fields.map(({ reached }) => reached[reached.length - 1]),
    inFavour:
      own.length === 0
        ? undefined
        : await isInFavour(step.narrow("own"), bits, worthsOf(layout, own)),
  };
}

/** w·b = w − w·¬b: a loss becomes what is gained where it does not strike. */
function gainsOf(ctx: Context, bits: readonly Bits[], worths: readonly number[]) {
  const terms = bits.flatMap((bit, k): Weighted[] => {
    if (worths[k] < 0) return [{ bit: not(ctx, bit), weight: -worths[k] }];
    return worths[k] > 0 ? [{ bit, weight: worths[k] }] : [];
  });
  return { terms, lowest: sumOf(worths, (worth) => Math.min(worth, 0)) };
}

/** The top plane of a sum to which half of what its planes hold is added is its sign. */
async function isInFavour(
  ctx: Context,
  bits: readonly Bits[],
  worths: readonly number[],
): Promise<Bits> {
  const { terms, lowest } = gainsOf(ctx, bits, worths);
  const highest = sumOf(worths, (worth) => Math.max(worth, 0));
  const planes = favourPlanes(worths);
  const half = 2 ** (planes - 1);
  assert(highest < half && -lowest <= half, "both signs find room");
  return (await weightedSum(ctx, terms, half + lowest, planes))[planes - 1];
}

const favourPlanes = (worths: readonly number[]): number =>
  1 +
  Math.max(
    sumPlanes(
      Math.max(
        1,
        sumOf(worths, (worth) => Math.max(worth, 0)),
      ),
    ),
    sumPlanes(Math.max(1, -sumOf(worths, (worth) => Math.min(worth, 0)))),
  );

const sumOf = (numbers: readonly number[], pick: (number: number) => number): number =>
  numbers.reduce((sum, number) => sum + pick(number), 0);

/**
 * What each bit is worth: those of `FieldLevels`, of names in each other's field, and of how rare
 * values are. With `only` these fields count, and no others.
 */
function worthsOf(layout: RecordLayout, only?: readonly number[]): number[] {
  const counts = (f: number): boolean => only === undefined || only.includes(f);
  const levels = layout.fields.flatMap((field, f) => {
    const { known, gains, partly } = fieldWorths(field);
    return [known, ...gains, ...partly].map((worth) => (counts(f) ? worth : 0));
  });
  return [...levels, swapWorth(layout, counts), ...rareWorths(layout, counts)];
}

/**
 * Bounds of the weight of any two records, in units. The lower one is half a bit below a whole one,
 * so that weights that round to one number of bits agree in all but the lowest planes.
 */
export function weightBounds(layout: RecordLayout): {
  readonly least: number;
  readonly most: number;
} {
  const worths = worthsOf(layout);
  const half = layout.unitsPerBit / 2;
  assert(Number.isInteger(half), "units are even parts of a bit");
  const lowest = sumOf(worths, (worth) => Math.min(worth, 0));
  const least = Math.floor((lowest + half) / layout.unitsPerBit) * layout.unitsPerBit - half;
  return { least, most: sumOf(worths, (worth) => Math.max(worth, 0)) };
}

/** What the bits of `FieldLevels` are worth. */
function fieldWorths({ parts, weights, rarity }: RecordField) {
  const top = parts.kind === "date" ? 4 : parts.kind === "name" ? 4 : weights.length - 1;
  assert(rarity === undefined || rarity.to === top, "rarity counts up to where all agrees");
  const gains = Array.from({ length: top }, (_, k) => weights[k + 1] - weights[k]);
  for (const level of rareLevels(rarity)) gains[level - 1] += RARITY_LEAST;
  const partly = parts.kind === "date" ? [weights[5] - weights[0], weights[6] - weights[5]] : [];
  return { known: weights[0], gains, partly };
}

/** What names in each other's field are worth, instead of different ones. */
const swapWorth = ({ fields, swap }: RecordLayout, counts: (f: number) => boolean): number =>
  sumOf(swap.fields.filter(counts), (f) => fields[f].weights[swap.level] - fields[f].weights[0]);

/** The levels from which on how rare a value is counts once more. */
const rareLevels = (rarity: RarityLevels | undefined): readonly number[] =>
  rarity === undefined ? [] : [rarity.from, rarity.to];

/** What the four bits are worth, for each field and level that `rareBits` ANDs them with. */
const rareWorths = (layout: RecordLayout, counts: (f: number) => boolean): number[] =>
  rareFields(layout).flatMap((f) => {
    const levels = rareLevels(layout.fields[f].rarity);
    const steps = [...new Set(levels)];
    const times = counts(f) ? levels.length / steps.length : 0;
    return steps.flatMap(() => Array.from({ length: RARITY_BITS }, (_, k) => times * 2 ** k));
  });

const rareFields = ({ fields }: RecordLayout): number[] =>
  fields.flatMap(({ rarity }, f) => (rarity === undefined ? [] : [f]));

/**
 * How rare values are, where they agree far enough: of what both sides say the smaller number. All
 * fields side by side.
 */
async function rareBits(
  ctx: Context,
  layout: RecordLayout,
  levels: readonly FieldLevels[],
  pair: Pair,
): Promise<Bits[]> {
  const fields = rareFields(layout).map((f) => layout.fields[f]);
  if (fields.length === 0) return [];
  const sides = pair.map((planes) =>
    Array.from({ length: RARITY_BITS }, (_, k) =>
      concatBits(...fields.map(({ offset, parts }) => planes[offset + 1 + partBits(parts) + k])),
    ),
  );
  const isLess = await lessThan(ctx.narrow("less"), sides[0], sides[1]);
  const smaller = await mux(ctx.narrow("smaller"), isLess, sides[0], sides[1]);
  const words = smaller[0].length / fields.length;
  const pairs = rareFields(layout).flatMap((f, k) => {
    const planes = smaller.map((plane) => sliceBits(plane, k * words, (k + 1) * words));
    return [...new Set(rareLevels(layout.fields[f].rarity))].flatMap((level) =>
      planes.map((plane) => [levels[f].reached[level - 1], plane] as const),
    );
  });
  return andEach(ctx, pairs);
}

async function findLevels(
  ctx: Context,
  layout: RecordLayout,
  pair: Pair,
): Promise<{ fields: FieldLevels[]; swapped: Bits }> {
  const read = (side: 0 | 1, { offset }: RecordField): PartReader =>
    new PartReader(pair[side], offset + 1);
  const first = new Together();
  const knowing = layout.fields.map((field) => knownBits(first, field, pair));
  const agreements = layout.fields.map((field) =>
    agreement(ctx, first, field.parts, [read(0, field), read(1, field)]),
  );
  const [given, surname] = layout.swap.fields.map((f) => layout.fields[f]);
  const crosswise = [
    { x: given, y: surname },
    { x: surname, y: given },
  ];
  const near = crosswise.map(({ x, y }) =>
    nameIsClose(ctx, first, x.parts, [read(0, x), read(1, y)]),
  );
  await first.compute(ctx.narrow("compare"));
  const second = new Together();
  const reasons = agreements.map((noted) => noted(second));
  await second.compute(ctx.narrow("combine"));
  const third = new Together();
  const reached = reasons.map((levels) => anyFrom(third, levels));
  await third.compute(ctx.narrow("reach"));
  const fields = await gated(ctx.narrow("known"), knowing, reached, reasons);
  const known = crosswise.flatMap(({ x, y }) => [pair[0][x.offset], pair[1][y.offset]]);
  return withSwap(ctx.narrow("swap"), layout, fields, [...known, ...near.map((bit) => bit())]);
}

/** For each level: is one of its reasons, or of those above it, there? */
const anyFrom = (then: Together, levels: Reasons): Later[] =>
  levels.map((_, k) => then.any(levels.slice(k).flatMap((some) => some.map((bit) => bit()))));

/** Do both know the field; of a date, do both know the month as well, and the day? */
function knownBits(now: Together, { offset, parts }: RecordField, pair: Pair): readonly Later[] {
  const bit = (at: number): Bits[] => pair.map((planes) => planes[at]);
  const month = offset + 1 + DATE_DIGITS * DIGIT_BITS;
  const known = now.all(bit(offset));
  if (parts.kind !== "date") return [known];
  const toMonth = [...bit(offset), ...bit(month)];
  return [known, now.all(toMonth), now.all([...toMonth, ...bit(month + 1)])];
}

/** Levels count only where both sides know the field. */
async function gated(
  ctx: Context,
  knowing: readonly (readonly Later[])[],
  reached: readonly (readonly Later[])[],
  reasons: readonly Reasons[],
): Promise<FieldLevels[]> {
  const groups = knowing.map((bits, f): (readonly [Bits, Bits])[] => {
    const [known, toMonth, toDay] = bits.map((bit) => bit());
    const levels = reached[f].map((bit) => [toDay ?? known, bit()] as const);
    if (toDay === undefined) return levels;
    const [[year], [yearAndMonth]] = reasons[f];
    // Each implies the one before it, so the difference is "known so far and no further".
    return [...levels, [xorBits(known, toDay), year()], [xorBits(toMonth, toDay), yearAndMonth()]];
  });
  const made = await andEach(ctx, groups.flat());
  let used = 0;
  return groups.map((group, f) => {
    const bits = made.slice(used, (used += group.length));
    const count = reached[f].length;
    return {
      known: knowing[f][0](),
      reached: bits.slice(0, count),
      partly: bits.slice(count),
    };
  });
}

/** Where both names are close to the other one, not to their own, nothing else of them counts. */
async function withSwap(
  ctx: Context,
  { swap }: RecordLayout,
  fields: readonly FieldLevels[],
  crosswise: readonly Bits[],
): Promise<{ fields: FieldLevels[]; swapped: Bits }> {
  const straight = swap.fields.map((f) => not(ctx, fields[f].reached[CLOSE - 1]));
  const [swapped] = await allEach(ctx, [[...crosswise, ...straight]]);
  const stays = not(ctx, swapped);
  const below = await andEach(
    ctx.narrow("below"),
    swap.fields.flatMap((f) =>
      fields[f].reached.slice(0, CLOSE - 1).map((bit) => [bit, stays] as const),
    ),
  );
  const names = swap.fields.map((f, k) => {
    const left = below.slice((CLOSE - 1) * k, (CLOSE - 1) * (k + 1));
    return [
      f,
      { ...fields[f], reached: [...left, ...fields[f].reached.slice(CLOSE - 1)] },
    ] as const;
  });
  const changed = new Map(names);
  return { fields: fields.map((field, f) => changed.get(f) ?? field), swapped };
}
