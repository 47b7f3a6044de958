import { assert } from "@symbolon/base/assert";
import type { EncodedPersons } from "../encode/encode.js";
import { CANDIDATES, type Looks, looksFor, personKeys } from "../encode/key-layout.js";
import { keyWorth } from "../encode/key-score.js";
import { type LinkageLayout, normalThreshold } from "../encode/layout.js";
import { type Matmul16, scoreAll } from "../encode/score.js";
import { permutation, type RandomWords } from "../random.js";

/**
 * How often two different people score high: a list's own rows against each other. Needs nothing
 * from anybody else, and stays home: only a rounded threshold leaves.
 */
export interface NullTail {
  readonly layout: LinkageLayout;
  /** Rows of the whole list. */
  readonly listRows: number;
  /** Rows of the sample, and the others each was scored against. */
  readonly rows: number;
  readonly others: number;
  /** For each sampled row its highest scores, descending. */
  readonly highest: readonly Int32Array[];
  /** For each sampled row the highest scores of the first look, and those pairs' keys. */
  readonly looked: readonly LookedAt[];
  /** Scores from here on are thought to be the same person twice, and left out. */
  readonly ceiling: number;
}

/** What the two looks see of a row's highest pairs, by the first look's score, descending. */
interface LookedAt {
  readonly scores: Int32Array;
  readonly worths: Int32Array;
  /** Others that are thought to be the same person: candidates as well. */
  readonly twins: number;
}

export interface NullTailOptions {
  readonly words: RandomWords;
  readonly rowsMax?: number;
  readonly othersMax?: number;
  readonly matmul?: Matmul16;
}

/** Scores kept for each row: enough for every threshold that flags a row with any certainty. */
const KEPT = 256;

function pick(persons: EncodedPersons, order: Uint32Array, layout: LinkageLayout): EncodedPersons {
  const { dims, fields } = layout;
  const content = new Int16Array(order.length * dims);
  const present = new Uint8Array(order.length * fields.length);
  order.forEach((row, k) => {
    content.set(persons.content.subarray(row * dims, (row + 1) * dims), k * dims);
    const bits = persons.present.subarray(row * fields.length, (row + 1) * fields.length);
    present.set(bits, k * fields.length);
  });
  const width = persons.keys.words.length / Math.max(1, persons.rows);
  const words = new Uint32Array(order.length * width);
  order.forEach((row, k) => {
    words.set(persons.keys.words.subarray(row * width, (row + 1) * width), k * width);
  });
  return { rows: order.length, content, present, keys: { rows: order.length, words } };
}

/** The layout as the first look has it. */
const firstLook = (layout: LinkageLayout, { constants }: Looks): LinkageLayout => ({
  ...layout,
  fields: layout.fields.map((field, f) => ({ ...field, constant: [1, constants[f]] as const })),
});

/** Scores a sample of a list's rows against its other rows. */
export function nullTail(
  persons: EncodedPersons,
  layout: LinkageLayout,
  { words, rowsMax = 400, othersMax = 5000, matmul }: NullTailOptions,
): NullTail {
  const order = permutation(persons.rows, words);
  const others = pick(persons, order.subarray(0, othersMax), layout);
  // The sampled rows are the first of the others, so row k must skip column k.
  const rows = pick(persons, order.subarray(0, Math.min(rowsMax, othersMax)), layout);
  const most = Math.max(persons.rows, 2);
  const ceiling = normalThreshold(layout, (most * (most - 1)) / 2, most / 2);
  const highest: Int32Array[] = [];
  const looked: LookedAt[] = [];
  const keys = personKeys();
  const first = firstLook(layout, looksFor(keys, layout, 1));
  for (let k = 0; k < rows.rows; k += 50) {
    const band = Uint32Array.from({ length: Math.min(50, rows.rows - k) }, (_, j) => k + j);
    const banded = pick(rows, band, layout);
    const scores = scoreAll(layout, banded, others, matmul);
    const mild = scoreAll(first, banded, others, matmul);
    band.forEach((row, j) => {
      const [from, to] = [j * others.rows, (j + 1) * others.rows];
      const [line, milder] = [scores.subarray(from, to), mild.subarray(from, to)];
      const strangers = Uint32Array.from(line.keys()).filter(
        (column) => column !== row && line[column] < ceiling,
      );
      const twins = others.rows - 1 - strangers.length;
      const most = (of: Int32Array): Uint32Array =>
        strangers.sort((a, b) => of[b] - of[a]).slice(0, KEPT);
      highest.push(Int32Array.from(most(line), (column) => line[column]));
      const near = most(milder);
      looked.push({
        scores: Int32Array.from(near, (column) => milder[column]),
        worths: Int32Array.from(near, (column) =>
          keyWorth(keys, rows.keys, row, others.keys, column),
        ),
        twins,
      });
    });
  }
  const count = Math.max(0, others.rows - 1);
  return {
    layout,
    listRows: persons.rows,
    rows: rows.rows,
    others: count,
    highest,
    looked,
    ceiling,
  };
}

const countAtLeast = (descending: Int32Array, threshold: number): number => {
  let count = 0;
  while (count < descending.length && descending[count] >= threshold) count += 1;
  return count;
};

/** Probability that two different people score `threshold` or more. */
export function strangerRate(tail: NullTail, threshold: number): number {
  const hits = tail.highest.reduce((sum, scores) => sum + countAtLeast(scores, threshold), 0);
  return tail.rows === 0 || tail.others === 0 ? 0 : hits / (tail.rows * tail.others);
}

/** Of one row's highest scores, how many pass both looks for a query's threshold. */
function countConfirmed(tail: NullTail, row: number, threshold: number): number {
  const { score, worth } = looksFor(personKeys(), tail.layout, threshold);
  const { scores, worths } = tail.looked[row];
  let count = 0;
  for (let k = 0; k < scores.length && scores[k] >= score; k += 1) {
    if (worths[k] >= worth) count += 1;
  }
  return count;
}

/**
 * Chance that a row has so many others among its candidates that the record of its own person is
 * lost with them: strangers, or the same person again and again. Mean over rows of
 * P(others ≥ slots), Poisson with the row's own rate, in a group of this list's rows.
 */
export function crowdedShare(tail: NullTail, threshold: number): number {
  if (tail.rows === 0 || tail.others === 0) return 0;
  const { score } = looksFor(personKeys(), tail.layout, threshold);
  const ofRows = Math.min(CANDIDATES.ofRows, tail.listRows);
  let sum = 0;
  for (const { scores, twins } of tail.looked) {
    const mean = ((countAtLeast(scores, score) + twins) / tail.others) * ofRows;
    let term = Math.exp(-mean);
    let fewer = 0;
    for (let k = 0; k < 2 ** CANDIDATES.rankBits - 1; k += 1) {
      fewer += term;
      term *= mean / (k + 1);
    }
    sum += Math.max(0, 1 - fewer);
  }
  return sum / tail.rows;
}

/**
 * Expected share of people unknown to the other lists that a query with `threshold` still takes
 * for known, if the others have `theirsRows` rows in all: mean over rows of 1 − (1 − p_row)^rows.
 * A row's own rate is drawn a little to the mean, since rates below 1 / others cannot be seen.
 * Of two rates the greater counts: by the score alone, as rows of the own list are told apart, and
 * by both looks.
 */
export function falseKnownShare(tail: NullTail, threshold: number, theirsRows: number): number {
  if (tail.rows === 0 || tail.others === 0) return 0;
  const byScore = tail.highest.map((scores) => countAtLeast(scores, threshold));
  const byBoth = tail.highest.map((_, row) => countConfirmed(tail, row, threshold));
  return Math.max(...[byScore, byBoth].map((counts) => meanShare(tail, counts, theirsRows)));
}

function meanShare(tail: NullTail, counts: readonly number[], theirsRows: number): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / (tail.rows * tail.others);
  const prior = theirsRows > tail.others ? 0.2 * tail.others : 0;
  let sum = 0;
  for (const count of counts) {
    const rate = (count + prior * mean) / (tail.others + prior);
    sum += 1 - (1 - rate) ** theirsRows;
  }
  return sum / tail.rows;
}

export interface ChosenThreshold {
  /** In units, a multiple of a quarter bit, at least 1. */
  readonly threshold: number;
  /** Expected share of unknown people taken for known. Above the limit if none keeps it. */
  readonly falseKnown: number;
}

/**
 * The lowest threshold that wrongly calls at most `falseKnownMax` of the unknown people known: it
 * leans to "known" as far as an answer allows. Never above the ceiling of a normal link.
 */
export function chooseThreshold(
  tail: NullTail,
  { falseKnownMax = 0.2, theirsRows }: { falseKnownMax?: number; theirsRows: number },
): ChosenThreshold {
  assert(theirsRows >= 0, "lists have no negative rows");
  const quarter = tail.layout.unitsPerBit / 4;
  for (let step = 0; ; step += 1) {
    const threshold = Math.max(1, Math.round(step * quarter));
    const falseKnown = falseKnownShare(tail, threshold, theirsRows);
    if (falseKnown <= falseKnownMax || threshold >= tail.ceiling) {
      return { threshold, falseKnown };
    }
  }
}
