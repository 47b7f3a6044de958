import { describe, expect, it } from "vitest";
import { runPlan } from "../backend.js";
import { listPairs } from "../plan/list-pairs.js";
import { inventedLists } from "../three-party/invented-lists.contract.js";
import { oracleOf, runLists } from "../three-party/run-lists.contract.js";
import { overlap, readOverlap } from "./overlap.js";

const { layout } = overlap;
const PARAMS = { overlap: 0.4 };
const PLAN = overlap.plan(PARAMS);

describe("overlap", () => {
  it("counts on shares what the oracle does, by the opened counts, but for noise", async () => {
    const { lists, people } = inventedLists(3, [120, 90, 80]);
    const [ours, ...theirs] = lists;
    const rows = lists.map((list) => list.rows);
    const { answer, outcomes } = await runLists(7, layout, PLAN, { ours, theirs });
    const bins = listPairs(PLAN, layout, rows).map(({ rule }) => {
      return rule.histogram.to - rule.histogram.from + 1;
    });
    const end = (pairs: number) => bins.slice(0, pairs).reduce((sum, count) => sum + count, 0);
    const opened = (pair: number) => Int32Array.from(answer.slice(end(pair), end(pair + 1)));
    expect(outcomes[0].soundnessBits).toBeGreaterThan(60);
    const oracle = oracleOf(7, layout, {
      noised: (_, pair) => opened(pair),
      cellNoise: () => ({ figure: 100, own: [] }),
    });
    const clear = await runPlan(oracle, PLAN, { ours, theirs });
    expect(answer.length).toBe(clear.length);
    const shownOf = (words: readonly number[] | Uint32Array) =>
      [...words].slice(end(3)).map((word) => word & 0x7fffffff);
    const exact = shownOf(clear).map((noised) => noised - 100);
    // Scale 4: beyond 120 once in 10^13.
    const figures = answer.slice(end(3));
    const noise = figures.map((word, k) => (word >>> 31 ? (word & 0x7fffffff) - exact[k] : 0));
    expect(noise.every((by) => Math.abs(by) < 120)).toBe(true);
    figures.forEach((word) => {
      expect(word === 0 || (word & 0x7fffffff) >= 10).toBe(true);
    });
    const found = readOverlap(Uint32Array.from(answer), rows, PARAMS);
    const persons = new Set(people.flat().filter((person) => person !== undefined)).size;
    expect(Math.abs((found.persons?.noised ?? 0) - persons)).toBeLessThan(130);
    expect(found.sets.map((set) => set.lists)).toEqual([
      [0],
      [1],
      [0, 1],
      [2],
      [0, 2],
      [1, 2],
      [0, 1, 2],
    ]);
    expect(found.pairs.map(({ a, b }) => [a, b])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    expect(exact.slice(0, 7).reduce((sum, count) => sum + count, 0)).toBe(exact[7]);
  });

  it("takes no overlap of nothing or of all", () => {
    for (const share of [0, 1, Number.NaN]) {
      expect(overlap.problem({ overlap: share })).toContain("overlap");
    }
    expect(overlap.problem(PARAMS)).toBeUndefined();
  });
});
