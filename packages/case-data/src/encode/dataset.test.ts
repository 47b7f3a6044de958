import { columnWords } from "@symbolon/base/dataset";
import { expect, it } from "vitest";
import type { Person } from "../person.js";
import { seededWords, wordsFrom } from "../random.js";
import { identifierKey, toDataset } from "./dataset.js";
import { encodePersons } from "./encode.js";
import { personLayout } from "./layout.js";
import { listStats } from "./stats.js";

const layout = personLayout(512);
const person = (row: number): Person => ({
  row,
  given: { raw: `Name${row}`, normal: `name${row}` },
  birthDate: { year: 1980 + (row % 20) },
  sex: row % 2 === 0 ? "female" : "male",
  nationalities: [566],
  identifier: `A${row}`,
});
const persons = Array.from({ length: 300 }, (_, k) => person(k + 2));

it("pads to a multiple of 256 and every column has the length of its schema", () => {
  const { schema, values, rowMap } = toDataset(persons, layout, seededWords(1));
  const [table] = schema.tables;
  expect(table.rows).toBe(512);
  expect(rowMap.length).toBe(512);
  expect(schema.layout).toBe(layout.id);
  for (const column of table.columns) {
    expect(values.get(`persons.${column.name}`)!.length).toBe(columnWords(table.rows, column));
  }
});

it("each person stands in exactly one row, found by rowMap; padding is all zero", () => {
  const { values, rowMap } = toDataset(persons, layout, seededWords(2));
  const encoded = encodePersons(persons, layout, listStats(persons));
  const get = (column: string): Uint32Array => values.get(`persons.${column}`)!;
  expect(rowMap.filter((k) => k >= 0).sort((a, b) => a - b)).toEqual(persons.map((_, k) => k));
  rowMap.forEach((index, row) => {
    const real = (get("real")[row >>> 5] >>> (row & 31)) & 1;
    expect(real).toBe(index < 0 ? 0 : 1);
    const content = Int32Array.from(get("content").subarray(row * 512, (row + 1) * 512));
    if (index < 0) {
      expect(content.every((x) => x === 0)).toBe(true);
      expect(get("birth-year")[row]).toBe(0);
      return;
    }
    expect([...content]).toEqual([...encoded.content.subarray(index * 512, (index + 1) * 512)]);
    expect(get("birth-year")[row]).toBe(persons[index].birthDate!.year);
    expect(get("nationality")[row]).toBe(566);
    expect(get("sex")[row]).toBe(persons[index].sex === "female" ? 1 : 2);
    const key = get("identifier-key").subarray(2 * row, 2 * row + 2);
    expect([...key]).toEqual([...identifierKey(persons[index].identifier!)]);
  });
});

it("the order of rows comes from the random source", () => {
  const one = toDataset(persons, layout, seededWords(1)).rowMap;
  const other = toDataset(persons, layout, seededWords(2)).rowMap;
  const bytes = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, k) => k * 37);
  expect(one).not.toEqual(other);
  expect(toDataset(persons, layout, wordsFrom(bytes)).rowMap).not.toEqual(one);
});

it("an empty list is a dataset of one step of padding", () => {
  const { schema, rowMap } = toDataset([], layout, seededWords(1));
  expect(schema.tables[0].rows).toBe(256);
  expect(rowMap.every((k) => k === -1)).toBe(true);
});
