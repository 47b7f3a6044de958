import { ATTRIBUTES } from "@symbolon/case-data/attributes/attributes";
import { attributesDataset } from "@symbolon/case-data/attributes/attributes-dataset";
import { personLayout } from "@symbolon/case-data/encode/layout";
import { recordOf } from "@symbolon/case-data/htcds/record";
import { below, seededWords } from "@symbolon/case-data/random";
import { describe, expect, it } from "vitest";
import { runPlan } from "../backend.js";
import type { ClearCodes } from "../plaintext/count.js";
import { cellsInTheClear } from "../plaintext/count.js";
import { countRule } from "../plan/count-rule.js";
import { oracleOf, runLists } from "../three-party/run-lists.contract.js";
import { count } from "./count.js";
import { countEach } from "./count-each.js";
import { type CountParams, readCounts } from "./count-question.js";

const { layout } = count;
const NONE = { where1: 0, is1: 0, where2: 0, is2: 0, where3: 0, is3: 0 };
const numberOf = (name: string): number => ATTRIBUTES.findIndex((one) => one.name === name) + 1;
const PARAMS: CountParams = { rows: numberOf("exploitation"), columns: numberOf("sex"), ...NONE };
const PLAN = count.plan(PARAMS);
const LONG = { timeout: 300_000 };

const TYPES = ["ForcedLabour", "SexualExploitation"] as const;
const SEXES = ["Feminine", "Masculine"] as const;

/** A list of cases, most of two types, as a provider sends it. */
function invented(cases: number, seed: number): ClearCodes {
  const random = seededWords(seed);
  const records = Array.from({ length: cases }, () =>
    recordOf({
      prs_Gender: SEXES[below(2, random)],
      vic_TypeOfExploitation: [TYPES[below(2, random)]],
    }),
  );
  const { schema, values } = attributesDataset(records, random);
  const columns = ATTRIBUTES.map(
    ({ name }) => [name, values.get(`attributes.${name}`) as Uint32Array] as const,
  );
  return { rows: schema.tables[0].rows, columns: new Map(columns) };
}

const listsOf = (seed: number) => {
  const [ours, ...theirs] = [250, 230, 240].map((cases, k) => invented(cases, seed + k));
  return { ours, theirs };
};

describe("count", () => {
  it(
    "answers on shares what the oracle does, once the noise of the seed is off",
    LONG,
    async () => {
      const first = listsOf(1);
      const { answer, outcomes } = await runLists(6, layout, PLAN, first);
      expect(outcomes[0].soundnessBits).toBeGreaterThan(60);
      const exactOf = ({ ours, theirs }: typeof first): number[] => {
        const rule = countRule(PLAN, 3);
        const all = [ours, ...theirs].map((list) => cellsInTheClear(list, rule));
        return all[0].map((_, cell) => all.reduce((sum, counts) => sum + counts[cell], 0));
      };
      // What nobody knows is the same for the same seed, whatever is in the lists.
      const exact = exactOf(first);
      const noise = answer.map((word, cell) => (word & 0x7fffffff) - exact[cell]);
      const second = listsOf(50);
      const again = await runLists(6, layout, PLAN, second);
      const oracle = oracleOf(6, personLayout(), {
        cellNoise: (cell) => ({ figure: noise[cell], own: [0, 0, 0] }),
      });
      expect(again.answer).toEqual([...(await runPlan(oracle, PLAN, second))]);
      const shown = answer.filter((word) => word !== 0);
      expect(shown.length).toBe(4);
      expect(answer.some((word, cell) => word !== 0 && noise[cell] !== 0)).toBe(true);
      const [table] = readCounts(Uint32Array.from(answer), PARAMS, "all");
      const figures = table.cells.flat().filter((figure) => figure !== undefined);
      expect(figures.length).toBe(4);
      for (const { noised, interval } of figures) {
        expect(interval.low).toBeLessThan(noised);
        expect(interval.high - noised).toBe(noised - interval.low);
      }
    },
  );

  it("makes one table of each other list, if that was asked", LONG, async () => {
    const { ours, theirs } = listsOf(9);
    const plan = countEach.plan(PARAMS);
    const { answer, outcomes } = await runLists(7, layout, plan, { ours, theirs });
    expect(outcomes[0].soundnessBits).toBeGreaterThan(60);
    const tables = readCounts(Uint32Array.from(answer), PARAMS, "each");
    expect(tables.length).toBe(2);
    const rule = countRule(plan, 1);
    tables.forEach(({ cells }, k) => {
      const exact = cellsInTheClear(theirs[k], rule);
      const shown = cells.flat().map((figure) => figure?.noised);
      // Scale 2: beyond 60 once in 10^13, and each of the four cells has some 60.
      const far = shown.filter((noised, cell) => Math.abs((noised ?? 0) - exact[cell]) > 60);
      expect(far).toEqual([]);
      expect(shown.filter((noised) => noised !== undefined).length).toBeLessThanOrEqual(5);
    });
    expect(answer.filter((word) => word !== 0).length).toBeGreaterThanOrEqual(6);
  });

  it("takes attributes and codes that there are, and no table that is too large", () => {
    expect(count.problem(PARAMS)).toBeUndefined();
    expect(count.problem({ ...PARAMS, columns: 0 })).toBeUndefined();
    expect(count.problem({ ...PARAMS, columns: PARAMS.rows })).toContain("columns");
    expect(count.problem({ ...PARAMS, rows: 0 })).toContain("rows");
    expect(count.problem({ ...PARAMS, rows: 99 })).toContain("rows");
    expect(count.problem({ ...PARAMS, where1: 1, is1: 99 })).toContain("where1");
    expect(count.problem({ ...PARAMS, where1: 0, is1: 2 })).toContain("where1");
    expect(count.problem({ ...PARAMS, epsilon: 9 })).toBeDefined();
    const flows = { ...PARAMS, rows: numberOf("from"), columns: numberOf("to") };
    expect(count.problem(flows)).toBeUndefined();
  });

  it("has noise for as many cells as a case can stand in", () => {
    const [of, by] = [numberOf("exploitation"), numberOf("control")];
    const { shown } = countRule(count.plan({ rows: of, columns: by, ...NONE }), 3);
    expect(shown.noise.sensitivity).toBe(6n);
    expect(shown.lists?.noise.sensitivity).toBe(6n);
    expect(shown.lists?.visibleFrom).toBe(29);
  });
});
