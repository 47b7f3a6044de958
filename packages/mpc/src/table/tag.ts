import { assert } from "@symbolon/base/assert";
import { mux } from "../circuit/mux.js";
import { cutPlanes, planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import { BLOCK_BITS, KEY_WORDS, prince } from "../circuit/prince.js";
import type { Context } from "../context.js";
import { open } from "../protocol/open.js";
import { randomShares } from "../protocol/reshare.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { verified } from "../verify/checked.js";
import { verifyProducts } from "../verify/products.js";
import { permutationSeeds, type SelectionSeeds, shuffleTable, unshuffleTable } from "./shuffle.js";
import { below, type Table, tableOf, takeColumns, takeRows } from "./table.js";

/** Where a row has its key: in its first one or two words. */
export interface TagKeys {
  readonly keyWords: number;
  /** The word after the key says in its lowest bit whether the row counts; others never match. */
  readonly hasFlags?: boolean;
}

/** Rows in an order that nobody knows, each with a public tag. */
export interface TaggedTable {
  readonly table: Table;
  /** `tagWords` words a row: the same for two rows, of whatever table, iff their keys are equal. */
  readonly tags: Uint32Array;
  readonly tagWords: number;
  /** Puts as many rows, in the secret order, back where the table's rows were. */
  restore(ctx: Context, table: Table): Promise<Table>;
}

/** Words of one block, the longest key. */
const BLOCK_WORDS = BLOCK_BITS / 32;
/** Rows that are encrypted and checked together; bounds the memory of the check. */
export const TAGGED_ROWS = 1 << 16;
/** Rows of one message: vectors of 16 planes of so many stay in the cache. */
const STRIP_ROWS = 1 << 14;

/**
 * Π_tag: shuffles tables, then opens for each row a tag of its key under one secret key.
 *
 *     tag(row) = F_k(key(row)),  F = PRINCEv2, k of 128 random bits that nobody knows
 *     with flags: (F_k, F_k′)(key) for rows that count, 128 random bits for the others
 *
 * Tells all parties which of the shuffled rows have equal keys, and so how often each key occurs in
 * each table, but not which key, nor whose row: that is what joins by tags leak. The shuffles and
 * all gates are verified before a tag is opened. A permutation gives different keys different tags.
 *
 * 960 AND a row (2,048 with flags), 36 rounds and a check, 64 bits a row opened; the shuffles.
 * Soundness: `tagTerms`. [Laur, Talviste, Willemson 2013]; docs/protocols/tag.md.
 */
export async function tagTables(
  ctx: Context,
  tables: readonly Table[],
  keys: TagKeys,
): Promise<TaggedTable[]> {
  const { keyWords, hasFlags = false } = keys;
  assert(keyWords >= 1 && keyWords <= BLOCK_WORDS, "a key has one or two words");
  const least = keyWords + (hasFlags ? 1 : 0);
  assert(
    tables.every(({ width }) => width >= least),
    "tables have keys, and flags where rows have them",
  );
  const step = ctx.batch("tag");
  const sides = tables.map((_, k) => step.fork(`table-${k}`));
  const seeds = sides.map(permutationSeeds);
  const shuffled = await Promise.all(
    tables.map((table, k) => shuffleTable(sides[k], table, seeds[k])),
  );
  step.join(...sides);
  const secret = below(...shuffled.map((table) => takeColumns(table, 0, least)));
  const hidden = await tagsOf(step, secret, { keyWords, hasFlags });
  const opened = await open(step, await verified(step, hidden.shares), "xor");
  ctx.join(step);
  let from = 0;
  return shuffled.map((table, k) => {
    const tags = opened.subarray(from, (from += table.rows * hidden.width));
    return { table, tags, tagWords: hidden.width, restore: restorer(seeds[k], table.rows) };
  });
}

const restorer =
  (seeds: SelectionSeeds, rows: number) =>
  (ctx: Context, table: Table): Promise<Table> => {
    assert(table.rows === rows, "as many rows as were tagged");
    return unshuffleTable(ctx, table, seeds);
  };

/** Secret tags of rows of a key and perhaps a flag. Verified band by band. */
async function tagsOf(step: Context, rows: Table, keys: Required<TagKeys>): Promise<Table> {
  const blocks = keys.hasFlags ? 2 : 1;
  const secrets = randomShares(step.narrow("key"), new Uint32Array(0), blocks * KEY_WORDS);
  const ciphers = cutPlanes(secrets, blocks);
  const none = new Uint32Array(0);
  const tags = [tableOf(new Shares(none, none), BLOCK_WORDS * blocks)];
  for (const [from, to] of stretches(rows.rows, 0, TAGGED_ROWS)) {
    const band = step.batch(`rows-${from}`);
    const parts = [...stretches(to, from, STRIP_ROWS)].map(([first, end]) => ({
      ctx: band.fork(`strip-${first}`),
      rows: takeRows(rows, first, end),
    }));
    tags.push(
      ...(await Promise.all(parts.map((part) => stripTags(part.ctx, part.rows, keys, ciphers)))),
    );
    band.join(...parts.map((part) => part.ctx));
    await verifyProducts(band);
    step.join(band);
  }
  return below(...tags);
}

/** Cuts rows `from`..`to` − 1 into stretches. */
function* stretches(to: number, from: number, size: number): Generator<[from: number, to: number]> {
  for (let at = from; at < to; at += size) yield [at, Math.min(to, at + size)];
}

async function stripTags(
  ctx: Context,
  rows: Table,
  { keyWords, hasFlags }: Required<TagKeys>,
  ciphers: readonly Shares[],
): Promise<Table> {
  const planes = planesOfRows(ctx, rows.shares, rows.width);
  const block = wholeBlock(planes.slice(0, 32 * keyWords));
  const forks = ciphers.map((_, k) => ctx.fork(`cipher-${k}`));
  const made = await Promise.all(ciphers.map((key, k) => prince(forks[k], key, block)));
  ctx.join(...forks);
  const tags = hasFlags ? await whereFlagged(ctx, planes[32 * keyWords], made.flat()) : made.flat();
  return tableOf(rowsOfPlanes(ctx, tags, rows.rows), BLOCK_WORDS * ciphers.length);
}

/** The planes of a key, and zeros up to a block. */
function wholeBlock(key: readonly Bits[]): Bits[] {
  const none = new Uint32Array(key[0].length);
  const zeros = Array.from({ length: BLOCK_BITS - key.length }, () => new Shares(none, none));
  return [...key, ...zeros];
}

/** Tags where the flag is set, uniform bits elsewhere. */
async function whereFlagged(ctx: Context, flag: Bits, tags: readonly Bits[]): Promise<Bits[]> {
  const words = flag.length;
  const random = randomShares(ctx.narrow("random"), flag.own, words * tags.length);
  return mux(ctx, flag, tags, cutPlanes(random, tags.length));
}
