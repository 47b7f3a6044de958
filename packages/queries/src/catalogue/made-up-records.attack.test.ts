import { readFileSync } from "node:fs";
import { readPersons } from "@symbolon/case-data/intake/persons";
import type { Person } from "@symbolon/case-data/person";
import { generateWorld } from "@symbolon/sim/people/world";
import { describe, expect, it } from "vitest";
import { type Field, keysOf, MadeUpRecords, only } from "./made-up-records.contract.js";

/** FEBRL4's list a, if SYMBOLON_BENCH_DATA names the folder of public benchmark data. */
const folder = process.env["SYMBOLON_BENCH_DATA"];

const invented = (): readonly Person[] => {
  const { csv } = generateWorld({ seed: 1, police: 300, ngos: [10], shared: 0.5 }).police;
  return readPersons(new TextEncoder().encode(csv)).persons;
};
const febrl = (): readonly Person[] =>
  readPersons(readFileSync(`${folder}/linkage/febrl4a.csv`)).persons.slice(0, 1500);

/** All fields that a list has, all but one, and some few. */
function fieldSets(list: readonly Person[]): Field[][] {
  const all = (Object.keys(Object.assign({}, ...list)) as Field[]).filter((name) => name !== "row");
  const few: Field[][] = [
    ["given", "surname"],
    ["given", "surname", "birthDate"],
    ["given", "birthDate"],
    ["surname", "place"],
    ["birthDate", "region"],
    ["birthDate"],
    ["place"],
  ];
  return [all, ...all.map((left) => all.filter((name) => name !== left)), ...few];
}

/** By set of fields: rows that made-up keys, made-up records and the best honest one match. */
function compare(list: readonly Person[], thresholdBits: number, seeds: readonly number[]) {
  const lab = new MadeUpRecords(list, thresholdBits);
  return fieldSets(list).map((fields) => {
    const people = seeds.map((seed) => lab.bestKeys(fields, seed));
    const honest = people.map((person, k) => lab.honest(lab.bestHonest(fields, k + 50, person)));
    return {
      fields: fields.join(" "),
      byKeys: Math.max(...people.map((person) => lab.confirmed(keysOf(person)).length)),
      madeUp: Math.max(...people.map((person, k) => lab.bestMadeUp(person, k))),
      honest: Math.max(...honest),
    };
  });
}

describe("a made-up record within all bounds", () => {
  it.each([2, 5])(
    "matches no more rows than an honest one (invented people, %d bits)",
    {
      timeout: 240_000,
    },
    (bits) => {
      for (const { fields, byKeys, madeUp, honest } of compare(invented(), bits, [1, 2])) {
        expect([fields, madeUp <= honest]).toEqual([fields, true]);
        // Not even if every row that agrees by its keys had scored.
        expect([fields, byKeys <= honest]).toEqual([fields, true]);
      }
    },
  );

  it.skipIf(folder === undefined)(
    "matches no more rows than an honest one (FEBRL4; skipped unless SYMBOLON_BENCH_DATA is set)",
    { timeout: 600_000 },
    () => {
      for (const { fields, madeUp, honest } of compare(febrl(), 1.5, [1])) {
        expect([fields, madeUp <= honest]).toEqual([fields, true]);
      }
    },
  );

  it("would match far more rows if the score alone decided", () => {
    const list = invented();
    const lab = new MadeUpRecords(list, 5);
    const all = fieldSets(list)[0];
    const honest = lab.honest(lab.bestHonest(all, 1));
    expect(lab.matchedByMean(5)).toBeGreaterThan(5 * honest);
    expect(lab.bestMadeUp(only(list[0], all), 1)).toBeLessThanOrEqual(honest);
  });
});
