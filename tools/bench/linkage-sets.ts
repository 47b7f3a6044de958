import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ColumnMap } from "@symbolon/case-data/intake/columns";
import { readPersons } from "@symbolon/case-data/intake/persons";
import type { Person } from "@symbolon/case-data/person";
import { permutation, seededWords } from "@symbolon/case-data/random";
import { BenchUsage } from "./bench.js";

/** A record, and which invented person it is about: the truth, which no linkage sees. */
export interface TrueRecord {
  readonly person: Person;
  readonly entity: string;
}

/** Two lists to link, or one to find duplicates in. */
export interface TruthSet {
  readonly a: readonly TrueRecord[];
  readonly b?: readonly TrueRecord[];
}

type Columns = readonly (keyof Person)[];

const SPLINK_SIX: Columns = [
  "given",
  "surname",
  "birthDate",
  "identifier",
  "postcode",
  "streetNumber",
];
const CASE: Columns = ["given", "surname", "birthDate", "place", "region"];

/** Reads a file whose column `truth` says who each record is about. Repeated rows are kept. */
export function readTruth(path: string, truth: string, map: ColumnMap = {}): TrueRecord[] {
  const { persons, table } = readPersons(readFileSync(path), { map, withRepeats: true });
  const column = table.headers.findIndex((header) => header.trim() === truth);
  if (column < 0) throw new BenchUsage("BENCH_USAGE", `${path} has no column ${truth}`);
  const entities = new Map(table.rows.map(({ line, cells }) => [line, cells[column].trim()]));
  return persons.map((person) => ({ person, entity: entities.get(person.row) ?? "" }));
}

/** FEBRL names a person in the number of `rec_id`. */
const febrl = (folder: string, file: string): TrueRecord[] =>
  readTruth(join(folder, "linkage", file), "rec_id").map(({ person, entity }) => ({
    person,
    entity: /rec-(\d+)/.exec(entity)?.[1] ?? entity,
  }));

const only = (records: readonly TrueRecord[], columns: Columns): TrueRecord[] =>
  records.map(({ person, entity }) => {
    const kept = columns.map((name) => [name, person[name]]).filter(([, value]) => value);
    return { person: { ...Object.fromEntries(kept), row: person.row }, entity };
  });

const febrl4 = (folder: string, columns: Columns): Required<TruthSet> => ({
  a: only(febrl(folder, "febrl4a.csv"), columns),
  b: only(febrl(folder, "febrl4b.csv"), columns),
});

/** 2,500 records of each list of which 50 are about the same people, drawn by seed. */
function partialOverlap({ a, b }: Required<TruthSet>, seed: number): TruthSet {
  const order = permutation(a.length, seededWords(seed));
  const entities = Array.from(order, (k) => a[k].entity);
  const ours = new Set(entities.slice(0, 2500));
  const theirs = new Set([...entities.slice(0, 50), ...entities.slice(2500, 4950)]);
  return {
    a: a.filter(({ entity }) => ours.has(entity)),
    b: b.filter(({ entity }) => theirs.has(entity)),
  };
}

/** Draws of a set that is drawn: their counts are added up. */
const DRAWS = [1, 2, 3, 4];

export interface BenchSet {
  readonly isOneToOne: boolean;
  load(folder: string): readonly TruthSet[];
}

const linked = (load: BenchSet["load"], isOneToOne = false): BenchSet => ({ isOneToOne, load });

/** Sets with a truth that nobody here made, by name; all read from the folder of public data. */
export const SETS: Readonly<Record<string, BenchSet>> = {
  "febrl4-splink-six": linked((folder) => [febrl4(folder, SPLINK_SIX)]),
  "febrl4-splink-six-one-to-one": linked((folder) => [febrl4(folder, SPLINK_SIX)], true),
  "febrl4-case": linked((folder) => [febrl4(folder, CASE)]),
  "febrl3-splink-six": linked((folder) => [{ a: only(febrl(folder, "febrl3.csv"), SPLINK_SIX) }]),
  // Its `cluster` is who each record is about.
  fake_1000: linked((folder) => [
    { a: readTruth(join(folder, "linkage", "fake_1000.csv"), "cluster") },
  ]),
  "partial-overlap": linked((folder) => {
    const whole = febrl4(folder, SPLINK_SIX);
    return DRAWS.map((seed) => partialOverlap(whole, seed));
  }),
};
