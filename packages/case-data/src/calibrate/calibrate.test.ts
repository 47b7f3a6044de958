import { expect, it } from "vitest";
import { encodePersons } from "../encode/encode.js";
import { personLayout } from "../encode/layout.js";
import { listStats } from "../encode/stats.js";
import { fieldValues } from "../encode/values.js";
import type { Person } from "../person.js";
import { below, seededWords } from "../random.js";
import { assessList } from "./assess.js";
import { corrupt } from "./corrupt.js";
import { missCurve, roundRate, upperRate } from "./miss.js";
import {
  chooseThreshold,
  crowdedShare,
  falseKnownShare,
  nullTail,
  strangerRate,
} from "./null-tail.js";
import { knownRisk } from "./risk.js";

const layout = personLayout(512);
const SYLLABLES = ["ka", "ro", "mi", "ten", "sha", "lu", "ber", "nok", "vi", "dal", "pe", "zun"];

/** Invented people: names of a few syllables, any birth date, a town. */
function people(count: number, seed: number): Person[] {
  const words = seededWords(seed);
  const name = (): string => {
    const length = 2 + below(3, words);
    return Array.from({ length }, () => SYLLABLES[below(SYLLABLES.length, words)]).join("");
  };
  return Array.from({ length: count }, (_, row) => {
    const [given, surname] = [name(), name()];
    const [year, month] = [1950 + below(50, words), 1 + below(12, words)];
    return {
      row,
      given: { raw: given, normal: given },
      surname: { raw: surname, normal: surname },
      birthDate: { year, month, day: 1 + below(28, words) },
      place: name(),
      identifier: String(10_000_000 + below(80_000_000, words)),
    };
  });
}

const tailOf = (persons: Person[], seed = 1) =>
  nullTail(encodePersons(persons, layout, listStats(persons)), layout, {
    words: seededWords(seed),
    rowsMax: 150,
  });

it("strangers score high ever more rarely, and more lists mean more accidents", () => {
  const tail = tailOf(people(600, 1));
  let before = 1;
  for (let bits = 0; bits <= 12; bits += 1) {
    const rate = strangerRate(tail, Math.max(1, bits * layout.unitsPerBit));
    expect(rate).toBeLessThanOrEqual(before);
    before = rate;
  }
  const threshold = 2 * layout.unitsPerBit;
  expect(falseKnownShare(tail, threshold, 100)).toBeLessThan(falseKnownShare(tail, threshold, 500));
});

it("the chosen threshold keeps its promise on another list, and is the lowest that does", () => {
  const ours = people(600, 1);
  const theirs = people(500, 2);
  const tail = tailOf(ours);
  const { threshold, falseKnown } = chooseThreshold(tail, { theirsRows: theirs.length });
  expect(falseKnown).toBeLessThanOrEqual(0.2);
  const quarter = layout.unitsPerBit / 4;
  if (threshold > 1) {
    const lower = Math.max(1, Math.round(threshold - quarter));
    expect(falseKnownShare(tail, lower, theirs.length)).toBeGreaterThan(0.2);
  }
  const real = tailOf([...ours.slice(0, 100), ...theirs], 5);
  expect(falseKnownShare(real, threshold, 500)).toBeLessThan(0.3);
});

it("people who stand twice on the own list do not raise the threshold much", () => {
  const once = people(500, 1);
  const twice = [...once, ...once.slice(0, 200)];
  const single = chooseThreshold(tailOf(once), { theirsRows: 500 }).threshold;
  const double = chooseThreshold(tailOf(twice), { theirsRows: 500 }).threshold;
  expect(double - single).toBeLessThan(2 * layout.unitsPerBit);
});

it("somebody who stands on a list more often than a row has slots is counted as missed", () => {
  const once = people(260, 1);
  const threshold = 15 * layout.unitsPerBit;
  const withCopies = (count: number) =>
    crowdedShare(tailOf([...once, ...new Array<Person>(count).fill(once[0])]), threshold);
  expect(withCopies(3)).toBeLessThan(1e-6);
  // 41 of 300 rows are hers, and each of them has more than 31 candidates.
  expect(withCopies(40)).toBeGreaterThan(0.05);
});

it("a list of one person still gets a threshold", () => {
  const { threshold } = chooseThreshold(tailOf(people(1, 1)), { theirsRows: 1000 });
  expect(threshold).toBe(1);
});

it("worse data and higher thresholds miss more; the whole curve is repeatable", () => {
  const persons = people(300, 3);
  const thresholds = [1, 5, 10, 15, 20, 25].map((bits) => bits * layout.unitsPerBit);
  const tail = tailOf(persons);
  const curve = () =>
    missCurve(persons, layout, listStats(persons), {
      words: seededWords(4),
      thresholds,
      tail,
      pairs: 3000,
    });
  const { miss } = curve();
  miss.forEach(({ low, expected, high }, k) => {
    expect(low).toBeLessThanOrEqual(expected);
    expect(expected).toBeLessThanOrEqual(high);
    // At low thresholds strangers crowd the candidates of lists with few fields.
    if (k > 3) expect(expected).toBeGreaterThanOrEqual(miss[k - 1].expected);
  });
  expect(miss[5].expected).toBeGreaterThan(0.02);
  expect(curve().miss).toEqual(miss);
});

it("a corrupted copy is no new person: it keeps its row, and is often just the same", () => {
  const persons = people(200, 6);
  const words = seededWords(7);
  const copies = persons.map((person, k) =>
    corrupt(person, persons[(k + 1) % persons.length], "low", words),
  );
  const text = (person: Person): string => fieldValues(person).join();
  const same = copies.filter((copy, k) => text(copy) === text(persons[k]));
  expect(same.length).toBeGreaterThan(60);
  expect(same.length).toBeLessThan(200);
  copies.forEach(({ row }, k) => void expect(row).toBe(persons[k].row));
});

it("the printed risk follows Bayes and never promises certainty that was not measured", () => {
  const miss = { low: 0, expected: 0.01, high: 0.1 };
  expect(knownRisk({ miss, overlap: 0.5 })).toEqual({ low: 0, expected: 0.0099, high: 0.091 });
  expect(knownRisk({ miss, overlap: 0.9, falseKnown: 0.2 }).expected).toBe(0.1);
  expect(knownRisk({ miss, overlap: 0 }).high).toBe(0);
  expect(knownRisk({ miss, overlap: 1 }).high).toBe(1);
  expect(upperRate(0, 1000)).toBe(0.003);
  expect(upperRate(1000, 1000)).toBe(1);
});

it("rates are rounded to two digits, outwards", () => {
  expect(roundRate(0.012345, "down")).toBe(0.012);
  expect(roundRate(0.012345, "up")).toBe(0.013);
  expect(roundRate(0.012345, "nearest")).toBe(0.012);
  expect(roundRate(0.012, "up")).toBe(0.012);
  expect(roundRate(0, "up")).toBe(0);
});

it("assesses a list in one go", () => {
  const persons = people(300, 8);
  const { threshold, risk, falseKnown } = assessList(persons, layout, {
    words: seededWords(9),
    theirsRows: 750,
    overlap: 0.5,
    pairs: 1000,
  });
  expect(threshold).toBeGreaterThanOrEqual(1);
  expect(falseKnown).toBeLessThanOrEqual(0.2);
  expect(risk.low).toBeLessThanOrEqual(risk.high);
});
