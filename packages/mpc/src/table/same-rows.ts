import { assert } from "@symbolon/base/assert";
import type { Context } from "../context.js";
import { ProtocolAbort } from "../error.js";
import { expandCoin, prepareCoin } from "../protocol/coin.js";
import { canonical, FIELD_WORDS, fieldMul, fieldProduct } from "../protocol/field-mul.js";
import { openMasked } from "../protocol/open.js";
import { randomShares } from "../protocol/reshare.js";
import { xor } from "../ring/vector.js";
import { Shares } from "../sharing/shares.js";
import { fieldExtension } from "../verify/extension.js";
import { verifyProducts } from "../verify/products.js";
import { type Table, takeRows } from "./table.js";

/** Words of a tag: one element of GF(2^96), the last words of a row. */
export const TAG_WORDS = 3;

/** Rows whose products are checked together; bounds the memory of the check. */
export const CHECKED_ROWS = 1 << 18;

/**
 * Π_same-rows: two tables hold the same rows, in whatever order; the last three words of a row
 * are its tag. Call it after every message that could change them: the coins are tossed here.
 *
 *     h(row) = tag ⊕ Σ_c ρ^c · chunk_c       chunk c = 1, 2, … : three words of the row
 *     Π_k (X ⊕ h(before_k)) = Π_k (X ⊕ h(after_k))          over GF(2^96), X and ρ public
 *
 * The difference of the two sides is opened only times a random value. Two different multisets of n
 * rows pass with probability ≤ n·max(1, chunks)·2^−96 + 2^−96, and what the check of the products
 * lets pass. 2·(n − 1) products; about log2(n) rounds and 32 bytes a row and party, and the check.
 * Throws SHUFFLE_CHECK_FAILED. docs/protocols/shuffle.md.
 */
export async function sameRows(ctx: Context, before: Table, after: Table): Promise<void> {
  assert(before.rows === after.rows && before.width === after.width, "tables of one shape");
  assert(before.width > TAG_WORDS, "rows have a tag");
  const step = ctx.booked("same-rows", "check");
  const coin = await prepareCoin(step).open();
  const extension = fieldExtension(step.kernels);
  const [x, rho] = ["X", "rho"].map((purpose) =>
    extension.challenges(expandCoin(step, coin, purpose, extension.challengeBytes(1))),
  );
  const sides: Shares[][] = [[], []];
  for (let from = 0; from < before.rows; from += CHECKED_ROWS) {
    const to = Math.min(from + CHECKED_ROWS, before.rows);
    const part = step.narrow(`rows-${from}`);
    const products = await Promise.all(
      [before, after].map((table, k) =>
        fieldProduct(
          part.narrow(k === 0 ? "before" : "after"),
          hashed(part, takeRows(table, from, to), x, rho),
        ),
      ),
    );
    products.forEach((product, k) => {
      sides[k].push(product);
    });
    if (to < before.rows) await verifyProducts(part);
  }
  await requireEqual(step, sides);
}

async function requireEqual(step: Context, sides: readonly Shares[][]): Promise<void> {
  const [first, second] = await Promise.all(
    sides.map((parts, k) => fieldProduct(step.narrow(k === 0 ? "before" : "after"), joined(parts))),
  );
  const difference = new Shares(xor(first.own, second.own), xor(first.next, second.next));
  const random = randomShares(step.narrow("random"), first.own, FIELD_WORDS);
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

function joined(parts: readonly Shares[]): Shares {
  const whole = (pick: (part: Shares) => Uint32Array): Uint32Array =>
    Uint32Array.from(parts.flatMap((part) => [...pick(part)]));
  return new Shares(
    whole((part) => part.own),
    whole((part) => part.next),
  );
}

/** X ⊕ h(row) for every row: h is linear, so each component by itself; component 0 takes X. */
function hashed(ctx: Context, table: Table, x: Uint32Array, rho: Uint32Array): Shares {
  const hash = (part: Uint32Array, hasX: boolean): Uint32Array => {
    const { rows, width } = table;
    const data = width - TAG_WORDS;
    const out = chunk(part, rows, width, data, TAG_WORDS);
    if (hasX) addEach(out, x);
    // Horner's rule from the last chunk: ((… chunk_C·ρ) ⊕ chunk_{C−1})·ρ …
    let sum: Uint32Array | undefined;
    for (let c = Math.ceil(data / 3) - 1; c >= 0; c -= 1) {
      const words = chunk(part, rows, width, 3 * c, Math.min(3, data - 3 * c));
      if (sum !== undefined) addInto(words, sum);
      sum = ctx.kernels.gfScale(words, rho);
    }
    if (sum !== undefined) addInto(out, sum);
    return out;
  };
  return ctx.timed(
    "check",
    () =>
      new Shares(hash(table.shares.own, ctx.self === 0), hash(table.shares.next, ctx.self === 2)),
  );
}

/** `count` words from word `from` of every row, as field elements. */
function chunk(
  part: Uint32Array,
  rows: number,
  width: number,
  from: number,
  count: number,
): Uint32Array {
  const out = new Uint32Array(rows * FIELD_WORDS);
  for (let row = 0; row < rows; row += 1) {
    const at = row * width + from;
    for (let word = 0; word < count; word += 1) out[row * FIELD_WORDS + word] = part[at + word];
  }
  return out;
}

function addInto(sum: Uint32Array, more: Uint32Array): void {
  for (let k = 0; k < sum.length; k += 1) sum[k] ^= more[k];
}

function addEach(elements: Uint32Array, x: Uint32Array): void {
  for (let k = 0; k < elements.length; k += 1) elements[k] ^= x[k % FIELD_WORDS];
}
