import { describe, expect, it } from "vitest";
import { CUSTOMS } from "../people/invent.js";
import { countryCodeOf } from "./countries.js";
import { generateSandbox } from "./sandbox.js";
import { truthOf } from "./truth.js";

const world = generateSandbox({ seed: 4, people: 3000 });
const truth = truthOf(world);

describe("generateSandbox", () => {
  it("makes the same world from the same seed, another from another", () => {
    expect(generateSandbox({ seed: 4, people: 300 })).toEqual(
      generateSandbox({ seed: 4, people: 300 }),
    );
    const other = truthOf(generateSandbox({ seed: 5, people: 3000 }));
    expect(other.overlaps).not.toEqual(truth.overlaps);
  });

  it("has seven organisations whose rows, records and truth go together", () => {
    expect(world.organisations.length).toBe(7);
    for (const { organisation, list, records } of world.organisations) {
      expect(list.rows.length).toBe(records.length + 1);
      expect(list.truth.length).toBe(records.length);
      expect(truth.rows[organisation.id]).toEqual(list.truth);
      expect(new Set(list.truth).size).toBe(list.truth.length);
      expect(list.csv).not.toContain("person-");
      expect(list.csv).not.toContain("network-");
    }
  });

  it("counts in its overlaps everybody who is on a list, once", () => {
    const counted = Object.values(truth.overlaps).reduce((sum, n) => sum + n, 0);
    expect(counted).toBe(truth.known);
    expect(truth.people).toBe(3000);
    expect(truth.known).toBeGreaterThan(900);
    expect(truth.known).toBeLessThan(2400);
  });

  it("lets lists depend on the organisation, on the kind of case, and on one another", () => {
    const share = (kind: string, id: string): number => {
      const of = world.people.filter(({ victim }) => victim.network.kind.id === kind);
      return of.filter(({ lists }) => lists.some((one) => one === id)).length / of.length;
    };
    expect(share("labour", "inspectorate")).toBeGreaterThan(4 * share("sexual", "inspectorate"));
    const both = (a: string, b: string): number =>
      Object.entries(truth.overlaps)
        .filter(([key]) => [a, b].every((id) => key.split("+").includes(id)))
        .reduce((sum, [, n]) => sum + n, 0);
    const rows = (id: string): number => truth.rows[id].length;
    const byChance = (a: string, b: string): number => (rows(a) * rows(b)) / truth.people;
    expect(both("police", "shelter")).toBeGreaterThan(1.4 * byChance("police", "shelter"));
    expect(both("police", "helpline")).toBeLessThan(byChance("police", "helpline"));
  });

  it("lets cases of one network share addresses and numbers, on several lists", () => {
    const places = new Map<string, Set<string>>();
    for (const { organisation, records } of world.organisations) {
      for (const { indicators } of records) {
        for (const one of (indicators ?? []) as Record<string, string>[]) {
          const value = `${one["x_indicatorType"]} ${one["x_indicatorValue"]}`;
          places.set(value, (places.get(value) ?? new Set()).add(organisation.id));
        }
      }
    }
    const shared = [...places.values()].filter(({ size }) => size > 1).length;
    expect(shared).toBeGreaterThan(300);
  });

  it("knows the code of every country that somebody comes from", () => {
    for (const { nationalities } of CUSTOMS) {
      for (const country of nationalities) expect(countryCodeOf(country)).toMatch(/^[A-Z]{2}$/);
    }
  });
});
