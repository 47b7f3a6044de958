import { personBands } from "@symbolon/case-data/compare/band-rule";
import { type LinkableList, nearPairs } from "@symbolon/case-data/compare/link";
import { linkRule, RECORDS } from "@symbolon/case-data/compare/link-rule";
import type { Context } from "@symbolon/mpc/context";
import { type BandRule, bandBatches } from "@symbolon/mpc/linkage/band-rule";
import { bandTerms } from "@symbolon/mpc/linkage/band-terms";
import { weighBands } from "@symbolon/mpc/linkage/bands";
import { compareTerms } from "@symbolon/mpc/linkage/compare";
import { linkPlaces, type RecordSide, weighingWork, weighPairs } from "@symbolon/mpc/linkage/link";
import { linkTerms } from "@symbolon/mpc/linkage/link-terms";
import { sideOf } from "@symbolon/mpc/linkage/list";
import { type RecordList, recordTable } from "@symbolon/mpc/linkage/records";
import { matchedRows, type RowBests, rowBests } from "@symbolon/mpc/linkage/row-bests";
import { PRODUCTION } from "@symbolon/mpc/profile";
import type { RingVector, Shares } from "@symbolon/mpc/sharing/shares";
import type { Table } from "@symbolon/mpc/table/table";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { weighBandsInTheClear } from "@symbolon/queries/plaintext/bands";
import { type ClearPair, weighPairsInTheClear } from "@symbolon/queries/plaintext/link";
import { CHECK_SECONDS_PER_AND, MULTIPLY_ADDS_PER_SECOND } from "../costs.js";
import { matmul } from "../matmul.js";
import {
  bothStages,
  layoutOf,
  listsOf,
  padded,
  recordListsOf,
  recordsAlone,
  SHARED,
} from "./link-lists.js";
import { defineWork, type Sketch, type Work } from "./work.js";

/** All pairs by score, or those that a few keys bring together. */
const WAYS = ["pairs", "bands"] as const;
const isBands = ({ way }: LinkSizes): boolean => WAYS[way] === "bands";

type LinkSizes = Readonly<Record<"rows" | "dims" | "way", number>>;

const ruleOf = (sizes: LinkSizes) => linkRule(layoutOf(sizes), padded(sizes), padded(sizes));
const bandsOf = (sizes: LinkSizes): BandRule => personBands(padded(sizes), padded(sizes));

const leastWeight = (sizes: LinkSizes): number => {
  const pairs = padded(sizes) ** 2;
  return Math.round(Math.log2(pairs / (SHARED * sizes.rows)) * RECORDS.unitsPerBit);
};

/** Two lists of invented people in both stages, as a query would link them. */
export const link: Work = defineWork<LinkSizes, ReturnType<typeof bothStages>>({
  name: "link",
  about: "two lists of people linked: all pairs by score, or by bands; then field by field",
  unit: "pairs/s",
  options: { rows: 10_000, dims: 512, way: WAYS.indexOf("pairs") },
  bounds: { rows: [1, 100_000], dims: [512, 2048] },
  choices: { way: WAYS },
  operations: ({ rows }) => rows * rows,
  inputs: (sizes) => (isBands(sizes) ? recordsAlone(sizes) : bothStages(sizes)),
  run: async (ctx, columns, sizes) => {
    const lists = (["ours", "theirs"] as const).map((name) => ({
      content: columns[`${name}Content`],
      present: columns[`${name}Present`],
      records: columns[`${name}Records`],
    }));
    const bests = await (isBands(sizes)
      ? byBands(ctx, lists, sizes)
      : byAllPairs(ctx, lists, sizes));
    const flags = await matchedRows(ctx, bests, RECORDS, leastWeight(sizes));
    return [{ shares: flags, adding: "xor" }];
  },
  isRight: ([flags], _, sizes) => agreesWithClear(flags, sizes),
  soundnessBits: (sizes) => {
    const rows = padded(sizes);
    return soundnessBits(
      isBands(sizes)
        ? bandTerms(PRODUCTION, bandsOf(sizes), rows, rows)
        : [
            ...compareTerms(PRODUCTION, rows, rows),
            ...linkTerms(PRODUCTION, ruleOf(sizes), rows, rows, 0),
          ],
    );
  },
  sketch: (sizes) => (isBands(sizes) ? bandSketch(sizes) : pairSketch(sizes)),
  goals: ({ rows, way }) =>
    rows === 10_000 && WAYS[way] === "pairs"
      ? { in: "seconds", must: 600, aim: 60, references: {} }
      : undefined,
});

function pairSketch(sizes: LinkSizes): Sketch {
  const rows = padded(sizes);
  const { rankBits, groupColumns, perRow } = ruleOf(sizes);
  const pairs = rows * rows;
  const slots = (pairs / groupColumns) * (2 ** rankBits - 1);
  const gates = pairs * (30 + 2 ** rankBits) + slots * 125 + rows * perRow * 7565;
  return {
    multiply: (pairs * 2 * (sizes.dims + 16)) / MULTIPLY_ADDS_PER_SECOND,
    check: gates * CHECK_SECONDS_PER_AND,
    bytes: pairs * 2 + gates / 8 + slots * 90 * 4 * 2,
    rounds: Math.ceil(rows / PRODUCTION.tileRows) * 700,
  };
}

/** Sorts of both lists, slots of two records that are shuffled, and places that are weighed. */
function bandSketch(sizes: LinkSizes): Sketch {
  const rule = bandsOf(sizes);
  const rows = padded(sizes);
  const total = 2 * rows;
  const log = Math.log2(total);
  const sum = (of: (band: BandRule["bands"][number]) => number): number =>
    rule.bands.reduce((all, band) => all + of(band), 0);
  const slots = sum(({ window }) => window * total);
  const places = sum(({ perRow }) => perRow * rows);
  const sorts = rule.bands.length * total * (log + 1) * (32 + log);
  const gates = sorts + slots * 530 + places * 7565;
  const batches = sum((band) => bandBatches(rule, band, rows, rows).length);
  return {
    check: gates * CHECK_SECONDS_PER_AND,
    bytes: gates / 8 + (slots * 91 + rule.bands.length * total * 48) * 8,
    rounds: batches * 500 + rule.bands.length * 1500,
  };
}

type ListShares = Readonly<Record<"content" | "present" | "records", Shares<Uint32Array>>>;
type Lists = readonly ListShares[];

function byAllPairs(ctx: Context, lists: Lists, sizes: LinkSizes): Promise<RowBests> {
  const layout = layoutOf(sizes);
  const [ours, theirs] = lists.map((shares, at): RecordSide => {
    const list = recordList(shares, sizes);
    const step = ctx.narrow(`list-${at}`);
    return {
      side: sideOf(step, layout, list, at as 0 | 1),
      records: recordTable(step, RECORDS, list, layout.fields.length),
    };
  });
  const rows = padded(sizes);
  const places = linkPlaces(ruleOf(sizes), rows, rows, ctx.profile.tileRows);
  ctx.expectWork(rows * rows + weighingWork(places));
  return weighPairs(ctx, ours, theirs, ruleOf(sizes)).then((pairs) => rowBests(ctx, pairs));
}

function byBands(ctx: Context, lists: Lists, sizes: LinkSizes): Promise<RowBests> {
  const fields = layoutOf(sizes).fields.length;
  const [ours, theirs] = lists.map(
    (shares, at): Table =>
      recordTable(ctx.narrow(`list-${at}`), RECORDS, recordList(shares, sizes), fields),
  );
  return weighBands(ctx, ours, theirs, bandsOf(sizes)).then(({ bests }) => bests);
}

const recordList = (shares: ListShares, sizes: LinkSizes): RecordList => ({
  rows: padded(sizes),
  ...shares,
  real: shares.records,
});

/** All rows, by the oracle. */
function agreesWithClear(flags: RingVector, sizes: LinkSizes): boolean {
  const rows = padded(sizes);
  const empty = new Uint32Array(RECORDS.bits / 32);
  const whole = ({ records }: Pick<LinkableList, "records">) =>
    Array.from({ length: rows }, (_, row) => records[row] ?? empty);
  const pairs = isBands(sizes)
    ? weighBandsInTheClear(wholeRecords(recordListsOf(sizes.rows), whole), bandsOf(sizes))
    : allPairsInTheClear(sizes, whole);
  const least = leastWeight(sizes);
  const matched = new Set(pairs.filter(({ weight }) => weight >= least).map(({ a }) => a));
  const bit = (row: number): boolean => ((Number(flags[row >> 5]) >>> (row & 31)) & 1) === 1;
  return (
    flags.length === rows / 32 &&
    matched.size > 0 &&
    Array.from({ length: rows }, (_, row) => bit(row) === matched.has(row)).every(Boolean)
  );
}

type Whole = (list: Pick<LinkableList, "records">) => Uint32Array[];

const wholeRecords = (lists: readonly Pick<LinkableList, "records">[], whole: Whole) =>
  [whole(lists[0]), whole(lists[1])] as const;

function allPairsInTheClear(sizes: LinkSizes, whole: Whole): ClearPair[] {
  const [ours, theirs] = listsOf(sizes);
  const rule = ruleOf(sizes);
  const rows = padded(sizes);
  const near = Array.from({ length: rows }, () => new Set<number>());
  for (const [a, b] of nearPairs(layoutOf(sizes), ours, theirs, rule.score, matmul)) near[a].add(b);
  return weighPairsInTheClear(
    {
      rows,
      columns: rows,
      score: (a, b) => (near[a].has(b) ? rule.score : rule.score - 1),
      records: wholeRecords([ours, theirs], whole),
    },
    rule,
    PRODUCTION.tileRows,
  );
}
