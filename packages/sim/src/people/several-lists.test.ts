import { describe, expect, it } from "vitest";
import { severalLists } from "./several-lists.js";

const OPTIONS = { seed: 5, lists: 4, people: 60, known: 0.5, planted: 3 };

describe("severalLists", () => {
  const { lists, blends } = severalLists(OPTIONS);
  const on = (id: string): number[] =>
    lists.flatMap(({ truth }, list) => (truth.some((one) => one.id === id) ? [list] : []));

  it("has nobody twice on a list, and many people on several", () => {
    for (const { rows, truth } of lists) {
      expect(new Set(truth.map(({ id }) => id)).size).toBe(truth.length);
      expect(rows.length).toBe(truth.length + 1);
    }
    const people = Array.from({ length: OPTIONS.people }, (_, k) => on(`person-${k}`).length);
    expect(people.filter((count) => count > 1).length).toBeGreaterThan(20);
    expect(people.filter((count) => count === 0).length).toBeGreaterThan(0);
  });

  it("plants records that are like two people, where neither of them is", () => {
    expect(blends.length).toBe(3);
    for (const { id, list, people } of blends) {
      expect(on(id)).toEqual([list]);
      const [first, second] = people.map(on);
      expect([...first, ...second, list].sort()).toEqual([0, 1, 2, 3]);
      const row = (of: string, at: number) =>
        lists[at].rows[1 + lists[at].truth.findIndex((one) => one.id === of)];
      const planted = row(id, list);
      const has = (person: string, at: number): number =>
        planted.filter((cell, k) => cell !== "" && cell === row(person, at)[k]).length;
      for (const [person, at] of [
        [people[0], first[0]],
        [people[1], second[0]],
      ] as const) {
        expect(has(person, at)).toBeGreaterThan(0);
      }
    }
  });

  it("makes the same lists from the same seed", () => {
    expect(severalLists(OPTIONS)).toEqual({ lists, blends });
    expect(severalLists({ ...OPTIONS, seed: 6 })).not.toEqual({ lists, blends });
  });

  it("needs a third list for planted records", () => {
    expect(() => severalLists({ ...OPTIONS, lists: 2 })).toThrow("3 lists");
    expect(severalLists({ ...OPTIONS, lists: 2, planted: 0 }).blends).toEqual([]);
  });
});
