import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterRun,
  type Cost,
  EMPTY_LEDGER,
  exceeded,
  type LedgerEntry,
  ledgerRoot,
  NOTHING_SPENT,
} from "./ledger.js";
import { isAtMost, rational, toNumber } from "./rational.js";

const sha256Hex = (text: string) => createHash("sha256").update(text).digest("hex");
const costs = fc.array(
  fc
    .record({ n: fc.bigInt(0n, 9n), d: fc.bigInt(1n, 9n), exact: fc.integer({ min: 0, max: 1 }) })
    .map(({ n, d, exact }): Cost => ({ epsilon: rational(n, d), exact })),
  { maxLength: 12 },
);

describe("what runs use up", () => {
  it("adds up exactly, in any order, and never becomes less", () => {
    fc.assert(
      fc.property(costs, (all) => {
        const forth = all.reduce(afterRun, NOTHING_SPENT);
        expect([...all].reverse().reduce(afterRun, NOTHING_SPENT)).toEqual(forth);
        const rho = all.reduce((sum, { epsilon }) => sum + toNumber(epsilon) ** 2 / 2, 0);
        expect(toNumber(forth.rho)).toBeCloseTo(rho, 9);
        for (const cost of all) {
          const more = afterRun(forth, cost);
          expect(isAtMost(forth.epsilon, more.epsilon) && forth.exact <= more.exact).toBe(true);
        }
      }),
    );
  });

  it("exceeds a budget by the first thing that is too much, and fits up to the last bit", () => {
    const spent = { epsilon: rational(3n, 2n), rho: rational(9n, 8n), exact: 2 };
    expect(exceeded(spent, {})).toBeUndefined();
    expect(exceeded(spent, spent)).toBeUndefined();
    expect(exceeded(spent, { ...spent, epsilon: rational(149n, 100n) })).toBe(
      "ε would be 3/2 of 149/100",
    );
    expect(exceeded(spent, { ...spent, rho: rational(1n) })).toBe("ρ (zCDP) would be 9/8 of 1");
    expect(exceeded(spent, { ...spent, exact: 1 })).toBe("exact answers would be 2 of 1");
  });
});

describe("ledgerRoot", () => {
  const entry: LedgerEntry = { run: "r", account: "a", epsilon: "1/2", exact: 1 };
  const root = (before: string, changes: Partial<LedgerEntry> = {}) =>
    ledgerRoot(sha256Hex, before, { ...entry, ...changes });

  it("changes with every field and with all that was before", () => {
    const changed = [
      root(EMPTY_LEDGER),
      root("1".repeat(64)),
      root(EMPTY_LEDGER, { run: "s" }),
      root(EMPTY_LEDGER, { account: "b" }),
      root(EMPTY_LEDGER, { epsilon: "1" }),
      root(EMPTY_LEDGER, { exact: 0 }),
      root(EMPTY_LEDGER, { run: "", account: "ra" }),
    ];
    expect(new Set(changed).size).toBe(changed.length);
    expect(root(EMPTY_LEDGER)).toBe(changed[0]);
  });
});
