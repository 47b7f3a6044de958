import { utf8 } from "@symbolon/base/bytes";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readPersons } from "./persons.js";
import { readTables } from "./read-tables.js";

const read = (value: unknown) =>
  readTables(utf8(typeof value === "string" ? value : JSON.stringify(value)));

it("flattens nested objects; lists of objects are tables that name their element", () => {
  const tables = read([
    { id: 1, person: { given: "Ana", ids: ["a", "b"] }, ok: true, none: null },
    { id: 2, events: [{ place: "Lima" }, { place: "Cuzco", when: { year: 1990 } }] },
  ]);
  expect(tables.map(({ sheet, rows }) => ({ sheet, rows }))).toEqual([
    {
      sheet: undefined,
      rows: [
        { line: 0, cells: ["id", "person/given", "person/ids", "ok", "none"] },
        { line: 1, cells: ["1", "Ana", "a ||| b", "TRUE", ""] },
        { line: 2, cells: ["2"] },
      ],
    },
    {
      sheet: "events",
      rows: [
        { line: 0, cells: ["_parent_index", "place", "when/year"] },
        { line: 1, cells: ["2", "Lima"] },
        { line: 2, cells: ["2", "Cuzco", "1990"] },
      ],
    },
  ]);
});

it.each([
  ["OData", { "@odata.context": "x", value: [{ name: "Ana" }] }],
  ["an API", { count: 1, next: null, results: [{ name: "Ana" }] }],
  ["a list of lists", [["name"], ["Ana"]]],
  ["one object", { name: "Ana" }],
  ["objects, one a line", '{"name":"Ana"}\n{"name":"Bo"}\n'],
])("reads %s", (_, value) => {
  expect(
    readPersons(utf8(typeof value === "string" ? value : JSON.stringify(value))).persons[0],
  ).toMatchObject({ given: { normal: "ana" } });
});

it("says that a page is not all", () => {
  const [table] = read({ value: [{ name: "Ana" }], "@odata.nextLink": "https://x" });
  expect(table.origin?.notes).toEqual([expect.stringContaining("one page of several")]);
});

it("keeps all digits of numbers, and no exponent", () => {
  const [{ rows }] = read(
    '[{"a": 12345678901234567890, "b": 3.1612345678e10, "c": "1e5", ' +
      '"d": "\\"9999999999999999999"}]',
  );
  expect(rows[1].cells).toEqual([
    "12345678901234567890",
    "31612345678",
    "1e5",
    '"9999999999999999999',
  ]);
});

it("numbers elements as errors name them", () => {
  const { errors } = readPersons(utf8('[{"name":"Ana"},{"name":"Bo","dob":"31/02/1990"}]'));
  expect(errors).toMatchObject([{ row: 2, column: "dob", code: "DATE_IMPOSSIBLE" }]);
});

it.each([
  ["cut off", '[{"name":"SECRET"},\n{"name":"SEC'],
  ["a bad line of several", '{"name":"Ana"}\n{"name":SECRET}\n{"name":"Bo"}'],
  ["values alone", '["SECRET", 2]'],
  ["values among objects", '[{"name":"Ana"}, "SECRET"]'],
])("refuses what is %s, and quotes none of it", (_, text) => {
  try {
    read(text);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: "JSON_INVALID", cure: expect.stringMatching(/\.$/) });
    expect(String(error)).not.toContain("SEC");
  }
});

it("names the line at which JSON breaks", () => {
  expect(() => read('{"name":"Ana"}\n{"name":x}\n{"name":"Bo"}')).toThrow(
    expect.objectContaining({ details: { line: 2 } }),
  );
});

it("keeps names that are dangerous elsewhere as names", () => {
  const [{ rows }] = read('[{"__proto__": "x", "constructor": "y", "name": "Ana"}]');
  expect(rows.map(({ cells }) => cells)).toEqual([
    ["__proto__", "constructor", "name"],
    ["x", "y", "Ana"],
  ]);
});

it("gives each value of each object back under its name", () => {
  const value = fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean());
  const objects = fc.array(fc.dictionary(fc.string({ minLength: 1 }), value, { minKeys: 1 }), {
    minLength: 1,
    maxLength: 8,
  });
  const shown = (it: unknown) => (typeof it === "boolean" ? String(it).toUpperCase() : String(it));
  const property = fc.property(objects, (all) => {
    const [{ rows }] = read(all);
    const [names, ...elements] = rows;
    const seen = elements.map(({ line, cells }) => [
      line - 1,
      Object.fromEntries(names.cells.flatMap((name, k) => (cells[k] ? [[name, cells[k]]] : []))),
    ]);
    const told = all.map((one, k) => [
      k,
      Object.fromEntries(Object.entries(one).map(([name, it]) => [name, shown(it)])),
    ]);
    expect(seen).toEqual(told);
  });
  fc.assert(property, { numRuns: 200 });
});
