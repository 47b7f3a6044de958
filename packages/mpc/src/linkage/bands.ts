import { assert } from "@symbolon/base/assert";
import { allEach, andEach } from "../circuit/batch.js";
import { mux } from "../circuit/mux.js";
import { planesOfRows, rowsOfPlanes } from "../circuit/planes.js";
import { weightedSum } from "../circuit/weighted-sum.js";
import type { Context } from "../context.js";
import { concatBits, not, xorBits } from "../protocol/and.js";
import { type Bits, Shares } from "../sharing/shares.js";
import { compactRows } from "../table/compact.js";
import { type Sorted, sortTable } from "../table/sort.js";
import {
  abreast,
  below,
  besides,
  gatherRows,
  publicColumn,
  rowNumbers,
  type Table,
  tableOf,
  takeColumns,
  takeRows,
} from "../table/table.js";
import { inBatch, verifyProducts } from "../verify/products.js";
import {
  type Band,
  type BandBatch,
  type BandRule,
  bandBatches,
  batchWork,
  SORT_BITS,
  sortedParts,
  sortKeyBits,
  sortWork,
  worthPlanes,
} from "./band-rule.js";
import { type Edges, type ListSizes, numberBits } from "./edges.js";
import { weighPlaces } from "./pair-floor.js";
import { greatest, type RowBests } from "./row-bests.js";

/** What bands have found: pairs with their rows' numbers, and the best of each row of ours. */
export interface BandPairs {
  /** No pair is there twice; what an empty place holds is zeros. */
  readonly edges: Edges;
  readonly bests: RowBests;
}

/** Set in the word behind a record that is of theirs; below it is the number of its row. */
const THEIRS = 0x80000000;

/**
 * Π_band-pairs: the match weights of pairs that agree in a key and in enough besides, without all
 * pairs; and the greatest weight of each row of ours.
 *
 *     for each band: both lists in the order of its key (Π_sort);  row k with rows k+1 … k+window:
 *     wanted = one is ours ∧ same key ∧ ¬(same key of an earlier band)
 *              ∧ [Σ worth of what agrees ≥ least]
 *     →  Π_compact, to a public number of places  →  Π_match-weight  →  back, best of each row
 *
 * No pair is wanted in two bands. What stands further apart than the window, or finds no room, is
 * left out. N rows in all: for each band a sort of N rows by 32
 * bits; about 125 AND, one for each bit of the parts, and a shuffle of two records for each of the
 * N·window slots; 7,600 AND for each place (persons). All is verified before anything is opened,
 * and nothing is opened but what Π_sort and Π_compact open. Soundness: `bandTerms`.
 * docs/protocols/bands.md.
 */
export async function weighBands(
  ctx: Context,
  ours: Table,
  theirs: Table,
  rule: BandRule,
): Promise<BandPairs> {
  const width = rule.records.bits / 32;
  assert(ours.width === width && theirs.width === width, "one record a row");
  assert(ours.rows % 128 === 0 && theirs.rows % 128 === 0, "rows come in groups of 128");
  const made: { edges: readonly Edges[]; best: readonly Bits[] }[] = [];
  for (const [at, band] of rule.bands.entries()) {
    const step = ctx.batch(`band-${at}`);
    const sorted = await sortBand(step, ours, theirs, rule, band);
    step.progress(sortWork(ours.rows + theirs.rows));
    const { edges, byDistance } = await weighSorted(step, sorted.table, {
      rule,
      at,
      ours: ours.rows,
    });
    const planes = 1 + edges[0].weights.length;
    const best = await bestOfRows(step, byDistance, planes);
    const back = takeRows(await sorted.restore(step, best), 0, ours.rows);
    made.push({ edges, best: planesOfRows(step, back.shares, 1).slice(0, planes) });
    ctx.join(step);
  }
  const side = joinedPlanes(made.map(({ best }) => best));
  const [has, ...weights] = await inBatch(ctx, "bests", (step) =>
    greatest(step, side, ours.rows / 32),
  );
  return {
    edges: joinedEdges(made.flatMap(({ edges }) => edges)),
    bests: { rows: ours.rows, has, weights },
  };
}

/** Planes of several vectors, end to end. */
const joinedPlanes = (parts: readonly (readonly Bits[])[]): Bits[] =>
  parts[0].map((_, p) => concatBits(...parts.map((planes) => planes[p])));

const joinedEdges = (parts: readonly Edges[]): Edges => ({
  places: parts.reduce((sum, { places }) => sum + places, 0),
  isPair: concatBits(...parts.map(({ isPair }) => isPair)),
  weights: joinedPlanes(parts.map(({ weights }) => weights)),
  row: joinedPlanes(parts.map(({ row }) => row)),
  column: joinedPlanes(parts.map(({ column }) => column)),
});

/** Records of both lists, each with the word that says whose it is, in the order of a band. */
async function sortBand(
  ctx: Context,
  ours: Table,
  theirs: Table,
  rule: BandRule,
  band: Band,
): Promise<Pick<Sorted, "table" | "restore">> {
  const marks = Uint32Array.from({ length: ours.rows + theirs.rows }, (_, k) =>
    k < ours.rows ? k : THEIRS + (k - ours.rows),
  );
  const lists = below(ours, theirs);
  const keys = await inBatch(ctx, "keys", (step) => keysOf(step, lists, rule, band));
  const rows = besides(keys, lists, publicColumn(ctx.self, marks));
  const { table, restore } = await sortTable(ctx, rows, [{ column: 0, bits: SORT_BITS }]);
  return { table: takeColumns(table, 1, table.width), restore };
}

/** A band's key of each record: XORs of bits of parts, which are zeros where they are not known. */
async function keysOf(ctx: Context, records: Table, rule: BandRule, band: Band): Promise<Table> {
  const planes = planesOfRows(ctx, records.shares, records.width);
  const parts = sortedParts(band);
  const known = await allEach(
    ctx.narrow("known"),
    parts.map((part) => rule.parts[part].known.map((place) => planes[place])),
  );
  const xored = (all: readonly Bits[]): Bits => all.reduce((sum, plane) => xorBits(sum, plane));
  const bits = parts.flatMap((part, k) =>
    rule.parts[part].bits.map(
      (places) => [known[k], xored(places.map((place) => planes[place]))] as const,
    ),
  );
  const masked = await andEach(ctx.narrow("masked"), bits);
  const names = parts.flatMap((part) => rule.parts[part].bits.map((_, bit) => `${part} ${bit}`));
  const none = new Shares(new Uint32Array(records.rows / 32), new Uint32Array(records.rows / 32));
  const keys = sortKeyBits(rule, band).map((ones) =>
    xored([none, ...ones.map(([part, bit]) => masked[names.indexOf(`${part} ${bit}`)])]),
  );
  return tableOf(rowsOfPlanes(ctx, keys, records.rows), 1);
}

/** What a sorted table is looked through with. */
interface Look {
  readonly rule: BandRule;
  /** The band's number: its pairs are not those of bands before it. */
  readonly at: number;
  /** Rows of ours; the others of the table are theirs. */
  readonly ours: number;
}

/** What was found in a sorted table. */
interface Found {
  readonly edges: readonly Edges[];
  /** For each distance 1 … window one word a sorted row: its pair with the row so far behind. */
  readonly byDistance: readonly Table[];
}

/** Weighs the pairs of a sorted table, batch after batch. */
async function weighSorted(ctx: Context, sorted: Table, look: Look): Promise<Found> {
  const { rule, at, ours } = look;
  const { window } = rule.bands[at];
  const none = new Uint32Array(sorted.width);
  // Slots behind the table's end read one empty row, whose parts are all unknown.
  const ended = below(sorted, tableOf(new Shares(none, none), sorted.width));
  const byDistance = Array.from({ length: window }, () =>
    tableOf(new Shares(new Uint32Array(sorted.rows), new Uint32Array(sorted.rows)), 1),
  );
  const edges: Edges[] = [];
  for (const batch of bandBatches(rule, rule.bands[at], ours, sorted.rows - ours)) {
    const step = ctx.batch(`rows-${batch.first}`);
    const made = await weighBatch(step, ended, batch, look);
    edges.push(made.edges);
    byDistance.forEach(({ shares }, d) => {
      for (let t = 0; t < batch.rows; t += 1) {
        const row = batch.first + t * batch.stride;
        if (row >= sorted.rows) break;
        shares.own[row] = made.words.own[d * batch.rows + t];
        shares.next[row] = made.words.next[d * batch.rows + t];
      }
    });
    ctx.join(step);
    ctx.progress(batchWork(batch, rule.bands[at]));
  }
  return { edges, byDistance };
}

/** Weighs the wanted pairs of a batch; `words` are what they weigh, one a slot, zeros elsewhere. */
async function weighBatch(
  ctx: Context,
  ended: Table,
  { first, stride, rows, places }: BandBatch,
  look: Look,
): Promise<{ edges: Edges; words: Bits }> {
  const { records, bands } = look.rule;
  const row = (slot: number): number => Math.min(first + (slot % rows) * stride, ended.rows - 1);
  const behind = (slot: number): number =>
    Math.min(row(slot) + 1 + Math.floor(slot / rows), ended.rows - 1);
  const take = (of: (slot: number) => number): Table =>
    gatherRows(ended, rowNumbers(rows * bands[look.at].window).map(of));
  const [x, y] = [take(row), take(behind)];
  const wanted = await wantedPairs(ctx.narrow("wanted"), x, y, look);
  const compacted = await compactRows(ctx, wanted, abreast([x, y]), places);
  const [a, b] = [0, x.width].map((from) =>
    planesOfRows(ctx, takeColumns(compacted.table, from, from + x.width).shares, x.width),
  );
  const record = (planes: readonly Bits[]): Bits[] => planes.slice(0, records.bits);
  const { weights, isPair } = await weighPlaces(ctx, [record(a), record(b)], {
    ...{ records, floor: look.rule.floor },
    has: compacted.isFlagged,
  });
  const sizes = { rows: look.ours, columns: ended.rows - 1 - look.ours };
  const numbers = await rowAndColumn(ctx, a.slice(records.bits), b.slice(records.bits), sizes);
  await verifyProducts(ctx);
  const words = tableOf(rowsOfPlanes(ctx, [isPair, ...weights], places), 1);
  const back = await compacted.restore(ctx, words);
  return { edges: { places, isPair, weights, ...numbers }, words: back.shares };
}

/** Whichever of two marks is ours, and the other one. */
async function rowAndColumn(
  ctx: Context,
  x: readonly Bits[],
  y: readonly Bits[],
  sizes: ListSizes,
): Promise<Pick<Edges, "row" | "column">> {
  const [a, b] = [x, y].map((mark) => mark.slice(0, numberBits(sizes)));
  const row = await mux(ctx.narrow("whose"), x[x.length - 1], b, a);
  return { row, column: row.map((plane, p) => xorBits(plane, xorBits(a[p], b[p]))) };
}

/** One bit a slot: do x and y belong to this band, and is their agreement worth a look? */
async function wantedPairs(ctx: Context, x: Table, y: Table, look: Look): Promise<Bits> {
  const { rule, at } = look;
  const [left, right] = [x, y].map(({ shares, width }) => planesOfRows(ctx, shares, width));
  const differs = left.map((plane, p) => xorBits(plane, right[p]));
  const same = await allEach(
    ctx.narrow("same"),
    rule.parts.map(({ known, bits }) => [
      ...known.flatMap((place) => [left[place], right[place]]),
      ...bits.map((places) => not(ctx, places.map((place) => differs[place]).reduce(xorBits))),
    ]),
  );
  const agree = await allEach(
    ctx.narrow("keys"),
    rule.bands.slice(0, at + 1).map(({ parts }) => parts.map((part) => same[part])),
  );
  const { planes, added } = worthPlanes(rule);
  const terms = rule.parts.flatMap(({ worth }, part) =>
    worth > 0 ? [{ bit: same[part], weight: worth }] : [],
  );
  const worth = await weightedSum(ctx.narrow("worth"), terms, added, planes);
  const isCross = differs[differs.length - 1];
  const earlier = agree.slice(0, at).map((bit) => not(ctx, bit));
  const [wanted] = await allEach(ctx.narrow("all"), [
    [isCross, agree[at], worth[planes - 1], ...earlier],
  ]);
  return wanted;
}

/**
 * For each sorted row the greatest word of its pairs, with those behind and those before it.
 * Verified. Rows of theirs get one as well, which nobody asks for.
 */
async function bestOfRows(
  ctx: Context,
  byDistance: readonly Table[],
  planes: number,
): Promise<Table> {
  const moved = (part: Uint32Array, by: number): Uint32Array => {
    const out = new Uint32Array(part.length);
    out.set(part.subarray(0, part.length - by), by);
    return out;
  };
  const sides = byDistance.flatMap(({ shares }, d) => [
    shares,
    shares.map((part) => moved(part, d + 1)),
  ]);
  const side = joinedPlanes(sides.map((words) => planesOfRows(ctx, words, 1).slice(0, planes)));
  const { rows } = byDistance[0];
  const best = await inBatch(ctx, "rows", (step) => greatest(step, side, rows / 32));
  return tableOf(rowsOfPlanes(ctx, best, rows), 1);
}
