import { sumPlanes } from "@symbolon/mpc/circuit/weighted-sum";
import type { Edges, ListSizes } from "@symbolon/mpc/linkage/edges";
import { numberBits } from "@symbolon/mpc/linkage/edges";
import { weightBounds } from "@symbolon/mpc/linkage/match-weight";
import type { Partners } from "@symbolon/mpc/linkage/one-to-one";
import type { Bits } from "@symbolon/mpc/sharing/shares";
import type { World } from "@symbolon/sim/world/world";
import fc from "fast-check";
import type { ClearPair } from "../plaintext/link.js";
import { layout } from "./records.contract.js";

export const bounds = weightBounds(layout);
/** What pairs of the tests must weigh. */
export const LEAST = 40;
const PLANES = sumPlanes(bounds.most - bounds.least);

/** A place of an edge table; where there is no pair, what stands there must not matter. */
export interface Place extends ClearPair {
  readonly isPair: boolean;
}

/** One bit for each number. */
export function bitsOf(values: readonly number[], plane: number): Uint32Array {
  const out = new Uint32Array(Math.ceil(values.length / 128) * 4);
  values.forEach((value, k) => {
    out[k >>> 5] |= ((value >>> plane) & 1) << (k & 31);
  });
  return out;
}

/** The numbers of so many planes. */
export const numbersOf = (planes: readonly Uint32Array[], count: number): number[] =>
  Array.from({ length: count }, (_, k) =>
    planes.reduce((sum, plane, p) => sum + (((plane[k >>> 5] >>> (k & 31)) & 1) << p), 0),
  );

/** Planes of numbers, as each party holds them. */
export function sharePlanes(world: World, values: readonly number[], count: number) {
  const dealt = Array.from({ length: count }, (_, p) => world.share(bitsOf(values, p), "xor"));
  return (self: number): Bits[] => dealt.map((plane) => plane[self]);
}

/** Edges as each party holds them. */
export function shareEdges(world: World, places: readonly Place[], sizes: ListSizes) {
  const side = numberBits(sizes);
  const planes = (value: (place: Place) => number, count: number) =>
    sharePlanes(world, places.map(value), count);
  const isPair = planes((place) => (place.isPair ? 1 : 0), 1);
  const weights = planes(({ weight }) => weight - bounds.least, PLANES);
  const row = planes(({ a }) => a, side);
  const column = planes(({ b }) => b, side);
  return (self: number): Edges => ({
    places: places.length,
    isPair: isPair(self)[0],
    weights: weights(self),
    row: row(self),
    column: column(self),
  });
}

/** What the three parties hold of partners, in the clear: a link for each row that has one. */
export function clearPartners(world: World, held: readonly Partners[]): Map<number, ClearPair> {
  const planes = (pick: (one: Partners) => readonly Bits[]): number[] =>
    numbersOf(
      pick(held[0]).map((_, p) =>
        world.combine(
          held.map((one) => pick(one)[p]),
          "xor",
        ),
      ),
      held[0].rows,
    );
  const has = planes((one) => [one.has]);
  const [weights, numbers] = [planes((one) => one.weights), planes((one) => one.number)];
  const found = new Map<number, ClearPair>();
  has.forEach((bit, row) => {
    if (bit === 1) {
      found.set(row, { a: row, b: numbers[row], weight: weights[row] + bounds.least });
    } else if (weights[row] !== 0 || numbers[row] !== 0) {
      throw new Error("a row without a link has a partner");
    }
  });
  return found;
}

/** Up to 128 places; few rows and weights, so that rows are crowded and weights equal. */
export const places = (sizes: ListSizes): fc.Arbitrary<Place[]> =>
  fc
    .tuple(fc.constantFrom([3, 10], [12, 60], [127, 128]), fc.constantFrom(0, 2, 40))
    .chain(([[near, count], spread]) =>
      fc.uniqueArray(
        fc.record({
          a: fc.nat(Math.min(near, sizes.rows - 1)),
          b: fc.nat(Math.min(near, sizes.columns - 1)),
          weight: fc.integer({ min: LEAST - 2, max: LEAST + spread }),
          isPair: fc.boolean(),
        }),
        { minLength: count >> 1, maxLength: count, selector: ({ a, b }) => `${a} ${b}` },
      ),
    );
