import type { Person } from "../person.js";
import { encodeBlock } from "./block.js";
import { personKeys } from "./key-layout.js";
import type { RecordKeys } from "./key-score.js";
import { recordKeys } from "./keys.js";
import type { LinkageLayout } from "./layout.js";
import type { ListStats } from "./stats.js";
import { fieldValues } from "./values.js";

/**
 * Row-major: `content` has layout.dims integers a row, `present` one 0/1 a field and row, `keys`
 * the equality keys of the second look.
 */
export interface EncodedPersons {
  readonly rows: number;
  readonly content: Int16Array;
  readonly present: Uint8Array;
  readonly keys: RecordKeys;
}

/** Encodes single field values, remembering those that occurred before. */
export type BlockEncoder = (f: number, value: string) => Int16Array;

/** A `BlockEncoder` for one list. */
export function blockEncoder(layout: LinkageLayout, stats: ListStats): BlockEncoder {
  const known = layout.fields.map(() => new Map<string, Int16Array>());
  return (f, value) => {
    let block = known[f].get(value);
    if (block === undefined) known[f].set(value, (block = encodeBlock(layout, f, value, stats)));
    return block;
  };
}

/**
 * Persons → linkage vectors, the same for side A and side B. An unknown field is a zero block and
 * a zero bit. For each field, squared norm of the block ≤ cap · bit. Stays inside the provider.
 */
export function encodePersons(
  persons: readonly Person[],
  layout: LinkageLayout,
  stats: ListStats,
): EncodedPersons {
  const encode = blockEncoder(layout, stats);
  const content = new Int16Array(persons.length * layout.dims);
  const present = new Uint8Array(persons.length * layout.fields.length);
  const keys = personKeys();
  const keyWords = new Uint32Array((persons.length * keys.bits) / 32);
  persons.forEach((person, row) => {
    const values = fieldValues(person);
    keyWords.set(recordKeys(keys, values), (row * keys.bits) / 32);
    values.forEach((value, f) => {
      if (value === undefined) return;
      content.set(encode(f, value), row * layout.dims + layout.fields[f].offset);
      present[row * layout.fields.length + f] = 1;
    });
  });
  const rows = persons.length;
  return { rows, content, present, keys: { rows, words: keyWords } };
}
