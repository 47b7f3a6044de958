import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunId } from "@symbolon/base/id";
import { EMPTY_LEDGER } from "@symbolon/release/ledger";
import { rational } from "@symbolon/release/rational";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LedgerMark } from "./key-store.js";
import { type Charge, Ledger } from "./ledger.js";
import { openSqlite, type Sqlite } from "./sqlite.js";

let dir: string;
let db: Sqlite;
let ledger: Ledger;
let kept: LedgerMark | undefined;
const open = () => {
  db = openSqlite(dir);
  ledger = new Ledger(db, (mark) => {
    kept = mark;
  });
};
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "symbolon-ledger-"));
  kept = undefined;
  open();
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true });
});

const charge = (account: string, changes: Partial<Charge> = {}): Charge => ({
  account,
  cost: { epsilon: rational(1n, 2n), exact: 1 },
  budget: { epsilon: rational(3n, 2n) },
  whose: `the budget of ${account}`,
  ...changes,
});
const spend = (run: string, ...charges: Charge[]) => ledger.spend(run as RunId, charges);

describe("Ledger", () => {
  it("spends up to the budget and refuses the next, naming what would be too much", () => {
    for (const run of ["r1", "r2", "r3"]) spend(run, charge("a"));
    expect(ledger.problem([charge("a")])).toBe(
      "the budget of a does not suffice: with this run ε would be 2 of 3/2",
    );
    expect(() => spend("r4", charge("a"))).toThrow(/ε would be 2 of 3\/2/);
    expect(ledger.head.size).toBe(3);
    expect(ledger.spent("a")).toEqual({
      epsilon: rational(3n, 2n),
      rho: rational(3n, 8n),
      exact: 3,
    });
    expect(ledger.problem([charge("b")])).toBeUndefined();
  });

  it("spends all charges of a run or none", () => {
    const full = charge("full", { budget: { exact: 0 } });
    expect(() => spend("r1", charge("a"), full)).toThrow(/exact answers would be 1 of 0/);
    expect(ledger.head).toEqual({ size: 0, root: EMPTY_LEDGER });
    expect(ledger.spent("a").exact).toBe(0);
  });

  it("spends once for a run, however often it is begun", () => {
    spend("r1", charge("a"));
    spend("r1", charge("a"));
    expect(ledger.head.size).toBe(1);
  });

  it("keeps everything across a restart, and its newest root where it is told to", () => {
    spend("r1", charge("a"), charge("b"));
    const { head } = ledger;
    db.close();
    open();
    expect(ledger.head).toEqual(head);
    expect(kept).toEqual(head);
    expect(ledger.spent("b").exact).toBe(1);
    ledger.check(head);
  });

  it("is refused at the start when it is older than it was, or another", () => {
    spend("r1", charge("a"));
    const old = mkdtempSync(join(tmpdir(), "symbolon-ledger-"));
    db.close();
    cpSync(dir, old, { recursive: true });
    open();
    spend("r2", charge("a"));
    const newest = kept as LedgerMark;
    const other = new Ledger(openSqlite(old));
    expect(() => other.check(newest)).toThrow("has 1 entries; it had 2 or others before");
    other.spend("r3" as RunId, [charge("a")]);
    expect(() => other.check(newest)).toThrow(/or others before/);
    expect(other.continues(newest)).toBe(false);
    expect(other.continues({ size: 0, root: EMPTY_LEDGER })).toBe(true);
    expect(other.continues({ size: 0, root: "1".repeat(64) })).toBe(false);
    ledger.check(newest);
    ledger.check(undefined);
    rmSync(old, { recursive: true });
  });

  it.each([
    ["an entry is gone", "DELETE FROM ledger WHERE entry = 2"],
    ["the last entry is gone", "DELETE FROM ledger WHERE entry = 3"],
    ["an entry says less", "UPDATE ledger SET epsilon = '0' WHERE entry = 1"],
    ["an entry is another's", "UPDATE ledger SET account = 'z' WHERE entry = 3"],
    ["a root is another", `UPDATE ledger SET root = '${"1".repeat(64)}' WHERE entry = 3`],
    ["a sum is less", "UPDATE ledger_accounts SET epsilon = '1/2' WHERE account = 'a'"],
    ["a sum of exact answers is less", "UPDATE ledger_accounts SET exact = 0"],
    ["a sum is gone", "DELETE FROM ledger_accounts"],
    ["a sum is of another", "UPDATE ledger_accounts SET account = 'z'"],
  ])("is refused at the start when %s", (_, sql) => {
    for (const run of ["r1", "r2", "r3"]) spend(run, charge("a"));
    ledger.check(kept);
    db.run(sql);
    expect(() => ledger.check(undefined)).toThrow(/was changed/);
  });

  it("remembers how far another node had come, by the key of its machine", () => {
    const mark = { size: 4, root: "4".repeat(64) };
    expect(ledger.seen(1, "key")).toBeUndefined();
    ledger.noteSeen(1, "key", mark);
    expect(ledger.seen(1, "key")).toEqual(mark);
    expect(ledger.seen(1, "another key")).toBeUndefined();
  });
});
