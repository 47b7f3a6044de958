import { ATTRIBUTES } from "@symbolon/case-data/attributes/attributes";
import { personAttribute } from "@symbolon/case-data/attributes/person-attributes";
import type { Person } from "@symbolon/case-data/person";
import { minimumCell } from "@symbolon/release/minimum-cell";
import { type Rational, toNumber } from "@symbolon/release/rational";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runPlan } from "../backend.js";
import { countPersons } from "../catalogue/count-persons.js";
import { countPersonsRule } from "../plan/count-persons-rule.js";
import { oracleOf } from "../three-party/run-lists.contract.js";
import { type FactValues, simulateCells, toldBy, without } from "./simulators.contract.js";
import { encoded, inventedPeople } from "./worlds.contract.js";

/*
 * As `leakage-of-persons.test.ts`: people whose records say the same on all lists, so that the
 * truth says who is one person, with codes on which their records may disagree.
 */

const { layout, leakage } = countPersons;
const NONE = { where1: 0, is1: 0, where2: 0, is2: 0, where3: 0, is3: 0 };
const numberOf = (name: string): number => ATTRIBUTES.findIndex((one) => one.name === name) + 1;
const [sex, types] = [numberOf("sex"), numberOf("exploitation")];
const plan = countPersons.plan({ ...NONE, rows: sex, columns: types, overlap: 0.4 });
const rule = countPersonsRule(plan, 3);
const WIDTH = ATTRIBUTES[types - 1].codes.length;
const CELLS = ATTRIBUTES[sex - 1].codes.length * WIDTH;

/** Who of the people is on a list, and with which numbers of codes. */
interface Entry {
  readonly person: number;
  readonly sex: number;
  readonly types: readonly number[];
}

// Most have one sex and one type, so that a cell is large enough to be shown.
const entry = fc.record({
  person: fc.nat(79),
  sex: fc.constantFrom(2, 2, 2, 2, 2, 3, 1),
  types: fc.oneof(
    { weight: 4, arbitrary: fc.constant([2]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.integer({ min: 2, max: 4 }), { minLength: 1 }) },
  ),
});
const someList = fc.uniqueArray(entry, {
  selector: ({ person }) => person,
  minLength: 35,
  maxLength: 60,
});
const world = fc.tuple(someList, someList, someList);

/** People with enough written down to be found again by it, none of a family with another. */
const everybody: readonly Person[] = [11, 12, 13, 14, 15, 16]
  .flatMap((seed) => [...inventedPeople(seed)[1].persons])
  .filter(({ given, surname, birthDate, phones }) => given && surname && birthDate?.day && phones)
  .filter(
    ({ surname }, k, all) => all.findIndex((one) => one.surname?.normal === surname?.normal) === k,
  )
  .slice(0, 80);

/** A list as it is sent: its rows in the order of the dataset. */
function listOf(entries: readonly Entry[], seed: number) {
  const persons = entries.map(({ person }, k) => ({ ...everybody[person], row: k + 2 }));
  const { list } = encoded(persons, seed);
  const words = (of: (one: Entry) => number): Uint32Array =>
    Uint32Array.from(list.rowMap, (index) => (index < 0 ? 0 : of(entries[index])));
  const attributes = new Map([
    [personAttribute("sex"), words((one) => one.sex)],
    [
      personAttribute("exploitation"),
      words((one) => one.types.reduce((bits, code) => bits | (1 << (code - 1)), 0)),
    ],
  ]);
  return { ...list, attributes };
}

/** Cells in which somebody counts who has these codes: two types at most. */
const cellsOf = (one: number, several: readonly number[]): number[] =>
  [...several]
    .sort((a, b) => a - b)
    .slice(0, 2)
    .map((code) => (one - 1) * WIDTH + code - 1);

/** Exact counts of all cells: of persons, and of each list's own rows. */
function exactOf(lists: readonly (readonly Entry[])[]) {
  const figure = new Array<number>(CELLS).fill(0);
  const own = lists.map(() => new Array<number>(CELLS).fill(0));
  lists.forEach((list, l) => {
    for (const one of list) for (const cell of cellsOf(one.sex, one.types)) own[l][cell] += 1;
  });
  for (const person of new Set(lists.flat().map((one) => one.person))) {
    const records = lists.flat().filter((one) => one.person === person);
    const known = records.map((one) => one.sex).filter((code) => code > 1);
    const all = [...new Set(records.flatMap((one) => one.types))];
    for (const cell of cellsOf(known.length > 0 ? Math.min(...known) : 1, all)) figure[cell] += 1;
  }
  return { figure, own };
}

const noiseOf = (seed: number) => (cell: number) => ({
  figure: ((seed + 3 * cell) % 11) - 5,
  own: [0, 1, 2].map((l) => ((seed + 5 * cell + l) % 7) - 3),
});

function factsOf(lists: readonly (readonly Entry[])[], seed: number): FactValues["count-persons"] {
  const { figure, own } = exactOf(lists);
  const noise = noiseOf(seed);
  return {
    cells: figure.map((exact, cell) => ({
      figure: exact + noise(cell).figure,
      own: own.map((counts, l) => counts[cell] + noise(cell).own[l]),
    })),
  };
}

async function answerOf(lists: readonly (readonly Entry[])[], seed: number): Promise<number[]> {
  const [ours, ...theirs] = lists.map((list, l) => listOf(list, seed + l));
  const oracle = oracleOf(1, layout, { cellNoise: noiseOf(seed) });
  return [...(await runPlan(oracle, plan, { ours, theirs }))];
}

const minimum = rule.shown.lists
  ? minimumCell(3, rule.shown.lists.noise as Parameters<typeof minimumCell>[1])
  : { persons: rule.shown.persons };

describe("count-persons", () => {
  it("is simulated with as many people as lists are drawn from", () => {
    expect(everybody.length).toBe(80);
  });

  it("answers what follows from noised cells", { timeout: 300_000 }, async () => {
    let shown = 0;
    await fc.assert(
      fc.asyncProperty(world, fc.nat(999), async (lists, seed) => {
        const answer = await answerOf(lists, seed);
        const facts = factsOf(lists, seed);
        const simulated = (model: typeof leakage) =>
          simulateCells(toldBy<"count-persons">(model, facts), CELLS, minimum);
        expect(simulated(leakage)).toEqual(answer);
        shown += answer.filter((word) => word > 0).length;
        // Which list is asked first, and which row is whose, makes no difference to the persons.
        const [first, second, third] = lists;
        expect(exactOf([third, first, second]).figure).toEqual(exactOf(lists).figure);
        expect(await answerOf([[...first].reverse(), second, third], seed)).toEqual(answer);
        if (answer.some((word) => word > 0)) {
          expect(simulated(without(leakage, "cells"))).not.toEqual(answer);
        }
      }),
      { numRuns: 4 },
    );
    expect(shown).toBeGreaterThan(0);
  });

  it("spends no more than it declares on a record whose person stays who she is", () => {
    const { noise, lists } = rule.shown;
    const perStep = (of: typeof noise) => toNumber(of.epsilon as Rational) / Number(of.sensitivity);
    const [figures, own] = [perStep(noise), perStep((lists as NonNullable<typeof lists>).noise)];
    const distance = (a: readonly number[], b: readonly number[]) =>
      a.reduce((sum, count, k) => sum + Math.abs(count - b[k]), 0);
    let most = 0;
    const property = fc.property(world, fc.nat(34), (all, gone) => {
      const fewer = [all[0].filter((_, k) => k !== gone), all[1], all[2]];
      const [one, other] = [exactOf(all), exactOf(fewer)];
      const loss =
        figures * distance(one.figure, other.figure) + own * distance(one.own[0], other.own[0]);
      most = Math.max(most, loss);
      expect(one.own.slice(1)).toEqual(other.own.slice(1));
      // Two persons of four, and what the list has itself.
      expect(loss).toBeLessThanOrEqual(3 / 8 + 1 / 4);
    });
    fc.assert(property, { numRuns: 200 });
    expect(most).toBe(3 / 8 + 1 / 4);
  });
});
