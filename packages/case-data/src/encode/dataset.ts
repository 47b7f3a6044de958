import {
  type ColumnSpec,
  type ColumnValues,
  columnWords,
  type DatasetSchema,
  paddedRows,
} from "@symbolon/base/dataset";
import { RECORDS } from "../compare/link-rule.js";
import { comparisonRecord } from "../compare/record.js";
import { type Person, SEX_CODES } from "../person.js";
import { permutation, type RandomWords } from "../random.js";
import { encodePersons } from "./encode.js";
import { hash32 } from "./hash.js";
import { personKeys } from "./key-layout.js";
import type { LinkageLayout } from "./layout.js";
import { type ListStats, listStats } from "./stats.js";
import { fieldValues } from "./values.js";

export const PERSONS_TABLE = "persons";

export interface PersonDataset {
  readonly schema: DatasetSchema;
  /** Keyed `persons.<column>`. In the clear: only for the provider to split. */
  readonly values: ColumnValues;
  /** Row of the dataset → index in `persons`, or −1 for padding. Stays at the provider. */
  readonly rowMap: readonly number[];
}

/** The columns of a persons table that follows `layout`. */
export function personColumns(layout: LinkageLayout): readonly ColumnSpec[] {
  const keys = personKeys();
  return [
    { name: "content", kind: "linkage-vector", sharing: "arithmetic", width: layout.dims },
    { name: "present", kind: "presence", sharing: "arithmetic", width: layout.fields.length },
    { name: "real", kind: "row-bit", sharing: "boolean", width: 1 },
    { name: "sex", kind: "code", sharing: "arithmetic", width: 1 },
    { name: "nationality", kind: "code", sharing: "arithmetic", width: 1 },
    { name: "birth-year", kind: "integer", sharing: "arithmetic", width: 1 },
    { name: "identifier-key", kind: "key", sharing: "boolean", width: 64 },
    { name: keys.id, kind: "key", sharing: "boolean", width: keys.bits },
    { name: RECORDS.id, kind: "record", sharing: "boolean", width: RECORDS.bits },
  ];
}

/** 64-bit equality key of an identifier; 0 = unknown, so a key of 0 becomes 1. */
export function identifierKey(identifier: string): readonly [low: number, high: number] {
  const low = hash32(identifier, 1);
  const high = hash32(identifier, 2);
  return low === 0 && high === 0 ? [1, 0] : [low, high];
}

/**
 * Persons → a dataset ready to be split: padded with empty rows to the public size, in an order
 * that says nothing (`words` must be unpredictable). `real` is 1 for the rows of `persons`.
 * Statistics default to those of the same list.
 */
export function toDataset(
  persons: readonly Person[],
  layout: LinkageLayout,
  words: RandomWords,
  stats: ListStats = listStats(persons),
): PersonDataset {
  const rows = paddedRows(persons.length);
  const columns = personColumns(layout);
  const column = columns.map((spec) => new Uint32Array(columnWords(rows, spec)));
  const [content, present, real, sex, nationality, birthYear, key, linkageKeys, records] = column;
  const keyWords = personKeys().bits / 32;
  const recordWords = RECORDS.bits / 32;
  const encoded = encodePersons(persons, layout, stats);
  const fieldCount = layout.fields.length;
  const order = permutation(rows, words);
  const rowMap = new Array<number>(rows).fill(-1);
  persons.forEach((person, index) => {
    const row = order[index];
    rowMap[row] = index;
    content.set(
      encoded.content.subarray(index * layout.dims, (index + 1) * layout.dims),
      row * layout.dims,
    );
    present.set(
      encoded.present.subarray(index * fieldCount, (index + 1) * fieldCount),
      row * fieldCount,
    );
    real[row >>> 5] |= 1 << (row & 31);
    sex[row] = person.sex === undefined ? 0 : SEX_CODES[person.sex];
    nationality[row] = person.nationalities?.[0] ?? 0;
    birthYear[row] = person.birthDate?.year ?? 0;
    linkageKeys.set(
      encoded.keys.words.subarray(index * keyWords, (index + 1) * keyWords),
      row * keyWords,
    );
    const record = comparisonRecord(RECORDS, fieldValues(person), stats);
    records.set(record, row * recordWords);
    if (person.identifier !== undefined) key.set(identifierKey(person.identifier), 2 * row);
  });
  const table = { name: PERSONS_TABLE, rows, columns };
  return {
    schema: { version: 1, layout: layout.id, tables: [table] },
    values: new Map(columns.map(({ name }, k) => [`${PERSONS_TABLE}.${name}`, column[k]])),
    rowMap,
  };
}
