import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPersons } from "@symbolon/case-data/intake/persons";
import type { Person } from "@symbolon/case-data/person";
import { permutation, seededWords } from "@symbolon/case-data/random";

/** A record with the invented person it is about: the truth, which no query sees. */
export interface Known {
  readonly person: Person;
  readonly entity: number;
}

/** Columns that a list may be cut down to, by name. */
export const COLUMNS = {
  ten: undefined,
  case: ["given", "surname", "birthDate", "place", "region"],
  min: ["given", "surname", "birthDate"],
} as const satisfies Record<string, readonly (keyof Person)[] | undefined>;

export type ColumnsName = keyof typeof COLUMNS;

/** FEBRL4: list a or b, cut down to some columns. */
export function readFebrl4(folder: string, which: "a" | "b", columns: ColumnsName): Known[] {
  const bytes = readFileSync(join(folder, "linkage", `febrl4${which}.csv`));
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  return readPersons(bytes).persons.map((person) => {
    const entity = Number(/rec-(\d+)/.exec(lines[person.row - 1])?.[1]);
    return { person: only(person, COLUMNS[columns]), entity };
  });
}

function only(person: Person, columns: readonly (keyof Person)[] | undefined): Person {
  if (columns === undefined) return person;
  const kept = columns.map((name) => [name, person[name]]).filter(([, value]) => value);
  return { ...Object.fromEntries(kept), row: person.row };
}

/** The police hold a; three NGOs hold disjoint thirds of b, less 500 entities drawn by `seed`. */
export function splitFebrl4(a: readonly Known[], b: readonly Known[], seed: number) {
  const words = seededWords(seed);
  const order = permutation(a.length, words);
  const removed = new Set([...order.subarray(0, 500)].map((k) => a[k].entity));
  const rest = b.filter(({ entity }) => !removed.has(entity));
  const shuffled = [...permutation(rest.length, words)].map((k) => rest[k]);
  const thirds = [0, 1, 2].map((third) => shuffled.filter((_, k) => k % 3 === third));
  return { removed, thirds };
}
