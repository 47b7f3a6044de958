import { utf8 } from "@symbolon/base/bytes";
import { ATTRIBUTES } from "@symbolon/case-data/attributes/attributes";
import { personAttribute, withAttributes } from "@symbolon/case-data/attributes/person-attributes";
import { toDataset } from "@symbolon/case-data/encode/dataset";
import { personLayout } from "@symbolon/case-data/encode/layout";
import { readPersons } from "@symbolon/case-data/intake/persons";
import { readRecords } from "@symbolon/case-data/mapping/records";
import { seededWords } from "@symbolon/case-data/random";
import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import { runPlan } from "@symbolon/queries/backend";
import {
  type CountPersonsParams,
  countPersons,
  readPersonCounts,
} from "@symbolon/queries/catalogue/count-persons";
import { type ClearList, PlaintextBackend } from "@symbolon/queries/plaintext/backend";
import { clearListOf } from "@symbolon/queries/plaintext/clear-list";
import type { TrueCase } from "@symbolon/sim/cases/case-lists";
import type { DemoList } from "./lists.js";
import type { CountResult, SecondAct } from "./result.js";

/** A list of people with their cases, whose it is, and the truth about its rows. */
export interface CountedList {
  readonly of: DemoList;
  readonly path: string;
  readonly csv: string;
  readonly truth: readonly TrueCase[];
}

/** So much noise that every cell is shown; it is taken off again. */
const NOISE = 1_000;
/** The noise of a figure is larger than this many deviations once in a billion. */
const DEVIATIONS_MOST = 16;

/** The same question in the clear, beside the answer: exact figures, and the truth about people. */
export async function countOracle(
  lists: readonly CountedList[],
  asked: CountResult,
): Promise<Pick<SecondAct, "cells" | "hidden" | "rows" | "persons" | "oracle">> {
  const exact = await exactCounts(lists.map(open), asked.params);
  const everybody = new Map(lists.flatMap(({ truth }) => truth.map((one) => [one.id, one])));
  const labelOf = (name: string, code: string): string =>
    ATTRIBUTES.find((one) => one.name === name)?.codes.find((one) => one.code === code)?.label ??
    code;
  const [rows, columns] = asked.by;
  const shown = asked.cells.flatMap((cell, k) => {
    if (!cell.shown) return [];
    const row = labelOf(rows, cell.row);
    const column = labelOf(columns, cell.column);
    const people = [...everybody.values()].filter((one) => {
      return one.type === row && one.country === column;
    });
    const { noised, low, high } = cell;
    return [{ row, column, noised, low, high, exact: exact[k], truth: people.length }];
  });
  const isNear = shown.every(
    ({ noised, exact: count }) => Math.abs(noised - count) <= DEVIATIONS_MOST * asked.deviation,
  );
  return {
    cells: shown,
    hidden: asked.cells.length - shown.length,
    rows: lists.reduce((sum, { truth }) => sum + truth.length, 0),
    persons: everybody.size,
    oracle: isNear ? "agree" : "disagree",
  };
}

/** Every cell's exact number of persons, by the plan in the clear. */
async function exactCounts(
  lists: readonly ClearList[],
  params: CountPersonsParams,
): Promise<number[]> {
  const backend = new PlaintextBackend(countPersons.layout, wasmKernels(), {
    order: () => new Uint32Array(0),
    margin: () => 0,
    noised: (counts) => counts,
    cellNoise: () => ({ figure: NOISE, own: lists.map(() => NOISE / 2) }),
  });
  const [ours, ...theirs] = lists;
  const words = await runPlan(backend, countPersons.plan(params), { ours, theirs });
  const { cells } = readPersonCounts(words, params);
  return cells.flat().map((figure) => (figure?.noised ?? NOISE) - NOISE);
}

/** Reads and encodes a list as its provider did, in another order of rows. */
function open({ csv }: CountedList): ClearList {
  const bytes = utf8(csv);
  const yearMax = new Date().getUTCFullYear();
  const { persons } = readPersons(bytes, { yearMax });
  const byRow = new Map(
    readRecords(bytes, { yearMax }).records.map(({ row, record }) => [row, record]),
  );
  const layout = personLayout();
  const records = persons.flatMap(({ row }) => byRow.get(row) ?? []);
  const coded = withAttributes(toDataset(persons, layout, seededWords(1)), records);
  const columns = ATTRIBUTES.map(({ name }) => personAttribute(name)).map(
    (name) => [name, coded.values.get(`persons.${name}`) as Uint32Array] as const,
  );
  return { ...clearListOf(persons, layout, seededWords(1)), attributes: new Map(columns) };
}
