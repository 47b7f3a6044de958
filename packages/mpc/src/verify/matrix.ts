import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { ProtocolAbort } from "../error.js";
import type { Factor } from "../linkage/matrix.js";
import { expandCoin, type prepareCoin } from "../protocol/coin.js";
import { Shares } from "../sharing/shares.js";
import { type Extension, ringExtension } from "./extension.js";
import { sacrifice } from "./inner-product.js";

/** A band of a matrix product: C = A·Bᵀ in tiles of whole columns, C[j·n + i] = ⟨a_i, b_j⟩. */
export interface Band {
  readonly left: Factor;
  readonly right: Factor;
  readonly tiles: readonly Shares<Uint16Array>[];
}

/**
 * Π_freivalds: verifies C = A·Bᵀ over Z_2^16 with challenges in R = GR(2^16, 80).
 *
 *     rᵀC s = ⟨rᵀA, B s⟩
 *
 * r and s are vectors of 0/1 polynomials from a coin that is opened only after every z message of
 * the band has been received (the caller prepared it before). Both sides are linear in the shares
 * but for one inner product of length `width` over R, which a sacrifice verifies; rᵀA, B s and
 * rᵀC s are never opened.
 *
 * If C is off by E ≠ 0, write E = 2^v·E′ with E′ ≠ 0 mod 2: rᵀE s = 0 for at most 2·2^−80 of the
 * challenges, and the sacrifice adds 2^−80: 3·2^−80, whatever bits are wrong, the top one included.
 * Local cost: 2·80·(n·m + width·n + width·m) multiply-adds; 160·width bytes opened.
 * [Freivalds 1977; own argument]; docs/protocols/matmul.md.
 */
export async function verifyMatrix(
  ctx: Context,
  band: Band,
  coin: ReturnType<typeof prepareCoin>,
): Promise<void> {
  const step = ctx.booked("freivalds", "check");
  const extension = ringExtension(step.kernels);
  const { left, right } = band;
  const seed = await coin.open();
  const r = challengeRows(step, extension, seed, "r", left.rows);
  const s = challengeRows(step, extension, seed, "s", right.rows);
  const claim = step.timed("check", () => ({
    a: both(left.shares, (x) => weighRows(step, x, r, left)),
    b: both(right.shares, (y) => weighRows(step, y, s, right)),
    c: both16(band.tiles, (tiles) => weighProduct(step, extension, tiles, r, s, left.rows)),
  }));
  try {
    await sacrifice(step.narrow("sacrifice"), extension, claim, true);
  } catch (error) {
    if (!(error instanceof ProtocolAbort) || error.code !== "PRODUCT_CHECK_FAILED") throw error;
    throw new ProtocolAbort("MATRIX_CHECK_FAILED", "a matrix product of secrets is wrong", {
      step: step.path,
    });
  }
}

/** `count` challenges: as ring elements, and coefficient by coefficient as rows of 0 and 1. */
interface Challenges {
  readonly elements: Uint32Array;
  readonly rows: Uint16Array;
}

function challengeRows(
  ctx: Context,
  extension: Extension,
  seed: Uint8Array,
  purpose: string,
  count: number,
): Challenges {
  return ctx.timed("check", () => {
    const bytes = expandCoin(ctx, seed, purpose, extension.challengeBytes(count));
    const elements = extension.challenges(bytes);
    return { elements, rows: columnsOf(elements, extension.words, 0, count) };
  });
}

const pad8 = (count: number): number => Math.ceil(count / 8) * 8;

/**
 * Rows `from`..`to` of a matrix of `width` columns as columns, one after the other, filled up to
 * eights. Block by block, so that what is read is still in the cache when it is written.
 */
function columnsOf(
  x: Uint32Array | Uint16Array,
  width: number,
  from: number,
  to: number,
): Uint16Array {
  const height = pad8(to - from);
  const columns = new Uint16Array(width * height);
  for (let first = 0; first < width; first += BLOCK) {
    const last = Math.min(first + BLOCK, width);
    for (let i = from; i < to; i += 1) {
      for (let t = first; t < last; t += 1) columns[t * height + i - from] = x[i * width + t];
    }
  }
  return columns;
}

const BLOCK = 16;
/** Rows that are weighed at once: their columns fit a cache. A multiple of 8. */
const ROWS_AT_ONCE = 1024;

/** Σ_i r_i·x_i: `width` ring elements from one component of the rows. */
function weighRows(
  ctx: Context,
  x: Uint16Array,
  { elements }: Challenges,
  { rows, width }: Factor,
): Uint32Array {
  const degree = elements.length / rows;
  const sum = new Uint16Array(degree * width);
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const to = Math.min(from + ROWS_AT_ONCE, rows);
    const weights = columnsOf(elements, degree, from, to);
    const columns = columnsOf(x, width, from, to);
    const part = ctx.kernels.matmul16(weights, columns, degree, width, pad8(to - from));
    for (let k = 0; k < sum.length; k += 1) sum[k] += part[k];
  }
  return Uint32Array.from(sum);
}

/** rᵀC s from one component of the tiles. */
function weighProduct(
  ctx: Context,
  extension: Extension,
  tiles: readonly Uint16Array[],
  r: Challenges,
  s: Challenges,
  n: number,
): Uint32Array {
  assert(n % 8 === 0, "rows of a band come in eights");
  let sum: Uint32Array = new Uint32Array(extension.words);
  let column = 0;
  for (const tile of tiles) {
    const m = tile.length / n;
    const weighed = ctx.kernels.matmul16(r.rows, tile, extension.words, m, n);
    const from = column * extension.words;
    const weights = s.elements.subarray(from, from + m * extension.words);
    sum = extension.add(sum, extension.inner(Uint32Array.from(weighed), weights));
    column += m;
  }
  return sum;
}

const both = (x: Shares<Uint16Array>, f: (part: Uint16Array) => Uint32Array): Shares =>
  new Shares(f(x.own), f(x.next));

const both16 = (
  tiles: readonly Shares<Uint16Array>[],
  f: (parts: readonly Uint16Array[]) => Uint32Array,
): Shares => new Shares(f(tiles.map((tile) => tile.own)), f(tiles.map((tile) => tile.next)));
