import { assert } from "@symbolon/base/assert";
import { planesOfRows } from "../circuit/planes.js";
import type { Context } from "../context.js";
import { concatBits } from "../protocol/and.js";
import type { Bits } from "../sharing/shares.js";
import { rowNumberBits } from "../table/sort.js";
import type { Table } from "../table/table.js";
import type { WeighedPairs } from "./link.js";

/** Rows of both lists; public. */
export interface ListSizes {
  readonly rows: number;
  readonly columns: number;
}

/** Weighed pairs of two lists with the numbers of their rows, in an order that says nothing. */
export interface Edges {
  readonly places: number;
  /** One bit a place: is there a pair? */
  readonly isPair: Bits;
  /** Planes of its weight less the least one that any two records have. */
  readonly weights: readonly Bits[];
  /** Planes of the number of our row, and of theirs; `numberBits` each. */
  readonly row: readonly Bits[];
  readonly column: readonly Bits[];
}

/** Bits of a row's number in either list. */
export const numberBits = ({ rows, columns }: ListSizes): number =>
  rowNumberBits(Math.max(rows, columns));

/** All pairs of two lists whose sides had numbered rows (`withRowNumbers`). No message. */
export function edgesOf(ctx: Context, pairs: readonly WeighedPairs[], sizes: ListSizes): Edges {
  const count = numberBits(sizes);
  const numbers = (of: (batch: WeighedPairs) => Table | undefined): Bits[][] =>
    pairs.map((batch) => {
      const table = of(batch);
      assert(table?.width === 1, "pairs carry the numbers of their rows");
      return planesOfRows(ctx, table.shares, 1).slice(0, count);
    });
  const whole = (parts: readonly (readonly Bits[])[]): Bits[] =>
    parts[0].map((_, p) => concatBits(...parts.map((planes) => planes[p])));
  assert(
    pairs.every(({ places }) => places % 128 === 0),
    "places come in groups of 128",
  );
  return {
    places: pairs.reduce((sum, { places }) => sum + places, 0),
    isPair: concatBits(...pairs.map(({ isPair }) => isPair)),
    weights: whole(pairs.map(({ weights }) => weights)),
    row: whole(numbers(({ carried }) => carried[0])),
    column: whole(numbers(({ carried }) => carried[1])),
  };
}
