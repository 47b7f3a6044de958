import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compareRecords } from "@symbolon/case-data/compare/levels";
import { RECORDS } from "@symbolon/case-data/compare/link-rule";
import { comparisonRecord, type Values } from "@symbolon/case-data/compare/record";
import { FIELD_NAMES } from "@symbolon/case-data/encode/fields";
import { listStats } from "@symbolon/case-data/encode/stats";
import { readName } from "@symbolon/case-data/normalise/name";
import { permutation, seededWords } from "@symbolon/case-data/random";
import { type BenchResult, inTheClear } from "./result.js";

/** Pairs of one name in two scripts, and pairs of two names to hold against them. */
const PAIRS = 3000;
const STRANGERS = 100_000;
/** Pairs of different names that may be taken for one. */
const FALSE_MAX = 0.01;
const GIVEN = FIELD_NAMES.indexOf("given");

const valuesOf = (name: string): Values =>
  FIELD_NAMES.map((_, f) => (f === GIVEN ? (readName(name)?.normal ?? "?") : undefined));
const noStats = listStats([]);
const recordOf = (name: string): Uint32Array => comparisonRecord(RECORDS, valuesOf(name), noStats);

/**
 * Single name tokens in Arabic and in Latin letters: how many are found at a level of the given
 * name that at most one in a hundred pairs of different names reaches.
 */
export const arabicLatin = {
  name: "arabic-latin",
  measure(folder: string): BenchResult {
    const start = performance.now();
    const text = readFileSync(join(folder, "linkage", "google_ar2en.txt"), "utf8");
    const lines = text.split("\n").filter((line) => line.includes("\t"));
    const drawn = permutation(lines.length, seededWords(1)).subarray(0, PAIRS);
    const pairs = Array.from(drawn, (k) =>
      lines[k]
        .split("\t")
        .map((name) => ({ name: readName(name)?.normal, record: recordOf(name) })),
    );
    const level = (a: Uint32Array, b: Uint32Array): number => compareRecords(RECORDS, a, b)[0];
    const counts = { same: new Array<number>(6).fill(0), other: new Array<number>(6).fill(0) };
    for (const [a, b] of pairs) counts.same[level(a.record, b.record)] += 1;
    const words = seededWords(2);
    let strangers = 0;
    while (strangers < STRANGERS) {
      const [left, right] = [pairs[words() % PAIRS], pairs[words() % PAIRS]];
      if (left === right || left[1].name === right[1].name) continue;
      counts.other[level(left[0].record, right[1].record)] += 1;
      strangers += 1;
    }
    const reach = (of: readonly number[], least: number): number =>
      of.slice(least).reduce((sum, n) => sum + n, 0);
    const cut = [1, 2, 3, 4].find((one) => reach(counts.other, one) <= FALSE_MAX * STRANGERS) ?? 5;
    const [right, wrong] = [reach(counts.same, cut), reach(counts.other, cut)];
    const seconds = (performance.now() - start) / 1000;
    return {
      ...inTheClear("linkage", (PAIRS + STRANGERS) / seconds, seconds),
      set: arabicLatin.name,
      f1: (2 * right) / (right + wrong + PAIRS),
      precision: right / (right + wrong),
      recall: right / PAIRS,
      falsePositiveRate: wrong / STRANGERS,
      level: cut,
    };
  },
};
