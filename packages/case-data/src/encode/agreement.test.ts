import { describe, expect, it } from "vitest";
import { readName } from "../normalise/name.js";
import type { Person } from "../person.js";
import { identifierKey } from "./dataset.js";
import { encodePersons } from "./encode.js";
import { personLayout, THRESHOLD_BITS_MAX } from "./layout.js";
import { scorePair } from "./score.js";
import { listStats } from "./stats.js";
import { skeletonView, vowelView } from "./views.js";

const layout = personLayout();
const person = (given: string, surname: string, more: Partial<Person> = {}): Person => ({
  row: 1,
  given: readName(given)!,
  surname: readName(surname)!,
  ...more,
});
/** Evidence in bits that two records are of one person. */
function bits(a: Person, b: Person): number {
  const [left, right] = [a, b].map((one) => encodePersons([one], layout, listStats([one])));
  return scorePair(layout, left, 0, right, 0) / layout.unitsPerBit;
}
const born = { birthDate: { year: 1990, month: 5, day: 17 } };

describe("evidence", () => {
  const self = bits(person("Amina", "Bello", born), person("Amina", "Bello", born));

  it("is strong for the same names and birth date, negative for others", () => {
    expect(self).toBeGreaterThan(20);
    expect(self).toBeLessThan(THRESHOLD_BITS_MAX);
    const other = person("Oksana", "Melnyk", { birthDate: { year: 1975, month: 11, day: 2 } });
    expect(bits(person("Amina", "Bello", born), other)).toBeLessThan(-5);
  });

  it.each([
    ["a slip", person("Amnia", "Bello", born)],
    ["another spelling", person("Aminah", "Belo", born)],
    ["swapped names", person("Bello", "Amina", born)],
    [
      "two digits of a date wrong",
      person("Amina", "Bello", { birthDate: { year: 1980, month: 5, day: 16 } }),
    ],
    ["a birth year only", person("Amina", "Bello", { birthDate: { year: 1990 } })],
    ["both names in one field", { row: 1, given: readName("Amina Bello")!, ...born }],
  ])("survives %s", (_, other) => {
    const score = bits(person("Amina", "Bello", born), other);
    expect(score).toBeGreaterThan(3);
    expect(score).toBeLessThanOrEqual(self);
  });

  it("a missing field says nothing", () => {
    const a = person("Amina", "Bello");
    const b = person("Amina", "Bello", born);
    expect(bits(a, b)).toBe(bits(b, a));
    expect(bits(a, a)).toBeLessThan(self);
    expect(bits({ row: 1 }, b)).toBe(0);
  });

  it("a rare name weighs more than a frequent one", () => {
    const list = [
      ...Array.from({ length: 200 }, () => person("Maria", "Garcia")),
      person("Xochitl", "Iturbide"),
    ];
    const stats = listStats(list);
    const encoded = encodePersons(list, layout, stats);
    expect(scorePair(layout, encoded, 200, encoded, 200)).toBeGreaterThan(
      scorePair(layout, encoded, 0, encoded, 1) + 4 * layout.unitsPerBit,
    );
  });
});

it.each([
  ["mohammed", "mhmd"],
  ["muhammad", "mhmd"],
  ["fatima", "ftmh"],
])("%s and %s share most of their consonants", (latin, abjad) => {
  expect(skeletonView(abjad)).toContain(skeletonView(latin));
});

it("spellings of one sound meet", () => {
  expect(vowelView("catherine")).toBe(vowelView("katerina"));
  expect(vowelView("sophia")).toBe(vowelView("sofya"));
  expect(vowelView("mohammed")).toBe(vowelView("muhammad"));
});

it("identifier keys differ and are never the key of nobody", () => {
  const keys = new Set(Array.from({ length: 10_000 }, (_, k) => identifierKey(`ID${k}`).join()));
  expect(keys.size).toBe(10_000);
  expect(keys.has("0,0")).toBe(false);
});
