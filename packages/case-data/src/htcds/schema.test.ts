import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeSystem } from "./code-system.js";
import {
  FIELDS,
  type Field,
  GROUP_NAMES,
  GROUPS,
  type GroupName,
  isList,
  recordOf,
} from "./record.js";
import { htcdsJsonSchema } from "./schema.js";
import { HTCDS_STANDARD, LONG_TEXT_MAX, TEXT_MAX } from "./spec.js";
import { STANDARD_SYSTEMS } from "./systems/standard.js";
import { validateRecord } from "./validate.js";

// Formats are an annotation in draft 2020-12; the pattern of dates is what counts.
const compile = (systems = STANDARD_SYSTEMS) =>
  new Ajv2020({ strict: true, validateFormats: false }).compile(htcdsJsonSchema(systems));
const fitsSchema = compile();

const hasNoError = (record: unknown, systems = STANDARD_SYSTEMS): boolean =>
  validateRecord(record, { systems }).every(({ severity }) => severity !== "error");

const two = (k: number): string => String(k).padStart(2, "0");
const anyDate = fc
  .tuple(fc.integer({ min: 1885, max: 2205 }), fc.nat({ max: 14 }), fc.nat({ max: 33 }))
  .map(([year, month, day]) => `${year}-${two(month)}-${two(day)}`);
const goodDate = fc
  .tuple(
    fc.integer({ min: 1890, max: 2199 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([year, month, day]) => `${year}-${two(month)}-${two(day)}`);
const word = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== "");

/** A value that the field takes. */
function goodOne(field: Field): fc.Arbitrary<unknown> {
  if (field.codes !== undefined) return fc.constantFrom(...Object.keys(field.codes));
  const system = STANDARD_SYSTEMS[field.system ?? ""];
  if (system !== undefined) return fc.constantFrom(...system.codes);
  if (field.type === "Checkbox") return fc.boolean();
  if (field.whole) return fc.integer({ min: field.min!, max: field.max! });
  if (field.min !== undefined) return fc.double({ min: field.min, max: field.max!, noNaN: true });
  if (field.type === "Date") return goodDate;
  if (field.pattern !== undefined) return fc.constantFrom("+31612345678", "31612345678");
  return word;
}
const goodValue = (field: Field): fc.Arbitrary<unknown> =>
  isList(field) ? fc.uniqueArray(goodOne(field), { maxLength: 3 }) : goodOne(field);

/** Values that some field takes and others do not, and some that none does. */
const anyOne = fc.oneof(
  fc.string({ maxLength: 12 }),
  anyDate,
  fc.constantFrom<unknown>("", " ", "\u00a0", "2000-02-29", "1900-02-29", "2100-02-29", null),
  fc.constantFrom<unknown>(true, 0, -1, 1.5, 91, 121, 181, 1e300, {}, "NL", "nld", "Other"),
  fc.constantFrom("+31612345678", "06 12345678", "+0612345678", "+1234567890123456", "0"),
  fc.constantFrom("x".repeat(TEXT_MAX), "x".repeat(TEXT_MAX + 1), "👋".repeat(TEXT_MAX)),
  fc.constant("👋".repeat(TEXT_MAX + 1)),
  fc.constantFrom("y".repeat(LONG_TEXT_MAX), "y".repeat(LONG_TEXT_MAX + 1)),
);
const anyValue = fc.oneof(
  anyOne,
  fc.array(anyOne, { maxLength: 3 }),
  fc.constantFrom<unknown>(["A", "A"], ["NL", "NL"], ["NL", "BE"]),
);

const all = [...FIELDS.values()];
const fieldsOf = (group: GroupName): Field[] => all.filter((it) => it.groups.includes(group));

function entry(group: GroupName, isGood: boolean): fc.Arbitrary<unknown> {
  const own = fieldsOf(group);
  const fields = fc.subarray(own, { maxLength: Math.min(4, own.length) });
  const name = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...own.map(({ id }) => id as string)) },
    fc.constantFrom(...all.map(({ id }) => id as string), "prs_First_Name", "toString"),
  );
  const good = fields.chain((some) =>
    fc.record(Object.fromEntries(some.map((field) => [field.id, goodValue(field)]))),
  );
  if (isGood) return good;
  // One value of many is wrong, so that nothing else hides it.
  return fc.oneof(
    { weight: 4, arbitrary: good },
    {
      weight: 4,
      arbitrary: fc
        .tuple(good, name, anyValue)
        .map(([one, id, value]) => ({ ...one, [id]: value })),
    },
    fc.constantFrom<unknown>(null, [], "text", 3),
  );
}

function record(isGood: boolean): fc.Arbitrary<Record<string, unknown>> {
  const group = (name: GroupName): fc.Arbitrary<unknown> => {
    const one = entry(name, isGood);
    const many = fc.array(one, { maxLength: 2 });
    const fitting = GROUPS[name].many ? many : one;
    const other = GROUPS[name].many ? one : many;
    return isGood ? fitting : fc.oneof({ weight: 9, arbitrary: fitting }, other);
  };
  const good = fc
    .subarray(GROUP_NAMES, { maxLength: 3 })
    .chain((some) => fc.record(Object.fromEntries(some.map((name) => [name, group(name)]))))
    .map((groups) => ({ standard: HTCDS_STANDARD, ...groups }));
  if (isGood) return good;
  const spoilt = fc.constantFrom<Record<string, unknown>>(
    { standard: "htcds@1.1" },
    { standard: undefined },
    { prs_Gender: "Feminine" },
    { victims: [] },
  );
  const spoil = fc.tuple(good, spoilt).map(([one, wrong]) => ({ ...one, ...wrong }));
  return fc.oneof({ weight: 12, arbitrary: good }, spoil);
}

describe("JSON Schema and validator", () => {
  it("both accept every record made of values that the tables allow", () => {
    fc.assert(
      fc.property(record(true), (one) => {
        expect(validateRecord(one).filter(({ severity }) => severity === "error")).toEqual([]);
        expect(fitsSchema(one)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("agree on every record, good or bad", () => {
    let refused = 0;
    fc.assert(
      fc.property(record(false), (one) => {
        // As it would be read from a file.
        const read: unknown = JSON.parse(JSON.stringify(one));
        expect(hasNoError(read)).toBe(fitsSchema(read));
        if (!fitsSchema(read)) refused += 1;
      }),
      { numRuns: 3_000 },
    );
    expect(refused).toBeGreaterThan(300);
  });

  it("agree on every value of every field", () => {
    for (const field of all) {
      const [group] = field.groups;
      const wrap = (value: unknown) => {
        const one = { [field.id]: value };
        return { standard: HTCDS_STANDARD, [group]: GROUPS[group].many ? [one] : one };
      };
      fc.assert(
        fc.property(fc.oneof(anyValue, goodValue(field)), (value) => {
          expect(hasNoError(wrap(value)), field.id).toBe(fitsSchema(wrap(value)));
        }),
        { numRuns: 60 },
      );
    }
  });

  it("agree on every day that might be in a calendar", () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const one = { standard: HTCDS_STANDARD, case: { x_registeredOn: date } };
        expect(hasNoError(one)).toBe(fitsSchema(one));
      }),
      { numRuns: 2_000 },
    );
  });

  it("take the codes of a system that is plugged in, and any text without it", () => {
    const invented = codeSystem({
      id: "ic-tip",
      version: "of this test",
      source: "this test",
      labels: { en: { A1: "A label", A2: "Another" } },
    });
    const systems = { ...STANDARD_SYSTEMS, "ic-tip": invented };
    const fits = compile(systems);
    for (const [code, isCode] of [
      ["A1", true],
      ["A3", false],
    ] as const) {
      const one = recordOf({ x_icTip: [code] });
      expect([fits(one), hasNoError(one, systems)]).toEqual([isCode, isCode]);
      expect([fitsSchema(one), hasNoError(one)]).toEqual([true, true]);
    }
  });
});

describe("the JSON Schema", () => {
  it("names its source, denies an endorsement, and marks fields that were given up", () => {
    const schema = htcdsJsonSchema() as {
      $comment: string;
      $schema: string;
      $defs: Record<string, { properties: Record<string, { deprecated?: boolean }> }>;
    };
    expect(schema.$schema).toContain("2020-12");
    expect(schema.$comment).toMatch(/CC BY 4\.0.*Not endorsed by IOM/);
    const { properties } = schema.$defs["victim"];
    const givenUp = Object.keys(properties).filter((id) => properties[id].deprecated);
    expect(givenUp).toEqual([
      "vic_AgreementToManagePersonalData",
      "vic_Vulnerabilities",
      "vic_DetailsOfVulnerabilities",
    ]);
  });
});
