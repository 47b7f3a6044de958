import { ATTRIBUTES } from "@symbolon/case-data/attributes/attributes";
import { attributesDataset } from "@symbolon/case-data/attributes/attributes-dataset";
import { personLayout } from "@symbolon/case-data/encode/layout";
import { recordOf } from "@symbolon/case-data/htcds/record";
import { casesDataset } from "@symbolon/case-data/indicators/cases-dataset";
import { CHANNELS } from "@symbolon/case-data/indicators/kinds";
import { seededWords } from "@symbolon/case-data/random";
import { minimumCell, PERSONS_MIN } from "@symbolon/release/minimum-cell";
import { parseRational, type Rational, toNumber } from "@symbolon/release/rational";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runPlan } from "../backend.js";
import { count } from "../catalogue/count.js";
import { countEach } from "../catalogue/count-each.js";
import { readSharedIndicators, sharedIndicators } from "../catalogue/shared-indicators.js";
import type { ClearCodes } from "../plaintext/count.js";
import { countRule } from "../plan/count-rule.js";
import { oracleOf } from "../three-party/run-lists.contract.js";
import { simulateCells, simulateHolders, toldBy, without } from "./simulators.contract.js";

const RUNS = { numRuns: 12 };
const LONG = { timeout: 120_000 };

describe("shared-indicators", () => {
  const { leakage } = sharedIndicators;
  const plan = sharedIndicators.plan({ countMost: 3 });
  /** Organisations → cases → numbers of phones. */
  type Phones = readonly (readonly number[])[];
  const phones = fc.array(fc.uniqueArray(fc.nat(7), { maxLength: 3 }), {
    minLength: 1,
    maxLength: 6,
  });
  const others = fc.array(phones, { minLength: 2, maxLength: 5 });

  function encode(cases: Phones, seed: number) {
    const rows = cases.map((numbers, k) => ({
      row: k + 2,
      indicators: numbers.map((n) => ({
        kind: "phone" as const,
        text: `+31 6 ${21_000_000 + 7_919 * n}`,
      })),
    }));
    const { schema, values, rowMap } = casesDataset(rows, seededWords(seed));
    const column = (name: string) => values.get(`cases.${name}`) as Uint32Array;
    const { rows: size } = schema.tables[0];
    return { rows: size, codes: column("slot-codes"), keys: column("slot-keys"), rowMap };
  }

  /** From the phones: a value that is the same is also near. */
  function holdersOf(ours: Phones, theirs: readonly Phones[], rowMap: readonly number[]) {
    const have = (n: number) => theirs.flatMap((list, k) => (list.flat().includes(n) ? [k] : []));
    return rowMap.map((index) => {
      const found = new Set((ours[index] ?? []).flatMap(have)).size;
      return CHANNELS.map(({ evidence }) => (evidence === "contact" ? Math.min(3, found) : 0));
    });
  }

  const answerOf = async (ours: Phones, theirs: readonly Phones[]) => {
    const own = encode(ours, 1);
    const lists = { ours: own, theirs: theirs.map((list, k) => encode(list, k + 2)) };
    const words = await runPlan(oracleOf(1, personLayout()), plan, lists);
    return { answer: [...words], own };
  };
  const simulated = (model: typeof leakage, holders: number[][]) =>
    simulateHolders(toldBy<"shared-keys">(model, { holders }), holders.length, plan.rule.countBits);

  it("answers what follows from how many others have a value", LONG, async () => {
    await fc.assert(
      fc.asyncProperty(phones, others, async (ours, theirs) => {
        const { answer, own } = await answerOf(ours, theirs);
        const holders = holdersOf(ours, theirs, own.rowMap);
        expect(simulated(leakage, holders)).toEqual(answer);
        // Who has it, in how many cases, and what the asker has not: it makes no difference.
        const moved = [...theirs].reverse().map((list) => [...list.flat().map((n) => [n]), [99]]);
        expect((await answerOf(ours, moved)).answer).toEqual(answer);
      }),
      RUNS,
    );
  });

  it("catches a model that does not say so", LONG, async () => {
    const theirs = [[[1]], [[1]]];
    const { answer, own } = await answerOf([[1]], theirs);
    const holders = holdersOf([[1]], theirs, own.rowMap);
    expect(simulated(leakage, holders)).toEqual(answer);
    expect(simulated(without(leakage, "holders"), holders)).not.toEqual(answer);
  });

  it("says who has a value, if it is asked with one organisation less", LONG, async () => {
    const theirs = [[[1]], [[2]], [[1]]];
    const told = async (lists: readonly Phones[]) =>
      readSharedIndicators(Uint32Array.from((await answerOf([[1]], lists)).answer))[0].shared[0]
        .organisations;
    expect([await told(theirs), await told(theirs.slice(0, 2))]).toEqual([2, 1]);
  });
});

describe("count", () => {
  const { leakage } = count;
  const NONE = { where1: 0, is1: 0, where2: 0, is2: 0, where3: 0, is3: 0 };
  const numberOf = (name: string) => ATTRIBUTES.findIndex((one) => one.name === name) + 1;
  const [rows, columns] = [numberOf("exploitation"), numberOf("sex")];
  const plan = count.plan({ rows, columns, ...NONE });
  const TYPES = ["ForcedLabour", "SexualExploitation"] as const;
  const SEXES = ["Feminine", "Masculine"] as const;
  interface Case {
    readonly sex: number;
    readonly types: readonly number[];
  }
  const someCase = fc.record({
    sex: fc.nat(1),
    types: fc.uniqueArray(fc.nat(1), { minLength: 1, maxLength: 2 }),
  });
  const someList = fc.array(someCase, { minLength: 50, maxLength: 90 });
  const world = fc.array(someList, { minLength: 3, maxLength: 4 });

  function encode(cases: readonly Case[], seed: number): ClearCodes {
    const records = cases.map(({ sex, types }) =>
      recordOf({
        prs_Gender: SEXES[sex],
        vic_TypeOfExploitation: types.map((type) => TYPES[type]),
      }),
    );
    const { schema, values } = attributesDataset(records, seededWords(seed));
    const columnsOf = ATTRIBUTES.map(
      ({ name }) => [name, values.get(`attributes.${name}`) as Uint32Array] as const,
    );
    return { rows: schema.tables[0].rows, columns: new Map(columnsOf) };
  }

  const codeOf = (attribute: number, code: string) =>
    ATTRIBUTES[attribute - 1].codes.findIndex((one) => one.code === code);
  const width = ATTRIBUTES[columns - 1].codes.length;
  const size = ATTRIBUTES[rows - 1].codes.length * width;
  /** Of each list, for each cell, from the cases themselves. */
  const exactOf = (lists: readonly (readonly Case[])[]): number[][] =>
    lists.map((cases) => {
      const cells = new Array<number>(size).fill(0);
      for (const { sex, types } of cases) {
        for (const type of types) {
          cells[codeOf(rows, TYPES[type]) * width + codeOf(columns, SEXES[sex])] += 1;
        }
      }
      return cells;
    });
  const noiseOf = (cell: number, lists: number) => ({
    figure: ((cell * 5) % 7) - 3,
    own: Array.from({ length: lists }, (_, l) => ((cell + l) % 5) - 2),
  });
  type Noise = typeof noiseOf;
  const answerOf = async (lists: readonly (readonly Case[])[], noise: Noise = noiseOf) => {
    const [ours, ...theirs] = lists.map((list, k) => encode(list, k + 1));
    const oracle = oracleOf(1, personLayout(), { cellNoise: noise });
    return [...(await runPlan(oracle, plan, { ours, theirs }))];
  };
  const rule = countRule(plan, 3);
  const ownNoise = rule.shown.lists?.noise;
  const cellsOf = (lists: readonly (readonly Case[])[]) => {
    const exact = exactOf(lists);
    return Array.from({ length: size }, (_, cell) => {
      const noise = noiseOf(cell, lists.length);
      const own = exact.map((list) => list[cell]);
      const figure = own.reduce((sum, one) => sum + one, noise.figure);
      return { figure, own: own.map((one, l) => one + noise.own[l]) };
    });
  };
  const simulated = (model: typeof leakage, cells: ReturnType<typeof cellsOf>, lists: number) => {
    const noise = countRule(plan, lists).shown.lists?.noise ?? rule.shown.noise;
    const laplace = { ...noise, epsilon: noise.epsilon as Rational };
    return simulateCells(toldBy<"count">(model, { cells }), size, minimumCell(lists, laplace));
  };

  it("answers what follows from noised counts", LONG, async () => {
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(world, async (lists) => {
        const answer = await answerOf(lists);
        const cells = cellsOf(lists);
        expect(simulated(leakage, cells, lists.length)).toEqual(answer);
        shown += answer.filter((word) => word !== 0).length;
        // One case more, and noise that takes it away again: the same answer.
        const [first, ...rest] = lists;
        const more = [[...first, { sex: 0, types: [0] }], ...rest];
        const at = codeOf(rows, TYPES[0]) * width + codeOf(columns, SEXES[0]);
        const lower: Noise = (cell, all) => {
          const { figure, own } = noiseOf(cell, all);
          const by = cell === at ? 1 : 0;
          return { figure: figure - by, own: own.map((one, l) => (l === 0 ? one - by : one)) };
        };
        expect(await answerOf(more, lower)).toEqual(answer);
      }),
      RUNS,
    );
    expect(shown).toBeGreaterThan(0);
  });

  it("catches a model that does not say so", async () => {
    const list = Array.from({ length: 60 }, (): Case => ({ sex: 0, types: [0] }));
    const lists = [list, list, list];
    const answer = await answerOf(lists);
    expect(simulated(leakage, cellsOf(lists), 3)).toEqual(answer);
    expect(simulated(without(leakage, "cells"), cellsOf(lists), 3)).not.toEqual(answer);
  });

  it("answers of each list by itself what follows from its noised counts", LONG, async () => {
    const each = countEach.plan({ rows, columns, ...NONE });
    await fc.assert(
      fc.asyncProperty(world, async (lists) => {
        const oracle = oracleOf(1, personLayout(), { cellNoise: noiseOf });
        const [ours, ...theirs] = lists.map((list, k) => encode(list, k + 1));
        const answer = [...(await runPlan(oracle, each, { ours, theirs }))];
        const simulatedOf = (model: typeof leakage) =>
          exactOf(lists.slice(1)).flatMap((exact) => {
            const cells = exact.map((n, cell) => ({
              figure: n + noiseOf(cell, 1).figure,
              own: [],
            }));
            return simulateCells(toldBy<"count">(model, { cells }), size, { persons: PERSONS_MIN });
          });
        expect(simulatedOf(countEach.leakage)).toEqual(answer);
        expect(answer.some((word) => word !== 0)).toBe(true);
        expect(simulatedOf(without(countEach.leakage, "cells"))).not.toEqual(answer);
        // Of the asker's own list nothing is told.
        const others = await runPlan(oracle, each, { ours: theirs[0], theirs });
        expect([...others]).toEqual(answer);
      }),
      RUNS,
    );
  });

  it("noises by the ε that it declares, for any case of any list", () => {
    const perStep = ({ epsilon, sensitivity }: typeof rule.shown.noise) =>
      toNumber(epsilon as Rational) / Number(sensitivity);
    const declared = toNumber(parseRational(leakage.asker.cells.epsilon ?? "0") as Rational);
    const losses: number[] = [];
    fc.assert(
      fc.property(someList, someCase, (list, more) => {
        const [without, withIt] = [exactOf([list])[0], exactOf([[...list, more]])[0]];
        const moved = withIt.reduce((sum, n, cell) => sum + Math.abs(n - without[cell]), 0);
        // A case moves the sum and its own list's counts alike.
        losses.push(moved * (perStep(rule.shown.noise) + (ownNoise ? perStep(ownNoise) : 0)));
        expect(losses.at(-1)).toBeLessThanOrEqual(declared);
      }),
    );
    // A model that said any less would be caught.
    expect(Math.max(...losses)).toBe(declared);
    const each = countRule(countEach.plan({ rows, columns, ...NONE }), 1).shown.noise;
    expect(perStep(each)).toBe(declared / 2);
    expect(countEach.leakage.asker.cells.epsilon).toBe(leakage.asker.cells.epsilon);
  });
});
