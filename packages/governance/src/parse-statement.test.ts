import type { DatasetId } from "@symbolon/base/id";
import { describe, expect, it } from "vitest";
import {
  descriptorOf,
  manifestOf,
  OTHER_HASH,
  offerOf,
  receiptOf,
  requestOf,
  resultRequest,
} from "./fixture.contract.js";
import { InvalidDocument } from "./invalid-document.js";
import { parseStatement } from "./parse-statement.js";
import type { AnyStatement } from "./statement.js";

const ref = (dataset: string) => ({ dataset, root: OTHER_HASH }) as never;
const all = async (): Promise<readonly AnyStatement[]> => [
  await descriptorOf(1),
  await manifestOf("shelter", OTHER_HASH),
  offerOf("shelter"),
  requestOf(ref("a"), [ref("b")]),
  receiptOf(2, OTHER_HASH),
  resultRequest,
];

describe("statements", () => {
  it("of every type are read back as they were written", async () => {
    for (const statement of await all())
      expect(parseStatement(JSON.parse(JSON.stringify(statement)))).toEqual(statement);
  });

  it("are refused without any one of their fields, and with one more, by its path", async () => {
    for (const statement of await all()) {
      for (const name of Object.keys(statement)) {
        const { [name as "type"]: _, ...rest } = statement;
        expect(() => parseStatement(rest)).toThrow(`$.${name} must`);
      }
      expect(() => parseStatement({ ...statement, more: 1 })).toThrow('field "more"');
    }
  });

  it("are refused with a field of another kind", async () => {
    for (const statement of await all())
      for (const name of Object.keys(statement))
        for (const wrong of [null, true, -1, 1e300, "\u0000", [], {}]) {
          if (name === "evidence" && Array.isArray(wrong)) continue;
          expect(() => parseStatement({ ...statement, [name]: wrong })).toThrow(InvalidDocument);
        }
  });

  it.each([
    ["a later version", { ...offerOf("a"), type: "urn:symbolon:statement:offer:v3" }],
    ["a type from the prototype", { type: "constructor" }],
    ["a type in a list", { ...offerOf("a"), type: [offerOf("a").type] }],
    ["no statement", 7],
  ])("does not read %s", (_, value) => {
    expect(() => parseStatement(value)).toThrow("$.type must be a statement type");
  });

  it("keeps limits of numbers, names and moments", async () => {
    const bad: [object, string][] = [
      [{ riskMax: 1.01 }, "$.riskMax"],
      [{ riskMax: Number.NaN }, "$.riskMax"],
      [{ runsMax: 0.5 }, "$.runsMax"],
      [{ overlapMin: 1 }, "$.overlapMin"],
      [{ expires: "2026-02-30T00:00:00Z" }, "$.expires"],
      [{ expires: "2026-02-01T00:00:00+01:00" }, "$.expires"],
      [{ provider: "../etc" }, "$.provider"],
      [{ provider: "Shelter" }, "$.provider"],
      [{ query: OTHER_HASH.toUpperCase() }, "$.query"],
    ];
    for (const [change, message] of bad)
      expect(() => parseStatement({ ...offerOf("shelter"), ...change })).toThrow(message);
  });

  it("takes parameters that are a few numbers by name, and nothing else", () => {
    const ref = { dataset: "police-list" as DatasetId, root: OTHER_HASH };
    const run = requestOf(ref, [ref]);
    const params = { overlap: 0.5, constructor: 1 };
    expect(parseStatement({ ...run, params })).toMatchObject({ params });
    const bad: [object, string][] = [
      [{}, "$.params must have 1 to 16 fields"],
      [Object.fromEntries(Array.from({ length: 17 }, (_, k) => [`p${k}`, k])), "1 to 16 fields"],
      [{ "over lap": 1 }, "$.params must name fields in letters and digits"],
      [{ overlap: "0.5" }, "$.params.overlap must be a number"],
      [{ overlap: Number.NaN }, "$.params.overlap must be a number"],
      [{ overlap: { valueOf: 1 } }, "$.params.overlap must be a number"],
    ];
    for (const [wrong, message] of bad) {
      expect(() => parseStatement({ ...run, params: wrong })).toThrow(message);
    }
  });

  it("refuses datasets of an impossible shape", async () => {
    const good = await manifestOf("shelter", OTHER_HASH);
    const [persons] = good.schema.tables;
    const [content] = persons.columns;
    const shapes: [object, string][] = [
      [{ tables: [persons, persons] }, "$.schema must have tables of different names"],
      [{ tables: [{ ...persons, rows: 255 }] }, "$.schema.tables[0].rows"],
      [{ tables: [{ ...persons, rows: 0 }] }, "$.schema.tables[0].rows"],
      [{ tables: [{ ...persons, columns: [content, content] }] }, "columns of different names"],
      [{ tables: [{ ...persons, columns: [{ ...content, sharing: "boolean" }] }] }, "its kind"],
      [{ tables: [{ ...persons, columns: [{ ...content, width: 4_097 }] }] }, ".width"],
      [
        { tables: [{ ...persons, rows: 4_194_304, columns: [{ ...content, width: 4_096 }] }] },
        "at most 4 GiB",
      ],
    ];
    for (const [change, message] of shapes) {
      const schema = { ...good.schema, ...change };
      expect(() => parseStatement({ ...good, schema })).toThrow(message);
    }
  });

  it("refuses calibrations that contradict themselves", async () => {
    const good = await manifestOf("shelter", OTHER_HASH);
    for (const change of [
      { thresholds: [20, 10] },
      { missLow: [0.3, 0.3] },
      { missHigh: [0.2] },
      { missHigh: [0.2, 1.2] },
    ]) {
      const calibration = { ...good.calibration, ...change };
      expect(() => parseStatement({ ...good, calibration })).toThrow("$.calibration");
    }
  });
});
