import { assert } from "@symbolon/base/assert";
import { atLeast } from "../circuit/at-least.js";
import { andEach } from "../circuit/batch.js";
import { planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import { addPlanes } from "../circuit/popcount.js";
import type { Context } from "../context.js";
import { concatBits, maskPublic, not, publicBits, xorBits } from "../protocol/and.js";
import { type Bits, Shares } from "../sharing/shares.js";
import {
  type Blocks,
  blockBits,
  blockPlanes,
  blockRows,
  blocksOf,
  type Combine,
  notHere,
  rowBefore,
} from "../table/blocks.js";
import { groupTotals } from "../table/group-totals.js";
import { sameAsBefore } from "../table/key.js";
import { type SortKey, sortTable } from "../table/sort.js";
import { besides, gatherRows, publicColumn, type Table, tableOf } from "../table/table.js";
import { verifyProducts } from "../verify/products.js";
import { countOthers } from "./other-lists.js";

/** Bits of a slot's code, and of its key. */
export const CODE_BITS = 4;
export const KEY_BITS = 64;
/** Lists that may be laid together: a row's lists are bits of one word. */
export const LISTS_MAX = 16;

/** All public, and constants of a query. */
export interface SharedKeysRule {
  /** Keys of a row, at most. What a row has no room for it cannot ask about. */
  readonly slots: number;
  /** Codes 1 … channels say what kind of key stands in a slot; any other: none. At most 15. */
  readonly channels: number;
  /** A key that more rows of one list carry counts for nothing, for that list alone. */
  readonly ownMax: number;
  /** A key that more rows of all lists carry, after that, counts for nothing at all. */
  readonly allMax: number;
  /** Bits of a count: 2^bits − 1 stands for as many lists or more. */
  readonly countBits: number;
}

/** One organisation's list. Two lists of one organisation must not be counted as two. */
export interface SlottedList {
  readonly rows: number;
  /** `codeWords` words a row: `CODE_BITS` bits a slot, slot after slot; XOR-shared. */
  readonly codes: Bits;
  /** `KEY_BITS` bits a slot, likewise: two words, the low one first. */
  readonly keys: Bits;
}

/** Words of a row that hold the codes of so many slots; bits beyond them are not looked at. */
export const codeWords = (slots: number): number => Math.ceil((slots * CODE_BITS) / 32);

/**
 * Π_shared-keys: for each row of each list and each channel how many *other* lists have one of the
 * row's keys of that channel, up to 2^countBits − 1: one word a row, channel c (from 0) in bits
 * c·countBits and up. In the order of each list's rows, so that each owner may be told its own.
 *
 *     SELECT row, channel, LEAST(COUNT(DISTINCT other.list), 3) FROM slot JOIN slot AS other
 *     USING (key) WHERE other.list <> slot.list AND key NOT IN crowds GROUP BY row, channel
 *
 * All slots of all lists are one table, sorted by (is it empty, key); the sort is stable, so in
 * each group of equal keys the rows of a list lie together. Totals over these runs find a list's
 * own crowds, totals over the groups the lists that have a key, and the crowds of all.
 *
 * Nobody learns which keys are equal, how often, or how many slots are filled: nothing is opened
 * but comparisons of a random order. Any codes and keys are proper input. The result is verified.
 * Soundness: `sharedKeysTerms`. docs/protocols/indicators.md.
 */
export async function sharedKeys(
  ctx: Context,
  lists: readonly SlottedList[],
  rule: SharedKeysRule,
): Promise<Table[]> {
  checkSizes(lists, rule);
  if (lists.length === 1) return lists.map(({ rows }) => tableOf(noBits(rows), 1));
  const step = ctx.batch("shared-keys");
  const inChannel = await channelBits(step.narrow("codes"), codePlanes(step, lists, rule), rule);
  // Nothing may be unverified when the sort opens its comparisons.
  await verifyProducts(step.narrow("check-codes"));
  const rows = slotTable(step, lists, rule, inChannel);
  const { table, restore } = await sortTable(step, rows, SORT_KEYS);
  const found = await otherLists(step, table, lists.length, rule);
  await verifyProducts(step.narrow("check-others"));
  const others = await restore(step, found);
  const planes = planesAt(step, others, slotPlaces(lists, rule)).slice(0, lists.length);
  const counts = await countOthers(step, lists, rule, inChannel, planes);
  await verifyProducts(step.narrow("check-counts"));
  ctx.join(step);
  return counts;
}

export function checkSizes(lists: readonly { rows: number }[], rule: SharedKeysRule): void {
  const { slots, channels, ownMax, allMax, countBits } = rule;
  const isWhole = [slots, channels, ownMax, allMax, countBits].every(Number.isInteger);
  assert(isWhole && slots >= 1, "a slot");
  assert(channels >= 1 && channels < 2 ** CODE_BITS, "channels that codes can name");
  assert(ownMax >= 1 && allMax >= 2 && allMax < 2 ** 16, "crowds of several rows");
  assert(countBits >= 1 && channels * countBits <= 32, "counts that fit a word");
  assert(lists.length >= 1 && lists.length <= LISTS_MAX, "so many lists");
  assert(
    lists.every(({ rows }) => Number.isInteger(rows) && rows > 0),
    "a row",
  );
}

const noBits = (words: number): Bits => new Shares(new Uint32Array(words), new Uint32Array(words));

/** A list's rows as planes have them, filled up with rows that are not there. */
export const planeRows = (rows: number): number => 128 * Math.ceil(rows / 128);

/** The bit of every slot in planes: list after list, slot after slot, row after row. */
function slotPlaces(lists: readonly SlottedList[], { slots }: SharedKeysRule): Uint32Array {
  const places = new Uint32Array(slotCount(lists, slots));
  let [at, first] = [0, 0];
  for (const { rows } of lists) {
    for (let slot = 0; slot < slots; slot += 1, first += planeRows(rows)) {
      for (let row = 0; row < rows; row += 1, at += 1) places[at] = first + row;
    }
  }
  return places;
}

export const slotCount = (lists: readonly { rows: number }[], slots: number): number =>
  lists.reduce((sum, { rows }) => sum + rows * slots, 0);

/** The planes of one word a slot, zeros where there is none. */
function planesAt(ctx: Context, table: Table, places: Uint32Array): Bits[] {
  const end = planeRows(places[places.length - 1] + 1);
  const spread = (part: Uint32Array): Uint32Array => {
    const out = new Uint32Array(end);
    places.forEach((place, k) => {
      out[place] = part[k];
    });
    return out;
  };
  return planesOfRows(ctx, table.shares.map(spread), 1);
}

/** The planes of the codes of all slots. */
function codePlanes(
  ctx: Context,
  lists: readonly SlottedList[],
  { slots }: SharedKeysRule,
): Bits[] {
  const ofList = lists.map(({ codes, rows }) => {
    const width = codeWords(slots);
    assert(codes.length === rows * width, "a code for every slot");
    return planesOfRows(ctx, codes, width);
  });
  return Array.from({ length: CODE_BITS }, (_, bit) =>
    concatBits(
      ...ofList.flatMap((planes) =>
        Array.from({ length: slots }, (_, slot) => planes[slot * CODE_BITS + bit]),
      ),
    ),
  );
}

/** For each channel one bit a slot: is its code that of the channel? 2 + channels AND a slot. */
async function channelBits(
  ctx: Context,
  codes: readonly Bits[],
  { channels }: SharedKeysRule,
): Promise<Bits[]> {
  const [b0, b1, b2, b3] = codes;
  const [low, high] = await andEach(ctx.narrow("halves"), [
    [b0, b1],
    [b2, b3],
  ]);
  const quarters = (x: Bits, y: Bits, both: Bits): Bits[] => [
    not(ctx, xorBits(xorBits(x, y), both)),
    xorBits(x, both),
    xorBits(y, both),
    both,
  ];
  const [lows, highs] = [quarters(b0, b1, low), quarters(b2, b3, high)];
  return andEach(
    ctx.narrow("channels"),
    Array.from({ length: channels }, (_, c) => [lows[(c + 1) & 3], highs[(c + 1) >> 2]] as const),
  );
}

/** Whether a slot is empty, so that no empty one comes between those of a key; then the key. */
const SORT_KEYS: readonly SortKey[] = [{ column: 0, bits: 1 }, { column: 1 }, { column: 2 }];
const SORTED_PLANES = { empty: 0, key: 32, list: 96 } as const;

/** One row a slot: is it empty, its key, its list as one bit of a word, which nodes put there. */
function slotTable(
  ctx: Context,
  lists: readonly SlottedList[],
  rule: SharedKeysRule,
  inChannel: readonly Bits[],
): Table {
  const rows = slotCount(lists, rule.slots);
  const isEmpty = not(ctx, inChannel.reduce(xorBits));
  const empty = tableOf(rowsOfPlanes(ctx, [isEmpty], 32 * isEmpty.length), 1);
  const keys = concatBits(...lists.map((list) => list.keys.map((part) => bySlot(part, list.rows))));
  assert(keys.length === rows * 2, "a key for every slot");
  const list = lists.flatMap((of, l) => Array<number>(of.rows * rule.slots).fill(1 << l));
  return besides(
    gatherRows(empty, slotPlaces(lists, rule)),
    tableOf(keys, 2),
    publicColumn(ctx.self, Uint32Array.from(list)),
  );
}

/** From row after row to slot after slot. */
function bySlot(part: Uint32Array, rows: number): Uint32Array {
  const slots = part.length / (2 * rows);
  const out = new Uint32Array(part.length);
  for (let row = 0; row < rows; row += 1) {
    for (let slot = 0; slot < slots; slot += 1) {
      const [from, to] = [2 * (row * slots + slot), 2 * (slot * rows + row)];
      out[to] = part[from];
      out[to + 1] = part[from + 1];
    }
  }
  return out;
}

/** For each sorted row one word: which other lists have its key, none if it is crowded. */
async function otherLists(
  ctx: Context,
  sorted: Table,
  count: number,
  { ownMax, allMax }: SharedKeysRule,
): Promise<Table> {
  const step = ctx.narrow("others");
  const blocks = blocksOf(sorted.rows);
  const planes = blockPlanes(step, blocks, sorted);
  const isEmpty = planes[SORTED_PLANES.empty];
  const isFilled = notHere(step, blocks, isEmpty);
  const list = planes.slice(SORTED_PLANES.list, SORTED_PLANES.list + count);
  const key = planes.slice(SORTED_PLANES.key, SORTED_PLANES.key + KEY_BITS);
  const sameKey = await sameAsBefore(step, blocks, [isEmpty, ...key]);
  const sameRun = await sameList(step.narrow("run"), blocks, sameKey, list);
  const fewOwn = await fewIn(step.narrow("own"), blocks, not(step, sameRun), isFilled, ownMax, []);
  const [counted] = await andEach(step.narrow("counted"), [[isFilled, fewOwn.isFew]]);
  const lists = await eachWith(step.narrow("lists"), counted, list);
  const groups = step.narrow("all");
  const few = await fewIn(groups, blocks, not(step, sameKey), counted, allMax, lists);
  const [counts] = await andEach(step.narrow("counts"), [[counted, few.isFew]]);
  const mine = await eachWith(step.narrow("mine"), counts, list);
  const pairs = few.any.map((bit, l) => [bit, xorBits(counts, mine[l])] as const);
  const others = await andEach(step.narrow("theirs"), pairs);
  return blockRows(step, blocks, others);
}

const eachWith = (ctx: Context, bit: Bits, planes: readonly Bits[]): Promise<Bits[]> =>
  andEach(
    ctx,
    planes.map((plane) => [bit, plane] as const),
  );

/** Is the row before of the same list, and has it the same key? A row is of exactly one list. */
async function sameList(
  ctx: Context,
  blocks: Blocks,
  sameKey: Bits,
  list: readonly Bits[],
): Promise<Bits> {
  const pairs = list.map((plane) => [plane, rowBefore(blocks, plane)] as const);
  const ofOne = (await andEach(ctx.narrow("list"), pairs)).reduce(xorBits);
  const [same] = await andEach(ctx.narrow("same"), [[sameKey, ofOne]]);
  return same;
}

/** Planes of a count that stops at its greatest value, above `most`. */
export const crowdPlanes = (most: number): number => Math.floor(Math.log2(most + 1)) + 1;

/** For each row: has its group at most `most` rows with the bit; and the OR of other bits. */
async function fewIn(
  ctx: Context,
  blocks: Blocks,
  start: Bits,
  bit: Bits,
  most: number,
  any: readonly Bits[],
): Promise<{ readonly isFew: Bits; readonly any: readonly Bits[] }> {
  const none = publicBits(ctx, new Uint32Array(bit.length));
  const digits = Array.from({ length: crowdPlanes(most) }, (_, p) => (p === 0 ? bit : none));
  const combine: Combine = (at, stop, value, earlier) =>
    addStopping(at, stop, value, earlier, digits.length);
  const totals = await groupTotals(ctx, blocks, start, [...digits, ...any], combine);
  const count = totals.slice(0, digits.length);
  const terms = count.map((plane, p) => ({ bit: plane, weight: 2 ** p }));
  const isMany = await atLeast(ctx.narrow("crowd"), terms, most + 1);
  const here = blockBits(blocks, () => true);
  return { isFew: maskPublic(not(ctx, isMany), here), any: totals.slice(digits.length) };
}

/**
 * value + (stop ? 0 : earlier), at most 2^digits − 1, in the first planes; value ∨ earlier in the
 * others. Both are associative.
 */
async function addStopping(
  ctx: Context,
  stop: Bits,
  value: readonly Bits[],
  earlier: readonly Bits[],
  digits: number,
): Promise<Bits[]> {
  const before = await eachWith(ctx.narrow("earlier"), not(ctx, stop), earlier);
  const sum = await addPlanes(ctx.narrow("add"), value.slice(0, digits), before.slice(0, digits));
  const [over] = sum.splice(digits);
  const flags = value.slice(digits).map((bit, k) => [bit, before[digits + k]] as const);
  const pairs = [...sum.map((plane) => [plane, over] as const), ...flags];
  const both = await andEach(ctx.narrow("or"), pairs);
  return pairs.map(([x, y], k) => xorBits(xorBits(x, y), both[k]));
}
