import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, parseCanonicalJson } from "./canonical-json.js";
import { InvalidDocument } from "./invalid-document.js";

const double = (hex: string): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
};

/** RFC 8785, appendix B. */
const NUMBERS: readonly [string, string][] = [
  ["0000000000000000", "0"],
  ["8000000000000000", "0"],
  ["0000000000000001", "5e-324"],
  ["8000000000000001", "-5e-324"],
  ["7fefffffffffffff", "1.7976931348623157e+308"],
  ["ffefffffffffffff", "-1.7976931348623157e+308"],
  ["4340000000000000", "9007199254740992"],
  ["c340000000000000", "-9007199254740992"],
  ["4430000000000000", "295147905179352830000"],
  ["44b52d02c7e14af5", "9.999999999999997e+22"],
  ["44b52d02c7e14af6", "1e+23"],
  ["44b52d02c7e14af7", "1.0000000000000001e+23"],
  ["444b1ae4d6e2ef4e", "999999999999999700000"],
  ["444b1ae4d6e2ef4f", "999999999999999900000"],
  ["444b1ae4d6e2ef50", "1e+21"],
  ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
  ["3eb0c6f7a0b5ed8d", "0.000001"],
  ["41b3de4355555553", "333333333.3333332"],
  ["41b3de4355555554", "333333333.33333325"],
  ["41b3de4355555555", "333333333.3333333"],
  ["41b3de4355555556", "333333333.3333334"],
  ["41b3de4355555557", "333333333.33333343"],
  ["becbf647612f3696", "-0.0000033333333333333333"],
  ["43143ff3c1cb0959", "1424953923781206.2"],
];

describe("canonical JSON (RFC 8785)", () => {
  it.each(NUMBERS)("spells the double %s as %s", (bits, text) => {
    expect(canonicalJson(double(bits))).toBe(text);
  });

  it("spells the sample of section 3.2.2", () => {
    const sample = JSON.parse(`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it("sorts names by UTF-16 code units (section 3.2.3)", () => {
    const names = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
    const value = Object.fromEntries(names.map((name) => [name, 0]));
    const order = [...canonicalJson(value).matchAll(/"((?:[^"\\]|\\.)+)":/gu)].map(([, name]) =>
      JSON.parse(`"${name}"`),
    );
    expect(order).toEqual(["\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"]);
  });

  it.each([
    ["NaN", Number.NaN],
    ["infinity", [Number.POSITIVE_INFINITY]],
    ["a lone high surrogate", { a: "\ud83d" }],
    ["a lone low surrogate in a name", { "\ude00": 1 }],
    ["undefined", { a: undefined }],
    ["a hole", new Array(1)],
    ["a bigint", 1n],
    ["a date", new Date(0)],
    ["a function", () => 1],
  ])("refuses %s", (_, value) => {
    expect(() => canonicalJson(value)).toThrow(InvalidDocument);
  });

  it("refuses what nests without end", () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    expect(() => canonicalJson(loop)).toThrow(InvalidDocument);
    expect(() => parseCanonicalJson("[".repeat(100) + "]".repeat(100))).toThrow(InvalidDocument);
  });

  it.each([
    ["white space", '{"a": 1}'],
    ["another order", '{"b":1,"a":1}'],
    ["a name twice", '{"a":1,"a":2}'],
    ["another spelling of a number", "1.0"],
    ["minus zero", "-0"],
    ["a needless escape", '"\\u0041"'],
    ["a number beyond doubles", "1e999"],
    ["no JSON", "{"],
    ["nothing", ""],
  ])("does not read %s", (_, text) => {
    expect(() => parseCanonicalJson(text)).toThrow(InvalidDocument);
  });

  it("says that what is no JSON must be JSON", () => {
    expect(() => parseCanonicalJson("{")).toThrow("$ must be JSON");
  });

  it("reads what it writes, whatever the value", () => {
    const property = fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(parseCanonicalJson(text))).toBe(text);
    });
    fc.assert(property, { numRuns: 300 });
  });
});
