import { assert } from "@symbolon/base/assert";
import { all, allBits } from "../circuit/all.js";
import { bits32, sign32 } from "../circuit/sign.js";
import type { Context } from "../context.js";
import type { Profile } from "../profile.js";
import { concatBits, not } from "../protocol/and.js";
import { expandCoin, prepareCoin } from "../protocol/coin.js";
import { addPublic, dot, mul } from "../protocol/dot.js";
import { open } from "../protocol/open.js";
import { subtract } from "../ring/vector.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { verified } from "../verify/checked.js";
import { ringExtension } from "../verify/extension.js";
import { dotsError, gatesError, RING_ERROR, type SoundnessTerm } from "../verify/soundness.js";
import type { LinkageLayout, SharedList } from "./list.js";

/** Version of what `validateList` demands: a list found valid under another one is checked anew. */
export const VALIDITY_RULES = "validity-1";

/** Random projections of each record; a record that could wrap around passes with ≤ 2^−96. */
export const PROJECTIONS = 96;
/** A projection of an honest record lies in [−2^10, 2^10). */
const PROJECTION_BITS = 10;

/** What is public about why a list was refused. */
export type Validity = "valid" | "presence-not-a-bit" | "content-out-of-bounds";

/**
 * Π_valid: are all records of a list ones that an honest provider could have sent?
 *
 *   presence   p² = p mod 2^32 (then p is 0 or 1: one of p, p − 1 is odd)
 *   no wrap    96 public random projections, entries 0 (½), ±1 (¼ each), lie in [−2^10, 2^10).
 *              If some |a_j| ≥ 2^11, then whatever the rest is, each passes with probability ≤ ½.
 *   bounded    floor_f · p_f ≤ ‖content_f‖² ≤ cap_f · p_f, exact, since |a_j| < 2^11 and a
 *              block has ≤ 512 elements
 *
 * The coins are tossed after the shares are fixed. About 82·96 + 122·fields AND a record. Opens one
 * verdict a list: one bit, 128 times over, and a zero combination of p² − p.
 * [modular Johnson-Lindenstrauss: Gentry, Halevi, Lyubashevsky 2021]; docs/protocols/validity.md.
 */
export async function validateList(
  ctx: Context,
  layout: LinkageLayout,
  list: SharedList,
): Promise<Validity> {
  assertTiled(layout);
  if (!(await presenceIsBits(ctx, list.present))) return "presence-not-a-bit";
  const verdicts: Bits[] = [];
  const { validityRows } = ctx.profile;
  for (let row = 0; row < list.rows; row += validityRows) {
    const step = ctx.batch(`rows-${row}`);
    const rows = Math.min(validityRows, list.rows - row);
    const bits = await boundedRows(step, layout, rowsOf(layout, list, row, rows));
    verdicts.push((await verified(step, bits)).value);
    ctx.join(step);
  }
  const step = ctx.batch("verdict");
  const verdict = await allBits(step, await all(step, concatBits(...verdicts), 4));
  const opened = await open(step, await verified(step, verdict), "xor");
  ctx.join(step);
  return opened.every((word) => word === 0xffffffff) ? "valid" : "content-out-of-bounds";
}

/** What the checks of `validateList` may miss, for one list. */
export function validityTerms(
  profile: Profile,
  { dims, fields }: LinkageLayout,
  rows: number,
): SoundnessTerm[] {
  const gates = profile.validityRows * (83 * PROJECTIONS + 125 * fields.length);
  const blocks = Math.ceil(rows / profile.validityRows);
  const norms = { rows: profile.validityRows, width: dims };
  const squares = { rows: rows * Math.max(1, fields.length), width: 1 };
  return [
    { check: "gates of a validity block", count: blocks, error: gatesError(profile, gates) },
    { check: "gates of a verdict", count: 1, error: gatesError(profile, (blocks + 7) * 128) },
    { check: "norms", count: blocks, error: dotsError(profile, norms) },
    { check: "squares of presence bits", count: 1, error: dotsError(profile, squares) },
    { check: "presence is a bit", count: 1, error: RING_ERROR },
    { check: "a record that could wrap around", count: rows, error: 2 ** -PROJECTIONS },
  ];
}

/** Blocks cover the whole content, so that no element escapes its bound. */
function assertTiled({ dims, fields }: LinkageLayout): void {
  let offset = 0;
  for (const field of fields) {
    assert(field.offset === offset, "blocks lie side by side");
    assert(field.size <= 512, "a block has at most 512 elements");
    offset += field.size;
  }
  assert(offset === dims, "the blocks fill the content");
}

/** Σ ρ_k·(p_k² − p_k) = 0 for random ρ in GR(2^32, 80), tossed after the squares are fixed. */
async function presenceIsBits(ctx: Context, present: Shares): Promise<boolean> {
  const step = ctx.batch("presence");
  const coin = prepareCoin(step);
  const squares = await mul(step, present, present);
  const extension = ringExtension(step.kernels);
  const seed = await coin.open();
  const bytes = expandCoin(step, seed, "presence", extension.challengeBytes(present.length));
  const combine = (square: Uint32Array, bit: Uint32Array): Uint32Array => {
    const difference = subtract(square, bit);
    const sum = new Uint32Array(extension.words);
    for (let k = 0; k < difference.length; k += 1) {
      const value = difference[k];
      for (let c = 0; c < extension.words; c += 1) {
        const byte = bytes[(extension.words / 8) * k + (c >> 3)];
        if ((byte >> (c & 7)) & 1) sum[c] += value;
      }
    }
    return sum;
  };
  const combined = step.timed(
    "check",
    () => new Shares(combine(squares.own, present.own), combine(squares.next, present.next)),
  );
  const opened = await open(step, await verified(step, combined), "add");
  ctx.join(step);
  return opened.every((word) => word === 0);
}

function rowsOf(
  layout: LinkageLayout,
  list: SharedList,
  from: number,
  rows: number,
): Pick<SharedList, "rows" | "content" | "present"> {
  const cut = (x: Shares, width: number): Shares =>
    new Shares(
      x.own.subarray(from * width, (from + rows) * width),
      x.next.subarray(from * width, (from + rows) * width),
    );
  return {
    rows,
    content: cut(list.content, layout.dims),
    present: cut(list.present, layout.fields.length),
  };
}

/** 128 bits, all set if every row is bounded. */
async function boundedRows(
  ctx: Context,
  layout: LinkageLayout,
  list: Pick<SharedList, "rows" | "content" | "present">,
): Promise<Bits> {
  const projection = ctx.fork("projections");
  const norm = ctx.fork("norms");
  const [small, bounded] = await Promise.all([
    smallProjections(projection, layout, list),
    boundedNorms(norm, layout, list),
  ]);
  ctx.join(projection, norm);
  return all(ctx, concatBits(small, bounded), 4);
}

async function smallProjections(
  ctx: Context,
  layout: LinkageLayout,
  { rows, content }: Pick<SharedList, "rows" | "content">,
): Promise<Bits> {
  const coin = await prepareCoin(ctx).open();
  const matrix = projections(expandCoin(ctx, coin, "projections", (PROJECTIONS * layout.dims) / 4));
  const project = (part: Uint32Array): Uint32Array =>
    ctx.kernels.matmul32(part, matrix, rows, PROJECTIONS, layout.dims);
  const projected = ctx.timed(
    "multiply",
    () => new Shares(project(content.own), project(content.next)),
  );
  // y + 2^10 must lie in [0, 2^11): the planes from 11 up must be zero.
  const shifted = addPublic(ctx, projected, 2 ** PROJECTION_BITS);
  const planes = await bits32(ctx, shifted, PROJECTION_BITS + 1);
  return all(ctx, not(ctx, concatBits(...planes)), 4);
}

/** Entries 0 (½), +1 (¼), −1 (¼) from pairs of random bits. */
export function projections(bytes: Uint8Array): Uint32Array {
  return Uint32Array.from({ length: bytes.length * 4 }, (_, k) => {
    const pair = (bytes[k >> 2] >> (2 * (k & 3))) & 3;
    return (pair & 1) - (pair >> 1);
  });
}

async function boundedNorms(
  ctx: Context,
  layout: LinkageLayout,
  { rows, content, present }: Pick<SharedList, "rows" | "content" | "present">,
): Promise<Bits> {
  const fields = layout.fields.length;
  const slacks = await Promise.all(
    layout.fields.map(async (field, f) => {
      const step = ctx.fork(`field-${f}`);
      const block = blockOf(content, rows, layout.dims, field);
      const square = await dot(step, block, block, field.size);
      ctx.join(step);
      const bound = (limit: number, sign: 1 | -1) => (norm: Uint32Array, bit: Uint32Array) =>
        norm.map((value, row) => sign * (Math.imul(limit, bit[row * fields + f]) - value));
      return [bound(field.cap, 1), bound(field.floor, -1)].map(
        (slack) => new Shares(slack(square.own, present.own), slack(square.next, present.next)),
      );
    }),
  );
  const negative = await sign32(ctx, concatBits(...slacks.flat()));
  return all(ctx, not(ctx, negative), 4);
}

/** The columns of one field, row by row. */
function blockOf(
  content: Shares,
  rows: number,
  dims: number,
  { offset, size }: { readonly offset: number; readonly size: number },
): Shares {
  const cut = (part: Uint32Array): Uint32Array => {
    const out = new Uint32Array(rows * size);
    for (let row = 0; row < rows; row += 1) {
      const from = row * dims + offset;
      out.set(part.subarray(from, from + size), row * size);
    }
    return out;
  };
  return new Shares(cut(content.own), cut(content.next));
}
