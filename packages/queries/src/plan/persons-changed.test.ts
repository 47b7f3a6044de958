import { Dice } from "@symbolon/sim/people/dice";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClearLinks, clustersInTheClear } from "../plaintext/clusters.js";
import { PERSONS_CHANGED } from "./count-persons-rule.js";
import { overlapSensitivity } from "./overlap-rule.js";

/*
 * Whom one record changes: the persons that are there with it and not without it, and the other
 * way round, while all links between other records stay as they are.
 */

interface Links {
  readonly rows: readonly number[];
  readonly linked: readonly ClearLinks[];
}

/** Persons as sets of records, without the record `gone`, if one is named. */
function persons({ rows, linked }: Links, gone?: { list: number; row: number }): Set<string> {
  const isGone = (list: number, row: number) => list === gone?.list && row === gone.row;
  const kept = linked.map(({ a, b, links }) => ({
    ...{ a, b },
    links: links.filter((link) => !isGone(a, link.a) && !isGone(b, link.b)),
  }));
  const members = new Map<string, string>();
  clustersInTheClear(rows, kept).forEach((list, at) => {
    list.forEach((head, row) => {
      if (isGone(at, row)) return;
      const key = `${head.list} ${head.row}`;
      members.set(key, `${members.get(key) ?? ""} ${at}.${row}`);
    });
  });
  return new Set(members.values());
}

/** The most persons that any one record changes. */
function changed(links: Links): number {
  const all = persons(links);
  const each = links.rows.flatMap((count, list) =>
    Array.from({ length: count }, (_, row) => {
      const without = persons(links, { list, row });
      const lost = [...all].filter((one) => !without.has(one)).length;
      return lost + [...without].filter((one) => !all.has(one)).length;
    }),
  );
  return Math.max(...each);
}

/** Of which lists a person's records are. */
const setOf = (person: string): string =>
  person
    .trim()
    .split(" ")
    .map((record) => record.split(".")[0])
    .join();

/** By how much any one record moves the figures of `overlap` together, at most. */
function moved(links: Links): number {
  const figures = (all: ReadonlySet<string>): Map<string, number> => {
    const counts = new Map([["all", all.size]]);
    for (const set of [...all].map(setOf)) counts.set(set, (counts.get(set) ?? 0) + 1);
    return counts;
  };
  const before = figures(persons(links));
  const each = links.rows.flatMap((count, list) =>
    Array.from({ length: count }, (_, row) => {
      const after = figures(persons(links, { list, row }));
      const sets = [...new Set([...before.keys(), ...after.keys()])];
      return sets.reduce(
        (sum, set) => sum + Math.abs((before.get(set) ?? 0) - (after.get(set) ?? 0)),
        0,
      );
    }),
  );
  return Math.max(...each);
}

/** One-to-one links at random. */
function drawn(lists: number, density: number, seed: number): Links {
  const dice = new Dice(seed);
  const rows = Array.from({ length: lists }, () => 3);
  const linked = rows.flatMap((columns, b) =>
    rows.slice(0, b).map((count, a): ClearLinks => {
      const order = dice.shuffled(Array.from({ length: columns }, (_, k) => k));
      const links = order.slice(0, count).flatMap((column, row) => {
        const link = { a: row, b: column, weight: dice.between(1, 1000) };
        return dice.chance(density) ? [link] : [];
      });
      return { a, b, links };
    }),
  );
  return { rows, linked };
}

const worlds = fc.record({ seed: fc.nat(), density: fc.constantFrom(0.3, 0.6, 0.9) });

describe("a record more or less", () => {
  it("changes four persons at most on three lists, and no fewer", () => {
    let most = 0;
    const property = fc.property(worlds, ({ seed, density }) => {
      const found = changed(drawn(3, density, seed));
      most = Math.max(most, found);
      expect(found).toBeLessThanOrEqual(Number(PERSONS_CHANGED));
    });
    fc.assert(property, { numRuns: 1_500 });
    expect(most).toBe(Number(PERSONS_CHANGED));
  });

  it.each([2, 3])("moves the figures of %i lists by what their noise is made for", (lists) => {
    let most = 0;
    const property = fc.property(worlds, ({ seed, density }) => {
      const found = moved(drawn(lists, density, seed));
      most = Math.max(most, found);
      expect(found).toBeLessThanOrEqual(Number(overlapSensitivity(lists)));
    });
    fc.assert(property, { numRuns: 1_000 });
    expect(most).toBe(Number(overlapSensitivity(lists)));
  });

  it("changes two if every two records of a person are linked", () => {
    const property = fc.property(fc.integer({ min: 3, max: 7 }), fc.nat(), (lists, seed) => {
      const dice = new Dice(seed);
      const rows = Array.from({ length: lists }, () => 3);
      const has = rows.map((count) => Array.from({ length: count }, () => dice.chance(0.6)));
      const linked = rows.flatMap((_, b) =>
        rows.slice(0, b).map((count, a): ClearLinks => {
          const both = Array.from({ length: count }, (__, k) => k).filter(
            (k) => has[a][k] && has[b][k],
          );
          return { a, b, links: both.map((k) => ({ a: k, b: k, weight: dice.between(1, 9) })) };
        }),
      );
      expect(changed({ rows, linked })).toBeLessThanOrEqual(2);
    });
    fc.assert(property, { numRuns: 100 });
  });

  it("can change more on four lists, as the answer's explanation says", () => {
    let most = 0;
    const property = fc.property(worlds, ({ seed, density }) => {
      most = Math.max(most, changed(drawn(4, density, seed)));
    });
    fc.assert(property, { numRuns: 1_500 });
    expect(most).toBeGreaterThan(Number(PERSONS_CHANGED));
    expect(most).toBeLessThanOrEqual(8);
  });
});
