import type { PickRule } from "@symbolon/mpc/table/pick";
import { SHOWN_BIT } from "@symbolon/mpc/table/shown-cells";
import { isShown, type MinimumCell, PERSONS_MIN } from "@symbolon/release/minimum-cell";
import type { ClearDraw } from "../plaintext/backend.js";
import type { AnyLeakageModel } from "./leakage-model.js";

/*
 * Simulators: each makes an asker's answer from what a model says that it is told, and from public
 * sizes. It has no lists. What it is not told it takes for nothing.
 */

/** What the facts of a model are, as values; figures with their noise. */
export interface FactValues {
  readonly pick: { readonly "remaining-rows": readonly boolean[] };
  readonly matches: {
    /** Of each list the rows of ours that are linked, with the weight. */
    readonly "linked-rows": readonly ReadonlyMap<number, number>[];
    readonly "weight-counts": readonly Int32Array[];
  };
  /** Of each row of ours and channel. */
  readonly "shared-keys": { readonly holders: readonly (readonly number[])[] };
  readonly count: {
    readonly cells: readonly { readonly figure: number; readonly own: readonly number[] }[];
  };
  /** The figure is of persons, a list's own count of its rows. */
  readonly "count-persons": FactValues["count"];
  readonly overlap: {
    /** Of each set of lists, and of all together. */
    readonly sets: readonly number[];
    readonly "weight-counts": readonly Int32Array[];
  };
}

/** The facts that a model names, and no others. */
export function toldBy<Op extends keyof FactValues>(
  { asker }: Pick<AnyLeakageModel, "asker">,
  facts: FactValues[Op],
): Partial<FactValues[Op]> {
  const named = Object.entries(facts).filter(([fact]) => Object.hasOwn(asker, fact));
  return Object.fromEntries(named) as Partial<FactValues[Op]>;
}

/** A model that says nothing of one fact. */
export function without<Model extends AnyLeakageModel>(model: Model, fact: string): Model {
  const asker = Object.fromEntries(Object.entries(model.asker).filter(([key]) => key !== fact));
  return { ...model, asker };
}

/** Five of the remaining rows in a random order, if enough remain. */
export function simulatePick(
  { "remaining-rows": rows = [] }: Partial<FactValues["pick"]>,
  rule: PickRule,
  draw: Pick<ClearDraw, "order" | "margin">,
  size: number,
): number[] {
  const drawn = [...draw.order(size)].filter((row) => rows[row]);
  const isEnough = drawn.length >= rule.pick + draw.margin(rule);
  return isEnough ? [1, ...drawn.slice(0, rule.pick)] : new Array<number>(1 + rule.pick).fill(0);
}

/** Of each list its counts, and a word for each row of ours. */
export function simulateMatches(
  told: Partial<FactValues["matches"]>,
  rows: number,
  lists: readonly { readonly bins: number; readonly lowest: number }[],
): number[] {
  return lists.flatMap(({ bins, lowest }, list) => {
    const counts = told["weight-counts"]?.[list] ?? new Int32Array(bins);
    const words = Array.from({ length: rows }, (_, row) => {
      const weight = told["linked-rows"]?.[list].get(row);
      return weight === undefined ? 0 : (0x80000000 | (weight - lowest)) >>> 0;
    });
    return [...Uint32Array.from(counts), ...words];
  });
}

/** A word for each row of ours: `bits` for the count of each channel. */
export function simulateHolders(
  { holders = [] }: Partial<FactValues["shared-keys"]>,
  rows: number,
  bits: number,
): number[] {
  return Array.from({ length: rows }, (_, row) =>
    (holders[row] ?? []).reduce((word, count, c) => word + count * 2 ** (c * bits), 0),
  );
}

/** A word for each cell: what is shown, or 0. */
export function simulateCells(
  { cells }: Partial<FactValues["count"]>,
  size: number,
  rule: MinimumCell,
): number[] {
  return Array.from({ length: size }, (_, k) => {
    const cell = cells?.[k];
    if (cell === undefined || !isShown(rule, cell.figure, cell.own)) return 0;
    return 2 ** SHOWN_BIT + cell.figure;
  });
}

/** The counts of two lists, and a word for each set. */
export function simulateOverlap(
  told: Partial<FactValues["overlap"]>,
  bins: number,
  sets: number,
): number[] {
  const [counts] = told["weight-counts"] ?? [new Int32Array(bins)];
  const cells = told.sets?.map((figure) => ({ figure, own: [] }));
  const shown = simulateCells(cells ? { cells } : {}, sets, { persons: PERSONS_MIN });
  return [...Uint32Array.from(counts), ...shown];
}
