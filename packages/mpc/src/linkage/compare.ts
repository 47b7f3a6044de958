import { assert } from "@symbolon/base/assert";
import { all } from "../circuit/all.js";
import { sign16 } from "../circuit/sign.js";
import type { Context } from "../context.js";
import { inFlight } from "../in-flight.js";
import type { Profile } from "../profile.js";
import { concatBits, maskPublic, xorPublic } from "../protocol/and.js";
import { prepareCoin } from "../protocol/coin.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { verifyMatrix } from "../verify/matrix.js";
import { verifyProducts } from "../verify/products.js";
import { gatesError, RING_ERROR, type SoundnessTerm } from "../verify/soundness.js";
import type { Side } from "./list.js";
import { type Factor, leftFactor, multiply, rightFactor, rowsOf } from "./matrix.js";

/** Which pairs count: all, or only those whose other row comes earlier in the same list. */
export type Pairs = "all" | "earlier";

/** Groups of columns that are looked at again at once: each is little work in many rounds. */
export const GROUPS_IN_FLIGHT = 4;

/**
 * Π_none-match: one bit a row of `ours`: does it match *no* row of `theirs`?
 *
 *     none_i = ∧_j [ score(i, j) < T ]         score over Z_2^16, T public
 *
 * Tiles of the matrix product, sign bit, AND along the row; a band of tiles is verified (Freivalds
 * for the products, the inner-product check for the gates) before its bits go on. The result is
 * therefore free of unverified products. Per pair: 2 + 30/8 bytes sent and 30 AND a party.
 * Leaks nothing: no bit is opened. docs/protocols/compare.md.
 */
export async function noneMatch(
  ctx: Context,
  ours: Side,
  theirs: Side,
  threshold: number,
  pairs: Pairs = "all",
): Promise<Bits> {
  const plan = bands(ctx.profile, ours.rows, theirs.rows, pairs);
  const factors = factorsOf(ctx, ours, theirs);
  const found = await compareBands(ctx, factors, plan, { threshold, pairs, keep: "rows" });
  const flags = new Map<number, Bits[]>();
  for (const [index, { row }] of plan.entries()) {
    flags.set(row, [...(flags.get(row) ?? []), found[index]]);
  }
  return gatherRows(ctx, flags, ours.rows);
}

/**
 * The same comparison, whose bits are not ANDed: `use` gets those of a block of rows with all of
 * theirs, verified, 1 = score below the threshold; bit j·rows + i belongs to row i and column j.
 * 29 AND a pair. Blocks come one after the other; while one is used, the next is compared.
 */
export async function eachBlock(
  ctx: Context,
  ours: Side,
  theirs: Side,
  threshold: number,
  use: (ctx: Context, block: Block, below: Bits) => Promise<void>,
): Promise<void> {
  const factors = factorsOf(ctx, ours, theirs);
  const plan = bands(ctx.profile, ours.rows, theirs.rows, "all");
  let [compared, step] = [ctx, ctx];
  let used = Promise.resolve();
  for (const { row, rows } of plan.filter(({ column }) => column === 0)) {
    const block = plan.filter((band) => band.row === row);
    const task = { threshold, pairs: "all", keep: "pairs" } as const;
    compared = ctx.fork(`block-${row}`, compared);
    const [found] = await Promise.all([compareBands(compared, factors, block, task), used]);
    const next = ctx.fork(`use-${row}`, compared);
    next.join(step);
    step = next;
    used = use(step, { row, rows, column: 0, columns: theirs.rows }, concatBits(...found));
  }
  await used;
  ctx.join(compared, step);
}

type Factors = readonly [left: Factor, right: Factor];

function factorsOf(ctx: Context, ours: Side, theirs: Side): Factors {
  assert(ours.width === theirs.width, "both sides have one layout");
  assert(ours.rows % 128 === 0, "rows come in groups of 128");
  return [leftFactor(ctx, ours), rightFactor(ctx, theirs)];
}

/** What is computed of each pair, and whether all its bits are kept or their AND along the row. */
interface CompareTask {
  readonly threshold: number;
  readonly pairs: Pairs;
  readonly keep: "rows" | "pairs";
}

/** The verified bits of each band. */
async function compareBands(
  ctx: Context,
  [left, right]: Factors,
  plan: readonly Block[],
  task: CompareTask,
): Promise<Bits[]> {
  const found: Bits[] = [];
  await inFlight(ctx, ctx.profile.bandsInFlight, plan.length, async (index, after) => {
    const band = plan[index];
    const step = ctx.batch(`band-${band.row}-${band.column}`, after);
    found[index] = await compareBand(step, left, right, { ...band, ...task });
    ctx.metrics.pairs += band.rows * band.columns;
    ctx.progress(band.rows * band.columns);
    return step;
  });
  return found;
}

/** A block of rows against a block of columns. */
export interface Block {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
}

function bands(profile: Profile, rows: number, columns: number, pairs: Pairs): Block[] {
  const { tileRows, tileColumns, tilesPerBand } = profile;
  const bandColumns = tileColumns * tilesPerBand;
  const plan: Block[] = [];
  for (let row = 0; row < rows; row += tileRows) {
    const height = Math.min(tileRows, rows - row);
    for (let column = 0; column < columns; column += bandColumns) {
      if (pairs === "earlier" && column >= row + height) break;
      const width = Math.min(bandColumns, columns - column);
      plan.push({ row, rows: height, column, columns: width });
    }
  }
  return plan;
}

/** Pairs that a comparison of lists of these sizes computes, skipped blocks left out. */
export const pairsOf = (ctx: Context, rows: number, columns: number, pairs: Pairs): number =>
  bands(ctx.profile, rows, columns, pairs).reduce((sum, band) => sum + band.rows * band.columns, 0);

/** What the checks of `noneMatch` may miss: of each band, and of the rows put together. */
export function compareTerms(profile: Profile, rows: number, columns: number): SoundnessTerm[] {
  const bandColumns = profile.tileColumns * profile.tilesPerBand;
  const count = Math.ceil(rows / profile.tileRows) * Math.ceil(columns / bandColumns);
  const gates = profile.tileRows * bandColumns * 31;
  return [
    { check: "matrix products (Freivalds, sacrifice)", count, error: 3 * RING_ERROR },
    { check: "gates of a band", count, error: gatesError(profile, gates) },
    {
      check: "gates of the rows of all bands",
      count: 1,
      error: gatesError(profile, Math.max(1, count) * profile.tileRows),
    },
  ];
}

type BandTask = Block & CompareTask;

async function compareBand(
  ctx: Context,
  left: Factor,
  right: Factor,
  task: BandTask,
): Promise<Bits> {
  const coin = prepareCoin(ctx);
  ctx.claims.owe("matrix products");
  const ourRows = rowsOf(left, task.row, task.row + task.rows);
  const theirRows = rowsOf(right, task.column, task.column + task.columns);
  const tiles: Shares<Uint16Array>[] = [];
  const starts: number[] = [];
  for (let at = 0; at < task.columns; at += ctx.profile.tileColumns) starts.push(at);
  const flags: Bits[] = [];
  await inFlight(ctx, ctx.profile.tilesInFlight, starts.length, async (index, after) => {
    const from = starts[index];
    const to = Math.min(from + ctx.profile.tileColumns, task.columns);
    const step = ctx.fork(`tile-${from}`, after);
    const score = await multiply(step, ourRows, rowsOf(theirRows, from, to));
    tiles[index] = score;
    flags[index] = await compareTile(step, score, { ...task, column: task.column + from });
    return step;
  });
  const whole = concatBits(...flags);
  const kept = task.keep === "pairs" ? whole : await all(ctx, whole, task.rows / 32);
  await verifyMatrix(ctx, { left: ourRows, right: theirRows, tiles }, coin);
  ctx.claims.settle("matrix products");
  await verifyProducts(ctx);
  return kept;
}

/** The bits of a tile's pairs, or one bit a row of the tile: does no column of it match? */
async function compareTile(
  ctx: Context,
  score: Shares<Uint16Array>,
  task: BandTask,
): Promise<Bits> {
  const below = await sign16(ctx, lessThreshold(ctx, score, task.threshold));
  const counted = task.pairs === "all" ? below : ignoreLater(ctx, below, task);
  return task.keep === "pairs" ? counted : all(ctx, counted, task.rows / 32);
}

/** score − T: component 0 takes the public constant. */
export function lessThreshold(
  ctx: Context,
  score: Shares<Uint16Array>,
  threshold: number,
): Shares<Uint16Array> {
  const minus = (part: Uint16Array): Uint16Array => {
    const out = new Uint16Array(part.length);
    for (let k = 0; k < part.length; k += 1) out[k] = part[k] - threshold;
    return out;
  };
  return ctx.timed(
    "boolean",
    () =>
      new Shares(
        ctx.self === 0 ? minus(score.own) : score.own,
        ctx.self === 2 ? minus(score.next) : score.next,
      ),
  );
}

/** Sets the bit "does not match" of every pair whose column is not earlier than its row. */
function ignoreLater(ctx: Context, below: Bits, { row, rows, column }: BandTask): Bits {
  const later = new Uint32Array(below.length);
  const columns = (below.length * 32) / rows;
  for (let j = 0; j < columns; j += 1) {
    for (let i = 0; i < rows; i += 1) {
      if (column + j >= row + i) later[(j * rows + i) >> 5] |= 1 << (i & 31);
    }
  }
  const earlier = later.map((word) => ~word);
  return xorPublic(ctx, maskPublic(below, earlier), later);
}

/** The AND of the bands of each block of rows, then the blocks one after the other. */
export async function gatherRows(
  ctx: Context,
  flags: ReadonlyMap<number, Bits[]>,
  rows: number,
): Promise<Bits> {
  const step = ctx.batch("rows");
  const blocks: Bits[] = [];
  for (const [row, bits] of [...flags].sort(([a], [b]) => a - b)) {
    blocks.push(await all(step.narrow(`block-${row}`), concatBits(...bits), bits[0].length));
  }
  await verifyProducts(step);
  ctx.join(step);
  const none = concatBits(...blocks);
  assert(none.length * 32 === rows, "one bit a row");
  return none;
}
