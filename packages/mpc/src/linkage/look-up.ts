import { assert } from "@symbolon/base/assert";
import { planesOfRows } from "../circuit/planes.js";
import { sign16 } from "../circuit/sign.js";
import type { Context } from "../context.js";
import type { Profile } from "../profile.js";
import { not, publicBits } from "../protocol/and.js";
import { prepareCoin } from "../protocol/coin.js";
import type { Bits, Shares } from "../sharing/shares.js";
import { compactRows, compactTerms } from "../table/compact.js";
import { besides, publicColumn, rowNumbers, type Table, takeRows } from "../table/table.js";
import { verifyMatrix } from "../verify/matrix.js";
import { verifyProducts } from "../verify/products.js";
import { gatesError, RING_ERROR, type SoundnessTerm } from "../verify/soundness.js";
import { lessThreshold } from "./compare.js";
import { type Edges, type ListSizes, numberBits } from "./edges.js";
import type { RecordSide } from "./link.js";
import { matchGates } from "./link-terms.js";
import { matchWeights } from "./match-weight.js";
import { type Factor, leftFactor, multiply, rightFactor, rowsOf } from "./matrix.js";
import type { RecordLayout } from "./record-layout.js";

/** A stored list, ready to be looked through; the same for any number of new records. */
export interface StoredList {
  readonly rows: number;
  readonly factor: Factor;
  /** Records, and behind each the number of its row. */
  readonly numbered: Table;
}

/** How new records are looked up. Public. */
export interface LookUpRule {
  readonly records: RecordLayout;
  /** Score of the first stage from which on a stored record is weighed, in score units. */
  readonly score: number;
  /** Places for stored records that are near a new one, a multiple of 128; the first ones. */
  readonly places: number;
}

/** Lays a stored list out. Without a message, and nothing of a new record goes in. */
export const storedList = (ctx: Context, { side, records }: RecordSide): StoredList => ({
  rows: side.rows,
  factor: leftFactor(ctx, side),
  numbered: besides(records, publicColumn(ctx.self, rowNumbers(side.rows))),
});

/**
 * Π_look-up: the first `count` rows of a new list against all of a stored one: what each stored
 * record that is near by score weighs with it.
 *
 *     [score(stored_i, new) ≥ T]  →  Π_compact of the stored records, to a public number of places
 *     →  Π_match-weight with the new record, the same in all places
 *
 * For each new record and n stored ones: one product, some 160 AND a row and a shuffle of one
 * record each, and 7,600 AND a place (persons). `count` is public. All is verified before it is
 * opened, and nothing is opened but what Π_compact opens. Soundness: `lookUpTerms`.
 * docs/protocols/look-up.md.
 */
export async function lookUp(
  ctx: Context,
  stored: StoredList,
  fresh: RecordSide,
  count: number,
  rule: LookUpRule,
): Promise<Edges[]> {
  assert(rule.score >= 1, "rows that fill a list up are near nobody");
  assert(count >= 1 && count <= fresh.side.rows, "rows of the new list");
  const right = rightFactor(ctx, fresh.side);
  const sizes = { rows: fresh.side.rows, columns: stored.rows };
  const found: Edges[] = [];
  for (let row = 0; row < count; row += 1) {
    const compared = ctx.batch(`score-${row}`);
    const one = rowsOf(right, row, row + 1);
    const isNear = await nearRows(compared, stored.factor, one, rule.score);
    ctx.join(compared);
    const step = ctx.batch(`weigh-${row}`);
    const record = takeRows(fresh.records, row, row + 1);
    found.push(await weighNear(step, stored, isNear, { row, record, sizes }, rule));
    ctx.join(step);
  }
  return found;
}

/** One verified bit a stored row: does it score at least T with the new one? */
async function nearRows(
  ctx: Context,
  left: Factor,
  right: Factor,
  threshold: number,
): Promise<Bits> {
  const coin = prepareCoin(ctx);
  ctx.claims.owe("scores");
  const score = await multiply(ctx, left, right);
  const below = await sign16(ctx, lessThreshold(ctx, score, threshold));
  await verifyMatrix(ctx, { left, right, tiles: [score] }, coin);
  ctx.claims.settle("scores");
  await verifyProducts(ctx);
  return not(ctx, below);
}

interface NewRecord {
  readonly row: number;
  readonly record: Table;
  readonly sizes: ListSizes;
}

async function weighNear(
  ctx: Context,
  { numbered }: StoredList,
  isNear: Bits,
  { row, record, sizes }: NewRecord,
  { records, places }: LookUpRule,
): Promise<Edges> {
  const compacted = await compactRows(ctx, isNear, numbered, places);
  const planes = planesOfRows(ctx, compacted.table.shares, numbered.width);
  const other = inAllPlaces(record.shares, records.bits, places);
  const weights = await matchWeights(ctx, records, other, planes.slice(0, records.bits));
  await verifyProducts(ctx);
  const bits = numberBits(sizes);
  const isPair = compacted.isFlagged;
  const none = publicBits(ctx, new Uint32Array(places / 32));
  return {
    places,
    isPair,
    weights,
    row: Array.from({ length: bits }, (_, p) => (((row >>> p) & 1) === 1 ? isPair : none)),
    column: planes.slice(records.bits, records.bits + bits),
  };
}

/** A record's bits as planes in which all places have the same bit. */
function inAllPlaces(record: Shares, bits: number, places: number): Bits[] {
  const plane = (part: Uint32Array, at: number): Uint32Array =>
    new Uint32Array(places / 32).fill(-((part[at >>> 5] >>> (at & 31)) & 1) >>> 0);
  return Array.from({ length: bits }, (_, at) => record.map((part) => plane(part, at)));
}

/** What looking up `count` records in `rows` stored ones may miss. */
export function lookUpTerms(
  profile: Profile,
  { records, places }: LookUpRule,
  rows: number,
  count: number,
): SoundnessTerm[] {
  const terms = [
    { check: "scores (Freivalds, sacrifice)", count: 1, error: 3 * RING_ERROR },
    { check: "gates of scores", count: 1, error: gatesError(profile, 30 * rows) },
    ...compactTerms(profile, rows, records.bits / 32 + 1, places),
    {
      check: "gates of match weights",
      count: 1,
      error: gatesError(profile, places * matchGates(records)),
    },
  ];
  return terms.map((term) => ({ ...term, count: term.count * count }));
}
