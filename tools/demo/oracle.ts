import { readFileSync } from "node:fs";
import { assert } from "@symbolon/base/assert";
import { layoutById } from "@symbolon/case-data/encode/layout";
import { type PersonIntake, readPersons } from "@symbolon/case-data/intake/persons";
import { seededWords } from "@symbolon/case-data/random";
import { wasmKernels } from "@symbolon/mpc/kernels/wasm";
import { keepRows } from "@symbolon/queries/backend";
import { type NotOnListParams, notOnList } from "@symbolon/queries/catalogue/not-on-list";
import { type KeyedClearList, PlaintextBackend } from "@symbolon/queries/plaintext/backend";
import { clearListOf } from "@symbolon/queries/plaintext/clear-list";
import type { DemoList } from "./lists.js";

/** What the same question gives in the clear, for somebody who sees all lists. */
export interface OracleVerdict {
  /** Lines of the asker's file that may be picked. */
  readonly candidates: ReadonlySet<number>;
  readonly pairs: number;
  readonly intake: PersonIntake;
}

interface Opened {
  readonly intake: PersonIntake;
  readonly list: KeyedClearList;
}

/**
 * Runs the query's plan in the clear, up to the draw. `lines` is the order of the asker's rows in
 * its dataset, from its receipt: of two rows of one person the first is kept, so order matters.
 */
export async function askOracle(
  lists: readonly DemoList[],
  lines: readonly number[],
  params: NotOnListParams,
): Promise<OracleVerdict> {
  const [ours, ...theirs] = lists.map((list, k) => open(list, k === 0 ? lines : undefined));
  const backend = new PlaintextBackend(notOnList.layout, wasmKernels(), {
    order: () => assert(false, "the oracle draws nothing") as never,
    margin: () => 0,
    noised: () => assert(false, "the plan counts nothing") as never,
    cellNoise: () => assert(false, "the plan makes no table") as never,
  });
  const plan = notOnList.plan(params);
  const named = { ours: ours.list, theirs: theirs.map(({ list }) => list) };
  const flags = await keepRows(backend, plan.from, named);
  const candidates = new Set(lines.filter((line, row) => line > 0 && flags[row]));
  return { candidates, pairs: backend.pairs, intake: ours.intake };
}

/** Reads and encodes a list as its provider did; rows in the given order, or as they come. */
function open({ bytes }: DemoList, lines: readonly number[] | undefined): Opened {
  const intake = readPersons(bytes, { yearMax: new Date().getUTCFullYear() });
  const layout = layoutById(notOnList.layout.id);
  assert(layout !== undefined, "the query's layout is known to the encoder");
  const list = clearListOf(intake.persons, layout, seededWords(1));
  if (lines === undefined) return { intake, list };
  const lineOf = list.rowMap.map((index) => (index < 0 ? 0 : intake.persons[index].row));
  return { intake, list: reordered(list, orderBy(lineOf, lines)) };
}

/** For each wanted row, the row that has its line; padding goes wherever padding is. */
function orderBy(lineOf: readonly number[], lines: readonly number[]): number[] {
  const rowOf = new Map(lineOf.flatMap((line, row) => (line > 0 ? [[line, row]] : [])));
  const padding = lineOf.flatMap((line, row) => (line === 0 ? [row] : []));
  return lines.map((line) => (line === 0 ? padding.pop() : rowOf.get(line)) ?? -1);
}

function reordered(list: KeyedClearList, order: readonly number[]): KeyedClearList {
  assert(order.length === list.rows && !order.includes(-1), "the receipt is of this list");
  const words = (values: Uint32Array) => {
    const width = values.length / list.rows;
    const sorted = new Uint32Array(values.length);
    order.forEach((from, to) => {
      sorted.set(values.subarray(from * width, (from + 1) * width), to * width);
    });
    return sorted;
  };
  const real = new Uint32Array(list.real.length);
  order.forEach((from, to) => {
    const bit = (list.real[from >> 5] >>> (from & 31)) & 1;
    real[to >> 5] |= bit << (to & 31);
  });
  const [content, present, keys] = [list.content, list.present, list.keys].map(words);
  return { rows: list.rows, content, present, real, keys };
}

/** The rows' lines that a receipt remembers. */
export const linesOf = (receiptPath: string): readonly number[] =>
  (JSON.parse(readFileSync(receiptPath, "utf8")) as { lines: number[] }).lines;
