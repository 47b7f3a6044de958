import { assert } from "@symbolon/base/assert";
import { encodeBlock } from "../encode/block.js";
import { blockEncoder } from "../encode/encode.js";
import { type KeyLayout, looksFor, personKeys } from "../encode/key-layout.js";
import { keyWorth } from "../encode/key-score.js";
import { recordKeys } from "../encode/keys.js";
import type { LinkageLayout } from "../encode/layout.js";
import type { ListStats } from "../encode/stats.js";
import { fieldValues } from "../encode/values.js";
import type { Person } from "../person.js";
import { below, type RandomWords } from "../random.js";
import { corrupt } from "./corrupt.js";
import { crowdedShare, type NullTail } from "./null-tail.js";
import type { DirtLevel } from "./rates.js";

/** Three estimates of one probability: data of low, expected and high dirt. */
export interface Estimate {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/** For each threshold (units, ascending), the chance that records of one person do not match. */
export interface MissCurve {
  readonly thresholds: readonly number[];
  readonly miss: readonly Estimate[];
  /** Pairs that each estimate rests on. */
  readonly pairs: number;
}

const dot = (a: Int16Array, b: Int16Array): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k += 1) sum += a[k] * b[k];
  return sum;
};

/** What both looks see of `pairs` records and corrupted copies of themselves. */
interface TruePairs {
  /** Scores of the first look. */
  readonly scores: Int32Array;
  readonly worths: Int32Array;
}

function truePairs(
  persons: readonly Person[],
  layout: LinkageLayout,
  stats: ListStats,
  level: DirtLevel,
  pairs: number,
  words: RandomWords,
): TruePairs {
  const keys = personKeys();
  const { constants } = looksFor(keys, layout, 1);
  const known = blockEncoder(layout, stats);
  const norms = layout.fields.map(() => new Map<string, number>());
  const selfDot = (f: number, value: string): number => {
    let norm = norms[f].get(value);
    if (norm === undefined) {
      const block = known(f, value);
      norms[f].set(value, (norm = dot(block, block)));
    }
    return norm;
  };
  const scores = new Int32Array(pairs);
  const worths = new Int32Array(pairs);
  for (let k = 0; k < pairs; k += 1) {
    const person = persons[below(persons.length, words)];
    const other = persons[below(persons.length, words)];
    const copy = fieldValues(corrupt(person, other, level, words));
    const values = fieldValues(person);
    worths[k] = worthOf(keys, values, copy);
    values.forEach((value, f) => {
      const worse = copy[f];
      if (value === undefined || worse === undefined) return;
      // A value that was changed rarely comes again: it is encoded without being remembered.
      const product =
        worse === value
          ? selfDot(f, value)
          : dot(known(f, value), encodeBlock(layout, f, worse, stats));
      scores[k] += product + constants[f];
    });
  }
  return { scores, worths };
}

type Values = readonly (string | undefined)[];

const worthOf = (keys: KeyLayout, a: Values, b: Values): number =>
  keyWorth(
    keys,
    { rows: 1, words: recordKeys(keys, a) },
    0,
    { rows: 1, words: recordKeys(keys, b) },
    0,
  );

/** Pairs that one of the two looks for a query's threshold misses. */
function countMissed({ scores, worths }: TruePairs, layout: LinkageLayout, threshold: number) {
  const { score, worth } = looksFor(personKeys(), layout, threshold);
  let missed = 0;
  for (let k = 0; k < scores.length; k += 1) {
    if (scores[k] < score || worths[k] < worth) missed += 1;
  }
  return missed;
}

/** Upper end of a 95 % interval for a rate of `hits` in `count` (3 / count if none was seen). */
export function upperRate(hits: number, count: number): number {
  return Math.min(1, (hits + 3 + 1.65 * Math.sqrt(hits)) / count);
}

/** Rounded to two significant digits, in the given direction. */
export function roundRate(rate: number, direction: "down" | "nearest" | "up"): number {
  if (rate <= 0) return 0;
  const scale = 10 ** (1 - Math.floor(Math.log10(rate)));
  const scaled = rate * scale;
  const rounded = { down: Math.floor, nearest: Math.round, up: Math.ceil }[direction](
    Number(scaled.toPrecision(12)),
  );
  return Math.min(1, rounded / scale);
}

export interface MissOptions {
  readonly words: RandomWords;
  /** In units, ascending. */
  readonly thresholds: readonly number[];
  /** Corrupted copies a level. */
  readonly pairs?: number;
  /** What strangers score: a record with too many of them for its candidates' slots is missed. */
  readonly tail: NullTail;
}

/**
 * The chance that a person who is on another list is not recognised there, by threshold: own
 * records against corrupted copies of themselves at three levels of dirt, through both looks.
 * `high` is the upper end of the sampling error too. Rounded to two digits, so that it may be
 * published.
 */
export function missCurve(
  persons: readonly Person[],
  layout: LinkageLayout,
  stats: ListStats,
  { words, thresholds, tail, pairs = 20_000 }: MissOptions,
): MissCurve {
  assert(persons.length > 0, "a miss curve needs persons");
  const at = (level: DirtLevel) => truePairs(persons, layout, stats, level, pairs, words);
  const [low, expected, high] = [at("low"), at("expected"), at("high")];
  const miss = thresholds.map((threshold): Estimate => {
    const crowded = crowdedShare(tail, threshold);
    const rate = (missed: number): number => Math.min(1, missed + crowded);
    const hits = (level: TruePairs): number => countMissed(level, layout, threshold);
    return {
      low: roundRate(hits(low) / pairs, "down"),
      expected: roundRate(rate(hits(expected) / pairs), "nearest"),
      high: roundRate(rate(upperRate(hits(high), pairs)), "up"),
    };
  });
  return { thresholds, miss, pairs };
}
