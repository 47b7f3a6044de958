import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunId } from "@symbolon/base/id";
import { isAtMost, rational } from "@symbolon/release/rational";
import { describe, expect, it } from "vitest";
import { Ledger } from "./ledger.js";
import { openSqlite } from "./sqlite.js";

/** 10^4 requests that want the same budget at one time, from four processes. */
const PROCESSES = 4;
const EACH = 2_500;
const FIT = 400;

const code = (dir: string, process: number) => `
  import { Ledger } from "@symbolon/node/store/ledger";
  import { openSqlite } from "@symbolon/node/store/sqlite";
  import { rational } from "@symbolon/release/rational";
  const ledger = new Ledger(openSqlite(${JSON.stringify(dir)}));
  const cost = { epsilon: rational(1n, 3n), exact: 1 };
  const budget = { epsilon: rational(${FIT}n, 3n) };
  let spent = 0;
  for (let k = 0; k < ${EACH}; k += 1) {
    try {
      ledger.spend("run-${process}-" + k, [{ account: "one", cost, budget, whose: "it" }]);
      spent += 1;
    } catch (error) {
      if (error.code !== "BUDGET_SPENT") throw error;
    }
  }
  console.log(spent);`;

function race(dir: string, process: number): Promise<number> {
  return new Promise((resolve, reject) => {
    // The compiled program, as a node runs it: other processes do not read the source.
    const child = spawn(
      globalThis.process.execPath,
      ["--input-type=module", "-e", code(dir, process)],
      { cwd: new URL("..", import.meta.url), stdio: ["ignore", "pipe", "inherit"] },
    );
    let told = "";
    child.stdout.on("data", (text: Buffer) => {
      told += text.toString();
    });
    child.on("close", (exit) =>
      exit === 0 ? resolve(Number(told)) : reject(new Error(`process ${process} ended by ${exit}`)),
    );
  });
}

describe("a budget that 10^4 requests race for", () => {
  it("is spent to the last bit and never over", async () => {
    const dir = mkdtempSync(join(tmpdir(), "symbolon-race-"));
    const db = openSqlite(dir);
    const spent = await Promise.all(Array.from({ length: PROCESSES }, (_, k) => race(dir, k)));
    const ledger = new Ledger(db);
    expect(spent.reduce((sum, one) => sum + one, 0)).toBe(FIT);
    expect(ledger.head.size).toBe(FIT);
    const sum = ledger.spent("one");
    expect(sum).toMatchObject({ exact: FIT, epsilon: rational(BigInt(FIT), 3n) });
    ledger.check(ledger.head);
    const cost = { epsilon: rational(1n, 1_000_000n), exact: 0 };
    const budget = { epsilon: rational(BigInt(FIT), 3n) };
    const more = { account: "one", cost, budget, whose: "it" };
    expect(() => ledger.spend("late" as RunId, [more])).toThrow(/it does not suffice/);
    expect(isAtMost(ledger.spent("one").epsilon, budget.epsilon)).toBe(true);
    db.close();
    rmSync(dir, { recursive: true });
  });
});
