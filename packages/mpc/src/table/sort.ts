import { assert } from "@symbolon/base/assert";
import { lessThan } from "../circuit/less-than.js";
import { cutPlanes } from "../circuit/planes.js";
import type { Context } from "../context.js";
import { not } from "../protocol/and.js";
import { open } from "../protocol/open.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { verified } from "../verify/checked.js";
import { findOrder } from "./order.js";
import { permutationSeeds, type SelectionSeeds, shuffleTable, unshuffleTable } from "./shuffle.js";
import {
  besides,
  gatherRows,
  gatherWords,
  publicColumn,
  rowNumbers,
  scatterWords,
  type Table,
  takeColumns,
} from "./table.js";

/** A column that rows are sorted by: its low `bits` bits, as an unsigned number. */
export interface SortKey {
  readonly column: number;
  /** 32 if not given. Bits above are not looked at. */
  readonly bits?: number;
  readonly isDescending?: boolean;
}

/** Rows in their new order, the same way for other rows, and the way back. */
export interface Sorted {
  readonly table: Table;
  /** Puts as many other rows, which lie as the table did, into the new order. */
  follow(ctx: Context, table: Table): Promise<Table>;
  /** Puts as many rows, in the new order, back where the sorted table's rows were. */
  restore(ctx: Context, table: Table): Promise<Table>;
}

/** Comparisons that are checked and opened together; bounds the memory of a level. */
export const COMPARED_ROWS = 1 << 18;
/** Below so many comparisons the rounds of a ripple cost more than the gates of a tree. */
const TREE_ROWS = 1 << 17;

/**
 * Π_sort: rows in the order of secret keys, the most significant first; stable.
 *
 * Each row gets its number, so that no two rows are equal; a verified shuffle puts the rows in an
 * order that nobody knows; then rows are compared, many pairs at once, and the answers opened:
 *
 *     before(a, b) = (keys_a, number_a) < (keys_b, number_b)
 *
 * Each level's comparisons are verified *before* they are opened. What is opened is the order of
 * rows that are all different after a uniformly random permutation: a uniformly random order,
 * whatever the rows hold. [Hamada et al. 2012, 2014: shuffle, then compare in the open].
 *
 * About n·(log2 n + 1) comparisons of keyBits + ⌈log2 n⌉ AND each, in log2(n) + 2·log2(log2(n))
 * levels; a level has keyBits + ⌈log2 n⌉ rounds (few of them if it is small), a check, and an
 * opening. How many pairs a level has depends on the secret permutation, not on the rows.
 * Soundness: `sortTerms`. docs/protocols/sort.md.
 */
export async function sortTable(
  ctx: Context,
  table: Table,
  keys: readonly SortKey[],
): Promise<Sorted> {
  const { rows } = table;
  assert(rows < 2 ** 31, "fewer than 2^31 rows");
  const step = ctx.narrow("sort");
  const seeds = permutationSeeds(step);
  const numbered = besides(table, publicColumn(step.self, rowNumbers(rows)));
  const shuffled = await shuffleTable(step, numbered, seeds);
  const columns = keyColumns(shuffled, keys);
  let level = 0;
  const order = await findOrder(rows, (left, right) => {
    level += 1;
    return comesBefore(step.narrow(`level-${level}`), columns, left, right);
  });
  return {
    table: gatherRows(takeColumns(shuffled, 0, table.width), order),
    follow: (later, other) => follow(later, other, order, seeds),
    restore: (later, sorted) => restore(later, sorted, order, seeds),
  };
}

async function follow(
  ctx: Context,
  other: Table,
  order: Uint32Array,
  seeds: SelectionSeeds,
): Promise<Table> {
  assert(other.rows === order.length, "as many rows as were sorted");
  return gatherRows(await shuffleTable(ctx, other, seeds), order);
}

async function restore(
  ctx: Context,
  sorted: Table,
  order: Uint32Array,
  seeds: SelectionSeeds,
): Promise<Table> {
  assert(sorted.rows === order.length, "as many rows as were sorted");
  const shares = sorted.shares.map((part) => scatterWords(part, sorted.width, order));
  return unshuffleTable(ctx, { ...sorted, shares }, seeds);
}

/** One word a row, by itself, so that rows are gathered from little memory. */
interface KeyColumn {
  readonly words: Shares;
  readonly bits: number;
  readonly isDescending: boolean;
}

/** All that decides an order, least significant first: the row number, then the keys from last. */
function keyColumns(shuffled: Table, keys: readonly SortKey[]): KeyColumn[] {
  const column = ({ column, bits = 32, isDescending = false }: SortKey): KeyColumn => {
    assert(bits >= 1 && bits <= 32, "a key has 1 to 32 bits of a word");
    return { words: takeColumns(shuffled, column, column + 1).shares, bits, isDescending };
  };
  assert(
    keys.every((key) => key.column >= 0 && key.column < shuffled.width - 1),
    "keys are columns of the table",
  );
  const number = { column: shuffled.width - 1, bits: rowNumberBits(shuffled.rows) };
  return [number, ...[...keys].reverse()].map(column);
}

/** Bits that tell n rows apart; at least one. */
export const rowNumberBits = (rows: number): number =>
  Math.max(1, Math.ceil(Math.log2(Math.max(1, rows))));

/** Opens one bit a pair: does left[k] come before right[k]? */
async function comesBefore(
  ctx: Context,
  columns: readonly KeyColumn[],
  left: Uint32Array,
  right: Uint32Array,
): Promise<Uint32Array> {
  const out = new Uint32Array(Math.ceil(left.length / 128) * 4);
  for (let from = 0; from < left.length; from += COMPARED_ROWS) {
    const step = ctx.batch(`pairs-${from}`);
    const planes = (rows: Uint32Array): Bits[] =>
      keyPlanes(step, columns, rows.subarray(from, from + COMPARED_ROWS));
    const depth = left.length < TREE_ROWS ? "few-rounds" : "few-gates";
    const less = await lessThan(step, planes(left), planes(right), depth);
    const opened = await open(step, await verified(step, less), "xor");
    out.set(opened, from / 32);
    ctx.join(step);
  }
  return out;
}

/** The planes of the keys of these rows, lowest first. */
const keyPlanes = (ctx: Context, columns: readonly KeyColumn[], rows: Uint32Array): Bits[] =>
  ctx.timed("other", () =>
    columns.flatMap(({ words, bits, isDescending }) => {
      const gather = (part: Uint32Array): Uint32Array =>
        ctx.kernels.bitPlanes32(gatherWords(part, 1, rows), bits);
      const planes = new Shares(gather(words.own), gather(words.next));
      return cutPlanes(isDescending ? not(ctx, planes) : planes, bits);
    }),
  );
