import { describe, expect, it } from "vitest";
import { catalogue } from "../catalogue/catalogue.js";
import { matches } from "../catalogue/matches.js";
import { defineQuery, epsilonOf } from "../define-query.js";
import { FACTS, leakageProblems } from "./leakage-model.js";
import { matchesLeakage } from "./matches-leakage.js";
import { without } from "./simulators.contract.js";

const COUNT = { rows: 1, columns: 0, where1: 0, is1: 0, where2: 0, is2: 0, where3: 0, is3: 0 };

/** Parameters of each query, so that its plan can be looked at. */
const PARAMS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["not-on-list", { pick: 5, threshold: 100, dedupThreshold: 100, overlap: 0.5 }],
  ["matches", { overlap: 0.5 }],
  ["shared-indicators", { countMost: 3 }],
  ["count", COUNT],
  ["count-each", COUNT],
  ["count-persons", { ...COUNT, overlap: 0.5 }],
  ["overlap", { overlap: 0.5 }],
]);

describe.each(catalogue.map((query) => [query.name, query] as const))("%s", (name, query) => {
  it("declares what it tells, for the plan that it runs", () => {
    expect(leakageProblems(query.leakage, epsilonOf(query.noise))).toEqual([]);
    expect(query.planFor(PARAMS.get(name)).op).toBe(query.leakage.of);
    expect(JSON.parse(query.text).leakage).toEqual(query.leakage);
  });

  it("cannot be defined if it leaves out anything that its plan tells", () => {
    for (const fact of FACTS[query.leakage.of].asker) {
      const leakage = without(query.leakage, fact);
      expect(leakageProblems(leakage, epsilonOf(query.noise))).toContain(
        `it does not say ${fact} to asker`,
      );
    }
  });
});

describe("a query", () => {
  const { text: _, bounds, problem, planFor, ...declaration } = matches;

  it("has to have a leakage model: the compiler asks for it, and so does the program", () => {
    const { leakage, ...none } = declaration;
    // @ts-expect-error A declaration without a model.
    expect(() => defineQuery(none)).toThrow("it declares no leakage model");
    const { "linked-rows": rows, ...asker } = leakage.asker;
    // @ts-expect-error A model that says nothing of linked rows.
    expect(() => defineQuery({ ...none, leakage: { ...leakage, asker } })).toThrow("linked-rows");
    expect(rows.what).not.toBe("");
  });

  it("may not say another ε than its noise has, nor tell the nodes more than the asker", () => {
    const weak = { what: "counts", epsilon: "1/2" };
    const asker = { ...matchesLeakage.asker, "weight-counts": weak };
    expect(leakageProblems({ ...matchesLeakage, asker }, "1/1")).toEqual([
      "what it tells the asker has another ε than its noise",
      "the nodes learn more than the asker",
    ]);
    const repetition = { ...matchesLeakage.repetition, quantities: [] };
    expect(leakageProblems({ ...matchesLeakage, repetition }, "1/1")).toEqual([
      "under repetition it counts another ε than its noise spends",
    ]);
    const decimal = { ...matchesLeakage.asker, "weight-counts": { ...weak, epsilon: "0.5" } };
    expect(leakageProblems({ ...matchesLeakage, asker: decimal }, "1/1")).toEqual([
      "an ε or a quantity is no exact fraction",
    ]);
  });

  it("has to name an assumption and say what repetition changes", () => {
    const repetition = { ...matchesLeakage.repetition, severalAskers: "" };
    expect(leakageProblems({ ...matchesLeakage, assumptions: [], repetition }, "1/1")).toEqual([
      "it names no assumption",
      "repetition is not said",
    ]);
  });

  it("has its parameters' bounds, numbers and all, in its text", () => {
    expect(bounds).toEqual({ overlap: { least: 0.001, most: 0.999, whole: false } });
    expect(JSON.parse(matches.text).bounds).toEqual(bounds);
    expect(problem({ overlap: 1 })).toContain("overlap");
    expect(planFor({ overlap: 0.5 }).op).toBe("matches");
  });
});
