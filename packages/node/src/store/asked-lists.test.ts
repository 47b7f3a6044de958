import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatasetId, MemberId, RunId } from "@symbolon/base/id";
import type { Hash } from "@symbolon/governance/hash";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryFolder } from "../identity/secret-folder.js";
import { AskedLists, type NewAskedList } from "./asked-lists.js";
import { KeyStore } from "./key-store.js";
import { aboutChunk } from "./manifest-in.js";
import { openSqlite, type Sqlite } from "./sqlite.js";
import { SqliteStore } from "./sqlite-store.js";
import { askedKey, columnKey, Vault } from "./vault.js";

const ROOT = "a".repeat(64) as Hash;
const [POLICE, SHELTER] = ["police", "shelter"] as MemberId[];
const LIST = "ours" as DatasetId;
const runOf = (k: number): RunId => `${k}`.repeat(32) as RunId;

let dir: string;
let db: Sqlite;
let store: SqliteStore;
let vault: Vault;
let asked: AskedLists;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "symbolon-asked-"));
  db = openSqlite(dir);
  store = new SqliteStore(db);
  vault = new Vault(new KeyStore(memoryFolder()));
  asked = new AskedLists(db, vault, 1);
  // Node 1's part of a column of four words: a seed, and the vector.
  const at = { root: ROOT, table: "persons", column: "content" };
  const key = vault.newKey();
  vault.keys.put(new Map([[columnKey(at), key]]));
  for (const [chunk, plain] of [new Uint8Array(16).fill(7), new Uint8Array(16).fill(9)].entries()) {
    const place = { ...at, chunk };
    store.putPart(place, vault.seal(key, plain, aboutChunk(place)));
  }
});
afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true });
});

const listOf = (k: number, changes: Partial<NewAskedList> = {}): NewAskedList => ({
  ...{ run: runOf(k), root: ROOT, asker: POLICE, dataset: LIST, table: "persons", rows: 4 },
  ...{ columns: new Map([["content", 4]]), accounts: ["a"], since: 5, until: 100 },
  ...changes,
});
const before = (k: number, ...accounts: string[]) =>
  asked.before(runOf(k), accounts).map(({ run }) => run[0]);

describe("AskedLists", () => {
  it("remembers the same shares when the dataset and its keys are gone", async () => {
    asked.adopt(listOf(1));
    vault.keys.destroy([columnKey({ root: ROOT, table: "persons", column: "content" })]);
    store.deleteDataset(ROOT);
    const { own, next } = await asked.load(runOf(1), "content");
    expect([own.length, next.length]).toEqual([4, 4]);
    // Component 2 is the vector that node 1 was sent.
    expect([...next]).toEqual(new Array(4).fill(0x09090909));
  });

  it("counts by account, for a run nothing that was remembered after it", () => {
    asked.adopt(listOf(2, { accounts: ["a", "b"] }));
    asked.adopt(listOf(1));
    asked.adopt(listOf(1));
    asked.adopt(listOf(3, { accounts: ["b"] }));
    expect(before(9, "a")).toEqual(["1", "2"]);
    expect(before(9, "a", "b")).toEqual(["1", "2", "3"]);
    expect(before(9, "constructor")).toEqual([]);
    expect(before(1, "a")).toEqual(["2"]);
    expect(before(2, "a", "b")).toEqual([]);
    expect(asked.accountsOf(runOf(2))).toEqual(["a", "b"]);
    expect(asked.accountsOf(runOf(9))).toBeUndefined();
  });

  it("keeps nothing of a transaction that fails, and sweeps its key", () => {
    const failing = () =>
      db.atomically(() => {
        asked.remember(listOf(1));
        throw new Error("the budget does not suffice");
      });
    expect(failing).toThrow();
    expect(before(9, "a")).toEqual([]);
    expect(vault.keys.has(askedKey(runOf(1)))).toBe(true);
    asked.expire(0);
    expect(vault.keys.has(askedKey(runOf(1)))).toBe(false);
  });

  it("forgets what its owner takes back, and that it was asked about it does not forget", () => {
    asked.adopt(listOf(1));
    asked.adopt(listOf(2, { since: 8 }));
    asked.forget(SHELTER, LIST, 9);
    asked.forget(POLICE, LIST, 7);
    const known = asked.before(runOf(9), ["a"]);
    expect(known.map(({ isForgotten }) => isForgotten)).toEqual([true, false]);
    expect(vault.keys.names().filter((name) => name.startsWith("asked"))).toEqual([
      askedKey(runOf(2)),
    ]);
  });

  it("deletes what an epoch that is over has left, but not under a run that goes on", () => {
    asked.adopt(listOf(1));
    asked.adopt(listOf(2, { until: 200 }));
    asked.expire(99);
    expect(before(9, "a")).toEqual(["1", "2"]);
    const row = { run: runOf(2), request: {} as never, asker: POLICE, grant: undefined };
    store.putRun({ ...row, state: "running", attempt: 1, reason: undefined, since: 1 });
    asked.expire(100);
    expect(before(9, "a")).toEqual(["1", "2"]);
    store.changeRun(runOf(2), { state: "done" });
    asked.expire(100);
    expect(before(9, "a")).toEqual(["2"]);
    asked.drop(runOf(2));
    expect(before(9, "a")).toEqual([]);
    expect(vault.keys.names().filter((name) => name.startsWith("asked"))).toEqual([]);
  });

  it("leaves nothing on the disk that opens after it was deleted", async () => {
    asked.adopt(listOf(1));
    db.forget();
    cpSync(dir, `${dir}-copy`, { recursive: true });
    const sealed = db.get("SELECT bytes FROM asked_parts WHERE chunk = 1")?.bytes as Uint8Array;
    const has = (folder: string) =>
      readFileSync(join(folder, "node.db")).includes(Buffer.from(sealed));
    expect([has(dir), has(`${dir}-copy`)]).toEqual([true, true]);
    asked.expire(100);
    expect(has(dir)).toBe(false);
    // The copy has the bytes, and nobody has the key.
    expect(vault.keys.get(askedKey(runOf(1)))).toBeUndefined();
    await expect(async () => asked.load(runOf(1), "content")).rejects.toThrow();
    rmSync(`${dir}-copy`, { recursive: true });
  });
});
