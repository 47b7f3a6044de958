import { expect, it } from "vitest";
import { checkMapping } from "./check-mapping.js";
import { sureMapping, tableOf } from "./tables.contract.js";

const good = sureMapping(
  tableOf(
    ["First Name", "Birthdate", "Name", "Gender", "Type of Exploitation", "Phone", "Phone"],
    ["A", "1999", "", "F", "Forced labour", "1", "2"],
  ),
);

/** The mapping with something changed at a path such as columns.1.dateOrder. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(good) as unknown as Record<string, unknown>;
  const steps = path.split(".");
  let at = copy;
  for (const step of steps.slice(0, -1)) at = at[step] as Record<string, unknown>;
  if (value === undefined) delete at[steps.at(-1)!];
  else at[steps.at(-1)!] = value;
  return copy;
}

it("takes what drafting makes, and gives it back as it is", () => {
  expect(checkMapping(JSON.parse(JSON.stringify(good)))).toEqual(good);
});

it.each([
  ["type", "urn:symbolon:mapping:v2"],
  ["target", "htcds@3.0"],
  ["odd", 1],
  ["columns", []],
  ["columns", {}],
  ["columns.0", "prs_FirstName"],
  ["columns.0.to", "prs_FirstNam"],
  ["columns.0.to", "toString"],
  ["columns.0.filled", 1.5],
  ["columns.0.filled", undefined],
  ["columns.0.from", ""],
  ["columns.0.run", "() => 1"],
  ["columns.0.dateOrder", "dmy"],
  ["columns.1.dateOrder", "dym"],
  ["columns.1.twoDigitYearsTo", 87],
  ["columns.1.excelDays", false],
  ["columns.1.nameOrder", "given-first"],
  ["columns.0.values", { A: "B" }],
  ["columns.2.values", { A: "Femininely" }],
  ["columns.2.values", { A: "feminine" }],
  ["columns.2.code", "Feminine"],
  ["columns.3.values", ["ForcedLabour"]],
  ["columns.3.code", "Forced labour"],
  ["columns.3.unknown", "pending"],
  ["columns.3.ignore", [1]],
  ["columns.4.nth", 0],
  ["columns.4.nth", 2],
  ["source", {}],
  ["source.system", "access"],
  ["source.rows", -1],
  ["stays", "Notes"],
  ["phoneCountry", "nl"],
])("refuses %s = %j, and names the place", (path, value) => {
  const check = () => checkMapping(changed(path, value));
  expect(check).toThrow(expect.objectContaining({ code: "MAPPING_INVALID" }));
  expect(check).toThrow(/^the mapping is not valid: mapping/);
});

it.each([
  ["columns.1.dateOrder", "mdy"],
  ["columns.1.twoDigitYearsTo", 2026],
  ["columns.1.excelDays", true],
  ["columns.2.values", { "a girl, she says": "Feminine", __proto: "Masculine" }],
  ["columns.3.code", "ForcedLabour"],
  ["columns.3.unknown", ["pending"]],
  ["columns.0.unknown", ["sin nombre"]],
  ["source.sheet", "Cases"],
  ["phoneCountry", "NL"],
])("takes %s = %j", (path, value) => {
  expect(() => checkMapping(changed(path, value))).not.toThrow();
});

it.each([undefined, null, 1, "mapping", [], {}])("refuses %j", (value) => {
  expect(() => checkMapping(value)).toThrow(expect.objectContaining({ code: "MAPPING_INVALID" }));
});
