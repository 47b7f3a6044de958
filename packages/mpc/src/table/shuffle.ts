import { assert } from "@symbolon/base/assert";
import { bytesOf, utf8 } from "@symbolon/base/bytes";
import { next, PARTIES, type PartyIndex, previous } from "@symbolon/base/id";
import type { Context } from "../context.js";
import type { Crypto } from "../crypto/crypto.js";
import { randomShares } from "../protocol/reshare.js";
import { vectorLike, xor, xorInto } from "../ring/vector.js";
import { Shares } from "../sharing/shares.js";
import { permutationFrom } from "./permutation.js";
import { sameRows, TAG_WORDS } from "./same-rows.js";
import {
  gatherWords,
  inOnePiece,
  layOut,
  type Pieces,
  type Table,
  tableOf,
  takeColumns,
} from "./table.js";

/** Seed j fixes the j-th permutation; P_j and P_{j−1} know it, the third party does not. */
export interface SelectionSeeds {
  readonly own: Uint8Array;
  readonly next: Uint8Array;
}

/** Fresh seeds from the pairwise keys: an order for this step of this attempt. No message. */
export const permutationSeeds = (ctx: Context): SelectionSeeds => ctx.narrow("seeds").random(32);

/**
 * Π_shuffle: rows of secret words, in an order that nobody knows.
 *
 * Three steps; in step j the pair P_{j−1}, P_j applies a permutation π_j that the third party does
 * not know, and shares the result anew:
 *
 *     P_{j−1}: u = π_j(x_{j−1} ⊕ x_j),  sends x'_{j−1} = u ⊕ r_1 to P_{j+1}
 *     P_j:     v = π_j(x_{j+1}),        sends x'_{j+1} = v ⊕ r_2 to P_{j+1}
 *     x'_j = r_1 ⊕ r_2                  from the key the pair shares
 *
 * Verified after the fact: every row carries a tag of 96 random secret bits, so that no party can
 * name the difference of two rows; then both tables must hold the same rows (`sameRows`). Without
 * tags a party could exchange two rows on a guess of what they hold, and learn from the abort
 * whether the guess was right.
 *
 * Three rounds of 4·(width + 3) bytes a row from each of a pair, then the check. An order is fixed
 * by the seeds alone, so a resumed run repeats it. Soundness: `shuffleTerms`.
 * [Laur, Willemson, Zhang 2011; Chida et al. 2019; tags: own argument]; docs/protocols/shuffle.md.
 */
export const shuffleTable = (
  ctx: Context,
  table: Table | Pieces,
  seeds: SelectionSeeds,
): Promise<Table> => permuteTable(ctx.batch("shuffle"), inOnePiece(table), seeds, "there", ctx);

/**
 * Π_unshuffle: undoes the order of `shuffleTable` with the same seeds, for these columns or others
 * of as many rows. The steps run backwards with the inverse permutations; all else is the same.
 */
export const unshuffleTable = (ctx: Context, table: Table, seeds: SelectionSeeds): Promise<Table> =>
  permuteTable(ctx.batch("unshuffle"), inOnePiece(table), seeds, "back", ctx);

/** `shuffleTable` for rows of one word each. */
export const shuffle = async (ctx: Context, rows: Shares, seeds: SelectionSeeds): Promise<Shares> =>
  (await shuffleTable(ctx, tableOf(rows, 1), seeds)).shares;

type Way = "there" | "back";

async function permuteTable(
  step: Context,
  { rows, width, placed }: Pieces,
  seeds: SelectionSeeds,
  way: Way,
  parent: Context,
): Promise<Table> {
  if (rows === 0) return layOut({ rows, width, placed });
  step.claims.owe("shuffle");
  const words = randomShares(step.narrow("tags"), new Uint32Array(0), TAG_WORDS * rows);
  const tags = { table: tableOf(words, TAG_WORDS), row: 0, column: width };
  const before = layOut({ rows, width: width + TAG_WORDS, placed: [...placed, tags] });
  let moved = before.shares;
  for (const j of way === "there" ? PARTIES : [...PARTIES].reverse()) {
    const pair = step.narrow(`pair-${j}`);
    moved = await permuteByPair(pair, { ...before, shares: moved }, j, seeds, way);
  }
  const after = { ...before, shares: moved };
  await sameRows(step, before, after);
  step.claims.settle("shuffle");
  parent.join(step);
  return takeColumns(after, 0, width);
}

/** One step. Strip by strip, so that no message and no mask is as long as the table. */
async function permuteByPair(
  ctx: Context,
  { rows, width, shares: x }: Table,
  j: PartyIndex,
  seeds: SelectionSeeds,
  way: Way,
): Promise<Shares> {
  const made = new Shares(new Uint32Array(x.length), new Uint32Array(x.length));
  const move = ctx.self === next(j) ? undefined : moverOf(ctx, x, j, seeds, way, width);
  const stripRows = Math.max(1, Math.floor(ctx.profile.stripWords / width));
  const strips: Promise<Context>[] = [];
  for (let from = 0; from < rows; from += stripRows) {
    const strip = ctx.fork(`rows-${from}`);
    const to = Math.min(from + stripRows, rows);
    const place = made.map((part) => part.subarray(from * width, to * width));
    strips.push(move ? sendStrip(strip, place, move(from, to), j) : receiveStrip(strip, place));
  }
  ctx.join(...(await Promise.all(strips)));
  return made;
}

/** The third party: x'_{j+1} from P_j (its previous), x'_{j−1} from P_{j−1} (its next). */
async function receiveStrip(ctx: Context, made: Shares): Promise<Context> {
  const size = 4 * made.length;
  const received = await ctx.exchange({}, { next: size, previous: size });
  made.own.set(vectorLike(made.own, received.previous));
  made.next.set(vectorLike(made.next, received.next));
  return ctx;
}

/** One of the pair: masks rows that it has moved, and sends its own copy of one component. */
async function sendStrip(
  ctx: Context,
  made: Shares,
  moved: Uint32Array,
  j: PartyIndex,
): Promise<Context> {
  const isHolder = ctx.self === j;
  assert(isHolder || ctx.self === previous(j), "the pair of step j is P_{j−1}, P_j");
  // Two masks; both parties of the pair read them from the stream of key K_j.
  const masks = vectorLike(moved, ctx.randomOf(isHolder ? "own" : "next", 8 * moved.length));
  const r1 = masks.subarray(0, moved.length);
  const r2 = masks.subarray(moved.length);
  xorInto(moved, isHolder ? r2 : r1);
  xorInto(r1, r2);
  const [part, common] = isHolder ? [made.next, made.own] : [made.own, made.next];
  part.set(moved);
  common.set(r1);
  await ctx.exchange(isHolder ? { next: bytesOf(part) } : { previous: bytesOf(part) }, {});
  return ctx;
}

/** One of the pair: gives rows `from`..`to` − 1 of its part of the result, not masked yet. */
function moverOf(
  ctx: Context,
  x: Shares,
  j: PartyIndex,
  seeds: SelectionSeeds,
  way: Way,
  width: number,
): (from: number, to: number) => Uint32Array {
  const isHolder = ctx.self === j;
  const sum = isHolder ? x.next : xor(x.own, x.next);
  const sources = ctx.timed("other", () => {
    const order = orderOf(ctx.crypto, isHolder ? seeds.own : seeds.next, x.length / width);
    return way === "there" ? order : inverseOf(order);
  });
  return (from, to) =>
    ctx.timed("other", () => gatherWords(sum, width, sources.subarray(from, to)));
}

function inverseOf(order: Uint32Array): Uint32Array {
  const inverse = new Uint32Array(order.length);
  for (let k = 0; k < order.length; k += 1) inverse[order[k]] = k;
  return inverse;
}

/** The permutation of one seed: result row k is row order[k]. Not bound to run or attempt. */
export const orderOf = (crypto: Crypto, seed: Uint8Array, count: number): Uint32Array =>
  permutationFrom(crypto, crypto.hmac(seed, utf8("symbolon/shuffle/v2")).subarray(0, 16), count);
