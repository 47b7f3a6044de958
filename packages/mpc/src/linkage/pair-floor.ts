import { allEach } from "../circuit/batch.js";
import type { Context } from "../context.js";
import { not } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { type WeighedRecords, weighRecords } from "./match-weight.js";
import type { RecordLayout } from "./record-layout.js";
import { reaching } from "./row-bests.js";

/** What a pair must have to be one at all. */
export interface PairFloor {
  /** Units that it weighs without what one field adds where it agrees. */
  readonly least: number;
  /** Number of that field. */
  readonly without: number;
  /** Numbers of fields that are a person's own, not her household's: no sum of them below zero. */
  readonly own: readonly number[];
}

/** Places in which records stand side by side. */
export interface Places {
  readonly records: RecordLayout;
  readonly floor: PairFloor | undefined;
  /** One bit a place: is there a pair? */
  readonly has: Bits;
}

/**
 * The match weights of both records of each place, and whether there is a pair that has all that
 * the floor asks for. Π_match-weight, and with a floor two comparisons and a sum more. Products are
 * left to be verified. docs/protocols/match-weight.md.
 */
export async function weighPlaces(
  ctx: Context,
  [x, y]: readonly [x: readonly Bits[], y: readonly Bits[]],
  { records, floor, has }: Places,
): Promise<{ readonly weights: Bits[]; readonly isPair: Bits }> {
  const found = await weighRecords(ctx, records, x, y, floor?.own);
  const isPair = floor ? await aboveFloor(ctx.narrow("floor"), found, records, floor, has) : has;
  return { weights: found.weights, isPair };
}

async function aboveFloor(
  ctx: Context,
  { weights, agreeing, inFavour }: WeighedRecords,
  records: RecordLayout,
  { least, without }: PairFloor,
  has: Bits,
): Promise<Bits> {
  const gain = Math.max(...records.fields[without].weights);
  const low = await reaching(ctx.narrow("low"), has, weights, { records, least });
  const high = await reaching(ctx.narrow("high"), has, weights, { records, least: least + gain });
  const [isShort] = await allEach(ctx.narrow("short"), [[agreeing[without], not(ctx, high)]]);
  const all = [low, not(ctx, isShort), ...(inFavour ? [inFavour] : [])];
  const [isPair] = await allEach(ctx.narrow("pair"), [all]);
  return isPair;
}
