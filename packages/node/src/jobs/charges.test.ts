import type { DatasetId, MemberId } from "@symbolon/base/id";
import { catalogue } from "@symbolon/queries/catalogue/catalogue";
import { NOTHING_SPENT } from "@symbolon/release/ledger";
import { formatRational, rational } from "@symbolon/release/rational";
import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGET } from "../config.js";
import { costOf } from "../engine.js";
import type { Ledger } from "../store/ledger.js";
import { budgetIn, budgetsUsed, chargesOf, datasetAccount } from "./charges.js";

const EPOCH_MS = 720 * 3_600_000;
const cost = { epsilon: rational(1n), exact: 0 };
const list = (provider: string, dataset: string) => ({
  provider: provider as MemberId,
  dataset: dataset as DatasetId,
});
const terms = {
  cost,
  budget: DEFAULT_BUDGET,
  epochHours: 720,
  now: 5.5 * EPOCH_MS,
  node: "Node A",
};
const accounts = (asker: string, purpose: string | undefined, changes: object = {}) => {
  const request = { asker, ...(purpose && { purpose }) } as never;
  const charges = chargesOf(request, [list("shelter", "l1")], { ...terms, ...changes });
  return charges.map(({ account }) => account);
};

describe("chargesOf", () => {
  it("charges each list of others twice: what this asker has for this, and what all have", () => {
    const request = { asker: "police", purpose: "search" } as never;
    const charges = chargesOf(request, [list("shelter", "l1"), list("helpline", "l2")], terms);
    expect(charges).toHaveLength(4);
    const each = { epsilon: rational(10n), exact: 20, rho: undefined };
    const total = { epsilon: rational(20n), exact: 60, rho: undefined };
    expect(charges.map(({ budget }) => budget)).toEqual([...[each, total, each, total]]);
    expect(charges[0].whose).toBe(
      "the budget of police for search of shelter's l1 at Node A until 1970-06-30 00:00 " +
        "(ask Node A's operator and shelter)",
    );
  });

  it("tells accounts apart by asker, purpose and epoch, and the sum for all by epoch alone", () => {
    const [own, all] = accounts("police", "search");
    expect(accounts("un", "search")[1]).toBe(all);
    const [other] = accounts("police", "statistics");
    const [none] = accounts("police", undefined);
    expect(new Set([own, other, none, accounts("un", "search")[0]]).size).toBe(4);
    const later = accounts("police", "search", { now: 6.1 * EPOCH_MS });
    expect(later.some((account) => account === own || account === all)).toBe(false);
    expect(accounts("police", "search", { now: 5.9 * EPOCH_MS })).toEqual([own, all]);
    const longer = accounts("police", "search", { epochHours: 1_440 });
    expect(longer.some((account) => account === own || account === all)).toBe(false);
  });

  it("does not confuse names that are put together alike", () => {
    const pairs = [
      [list("a", "b/c"), "d"],
      [list("a/b", "c"), "d"],
    ] as const;
    const made = pairs.map(
      ([owned, asker]) => chargesOf({ asker } as never, [owned], terms)[1].account,
    );
    expect(new Set(made).size).toBe(2);
  });
});

describe("budgetIn", () => {
  it("reads exact fractions; what is not said has no limit", () => {
    expect(budgetIn({ epsilon: "1/2", rho: "3" })).toEqual({
      epsilon: rational(1n, 2n),
      rho: rational(3n),
      exact: undefined,
    });
  });
});

describe("budgetsUsed", () => {
  it("tells of datasets that something of was used up, for all beneficiaries together", () => {
    const shelter = list("shelter", "l1");
    const spent = { epsilon: rational(3n, 2n), rho: rational(1n), exact: 2 };
    const account = JSON.stringify(datasetAccount(shelter, 720, terms.now));
    const ledger = { spent: (name: string) => (name === account ? spent : NOTHING_SPENT) };
    const services = { ledger: ledger as Ledger, budget: DEFAULT_BUDGET, now: () => terms.now };
    expect(budgetsUsed(services, [shelter, list("helpline", "l2")])).toEqual([
      { dataset: "l1", epsilon: "3/2", epsilonMost: "20", exact: 2, exactMost: 60 },
    ]);
  });
});

describe("costOf", () => {
  it("follows from what each query of the catalogue declares", () => {
    const costs = catalogue.map((query) => {
      const { epsilon, exact } = costOf(query);
      return [query.name, formatRational(epsilon), exact];
    });
    expect(costs).toEqual(
      expect.arrayContaining([
        ["not-on-list", "0", 1],
        ["matches", "1", 1],
        ["shared-indicators", "0", 1],
        ["count", "1", 0],
        ["count-each", "1", 0],
        ["overlap", "1", 0],
      ]),
    );
  });
});
