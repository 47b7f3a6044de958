import { sumPlanes } from "@symbolon/mpc/circuit/weighted-sum";
import type { ClusterList } from "@symbolon/mpc/linkage/clusters";
import { numberBits } from "@symbolon/mpc/linkage/edges";
import { Dice } from "@symbolon/sim/people/dice";
import type { World } from "@symbolon/sim/world/world";
import { type ClearLinks, clustersInTheClear, personsInTheClear } from "../plaintext/clusters.js";
import { bitsOf, bounds, sharePlanes } from "./edges.contract.js";

const PLANES = sumPlanes(bounds.most - bounds.least);

/** Lists of which only the links are known. */
export interface LinkedLists {
  readonly rows: readonly number[];
  readonly real: readonly (readonly boolean[])[];
  readonly linked: readonly ClearLinks[];
}

/** One-to-one links at random, so many of those that could be; few weights, so that sums tie. */
export function listsOf(rows: readonly number[], density: number, seed: number): LinkedLists {
  const dice = new Dice(seed);
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
  const linked = rows.flatMap((columns, b) =>
    rows.slice(0, b).map((count, a): ClearLinks => {
      // Low numbers belong together more often than by chance, so that clusters grow.
      const near = (of: number): number[] =>
        dice.chance(0.5) ? numbers(of) : dice.shuffled(numbers(of));
      const [left, right] = [near(count), near(columns)];
      const links = left.slice(0, Math.min(count, columns)).flatMap((row, k) => {
        const weight = 40 + 7 * dice.between(0, 3);
        return dice.chance(density) ? [{ a: row, b: right[k], weight }] : [];
      });
      return { a, b, links };
    }),
  );
  const real = rows.map((count) => numbers(count).map(() => dice.chance(0.8)));
  return { rows, real, linked };
}

/** The words of all rows, list by list, in the clear. */
export const expected = ({ rows, real, linked }: LinkedLists): number[][] =>
  personsInTheClear(clustersInTheClear(rows, linked), real);

/** What each party holds of these lists' links. */
export const dealLinks = (
  world: World,
  { rows, real, linked }: LinkedLists,
): ((self: number) => ClusterList)[] =>
  rows.map((count, b) => {
    const bits = world.share(
      bitsOf(
        real[b].map((bit) => (bit ? 1 : 0)),
        0,
      ),
      "xor",
    );
    const partners = rows.slice(0, b).map((_, a) => {
      const links = linked.find((one) => one.a === a && one.b === b)?.links ?? [];
      const of = new Map(links.map((link) => [link.b, link]));
      const every = Array.from({ length: count }, (__, row) => of.get(row));
      const planes = (value: (link: (typeof links)[number]) => number, width: number) =>
        sharePlanes(
          world,
          every.map((link) => (link === undefined ? 0 : value(link))),
          width,
        );
      const has = planes(() => 1, 1);
      const weights = planes(({ weight }) => weight - bounds.least, PLANES);
      const number = planes((link) => link.a, numberBits({ rows: rows[a], columns: count }));
      return (self: number) => ({
        rows: count,
        has: has(self)[0],
        weights: weights(self),
        number: number(self),
      });
    });
    return (self: number) => ({
      rows: count,
      real: bits[self],
      partners: partners.map((of) => of(self)),
    });
  });
