import { ATTRIBUTES } from "@symbolon/case-data/attributes/attributes";
import { laplaceQuantile } from "@symbolon/release/laplace";
import { describe, expect, it } from "vitest";
import { runPlan } from "../backend.js";
import { countPersonsRule, personFigureNoise } from "../plan/count-persons-rule.js";
import { oracleOf, runLists } from "../three-party/run-lists.contract.js";
import { type AttributedClearList, attributedLists } from "./attributed-lists.contract.js";
import { type CountPersonsParams, countPersons, readPersonCounts } from "./count-persons.js";

const { layout } = countPersons;
const NONE = { where1: 0, is1: 0, where2: 0, is2: 0, where3: 0, is3: 0 };
const numberOf = (name: string): number => ATTRIBUTES.findIndex((one) => one.name === name) + 1;
const PARAMS: CountPersonsParams = {
  ...NONE,
  ...{ rows: numberOf("sex"), columns: numberOf("exploitation"), overlap: 0.4 },
};
const PLAN = countPersons.plan(PARAMS);
const LONG = { timeout: 600_000 };

/** Exact counts of all cells. */
async function exactOf([ours, ...theirs]: readonly AttributedClearList[]): Promise<number[]> {
  // So much noise that every cell is shown, of all lists and of each.
  const shown = { cellNoise: () => ({ figure: 1000, own: [500, 500, 500] }) };
  const words = await runPlan(oracleOf(1, layout, shown), PLAN, { ours, theirs });
  expect([...words].every((word) => word > 2 ** 31)).toBe(true);
  return [...words].map((word) => (word & 0x7fffffff) - 1000);
}

describe("count-persons", () => {
  it("counts on shares the persons that the oracle counts, but for the noise", LONG, async () => {
    const answers: number[][] = [];
    const exact: number[][] = [];
    for (const codeSeed of [3, 4]) {
      const lists = attributedLists(3, [120, 110, 100], codeSeed);
      const [ours, ...theirs] = lists;
      const { answer, outcomes } = await runLists(7, layout, PLAN, { ours, theirs });
      expect(outcomes[0].soundnessBits).toBeGreaterThan(60);
      answers.push(answer);
      exact.push(await exactOf(lists));
    }
    // What nobody knows is the same for the same seed, whatever is in the lists.
    const noise = answers.map((words, run) =>
      words.map((word, cell) => (word === 0 ? undefined : (word & 0x7fffffff) - exact[run][cell])),
    );
    const both = noise[0].flatMap((by, cell) =>
      by === undefined || noise[1][cell] === undefined ? [] : [cell],
    );
    expect(both.length).toBeGreaterThan(1);
    expect(both.map((cell) => noise[0][cell])).toEqual(both.map((cell) => noise[1][cell]));
    expect(both.some((cell) => noise[0][cell] !== 0)).toBe(true);
    const least = laplaceQuantile(personFigureNoise(PLAN), 1e-12);
    expect(noise.flat().every((by) => Math.abs(by ?? 0) < least)).toBe(true);
    // A person on two lists is in it once: 330 rows are some 270 persons.
    const persons = exact[0].reduce((sum, count) => sum + count, 0);
    expect(persons).toBeLessThan(330);
    expect(persons).toBeGreaterThan(230);
    const { cells, deviation } = readPersonCounts(Uint32Array.from(answers[0]), PARAMS);
    expect(deviation).toBeCloseTo(Math.SQRT2 * ((4 * 2) / (3 / 4)), 0);
    const figures = cells.flat().filter((figure) => figure !== undefined);
    expect(figures.length).toBe(answers[0].filter((word) => word !== 0).length);
    for (const { noised, interval } of figures) {
      expect(interval.high - noised).toBe(noised - interval.low);
    }
  });

  it("takes attributes that there are, an overlap, and no table that is too large", () => {
    expect(countPersons.problem(PARAMS)).toBeUndefined();
    expect(countPersons.problem({ ...PARAMS, columns: 0 })).toBeUndefined();
    expect(countPersons.problem({ ...PARAMS, columns: PARAMS.rows })).toContain("columns");
    expect(countPersons.problem({ ...PARAMS, rows: 99 })).toContain("rows");
    expect(countPersons.problem({ ...PARAMS, where1: 1, is1: 99 })).toContain("where1");
    for (const share of [0, 1, Number.NaN]) {
      expect(countPersons.problem({ ...PARAMS, overlap: share })).toContain("overlap");
    }
    const { overlap: _, ...without } = PARAMS;
    expect(countPersons.problem(without)).toContain("overlap");
  });

  it("has noise for four persons of as many cells as one can stand in", () => {
    const both = { ...PARAMS, rows: numberOf("exploitation"), columns: numberOf("control") };
    const { shown } = countPersonsRule(countPersons.plan(both), 3);
    expect(shown.noise.sensitivity).toBe(24n);
    expect(shown.lists?.noise.sensitivity).toBe(6n);
    expect(shown.persons).toBe(10);
  });
});
