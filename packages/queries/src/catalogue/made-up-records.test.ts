import { roundWithin } from "@symbolon/case-data/encode/block";
import { type EncodedPersons, encodePersons } from "@symbolon/case-data/encode/encode";
import { looksFor, personKeys } from "@symbolon/case-data/encode/key-layout";
import { keyWorth, type RecordKeys } from "@symbolon/case-data/encode/key-score";
import { recordKeys } from "@symbolon/case-data/encode/keys";
import { personLayout } from "@symbolon/case-data/encode/layout";
import { scoreRow } from "@symbolon/case-data/encode/score";
import { listStats } from "@symbolon/case-data/encode/stats";
import { fieldValues } from "@symbolon/case-data/encode/values";
import { readPersons } from "@symbolon/case-data/intake/persons";
import type { Person } from "@symbolon/case-data/person";
import { below, seededWords } from "@symbolon/case-data/random";
import { generateWorld } from "@symbolon/sim/people/world";
import { describe, expect, it } from "vitest";

/*
 * A provider that knows all of the asker's list makes up a record: how many rows does it match, and
 * how many does the best honest record with the same fields, put together from values that occur?
 */

const layout = personLayout();
const keys = personKeys();
const THRESHOLD = 5 * layout.unitsPerBit;
const { score, worth } = looksFor(keys, layout, THRESHOLD);

const csv = generateWorld({ seed: 1, police: 300, ngos: [10], shared: 0.5 }).police.csv;
const list = readPersons(new TextEncoder().encode(csv)).persons;
const stats = listStats(list);
const rows = encodePersons(list, layout, stats);

const FIELDS = [
  "given",
  "surname",
  "birthDate",
  "sex",
  "nationalities",
  "place",
  "region",
  "postcode",
] as const satisfies readonly (keyof Person)[];
type Field = (typeof FIELDS)[number];

const only = (person: Person, fields: readonly Field[]): Person => {
  const known = fields.map((field) => [field, person[field]]).filter(([, value]) => value);
  return { ...Object.fromEntries(known), row: 2 };
};

/** Values of a field that occur, the most frequent first. */
const pools = new Map(
  FIELDS.map((field) => {
    const times = new Map<string, { value: unknown; count: number }>();
    for (const person of list) {
      if (person[field] === undefined) continue;
      const text = JSON.stringify(person[field]);
      const seen = times.get(text) ?? { value: person[field], count: 0 };
      times.set(text, { ...seen, count: seen.count + 1 });
    }
    return [field, [...times.values()].sort((a, b) => b.count - a.count)] as const;
  }),
);

const keysOf = (person: Person): RecordKeys => ({
  rows: 1,
  words: recordKeys(keys, fieldValues(person)),
});

/** Rows whose keys agree well enough with these. */
const confirmed = (made: RecordKeys): number[] =>
  list.flatMap((_, row) => (keyWorth(keys, rows.keys, row, made, 0) >= worth ? [row] : []));

/** Rows that match a record by both looks. */
function matched(record: EncodedPersons): number {
  const agreeing = confirmed(record.keys);
  if (agreeing.length === 0) return 0;
  const scores = scoreRow(layout, record, 0, rows);
  return agreeing.filter((row) => scores[row] >= score).length;
}

const honest = (person: Person): number => matched(encodePersons([person], layout, stats));

/** Climbs field by field, over values that occur, to the record that `value` is greatest for. */
function best(fields: readonly Field[], value: (person: Person) => number, seed: number): Person {
  const words = seededWords(seed);
  let record = only(list[below(list.length, words)], fields);
  let most = value(record);
  for (let pass = 0, moved = true; moved && pass < 3; pass += 1) {
    moved = false;
    for (const field of fields) {
      const pool = pools.get(field) ?? [];
      const others = Array.from({ length: 6 }, () => pool[below(pool.length, words)]);
      for (const { value: candidate } of [...pool.slice(0, 12), ...others]) {
        const changed = { ...record, [field]: candidate } as Person;
        const count = value(changed);
        if (count > most) [record, most, moved] = [changed, count, true];
      }
    }
  }
  return record;
}

/** Any numbers, brought into the bounds that every node checks. */
function accepted(numbers: Float64Array, fields: readonly number[]): EncodedPersons {
  const content = new Int16Array(layout.dims);
  const present = new Uint8Array(layout.fields.length);
  for (const f of fields) {
    const { offset, size, floor, cap } = layout.fields[f];
    const block = numbers.slice(offset, offset + size);
    if (block.every((value) => value === 0)) block[0] = 1;
    const norm = block.reduce((sum, value) => sum + value * value, 0);
    const full = block.map((value) => value * Math.sqrt(cap / norm));
    content.set(roundWithin(full, floor, cap), offset);
    present[f] = 1;
  }
  return { rows: 1, content, present, keys: { rows: 1, words: new Uint32Array(keys.bits / 32) } };
}

/** The sum of rows' numbers: what lies between several people. */
function blend(of: readonly number[]): Float64Array {
  const sum = new Float64Array(layout.dims);
  for (const row of of) {
    for (let k = 0; k < sum.length; k += 1) sum[k] += rows.content[row * layout.dims + k];
  }
  return sum;
}

/** All of one field's weight in the place where most rows have some. */
function onePlace(): Float64Array {
  const sum = blend(list.map((_, row) => row)).map(Math.abs);
  const out = new Float64Array(layout.dims);
  for (const { offset, size } of layout.fields) {
    const block = [...sum.subarray(offset, offset + size)];
    out[offset + block.indexOf(Math.max(...block))] = 1;
  }
  return out;
}

const fieldsOf = (person: Person): number[] =>
  fieldValues(person).flatMap((value, f) => (value === undefined ? [] : [f]));

/** The most rows that one of many made-up records matches. */
function madeUp(fields: readonly Field[]): number {
  const words = seededWords(17);
  const some = (count: number) => Array.from({ length: count }, () => below(list.length, words));
  let most = 0;
  const people = [1, 2, 3].map((seed) =>
    best(fields, (one) => confirmed(keysOf(one)).length, seed),
  );
  for (const person of people) {
    const target = keysOf(person);
    const known = fieldsOf(person);
    const agreeing = confirmed(target);
    const other = keysOf(only(list[below(list.length, words)], fields));
    // Coarse parts of one record's keys, fine parts of another's.
    const mixed = target.words.map((word, k) => (k % 2 === 0 ? word : other.words[k]));
    const vectors = [
      blend(agreeing),
      ...[5, 10, 40].map((count) => blend(some(count))),
      blend(list.map((_, row) => row)),
      onePlace(),
    ];
    for (const vector of vectors) {
      for (const key of [target, { rows: 1, words: mixed }]) {
        most = Math.max(most, matched({ ...accepted(vector, known), keys: key }));
      }
    }
    most = Math.max(most, climb(blend(agreeing), known, target));
  }
  return most;
}

/** Adds what the rows that agree by their keys and do not score have, while that helps. */
function climb(start: Float64Array, known: readonly number[], target: RecordKeys): number {
  let numbers = start;
  let most = matched({ ...accepted(numbers, known), keys: target });
  for (const row of confirmed(target)) {
    for (const weight of [0.5, 2]) {
      const more = blend([row]);
      const changed = numbers.map((value, k) => value + weight * more[k]);
      const count = matched({ ...accepted(changed, known), keys: target });
      if (count > most) [numbers, most] = [changed, count];
    }
  }
  return most;
}

const SETS: readonly (readonly Field[])[] = [
  FIELDS,
  ["given", "surname", "birthDate"],
  ["given", "surname"],
  ["birthDate"],
  ["given"],
  ["place"],
  ["nationalities"],
  ["sex", "nationalities", "birthDate"],
];

describe("a made-up record within all bounds", () => {
  it.each(SETS.map((fields) => [fields.join(", "), fields] as const))(
    "matches no more rows than an honest one that has only %s",
    { timeout: 120_000 },
    (_, fields) => {
      const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((seed) =>
        honest(best(fields, honest, seed)),
      );
      const targets = [1, 2, 3].map((seed) =>
        honest(best(fields, (one) => confirmed(keysOf(one)).length, seed)),
      );
      expect(madeUp(fields)).toBeLessThanOrEqual(Math.max(...counts, ...targets));
    },
  );

  it("would match far more rows if the score alone decided", () => {
    const mean = accepted(blend(list.map((_, row) => row)), fieldsOf(only(list[0], FIELDS)));
    const scores = scoreRow(layout, mean, 0, rows);
    const first = [...scores].filter((one) => one >= THRESHOLD).length;
    const second = matched({ ...mean, keys: keysOf(list[0]) });
    expect(first).toBeGreaterThan(5 * Math.max(1, second));
  });
});
