import { assert } from "@symbolon/base/assert";
import { allEach, anyEach } from "../circuit/batch.js";
import { mux } from "../circuit/mux.js";
import { planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import type { Context } from "../context.js";
import { not, publicBits, xorBits } from "../protocol/and.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { leftJoin } from "../table/join.js";
import { rowNumberBits } from "../table/sort.js";
import {
  below,
  besides,
  publicColumn,
  type Table,
  tableOf,
  takeColumns,
  takeRows,
} from "../table/table.js";
import { inBatch } from "../verify/products.js";
import { chooseCluster, type Vote } from "./cluster-votes.js";
import type { Partners } from "./one-to-one.js";

/** Lists that can be put together at once, at most. */
export const LISTS_MAX = 16;

/** A list whose records are put into clusters. */
export interface ClusterList {
  readonly rows: number;
  /** One bit a row: is it a record, and no row that fills the list up? */
  readonly real: Bits;
  /** For each earlier list the partners of this list's rows there (Π_one-to-one). */
  readonly partners: readonly Partners[];
  /** Words of each row that its head gets, of one width for all lists. */
  readonly carried?: Table;
}

/** Who heads a person, and what her records carry. */
export interface Clusters {
  /** One word for each row of all lists, in public order (see `clusters`). */
  readonly persons: Table;
  /**
   * For each list, if rows carry words: for each row of all lists what the person whom it heads
   * has on that list; zeros if nothing. Of a row that heads nobody it says nothing of use.
   */
  readonly brought: readonly Table[];
}

/** Bits of a row's name: its number, its list, and one that says that there is no such row. */
interface Names {
  readonly row: number;
  readonly list: number;
}

/** All rows of the lists so far, in public order. */
interface Known {
  readonly names: Uint32Array;
  /** One word a row: the name of its cluster's head. */
  readonly heads: Table;
  /** One word a row: of a head, bit ℓ says whether its cluster has a member on list ℓ; else 0. */
  readonly members: Table;
  /** Of each list so far, what its rows gave to their heads. */
  readonly brought: readonly Table[];
}

/**
 * Π_clusters: which records of several lists are one person, by their one-to-one links.
 *
 * List after list, all rows of a list at once: a record joins the cluster that Π_votes chooses, and
 * heads one of its own if there is none. So nobody is in a cluster to most of whose members she is
 * not linked herself: no chains, and no record brings two others together by being like both.
 *
 *     a partner's name  →  its head  →  the head's members        two Π_join for each list
 *     Π_votes;   the heads that were joined learn it, and get
 *              what the record carries                              one Π_join
 *
 * Result: one word for each row of all lists, in public order: bit 0: this row heads a cluster;
 * bit 1 + ℓ: the cluster has a record of list ℓ (Π_persons). Rows that head none have zeros. A row
 * that fills a list up heads nothing. `lowest` is `weightBounds().least`. Opens nothing but what
 * the joins' sorts open. Verified. Soundness: `clusterTerms`. Own rule and construction;
 * docs/protocols/clusters.md.
 */
export async function clusters(
  ctx: Context,
  lists: readonly ClusterList[],
  lowest: number,
): Promise<Clusters> {
  assert(lists.length >= 1 && lists.length <= LISTS_MAX, "so many lists");
  assert(
    lists.every(({ partners, rows }, b) => {
      return partners.length === b && partners.every((list) => list.rows === rows);
    }),
    "partners of each row in each earlier list",
  );
  assert(
    lists.every(({ carried, rows }) => {
      const like = lists[0].carried;
      return carried?.width === like?.width && (carried === undefined || carried.rows === rows);
    }),
    "words of each row of all lists, or of none",
  );
  const step = ctx.narrow("clusters");
  const names = nameBits(lists.map(({ rows }) => rows));
  const first = namesOf(names, 0, lists[0].rows);
  const column = publicColumn(step.self, first);
  let known: Known = {
    names: first,
    heads: column,
    members: publicColumn(step.self, ones(first)),
    brought: lists[0].carried ? [lists[0].carried] : [],
  };
  for (let b = 1; b < lists.length; b += 1) {
    known = await addList(step.narrow(`list-${b}`), known, names, { list: lists[b], lowest });
  }
  const persons = await personsOf(step.narrow("persons"), lists, known.members);
  return { persons, brought: known.brought };
}

/** Bits of names of so many rows a list. */
export const nameBits = (rows: readonly number[]): Names => ({
  row: rowNumberBits(Math.max(...rows)),
  list: rowNumberBits(rows.length),
});

/** Bits of a name, with the one on top that no row has. */
export const nameKeyBits = ({ row, list }: Names): number => row + list + 1;

const ones = (like: Uint32Array): Uint32Array => new Uint32Array(like.length).fill(1);

const namesOf = (names: Names, list: number, rows: number): Uint32Array =>
  Uint32Array.from({ length: rows }, (_, row) => (list << names.row) | row);

interface Added {
  readonly list: ClusterList;
  readonly lowest: number;
}

async function addList(
  ctx: Context,
  known: Known,
  names: Names,
  { list, lowest }: Added,
): Promise<Known> {
  const { rows, partners, carried } = list;
  const at = partners.length;
  const keyBits = nameKeyBits(names);
  const column = publicColumn(ctx.self, known.names);
  const wanted = below(...partners.map((one, a) => partnerNames(ctx, names, one, a)));
  const heads = await leftJoin(ctx.narrow("heads"), {
    left: wanted,
    right: besides(column, known.heads),
    keyBits,
  });
  const members = await leftJoin(ctx.narrow("members"), {
    left: keysOf(ctx, names, heads),
    right: besides(column, known.members),
    keyBits,
  });
  const votes = partners.map(({ has, weights }, a): Vote => {
    const planes = (table: Table): Bits[] =>
      planesOfRows(ctx, takeRows(table, a * rows, (a + 1) * rows).shares, 2).slice(32);
    return { has, weights, head: planes(heads).slice(0, keyBits - 1), members: planes(members) };
  });
  const own = namesOf(names, at, rows);
  const choice = await inBatch(ctx, "choose", async (step) => {
    const { joins, head } = await chooseCluster(step, votes, lowest);
    return { joins, head: await mux(step, joins, head, publicPlanes(step, own, keyBits - 1)) };
  });
  const newHeads = tableOf(rowsOfPlanes(ctx, choice.head, rows), 1);
  // Who heads a cluster of her own has a name that no earlier row has.
  const joined = await leftJoin(ctx.narrow("joined"), {
    left: column,
    right: carried ? besides(newHeads, carried) : newHeads,
    keyBits,
  });
  const [isJoined] = planesOfRows(ctx, takeColumns(joined, 0, 1).shares, 1);
  const grown = bitColumn(ctx, isJoined, at, known.names.length);
  const alone = bitColumn(ctx, not(ctx, choice.joins), at, rows);
  const shares = xorBits(known.members.shares, grown.shares);
  return {
    names: Uint32Array.from([...known.names, ...own]),
    heads: below(known.heads, newHeads),
    members: below({ ...known.members, shares }, alone),
    brought: carried
      ? [
          ...known.brought.map((table) => below(table, zeros(rows, carried.width))),
          below(takeColumns(joined, 1, joined.width), carried),
        ]
      : [],
  };
}

const zeros = (rows: number, width: number): Table => {
  const none = new Uint32Array(rows * width);
  return tableOf(new Shares(none, none), width);
};

/** The names of partners in list `a`; without a partner one that no row has. */
function partnerNames(ctx: Context, names: Names, { rows, has, number }: Partners, a: number) {
  assert(number.length <= names.row, "numbers of rows");
  const zero = nothing(has);
  const row = Array.from({ length: names.row }, (_, p) => number[p] ?? zero);
  const list = Array.from({ length: names.list }, (_, p) => (((a >>> p) & 1) === 1 ? has : zero));
  return tableOf(rowsOfPlanes(ctx, [...row, ...list, not(ctx, has)], rows), 1);
}

/** Names that were found, as keys; where none was found, one that no row has. */
function keysOf(ctx: Context, names: Names, found: Table): Table {
  const planes = planesOfRows(ctx, found.shares, 2);
  const bits = nameKeyBits(names) - 1;
  const name = planes.slice(32, 32 + bits);
  return tableOf(rowsOfPlanes(ctx, [...name, not(ctx, planes[0])], found.rows), 1);
}

const nothing = ({ length }: Bits): Bits =>
  new Shares(new Uint32Array(length), new Uint32Array(length));

/** One word a row, of which one bit may be set. */
function bitColumn(ctx: Context, bit: Bits, place: number, rows: number): Table {
  const planes = Array.from({ length: place + 1 }, (_, p) => (p === place ? bit : nothing(bit)));
  return tableOf(rowsOfPlanes(ctx, planes, rows), 1);
}

function publicPlanes(ctx: Context, values: Uint32Array, count: number): Bits[] {
  const words = Math.ceil(values.length / 128) * 4;
  return Array.from({ length: count }, (_, p) => {
    const bits = new Uint32Array(words);
    values.forEach((value, k) => {
      bits[k >>> 5] |= ((value >>> p) & 1) << (k & 31);
    });
    return publicBits(ctx, bits);
  });
}

/**
 * Π_persons: a row that joined nobody heads a person if it is a record, or if others joined it. So
 * nobody can take a person out of the count by calling her row a filling one.
 */
async function personsOf(
  ctx: Context,
  lists: readonly ClusterList[],
  members: Table,
): Promise<Table> {
  const parts: Table[] = [];
  let from = 0;
  for (const [at, { rows, real }] of lists.entries()) {
    const { shares } = takeRows(members, from, from + rows);
    from += rows;
    const planes = planesOfRows(ctx, shares, 1).slice(0, lists.length);
    const others = planes.filter((_, list) => list !== at);
    const isHead = await inBatch(ctx, `list-${at}`, async (step) => {
      const counts = await anyEach(step, [[real, ...others]]);
      return allEach(step, [[planes[at], ...counts]]);
    });
    const shown = planes.map((plane, list) => (list === at ? isHead[0] : plane));
    parts.push(tableOf(rowsOfPlanes(ctx, [isHead[0], ...shown], rows), 1));
  }
  return below(...parts);
}
