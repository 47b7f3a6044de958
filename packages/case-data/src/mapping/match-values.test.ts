import { expect, it } from "vitest";
import { applyMapping } from "./apply.js";
import { checkMapping } from "./check-mapping.js";
import { codesOf, decideValue, openValues } from "./match-values.js";
import { sureMapping, tableOf } from "./tables.contract.js";

const table = tableOf(
  ["First Name", "Type of Exploitation", "Gender"],
  ["A", "Forced labuor", "F"],
  ["B", "forced LABUOR; Slavery", "girl"],
  ["C", "Slavery and similar ||| Pending", "n/a"],
  ["D", "ForcedLabour ForcedBegging", "F"],
  ["E", "", "M"],
);
const mapping = sureMapping(table);
const NAME = "Type of Exploitation";

it("lists only values that nothing is known of, once each, most frequent first", () => {
  const [column, ...others] = openValues(table, mapping);
  expect(others).toEqual([]);
  expect(column).toMatchObject({ name: NAME, target: "vic_TypeOfExploitation" });
  expect(column.values.map(({ text, masked, count }) => [text, masked, count])).toEqual([
    ["Forced labuor", "Aaaaaa aaaaaa", 2],
    ["Slavery", "Aaaaaaa", 1],
    ["Slavery and similar", "Aaaaaaa aaa aaaaaaa", 1],
    ["Pending", "Aaaaaaa", 1],
  ]);
  expect(column.values[0].suggestion).toMatchObject({
    code: "ForcedLabour",
    reason: "a near spelling",
  });
});

it("reads what was decided, and asks no more", () => {
  const answers = [
    ["Forced labuor", { code: "ForcedLabour" }],
    ["Slavery", { code: "ForcedBegging" }],
    ["Slavery and similar", "ignore"],
    ["Pending", "unknown"],
  ] as const;
  const decided = answers.reduce(
    (it, [text, decision]) => decideValue(it, NAME, text, decision),
    mapping,
  );
  expect(openValues(table, decided)).toEqual([]);
  expect(checkMapping(decided)).toEqual(decided);
  const rows = applyMapping(table, decided, { yearMax: 2026 });
  expect(rows.map(({ record }) => record.victim?.vic_TypeOfExploitation)).toEqual([
    ["ForcedLabour"],
    ["ForcedLabour", "ForcedBegging"],
    undefined,
    ["ForcedLabour", "ForcedBegging"],
    undefined,
  ]);
  expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
});

it("says that a column in which every cell differs is no list of codes", () => {
  const lines = Array.from({ length: 40 }, (_, k) => ["A", `story ${k} of hers`, "F"]);
  const [column] = openValues(tableOf(table.rows[0].cells as string[], ...lines), mapping);
  expect(column.isNoCodeList).toBe(true);
  expect(column.values.every(({ suggestion }) => suggestion === undefined)).toBe(true);
});

it("knows the codes that may be chosen", () => {
  expect(codesOf("prs_Gender")).toContainEqual({ code: "Feminine", label: "Feminine" });
  expect(codesOf("prs_Citizenship")).toContainEqual({ code: "NL", label: "Netherlands" });
  expect(codesOf("x_icTip")).toEqual([]);
});
