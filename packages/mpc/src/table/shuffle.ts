import { assert } from "@symbolon/base/assert";
import { bytesOf, utf8 } from "@symbolon/base/bytes";
import { next, PARTIES, type PartyIndex, previous } from "@symbolon/base/id";
import type { Context } from "../context.js";
import type { Crypto } from "../crypto/crypto.js";
import { ProtocolAbort } from "../error.js";
import { expandCoin, prepareCoin } from "../protocol/coin.js";
import { canonical, FIELD_WORDS, fieldMul, fieldProduct } from "../protocol/field-mul.js";
import { openMasked } from "../protocol/open.js";
import { randomShares } from "../protocol/reshare.js";
import { vectorLike, xor } from "../ring/vector.js";
import { Shares } from "../sharing/shares.js";
import { fieldExtension } from "../verify/extension.js";
import { verifyProducts } from "../verify/products.js";
import { permutationFrom } from "./permutation.js";

/** Seed j fixes the j-th permutation; P_j and P_{j−1} know it, the third party does not. */
export interface SelectionSeeds {
  readonly own: Uint8Array;
  readonly next: Uint8Array;
}

/**
 * Π_shuffle: rows of one secret word each, in an order that nobody knows.
 *
 * Three steps; in step j the pair P_{j−1}, P_j applies a permutation π_j that the third party does
 * not know, and shares the result anew:
 *
 *     P_{j−1}: u = π_j(x_{j−1} ⊕ x_j),  sends x'_{j−1} = u ⊕ r_1 to P_{j+1}
 *     P_j:     v = π_j(x_{j+1}),        sends x'_{j+1} = v ⊕ r_2 to P_{j+1}
 *     x'_j = r_1 ⊕ r_2                  from the key the pair shares
 *
 * Verified after the fact: every row carries 64 random secret bits, and more in the bits of the
 * row that are `spare` (they come back random), so that no party can name the
 * difference of two rows; then Π (X ⊕ row) over GF(2^96) must be the same before and after, for a
 * coin X. Without those bits a party could exchange two rows on a guess of what they hold, and
 * learn from the abort whether the guess was right.
 *
 * Three rounds of 12 bytes a row, then 2·log2(rows) rounds of 16 bytes a row. An order is fixed by
 * the seeds alone, so a resumed run repeats it. Soundness rows·2^−96 + products.
 * [Laur, Willemson, Zhang 2011; Chida et al. 2019; tags: own argument]; docs/protocols/shuffle.md.
 */
export async function shuffle(
  ctx: Context,
  rows: Shares,
  seeds: SelectionSeeds,
  spare = 0,
): Promise<Shares> {
  const step = ctx.batch("shuffle");
  step.claims.owe("shuffle");
  const before = withTags(step, rows, spare);
  let shuffled = before;
  for (const j of PARTIES) {
    shuffled = await permuteByPair(step.narrow(`pair-${j}`), shuffled, j, seeds);
  }
  await verifySameRows(step, before, shuffled);
  step.claims.settle("shuffle");
  ctx.join(step);
  return new Shares(firstWords(shuffled.own), firstWords(shuffled.next));
}

/** [row, tag, tag, 0]: an element of GF(2^96). */
function withTags(ctx: Context, rows: Shares, spare: number): Shares {
  const tags = randomShares(ctx.narrow("tags"), rows.own, 3 * rows.length);
  const lay = (row: Uint32Array, tag: Uint32Array): Uint32Array => {
    const out = new Uint32Array(row.length * FIELD_WORDS);
    for (let k = 0; k < row.length; k += 1) {
      out[4 * k] = (row[k] & ~spare) ^ (tag[3 * k] & spare);
      out[4 * k + 1] = tag[3 * k + 1];
      out[4 * k + 2] = tag[3 * k + 2];
    }
    return out;
  };
  return new Shares(lay(rows.own, tags.own), lay(rows.next, tags.next));
}

const firstWords = (elements: Uint32Array): Uint32Array =>
  Uint32Array.from({ length: elements.length / FIELD_WORDS }, (_, k) => elements[FIELD_WORDS * k]);

async function permuteByPair(
  ctx: Context,
  x: Shares,
  j: PartyIndex,
  seeds: SelectionSeeds,
): Promise<Shares> {
  const size = x.length * 4;
  // Two masks; both parties of the pair read them from the stream of key K_j.
  const streams = ctx.random(2 * size);
  if (ctx.self === next(j)) {
    // The third party: x'_{j+1} from P_j (its previous), x'_{j−1} from P_{j−1} (its next).
    const received = await ctx.exchange({}, { next: size, previous: size });
    return new Shares(
      canonical(vectorLike(x.own, received.previous)),
      canonical(vectorLike(x.own, received.next)),
    );
  }
  const isHolder = ctx.self === j;
  const masks = canonical(vectorLike(x.own, isHolder ? streams.own : streams.next));
  const r1 = masks.subarray(0, x.length);
  const r2 = masks.subarray(x.length);
  const seed = isHolder ? seeds.own : seeds.next;
  const order = ctx.timed("other", () => orderOf(ctx.crypto, seed, x.length / FIELD_WORDS));
  const common = xor(r1, r2);
  if (isHolder) {
    const part = xor(permuted(x.next, order), r2);
    await ctx.exchange({ next: bytesOf(part) }, {});
    return new Shares(common, part);
  }
  assert(ctx.self === previous(j), "the pair of step j is P_{j−1}, P_j");
  const part = xor(permuted(xor(x.own, x.next), order), r1);
  await ctx.exchange({ previous: bytesOf(part) }, {});
  return new Shares(part, common);
}

/** The permutation of one seed: result row k is row order[k]. Not bound to run or attempt. */
export const orderOf = (crypto: Crypto, seed: Uint8Array, count: number): Uint32Array =>
  permutationFrom(crypto, crypto.hmac(seed, utf8("symbolon/shuffle/v1")).subarray(0, 16), count);

function permuted(elements: Uint32Array, order: Uint32Array): Uint32Array {
  const out = new Uint32Array(elements.length);
  for (let k = 0; k < order.length; k += 1) {
    const from = FIELD_WORDS * order[k];
    for (let word = 0; word < 3; word += 1) out[FIELD_WORDS * k + word] = elements[from + word];
  }
  return out;
}

/** Π (X ⊕ row) before = after; the difference is opened only times a random value. */
async function verifySameRows(ctx: Context, before: Shares, after: Shares): Promise<void> {
  const step = ctx.booked("same-rows", "check");
  const coin = await prepareCoin(step).open();
  const extension = fieldExtension(step.kernels);
  const x = extension.challenges(expandCoin(step, coin, "X", extension.challengeBytes(1)));
  const [first, second] = await Promise.all([
    fieldProduct(step.narrow("before"), shifted(step, before, x)),
    fieldProduct(step.narrow("after"), shifted(step, after, x)),
  ]);
  const difference = new Shares(xor(first.own, second.own), xor(first.next, second.next));
  const random = randomShares(step.narrow("random"), before.own, FIELD_WORDS);
  const factor = new Shares(canonical(random.own), canonical(random.next));
  const hidden = await fieldMul(step.narrow("hidden"), difference, factor);
  await verifyProducts(step);
  const opened = await openMasked(step.narrow("open"), hidden, "xor");
  if (opened.some((word) => word !== 0)) {
    throw new ProtocolAbort("SHUFFLE_CHECK_FAILED", "rows changed while they were shuffled", {
      step: step.path,
    });
  }
}

/** X ⊕ row: component 0 takes the public X. */
function shifted(ctx: Context, rows: Shares, x: Uint32Array): Shares {
  const shift = (part: Uint32Array): Uint32Array =>
    part.map((word, k) => word ^ x[k % FIELD_WORDS]);
  return new Shares(
    ctx.self === 0 ? shift(rows.own) : rows.own,
    ctx.self === 2 ? shift(rows.next) : rows.next,
  );
}
