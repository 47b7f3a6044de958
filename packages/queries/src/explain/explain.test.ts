import { toHex, utf8 } from "@symbolon/base/bytes";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { describe, expect, it } from "vitest";
import { catalogue, queryHash } from "../catalogue/catalogue.js";
import { matches } from "../catalogue/matches.js";
import type { AnyQuery } from "../define-query.js";
import { explain, explainHash } from "./explain.js";
import { explanationText } from "./explanation-text.js";

const { sha256 } = nodeCrypto;
const flat = (text: string): string => text.replace(/\s+/g, " ");

describe.each(catalogue.map((query) => [query.name, query] as const))("%s", (_, query) => {
  const explained = explain(sha256, query);
  const text = explanationText(explained);

  it("is explained with all that it declares", () => {
    const { asker, nodes, providers } = query.leakage;
    const told = [asker, nodes, providers].flatMap((view) => Object.values(view));
    const said = [
      query.question,
      ...query.reveals.map(({ what }) => what),
      ...told.map(({ what }) => what),
      ...query.leakage.assumptions,
      query.leakage.repetition.sameLists,
      query.leakage.repetition.changedLists,
      query.leakage.repetition.severalAskers,
      ...query.reads.columns.map(({ name }) => name),
      ...Object.keys(query.bounds),
      ...Object.keys(query.constants),
      queryHash(sha256, query),
    ];
    expect(said.filter((one) => !flat(text).includes(flat(one)))).toEqual([]);
    expect(explained.fields.fields.length).toBeGreaterThan(5);
  });

  it("is explained in a text that fits a page and has one hash", () => {
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(96);
    expect(text.split("\n").filter((line) => line !== line.trimEnd())).toEqual([]);
    expect(explainHash(sha256, query)).toBe(toHex(sha256(utf8(text))));
  });
});

describe("an explanation", () => {
  it("counts what adds up over runs", () => {
    const [{ after }] = explain(sha256, matches).quantities;
    expect(after).toEqual([
      { runs: 1, atMost: 1 },
      { runs: 10, atMost: 10 },
      { runs: 100, atMost: 100 },
    ]);
    expect(flat(explanationText(explain(sha256, matches)))).toContain("2.8 times at most");
  });

  it("has another hash if anything that is told changes", () => {
    const asker = {
      ...matches.leakage.asker,
      "linked-rows": { what: "something else" },
    };
    const other: AnyQuery = { ...matches, leakage: { ...matches.leakage, asker } };
    expect(explainHash(sha256, other)).not.toBe(explainHash(sha256, matches));
  });

  it("is refused for a query that does not say what it tells", () => {
    const { leakage: _, ...none } = matches;
    const query = none as unknown as AnyQuery;
    expect(() => explainHash(sha256, query)).toThrow("declares no leakage model");
  });
});
