import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonSchema } from "./check.js";
import { InvalidDocument } from "./invalid-document.js";
import { parseStatement, statementSchemas } from "./parse-statement.js";

/** Each type's check and its JSON Schema, held against each other on drawn values. */

const schemas = statementSchemas();
const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: false });
const programs = new Map([...schemas].map(([type, schema]) => [type, ajv.compile(schema)]));

type Loose = Readonly<Record<string, never>>;

/** Sentences of conditions that JSON Schema cannot say. */
function unsaid(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) =>
    name === "$comment" ? [value as string] : unsaid(value),
  );
}

/** Values that fit the schema, but for what it cannot say. */
function fitting(schema: JsonSchema): fc.Arbitrary<unknown> {
  const at = schema as Loose;
  if (at["enum"]) return fc.constantFrom(...(at["enum"] as unknown[]));
  if (at["anyOf"]) return fc.oneof(...(at["anyOf"] as JsonSchema[]).map(fitting));
  if (at["allOf"]) {
    const all = at["allOf"] as JsonSchema[];
    return fitting(Object.assign({}, ...all.map((one) => ("allOf" in one ? merged(one) : one))));
  }
  switch (at["type"] as string) {
    case "null":
      return fc.constant(null);
    case "integer":
      return fc.integer({ min: at["minimum"], max: at["maximum"] });
    case "number":
      return fc.double({ min: at["minimum"] ?? -9, max: at["maximum"] ?? 9, noNaN: true });
    case "string":
      return textFor(at["pattern"]);
    case "array":
      return fc.array(fitting(at["items"]), {
        minLength: at["minItems"],
        maxLength: Math.min(at["maxItems"], Math.max(at["minItems"], 2)),
      });
    default:
      return objectFor(at);
  }
}

const merged = (schema: JsonSchema): JsonSchema =>
  Object.assign({}, ...((schema as Loose)["allOf"] as JsonSchema[]));

function objectFor(at: Loose): fc.Arbitrary<unknown> {
  if (!at["properties"])
    return fc.dictionary(fc.constantFrom("pick", "threshold", "constructor"), fc.nat(), {
      minKeys: 1,
    });
  const fields = Object.entries<JsonSchema>(at["properties"]);
  return fc.record(Object.fromEntries(fields.map(([name, one]) => [name, fitting(one)])));
}

const ORIGIN = fc.constantFrom("https://portal.example.org", "example.org", "north.example/log");

function textFor(pattern: string): fc.Arbitrary<string> {
  const [, max] = /\\P\{Cc\}.*\{1,(\d+)\}/.exec(pattern) ?? [];
  if (max !== undefined) {
    const word = fc.constantFrom("a", "é", "👋", "Names\n", "x y");
    return fc.oneof(ORIGIN, fc.string({ minLength: 1, maxLength: 20 }), word);
  }
  if (pattern.includes("CERTIFICATE"))
    return fc.constant("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  if (pattern.includes("02-29"))
    return fc.constantFrom("2026-03-01T00:00:00Z", "2024-02-29T23:59:59Z", "0000-02-29T00:00:00Z");
  // A page's address and the like are drawn above; the rest follow from their patterns.
  return fc.stringMatching(new RegExp(pattern));
}

const ODD = [
  ...[null, true, 0, -1, 1.5, 2 ** 53, 1e300, "", " ", "a", "A", "\u0000", "a\nb", [], {}, [[]]],
  ...["2026-02-30T00:00:00Z", "2100-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "👋".repeat(200)],
  ...["x".repeat(64), "x".repeat(65), "👋".repeat(201), "0".repeat(64), `${"A".repeat(43)}=`],
  ...[`${"A".repeat(42)}B=`, "https://a.example:70000", "a.example:0", "12345 12345"],
] as const;

/** Changes one thing somewhere in a value. */
function changed(value: unknown, path: readonly number[], odd: unknown): unknown {
  const [step = 0, ...rest] = path;
  if (typeof value !== "object" || value === null || path.length === 0) return odd;
  const entries = Object.entries(value);
  if (entries.length === 0) return odd;
  const k = step % (entries.length + 2);
  if (Array.isArray(value)) {
    if (k === entries.length) return [...value, value[0]];
    if (k === entries.length + 1) return value.slice(1);
    return value.map((item, j) => (j === k ? changed(item, rest, odd) : item));
  }
  if (k === entries.length) return { ...value, more: odd };
  if (k === entries.length + 1) return Object.fromEntries(entries.slice(1));
  return { ...value, [entries[k][0]]: changed(entries[k][1], rest, odd) };
}

const wrong = (value: unknown): string | undefined => {
  try {
    parseStatement(value);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidDocument) return error.message;
    throw error;
  }
};

describe("schemas of statements", () => {
  it("there is one for each type, with its name", () => {
    expect(schemas.size).toBe(30);
    for (const [type, schema] of schemas) {
      expect((schema as Loose)["$id"]).toBe(type);
      expect((schema as Loose)["$schema"]).toContain("2020-12");
    }
  });

  it.each([...schemas.keys()])("%s says the same as its check", { timeout: 120_000 }, (type) => {
    const schema = schemas.get(type) as JsonSchema;
    const fits = programs.get(type)!;
    const exceptions = unsaid(schema);
    let [good, bad] = [0, 0];
    const isSame = (value: unknown): void => {
      const fault = wrong(value);
      const isFitting = fits(value);
      if (fault === undefined) expect(fits.errors ?? []).toEqual([]);
      else if (isFitting)
        expect(exceptions.some((must) => fault.endsWith(must)) ? "unsaid" : fault).toBe("unsaid");
      if (isFitting) good += 1;
      else bad += 1;
    };
    const path = fc.array(fc.nat(40), { maxLength: 5 });
    fc.assert(
      fc.property(fitting(schema), path, fc.constantFrom(...ODD), (value, where, odd) => {
        isSame(value);
        const other = changed(value, where, odd);
        // The type says which check is meant; without it there is none to compare.
        if ((other as { type?: unknown } | null)?.type === type) isSame(other);
      }),
      { numRuns: 60 },
    );
    expect(good).toBeGreaterThan(10);
    expect(bad).toBeGreaterThan(5);
  });
});
