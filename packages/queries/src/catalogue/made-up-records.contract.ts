import { roundWithin } from "@symbolon/case-data/encode/block";
import { type EncodedPersons, encodePersons } from "@symbolon/case-data/encode/encode";
import { looksFor, personKeys } from "@symbolon/case-data/encode/key-layout";
import { keyWorth, type RecordKeys } from "@symbolon/case-data/encode/key-score";
import { recordKeys } from "@symbolon/case-data/encode/keys";
import { type LinkageLayout, personLayout } from "@symbolon/case-data/encode/layout";
import { scoreRow } from "@symbolon/case-data/encode/score";
import { type ListStats, listStats } from "@symbolon/case-data/encode/stats";
import { fieldValues } from "@symbolon/case-data/encode/values";
import type { Person } from "@symbolon/case-data/person";
import { below, seededWords } from "@symbolon/case-data/random";

/*
 * A provider that knows all of the asker's list makes up a record: how many rows does it match, and
 * how many does the best honest record with the same fields, put together from values that occur?
 */

export type Field = keyof Person;

const layout = personLayout();
const keys = personKeys();

/** Values of a field that are tried at each step of a climb: the most frequent, and drawn ones. */
const TRIED = { frequent: 20, drawn: 8 } as const;
const PASSES_MAX = 4;

export class MadeUpRecords {
  readonly #list: readonly Person[];
  readonly #rows: EncodedPersons;
  readonly #own: ListStats;
  readonly #rare: ListStats;
  readonly #first: LinkageLayout;
  readonly #score: number;
  readonly #worth: number;
  readonly #pools = new Map<Field, readonly unknown[]>();

  constructor(list: readonly Person[], thresholdBits: number) {
    const looks = looksFor(keys, layout, Math.round(thresholdBits * layout.unitsPerBit));
    this.#score = looks.score;
    this.#worth = looks.worth;
    this.#first = {
      ...layout,
      fields: layout.fields.map((field, f) => ({ ...field, constant: [1, looks.constants[f]] })),
    };
    this.#list = list;
    this.#own = listStats(list);
    // A provider with a long list on which none of these values occurs twice.
    this.#rare = {
      ...this.#own,
      values: this.#own.values.map(() => new Map()),
      known: this.#own.known.map((known) => Math.max(known, 5000)),
    };
    this.#rows = encodePersons(list, layout, this.#own);
  }

  /** Rows whose keys agree well enough with these. */
  confirmed(made: RecordKeys): number[] {
    return this.#list.flatMap((_, row) =>
      keyWorth(keys, this.#rows.keys, row, made, 0) >= this.#worth ? [row] : [],
    );
  }

  /** Rows that match a record by both looks. */
  matched(record: EncodedPersons, agreeing = this.confirmed(record.keys)): number {
    if (agreeing.length === 0) return 0;
    const scores = scoreRow(this.#first, record, 0, this.#rows);
    return agreeing.filter((row) => scores[row] >= this.#score).length;
  }

  /** Rows that match an honest record, encoded as two kinds of lists would. */
  honest(person: Person): number {
    const agreeing = this.confirmed(keysOf(person));
    const encoded = [this.#own, this.#rare].map((stats) => encodePersons([person], layout, stats));
    return Math.max(...encoded.map((record) => this.matched(record, agreeing)));
  }

  /** The record with these fields whose keys agree with most rows, as far as a climb finds it. */
  bestKeys(fields: readonly Field[], seed: number): Person {
    return this.#climb(fields, (person) => this.confirmed(keysOf(person)).length, seed);
  }

  /** The honest record with these fields that matches most rows, as far as a climb finds it. */
  bestHonest(fields: readonly Field[], seed: number, start?: Person): Person {
    return this.#climb(fields, (person) => this.honest(person), seed, start);
  }

  /**
   * The most rows that a vector within all bounds matches with the keys of `person`: blends of the
   * rows that agree, of drawn rows and of all, one place a field, and a climb from the first.
   */
  bestMadeUp(person: Person, seed: number): number {
    const words = seededWords(seed);
    const some = (count: number) =>
      Array.from({ length: count }, () => below(this.#list.length, words));
    const target = keysOf(person);
    const known = fieldsOf(person);
    const agreeing = this.confirmed(target);
    const everybody = this.#list.map((_, row) => row);
    const vectors = [
      ...[agreeing, some(5), some(10), some(40), everybody].map((rows) => this.#blend(rows)),
      this.#onePlace(),
    ];
    const counts = vectors.map((vector) => this.#matchedBy(vector, known, target));
    return Math.max(...counts, this.#addRows(agreeing, known, target));
  }

  /** As many rows as `thresholdBits` units of score alone would let the mean of all rows match. */
  matchedByMean(thresholdBits: number): number {
    const mean = accepted(this.#blend(this.#list.map((_, row) => row)), fieldsOf(this.#list[0]));
    const scores = scoreRow(layout, mean, 0, this.#rows);
    return [...scores].filter((one) => one >= thresholdBits * layout.unitsPerBit).length;
  }

  #matchedBy(vector: Float64Array, known: readonly number[], target: RecordKeys): number {
    return this.matched({ ...accepted(vector, known), keys: target });
  }

  /** Adds what the rows that agree by their keys and do not score have, while that helps. */
  #addRows(agreeing: readonly number[], known: readonly number[], target: RecordKeys): number {
    let numbers = this.#blend(agreeing);
    let most = this.#matchedBy(numbers, known, target);
    for (const row of agreeing) {
      for (const weight of [0.5, 2]) {
        const more = this.#blend([row]);
        const changed = numbers.map((value, k) => value + weight * more[k]);
        const count = this.#matchedBy(changed, known, target);
        if (count > most) [numbers, most] = [changed, count];
      }
    }
    return most;
  }

  /** The sum of rows' numbers: what lies between several people. */
  #blend(of: readonly number[]): Float64Array {
    const sum = new Float64Array(layout.dims);
    for (const row of of) {
      for (let k = 0; k < sum.length; k += 1) sum[k] += this.#rows.content[row * layout.dims + k];
    }
    return sum;
  }

  /** All of one field's weight in the place where most rows have some. */
  #onePlace(): Float64Array {
    const sum = this.#blend(this.#list.map((_, row) => row)).map(Math.abs);
    const out = new Float64Array(layout.dims);
    for (const { offset, size } of layout.fields) {
      const block = [...sum.subarray(offset, offset + size)];
      out[offset + block.indexOf(Math.max(...block))] = 1;
    }
    return out;
  }

  /** Climbs field by field, over values that occur, to the record that `value` is greatest for. */
  #climb(
    fields: readonly Field[],
    value: (person: Person) => number,
    seed: number,
    start?: Person,
  ): Person {
    const words = seededWords(seed);
    let record = start ?? only(this.#list[below(this.#list.length, words)], fields);
    let most = value(record);
    for (let pass = 0, moved = true; moved && pass < PASSES_MAX; pass += 1) {
      moved = false;
      for (const field of fields) {
        const pool = this.#pool(field);
        const drawn = Array.from({ length: TRIED.drawn }, () => pool[below(pool.length, words)]);
        for (const candidate of [...pool.slice(0, TRIED.frequent), ...drawn]) {
          const changed = { ...record, [field]: candidate } as Person;
          const count = value(changed);
          if (count > most) [record, most, moved] = [changed, count, true];
        }
      }
    }
    return record;
  }

  /** Values of a field that occur, the most frequent first. */
  #pool(field: Field): readonly unknown[] {
    let pool = this.#pools.get(field);
    if (pool !== undefined) return pool;
    const times = new Map<string, { value: unknown; count: number }>();
    for (const { [field]: value } of this.#list) {
      if (value === undefined) continue;
      const text = JSON.stringify(value);
      times.set(text, { value, count: (times.get(text)?.count ?? 0) + 1 });
    }
    pool = [...times.values()].sort((a, b) => b.count - a.count).map(({ value }) => value);
    this.#pools.set(field, pool);
    return pool;
  }
}

/** A person of whom only these fields are known. */
export function only(person: Person, fields: readonly Field[]): Person {
  const known = fields.map((field) => [field, person[field]]).filter(([, value]) => value);
  return { ...Object.fromEntries(known), row: 2 };
}

export const keysOf = (person: Person): RecordKeys => ({
  rows: 1,
  words: recordKeys(keys, fieldValues(person)),
});

const fieldsOf = (person: Person): number[] =>
  fieldValues(person).flatMap((value, f) => (value === undefined ? [] : [f]));

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
