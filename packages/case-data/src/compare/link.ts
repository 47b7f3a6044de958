import { assert } from "@symbolon/base/assert";
import { type EncodedPersons, encodePersons } from "../encode/encode.js";
import type { LinkageLayout } from "../encode/layout.js";
import { type Matmul16, scoreAll } from "../encode/score.js";
import { listStats } from "../encode/stats.js";
import { fieldValues } from "../encode/values.js";
import type { Person } from "../person.js";
import { estimateMatches, type MatchEstimate, type WeightCount } from "./estimate.js";
import { compareRecords } from "./levels.js";
import { firstStageScore, RECORDS } from "./link-rule.js";
import { comparisonRecord } from "./record.js";
import { matchWeight } from "./weigh.js";

/** A list as both stages of a linkage see it. Stays with its provider. */
export interface LinkableList {
  readonly encoded: EncodedPersons;
  /** For the second stage, by `RECORDS`. */
  readonly records: readonly Uint32Array[];
}

/** Prepares a list, by its own statistics alone. */
export function linkable(persons: readonly Person[], layout: LinkageLayout): LinkableList {
  const stats = listStats(persons);
  return {
    encoded: encodePersons(persons, layout, stats),
    records: persons.map((person) => comparisonRecord(RECORDS, fieldValues(person), stats)),
  };
}

/** A pair that reached the second stage: rows of both lists, and what the comparison found. */
export interface ComparedPair {
  readonly a: number;
  readonly b: number;
  /** Levels by field (`COMPARISONS`). */
  readonly levels: Int8Array;
  /** Match weight, in units of `RECORDS`. */
  readonly weight: number;
}

export interface Linkage {
  /** All that reached the second stage. */
  readonly compared: readonly ComparedPair[];
  readonly pairs: number;
  readonly estimate: MatchEstimate;
  /** Weight from which on a pair is as likely one person as two. */
  readonly threshold: number;
  /** Pairs at or above it. */
  readonly links: readonly ComparedPair[];
}

export interface LinkOptions {
  readonly layout: LinkageLayout;
  readonly matmul?: Matmul16;
  /** Matches that the parties agreed to expect; else estimated from the weights. */
  readonly expected?: number;
}

/** Rows of the first stage at a time: bounds its memory. */
const BAND_ROWS = 256;

/**
 * Links two lists, or with one list finds its duplicates, in the clear: all pairs by the bilinear
 * score, then those that are near by comparison levels. The oracle of what nodes compute.
 */
export function linkLists(
  a: LinkableList,
  b: LinkableList | undefined,
  { layout, matmul, expected }: LinkOptions,
): Linkage {
  const other = b ?? a;
  const [rows, columns] = [a.records.length, other.records.length];
  const pairs = b === undefined ? (rows * (rows - 1)) / 2 : rows * columns;
  assert(pairs > 0, "lists to link have pairs");
  const likely = b === undefined ? rows / 2 : Math.min(rows, columns);
  const scoreMin = firstStageScore(layout, pairs, likely);
  const compared: ComparedPair[] = [];
  for (const [row, column] of nearPairs(layout, a, b, scoreMin, matmul)) {
    const [left, right] = [a.records[row], other.records[column]];
    const levels = compareRecords(RECORDS, left, right);
    const weight = matchWeight(RECORDS, levels, left, right);
    compared.push({ a: row, b: column, levels, weight });
  }
  const estimate = estimateMatches(weightCounts(compared), pairs);
  const matches = Math.max(expected ?? estimate.expected, 1e-3);
  const threshold = Math.round(Math.log2(pairs / matches) * RECORDS.unitsPerBit);
  const links = compared.filter(({ weight }) => weight >= threshold);
  return { compared, pairs, estimate, threshold, links };
}

/** Pairs of rows whose score reaches `scoreMin`; within one list each pair once. */
export function* nearPairs(
  layout: LinkageLayout,
  a: LinkableList,
  b: LinkableList | undefined,
  scoreMin: number,
  matmul?: Matmul16,
): Generator<readonly [row: number, column: number]> {
  const columns = (b ?? a).encoded;
  for (let from = 0; from < a.encoded.rows; from += BAND_ROWS) {
    const band = bandOf(layout, a.encoded, from);
    const scores = scoreAll(layout, band, columns, matmul);
    for (let row = 0; row < band.rows; row += 1) {
      const first = b === undefined ? from + row + 1 : 0;
      for (let column = first; column < columns.rows; column += 1) {
        if (scores[row * columns.rows + column] >= scoreMin) yield [from + row, column];
      }
    }
  }
}

function bandOf(layout: LinkageLayout, list: EncodedPersons, from: number): EncodedPersons {
  const to = Math.min(list.rows, from + BAND_ROWS);
  const [dims, fields] = [layout.dims, layout.fields.length];
  return {
    rows: to - from,
    content: list.content.subarray(from * dims, to * dims),
    present: list.present.subarray(from * fields, to * fields),
    keys: list.keys,
  };
}

/** A histogram of weights in steps of one bit. */
export function weightCounts(compared: readonly Pick<ComparedPair, "weight">[]): WeightCount[] {
  const counts = new Map<number, number>();
  for (const { weight } of compared) {
    const bits = Math.round(weight / RECORDS.unitsPerBit);
    counts.set(bits, (counts.get(bits) ?? 0) + 1);
  }
  return [...counts].sort(([x], [y]) => x - y).map(([bits, count]) => ({ bits, count }));
}

/** Each record in at most one pair: greedily from the greatest weight, then in the order given. */
export function oneToOne(links: readonly ComparedPair[]): ComparedPair[] {
  const [left, right] = [new Set<number>(), new Set<number>()];
  return [...links]
    .sort((x, y) => y.weight - x.weight)
    .filter(({ a, b }) => {
      if (left.has(a) || right.has(b)) return false;
      left.add(a);
      right.add(b);
      return true;
    });
}
