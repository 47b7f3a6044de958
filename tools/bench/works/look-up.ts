import { linkRule, RECORDS } from "@symbolon/case-data/compare/link-rule";
import { scoreRow } from "@symbolon/case-data/encode/score";
import type { Context } from "@symbolon/mpc/context";
import type { RecordSide } from "@symbolon/mpc/linkage/link";
import { sideOf } from "@symbolon/mpc/linkage/list";
import { type LookUpRule, lookUp, lookUpTerms, storedList } from "@symbolon/mpc/linkage/look-up";
import { weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { recordTable } from "@symbolon/mpc/linkage/records";
import { PRODUCTION } from "@symbolon/mpc/profile";
import { concatBits } from "@symbolon/mpc/protocol/and";
import type { RingVector, Shares } from "@symbolon/mpc/sharing/shares";
import { soundnessBits } from "@symbolon/mpc/verify/soundness";
import { lookUpInTheClear } from "@symbolon/queries/plaintext/look-up";
import { CHECK_SECONDS_PER_AND, MULTIPLY_ADDS_PER_SECOND } from "../costs.js";
import { flatRecords, layoutOf, listsOf } from "./link-lists.js";
import { column32, columnBits, defineWork, type Work } from "./work.js";

type Sizes = Readonly<Record<"rows" | "dims", number>>;

/** So many people are invented; a longer list has them again and again. */
const PEOPLE_MAX = 5_000;
/** Rows of the new list, of which the first is looked up. */
const FRESH = 128;
const PLACES = 128;

const padded = ({ rows }: Sizes): number => Math.ceil(rows / 256) * 256;
const ruleOf = (sizes: Sizes): LookUpRule => ({
  records: RECORDS,
  score: linkRule(layoutOf(sizes), 256, padded(sizes)).score,
  places: PLACES,
});
const people = ({ rows, dims }: Sizes) => listsOf({ rows: Math.min(rows, PEOPLE_MAX), dims });

/** One new record against a stored list, in both stages; validity of the list is not in it. */
export const lookUpOne: Work = defineWork<Sizes, ReturnType<typeof inputs>>({
  name: "look-up",
  about: "one new record against a stored list that was validated before, both stages",
  unit: "pairs/s",
  options: { rows: 100_000, dims: 512 },
  bounds: { rows: [1, 200_000], dims: [512, 2048] },
  operations: ({ rows }) => rows,
  inputs,
  run: async (ctx, columns, sizes) => {
    const stored = sideFrom(ctx, sizes, padded(sizes), 1, {
      content: columns.storedContent,
      present: columns.storedPresent,
      records: columns.storedRecords,
    });
    const fresh = sideFrom(ctx, sizes, FRESH, 0, {
      content: columns.freshContent,
      present: columns.freshPresent,
      records: columns.freshRecords,
    });
    const [edges] = await lookUp(ctx, storedList(ctx, stored), fresh, 1, ruleOf(sizes));
    const found = concatBits(edges.isPair, ...edges.weights, ...edges.column);
    return [{ shares: found, adding: "xor" }];
  },
  isRight: ([found], _, sizes) => agreesWithClear(found, sizes),
  soundnessBits: (sizes) => soundnessBits(lookUpTerms(PRODUCTION, ruleOf(sizes), padded(sizes), 1)),
  sketch: (sizes) => {
    const rows = padded(sizes);
    const gates = rows * 160 + PLACES * 7565;
    return {
      multiply: (rows * (80 + 2) * (sizes.dims + 16)) / MULTIPLY_ADDS_PER_SECOND,
      check: gates * CHECK_SECONDS_PER_AND,
      bytes: rows * 2 + gates / 8 + rows * 48 * 8,
      rounds: 400,
    };
  },
  goals: ({ rows }) =>
    rows === 100_000 ? { in: "seconds", must: 10, aim: 2, references: {} } : undefined,
});

type ListShares = Readonly<Record<"content" | "present" | "records", Shares<Uint32Array>>>;

function sideFrom(
  ctx: Context,
  sizes: Sizes,
  rows: number,
  at: 0 | 1,
  shares: ListShares,
): RecordSide {
  const layout = layoutOf(sizes);
  const list = { rows, ...shares, real: shares.records };
  const step = ctx.narrow(`list-${at}`);
  return {
    side: sideOf(step, layout, list, at),
    records: recordTable(step, RECORDS, list, layout.fields.length),
  };
}

/** Vectors of a list whose row k is row k mod `count` of the people. */
function repeated(values: ArrayLike<number>, length: number, rows: number, width: number) {
  const out = new Uint32Array(length);
  const count = values.length / width;
  for (let row = 0; row < rows; row += 1) {
    const from = (row % count) * width;
    for (let k = 0; k < width; k += 1) out[row * width + k] = values[from + k];
  }
  return out;
}

function columnsOf(sizes: Sizes, at: 0 | 1, rows: number, filled: number) {
  const layout = layoutOf(sizes);
  const [dims, fields] = [layout.dims, layout.fields.length];
  const words = RECORDS.bits / 32;
  const list = () => people(sizes)[at];
  return {
    content: column32(filled * dims, () =>
      repeated(list().encoded.content, filled * dims, rows, dims),
    ),
    present: column32(filled * fields, () =>
      repeated(list().encoded.present, filled * fields, rows, fields),
    ),
    records: columnBits(filled * words, () => {
      const { records } = list();
      return repeated(flatRecords(records, records.length), filled * words, rows, words);
    }),
  };
}

function inputs(sizes: Sizes) {
  const stored = columnsOf(sizes, 1, sizes.rows, padded(sizes));
  const fresh = columnsOf(sizes, 0, 1, FRESH);
  return {
    storedContent: stored.content,
    storedPresent: stored.present,
    storedRecords: stored.records,
    freshContent: fresh.content,
    freshPresent: fresh.present,
    freshRecords: fresh.records,
  };
}

/** All places, in whatever order. */
function agreesWithClear(found: RingVector, sizes: Sizes): boolean {
  const [fresh, stored] = people(sizes);
  const rule = ruleOf(sizes);
  const scores = scoreRow(layoutOf(sizes), fresh.encoded, 0, stored.encoded);
  const count = stored.records.length;
  const expected = lookUpInTheClear(
    {
      fresh: fresh.records,
      stored: Array.from({ length: sizes.rows }, (_, row) => stored.records[row % count]),
      score: (_, row) => scores[row % count],
    },
    rule,
    1,
  ).map(({ b, weight }) => `${b} ${weight - weightBounds(RECORDS).least}`);
  const words = PLACES / 32;
  const numberBits = Math.ceil(Math.log2(padded(sizes)));
  const bit = (plane: number, place: number): number =>
    (Number(found[plane * words + (place >> 5)]) >>> (place & 31)) & 1;
  const planes = found.length / words;
  const number = (from: number, to: number, place: number): number =>
    Array.from({ length: to - from }, (_, p) => 2 ** p * bit(from + p, place)).reduce(
      (sum, one) => sum + one,
      0,
    );
  const shown = Array.from({ length: PLACES }, (_, place) => place)
    .filter((place) => bit(0, place) === 1)
    .map((place) => {
      const weight = number(1, planes - numberBits, place);
      return `${number(planes - numberBits, planes, place)} ${weight}`;
    });
  return expected.length > 0 && shown.sort().join() === expected.sort().join();
}
