import { describe, expect, it } from "vitest";
import { personLayout } from "../encode/layout.js";
import { listStats } from "../encode/stats.js";
import { fieldValues } from "../encode/values.js";
import { readName } from "../normalise/name.js";
import type { Person } from "../person.js";
import { below, type RandomWords, seededWords } from "../random.js";
import { estimateMatches, matchProbability } from "./estimate.js";
import { linkable, linkLists, oneToOne } from "./link.js";
import { RECORDS } from "./link-rule.js";
import { COMPARISONS, WEIGHT_UNITS_PER_BIT } from "./models.js";
import { comparisonRecord, rarityOf } from "./record.js";
import { waterfall } from "./waterfall.js";
import { contributions, matchWeight, rarities } from "./weigh.js";

const layout = personLayout(512);
const SYLLABLES = [
  "ba",
  "de",
  "fi",
  "go",
  "hu",
  "ka",
  "le",
  "mi",
  "no",
  "pu",
  "ra",
  "se",
  "ti",
  "vo",
];

/** One of some thousand names. */
const inventName = (words: RandomWords): string =>
  [0, 1, 2].map(() => SYLLABLES[below(SYLLABLES.length, words)]).join("");

/** Invented people, by number always the same; `spoil` misspells every given name. */
const people = (from: number, to: number, spoil = false): Person[] =>
  Array.from({ length: to - from }, (_, k) => {
    const words = seededWords(from + k);
    const given = inventName(words);
    return {
      row: k + 2,
      given: readName(spoil ? `${given}h` : given)!,
      surname: readName(inventName(words))!,
      birthDate: {
        year: 1960 + below(45, words),
        month: 1 + below(12, words),
        day: 1 + below(28, words),
      },
    };
  });

describe("linkLists", () => {
  it("finds those who are on both lists, without being told how many", () => {
    const [a, b] = [people(0, 120), people(80, 260, true)].map((list) => linkable(list, layout));
    const { links, estimate } = linkLists(a, b, { layout });
    expect(links.length).toBe(40);
    expect(links.every((link) => link.a === link.b + 80)).toBe(true);
    expect(estimate.low).toBeLessThan(40);
    expect(estimate.high).toBeGreaterThan(40);
    expect(estimate.expected).toBeCloseTo(40, 0);
  });

  it("asks for more where fewer matches are expected", () => {
    const [a, b] = [people(0, 60), people(40, 100)].map((list) => linkable(list, layout));
    const thresholds = [50, 5, 0.5].map(
      (expected) => linkLists(a, b, { layout, expected }).threshold,
    );
    expect(thresholds[1]).toBeGreaterThan(thresholds[0]);
    expect(thresholds[2]).toBeGreaterThan(thresholds[1]);
  });

  it("finds duplicates within one list, each pair once", () => {
    const list = linkable([...people(0, 100), ...people(90, 100, true)], layout);
    const { links, pairs } = linkLists(list, undefined, { layout });
    expect(pairs).toBe((110 * 109) / 2);
    expect(links.map(({ a, b }) => [a, b])).toEqual(
      Array.from({ length: 10 }, (_, k) => [90 + k, 100 + k]),
    );
  });

  it("links each record once where that is asked for, the surest first", () => {
    const pair = (a: number, b: number, weight: number) => ({
      a,
      b,
      weight,
      levels: new Int8Array(0),
    });
    const kept = oneToOne([pair(1, 1, 40), pair(1, 2, 60), pair(2, 2, 50), pair(3, 1, 10)]);
    expect(kept.map(({ a, b }) => [a, b])).toEqual([
      [1, 2],
      [3, 1],
    ]);
  });
});

describe("weights", () => {
  const list = [...people(0, 40), ...Array.from({ length: 60 }, () => people(0, 1)[0])];
  const stats = listStats(list);
  const record = (n: number) => comparisonRecord(RECORDS, fieldValues(list[n]), stats);

  it("are the sum of what each comparison says", () => {
    const { compared } = linkLists(linkable(list, layout), undefined, { layout });
    for (const { a, b, levels, weight } of compared.slice(0, 50)) {
      const parts = contributions(RECORDS, levels, record(a), record(b));
      expect(parts.length).toBe(COMPARISONS.length);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(weight);
    }
  });

  it("count a value as rare only if both sides say so", () => {
    const [rare, frequent] = [record(1), record(0)];
    const levels = Int8Array.from(COMPARISONS, ({ name }) => (name === "given" ? 4 : -1));
    const weight = (a: Uint32Array, b: Uint32Array) => matchWeight(RECORDS, levels, a, b);
    expect(weight(frequent, frequent)).toBeLessThan(weight(rare, rare));
    // Whatever a made-up record says of its own value.
    expect(weight(rare, frequent)).toBe(weight(frequent, frequent));
    expect(weight(frequent, rare)).toBe(weight(frequent, frequent));
  });

  it("are less for a misspelt name too if many have it, but not by as much", () => {
    const at = (level: number, one: Uint32Array): number => {
      const levels = Int8Array.from(COMPARISONS, ({ name }) => (name === "given" ? level : -1));
      return matchWeight(RECORDS, levels, one, one);
    };
    const [frequent, rare] = [record(0), record(1)];
    const less = [2, 3, 4].map((level) => at(level, rare) - at(level, frequent));
    expect(less[0]).toBe(0);
    expect(less[1]).toBeGreaterThan(0);
    expect(less[2]).toBe(2 * less[1]);
  });

  it("fall into steps that levels alone explain", () => {
    const { compared } = linkLists(linkable(list, layout), undefined, { layout });
    for (const { a, b, levels, weight } of compared.slice(0, 50)) {
      const rare = rarities(RECORDS, levels, record(a), record(b));
      const steps = waterfall(RECORDS, levels, rare);
      expect(steps.at(-1)?.sum).toBe(weight / RECORDS.unitsPerBit);
      expect(steps.length).toBe(levels.filter((level) => level >= 0).length);
      expect(steps.map(({ field }) => field)).toContain("birth-date");
    }
  });

  it("are less for a name that many have", () => {
    const same = COMPARISONS.map(({ name }) => (name === "given" ? 4 : -1));
    const levels = Int8Array.from(same);
    const frequent = list[0].given?.normal;
    const other = list.findIndex(({ given }) => given?.normal !== frequent);
    const weight = (one: Uint32Array): number => matchWeight(RECORDS, levels, one, one);
    expect(weight(record(0))).toBeLessThan(weight(record(other)));
  });
});

describe("rarity", () => {
  const named = (surname: string, nationality: number): Person => ({
    row: 2,
    surname: readName(surname)!,
    nationalities: [nationality],
  });
  const SURNAME = RECORDS.fields.findIndex(({ name }) => name === "surname");
  const list = [
    ...people(0, 200).map((one) => ({ ...one, nationalities: [528] })),
    ...Array.from({ length: 12 }, (_, k) =>
      named(k < 6 ? "nguyen" : `tran${"abcdef"[k - 6]}`, 704),
    ),
    named("nguyen", 528),
    named("okafor", 566),
  ];
  const raritiesOf = (persons: readonly Person[]): number[] => {
    const stats = listStats(persons);
    return persons.map((person) =>
      rarityOf(RECORDS.fields[SURNAME], comparisonRecord(RECORDS, fieldValues(person), stats)),
    );
  };

  it("holds a name against those of one country", () => {
    const [nguyen, tran, dutch] = [200, 206, 212].map((n) => raritiesOf(list)[n]);
    expect(nguyen).toBeLessThan(tran);
    expect(nguyen).toBeLessThan(dutch);
  });

  it("does not hold it against the only one of a country that she is called as she is", () => {
    const unknown = list.map(({ nationalities, ...person }) => person);
    expect(raritiesOf(list)[213]).toBe(raritiesOf(unknown)[213]);
  });
});

describe("estimateMatches", () => {
  it("adds up probabilities: sure matches count one, strangers nothing", () => {
    const counts = [
      { bits: 40, count: 30 },
      { bits: -20, count: 1000 },
    ];
    const { low, expected, high } = estimateMatches(counts, 1e6);
    expect(expected).toBeCloseTo(30, 1);
    expect(low).toBeGreaterThan(15);
    expect(high).toBeLessThan(45);
  });

  it("finds none where nothing is alike", () => {
    expect(estimateMatches([{ bits: -10, count: 500 }], 1e6).expected).toBeLessThan(0.1);
    expect(estimateMatches([], 1e6).expected).toBeLessThan(0.1);
  });

  it("bears counts that noise made negative", () => {
    const noised = [
      { bits: 30, count: 52 },
      { bits: 5, count: -3 },
      { bits: -15, count: 40 },
    ];
    expect(estimateMatches(noised, 1e6).expected).toBeCloseTo(52, 0);
  });

  it("is less sure of counts that are noised", () => {
    const counts = [
      { bits: 30, count: 50 },
      { bits: 25, count: 0 },
    ];
    const [exact, noised] = [0, 3].map((noise) => estimateMatches(counts, 1e6, noise));
    expect(noised.expected).toBe(exact.expected);
    expect(noised.low).toBeLessThan(exact.low);
    expect(noised.high - noised.expected).toBeGreaterThan(8);
    expect(estimateMatches(counts, 1e6, 1000).low).toBe(0);
  });

  it("turns bits into a probability", () => {
    expect(matchProbability(0, 0.5)).toBe(0.5);
    expect(matchProbability(10, 1 / 1025)).toBeCloseTo(0.5, 3);
    expect(matchProbability(4000, 1e-9)).toBe(1);
    expect(WEIGHT_UNITS_PER_BIT).toBe(4);
  });
});
