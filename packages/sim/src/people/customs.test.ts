import { describe, expect, it } from "vitest";
import type { NameForm } from "./custom.js";
import { Dice } from "./dice.js";
import { CUSTOMS, inventPerson } from "./invent.js";
import { mishear } from "./mishear.js";
import { bySystem, byTaste, syllableTable } from "./syllables.js";
import { twoLists } from "./two-lists.js";

const LATIN = /^[\p{Script=Latin}\p{Script=Inherited} '-]+$/u;

/** Names of some hundred people of a custom. */
function namesOf(id: string): NameForm[] {
  const dice = new Dice(5);
  const custom = CUSTOMS.find((one) => one.id === id)!;
  const people = Array.from({ length: 400 }, (_, k) => inventPerson(dice, k, custom));
  return [...new Set(people.flatMap(({ name }) => [...name.given, ...name.surname]))];
}

describe.each(CUSTOMS)("names that are $id", ({ id, script, titles }) => {
  const names = namesOf(id);

  it("are in Latin letters, and in the script of the custom where that is another", () => {
    const native = new RegExp(`^[\\p{Script=${script}}\\p{Script=Inherited} ]+$`, "u");
    for (const name of names) {
      for (const form of [...name.latin, ...name.short]) expect(form).toMatch(LATIN);
      expect(name.native === undefined).toBe(script === "Latin");
      if (name.native !== undefined) expect(name.native).toMatch(native);
    }
  });

  it("are enough to tell people apart, and none stands twice", () => {
    expect(names.length).toBeGreaterThan(50);
    for (const { latin } of names) expect(new Set(latin).size).toBe(latin.length);
    expect(titles.female.length).toBeGreaterThan(0);
    expect(titles.male.length).toBeGreaterThan(0);
  });
});

describe("names by syllables", () => {
  const table = syllableTable("秀=Xiu,Hsiu,Sau 兰=Lan 华=Hua,Hua,Wah");

  it("are romanised by one system each", () => {
    const [name] = bySystem(table, "秀华");
    expect(name.latin).toEqual(["Xiuhua", "Xiu Hua", "Hsiu Hua", "Sau Wah"]);
  });

  it("or one syllable otherwise, hyphened, joined or apart", () => {
    const [name] = byTaste(syllableTable("민=Min 수=Su,Soo"), "민수");
    expect(name.latin).toEqual(["Min-su", "Minsu", "Min Su", "Min-soo"]);
  });
});

it("a name that was heard has one sound for another, and its capital", () => {
  const heard = Array.from({ length: 60 }, (_, seed) => mishear(new Dice(seed), "Phillip"));
  expect(new Set(heard)).toContain("Fillip");
  expect(new Set(heard)).toContain("Philip");
  for (const name of heard) expect(name).toMatch(/^[A-Z]/);
  expect(mishear(new Dice(1), "玉")).toBe("玉");
});

describe("twoLists", () => {
  const options = { seed: 3, shared: 4, alone: 3, nativeScript: 0.2 };
  const [a, b] = twoLists(options);

  it("has as many people of each custom on both lists as it was asked for", () => {
    const known = new Set(b.truth.map(({ id }) => id));
    for (const { id } of CUSTOMS) {
      const mine = a.truth.filter(({ custom }) => custom === id);
      expect(mine.length).toBe(7);
      expect(mine.filter((person) => known.has(person.id)).length).toBe(4);
    }
    expect(a.rows.length).toBe(a.truth.length + 1);
  });

  it("makes the same lists from the same seed", () => {
    expect(twoLists(options)).toEqual([a, b]);
  });
});
