import { expect, it } from "vitest";
import { applyMapping } from "./apply.js";
import { qualityOf } from "./quality.js";
import { sureMapping, tableOf } from "./tables.contract.js";

const HEADER = ["First Name", "Last Name", "Birthdate", "Gender", "Phone", "Number of Children"];
const NAMES = ["Amina", "Berta", "Carla", "Dunja", "Elena", "Farida", "Greta", "Hawa"];
const people = Array.from({ length: 64 }, (_, k) => [
  NAMES[k % 8],
  `${NAMES[k >> 3]}son`,
  `19${50 + (k % 40)}-0${1 + (k % 9)}-1${k % 9}`,
  "F",
  `+3161234${String(1000 + k)}`,
  String(k % 3),
]);
const quality = (lines: string[][], options = {}) => {
  const table = tableOf(HEADER, ...lines);
  const mapping = sureMapping(table);
  return qualityOf(mapping, applyMapping(table, mapping, { yearMax: 2026 }), options);
};

it("measures how much is known, how much it differs, and between which bounds", () => {
  const some = people.map((row, k) => row.map((cell, f) => (f === 4 && k % 4 === 0 ? "" : cell)));
  const { fields, persons } = quality(some);
  expect(persons).toBe(64);
  expect(
    fields.map(({ name, known, different, range }) => [name, known, different, range]),
  ).toEqual([
    ["First Name", 1, 8, undefined],
    ["Last Name", 1, 8, undefined],
    ["Birthdate", 1, expect.any(Number), [1950, 1989]],
    ["Gender", 1, 1, undefined],
    ["Phone", 0.75, 48, undefined],
    ["Number of Children", 1, 3, [0, 2]],
  ]);
});

it("finds rows that repeat, and pairs that look like one person twice", () => {
  const again = [...people[5].slice(0, 5), "2"];
  const misspelt = ["Aminah", ...people[0].slice(1)];
  const { repeats, likelyPairs } = quality([...people, again, misspelt]);
  expect({ repeats, likelyPairs }).toEqual({ repeats: 1, likelyPairs: 1 });
  expect(quality(people)).toMatchObject({ repeats: 0, likelyPairs: 0 });
});

it("counts who could match nobody, and what is mostly missing of them", () => {
  const vague = Array.from({ length: 6 }, () => ["Amina", "", "", "F", "", ""]);
  expect(quality(people)).toMatchObject({ unlinkable: 0 });
  expect(quality([...people, ...vague])).toMatchObject({
    unlinkable: 6,
    mostlyMissing: "birth-date",
  });
});

it("asks for more evidence where more people could be meant", () => {
  const bits = (theirsRows: number) => quality(people, { theirsRows }).thresholdBits;
  expect(bits(1_000_000) - bits(1_000)).toBeCloseTo(Math.log2(1_000), 6);
});

it("says of an empty list that nothing is known", () => {
  const { persons, unlinkable } = quality([["", "", "", "", "", ""]]);
  expect({ persons, unlinkable }).toEqual({ persons: 0, unlinkable: 0 });
});
