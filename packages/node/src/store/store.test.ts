import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatasetId, MemberId, RunId } from "@symbolon/base/id";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryFolder } from "../identity/secret-folder.js";
import { KeyStore } from "./key-store.js";
import { openSqlite } from "./sqlite.js";
import { SqliteStore } from "./sqlite-store.js";
import type { RunGrant, Store } from "./store.js";
import { Vault } from "./vault.js";

let dir: string;
let store: Store;
const open = () => new SqliteStore(openSqlite(dir));
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "symbolon-store-"));
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true });
});

const hash = (digit: string) => digit.repeat(64) as Hash;
const envelope = { payloadType: "x", payload: "eA==", signatures: [] } as unknown as Envelope;
const dataset = (root: Hash, epoch = 0) => ({
  dataset: "list" as DatasetId,
  root,
  provider: "shelter" as MemberId,
  epoch,
  manifest: envelope,
});
const offer = {
  hash: hash("f"),
  provider: "shelter" as MemberId,
  dataset: "list" as DatasetId,
  envelope,
};
const at = (root: Hash, chunk = 0) => ({ root, table: "persons", column: "content", chunk });
const run = (id: string, root: Hash) => ({
  run: id as RunId,
  request: envelope,
  asker: "police" as MemberId,
  state: "waiting" as const,
  attempt: 0,
  grant: {
    answerKey: `q/${root}`,
    offers: [hash("f")],
    request: { ours: { dataset: "ours", root: hash("9") }, theirs: [{ dataset: "list", root }] },
  } as unknown as RunGrant,
  reason: undefined,
  since: 1,
});

describe("Store", () => {
  it("keeps everything across a restart, byte for byte", () => {
    store.putDataset(dataset(hash("a")), offer);
    const whole = Uint8Array.from({ length: 300 }, (_, k) => k & 255);
    store.putSealedChunk(at(hash("a")), whole.subarray(7, 207));
    store.putRun(run("r1", hash("a")));
    store.changeRun("r1" as RunId, {
      state: "running",
      attempt: 2,
      isSettled: true,
    });
    store.close();
    store = open();
    expect(store.sealedChunk(at(hash("a")))).toEqual(Buffer.from(whole.subarray(7, 207)));
    expect(store.sealedChunks(hash("a"))).toEqual([at(hash("a"))]);
    const [kept] = store.unfinishedRuns();
    expect(kept).toMatchObject({
      run: "r1",
      state: "running",
      attempt: 2,
      isSettled: true,
    });
    expect(store.offers(["list" as DatasetId])).toEqual([offer]);
  });

  it("deletes an older epoch with its chunks and parts", () => {
    store.putDataset(dataset(hash("a")), offer);
    store.putSealedChunk(at(hash("a")), new Uint8Array(1));
    store.putPart(at(hash("a")), new Uint8Array(1));
    store.putDataset(dataset(hash("b"), 1), offer);
    expect(store.datasets().map(({ root }) => root)).toEqual([hash("b")]);
    expect(store.sealedChunk(at(hash("a")))).toBeUndefined();
    expect(store.part(at(hash("a")))).toBeUndefined();
  });

  it("counts what a grant uses up; a refusal gives it back, an abort does not", () => {
    store.putRun(run("r1", hash("a")));
    expect(store.runsUsed([hash("f")]).get(hash("f"))).toBe(1);
    expect(store.isAnswered(`q/${hash("a")}`)).toBe(true);
    expect(store.isInUse(hash("a"))).toBe(true);
    expect(() => store.putRun(run("r2", hash("a")))).toThrow();
    expect(store.run("r2" as RunId)).toBeUndefined();
    store.refuseRun("r1" as RunId, "no");
    expect(store.runsUsed([hash("f")]).get(hash("f"))).toBe(0);
    expect(store.isAnswered(`q/${hash("a")}`)).toBe(false);
    store.putRun(run("r3", hash("a")));
    store.abortRun("r3" as RunId, "lied");
    expect(store.run("r3" as RunId)).toMatchObject({
      state: "aborted",
      reason: "lied",
    });
    expect(store.runsUsed([hash("f")]).get(hash("f"))).toBe(1);
    expect(store.isInUse(hash("a"))).toBe(false);
    expect(store.runCounts()).toMatchObject({ refused: 1, aborted: 1, waiting: 0 });
  });

  it("loses nothing that it acknowledged when its process is killed", async () => {
    store.close();
    const script = `
      import Database from "libsql";
      const db = new Database(${JSON.stringify(join(dir, "node.db"))});
      db.exec("PRAGMA journal_mode = WAL");
      db.exec("PRAGMA synchronous = FULL");
      const put = db.prepare("INSERT INTO parts VALUES ('${hash("a")}', 't', 'c', ?, ?)");
      for (let k = 0; ; k += 1) {
        put.run([k, Buffer.alloc(50000, k & 255)]);
        process.stdout.write(k + "\\n");
      }`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      cwd: new URL("..", import.meta.url),
      stdio: ["ignore", "pipe", "inherit"],
    });
    let told = "";
    await new Promise<void>((resolve) => {
      child.stdout.on("data", (text: Buffer) => {
        told += text.toString();
        if (told.split("\n").length > 40) child.kill("SIGKILL");
      });
      child.on("close", () => resolve());
    });
    const last = told.split("\n").filter((line) => line !== "").length - 1;
    expect(last).toBeGreaterThan(30);
    store = open();
    for (let k = 0; k < last; k += 1) {
      const kept = store.part({ root: hash("a"), table: "t", column: "c", chunk: k });
      expect(kept?.length).toBe(50_000);
      expect(kept?.[49_999]).toBe(k & 255);
    }
  });

  it("does not rely on a verdict from before verdicts named their rules", () => {
    store.putDataset(dataset(hash("a")), offer);
    store.setInputCheck(hash("a"), "passed", hash("f"));
    expect(store.datasetByRoot(hash("a"))?.inputRules).toBe(hash("f"));
    store.close();
    const db = openSqlite(dir);
    db.run("ALTER TABLE datasets DROP COLUMN input_rules");
    db.run("PRAGMA user_version = 1");
    db.close();
    store = open();
    expect(store.datasetByRoot(hash("a"))).toMatchObject({
      inputCheck: "passed",
      inputRules: undefined,
    });
  });

  it("says so when its file is not a database or is newer", () => {
    store.close();
    const db = openSqlite(dir);
    db.run("PRAGMA user_version = 99");
    db.close();
    expect(open).toThrow(/newer version/);
    const other = mkdtempSync(join(tmpdir(), "symbolon-store-"));
    expect(() => openSqlite(join(other, "\0"))).toThrow(/cannot be opened/);
    rmSync(other, { recursive: true });
    rmSync(dir, { recursive: true });
    store = open();
  });
});

describe("Vault", () => {
  const vault = new Vault(new KeyStore(memoryFolder()));

  it("opens only what it sealed, for the same thing, under the same key", () => {
    const key = vault.newKey();
    const sealed = vault.seal(key, Uint8Array.of(1, 2, 3), "a/b/0");
    expect(vault.open(key, sealed, "a/b/0")).toEqual(Uint8Array.of(1, 2, 3));
    expect(() => vault.open(vault.newKey(), sealed, "a/b/0")).toThrow(/does not open/);
    expect(() => vault.open(key, sealed, "a/b/1")).toThrow(/does not open/);
    for (let k = 0; k < sealed.length; k += 1) {
      const altered = sealed.slice();
      altered[k] ^= 1;
      expect(() => vault.open(key, altered, "a/b/0")).toThrow(/does not open/);
    }
    for (const short of [0, 5, 12, 20])
      expect(() => vault.open(key, sealed.slice(0, short), "a/b/0")).toThrow(/does not open/);
  });

  it("stores no plaintext", () => {
    const key = vault.newKey();
    const plain = Buffer.from("a very recognisable plaintext");
    store.putPart(at(hash("a")), vault.seal(key, plain, "x"));
    store.close();
    for (const name of ["node.db", "node.db-wal"]) {
      let content = Buffer.alloc(0);
      try {
        content = readFileSync(join(dir, name));
      } catch {
        // The log is gone once it was written back.
      }
      expect(content.includes(plain)).toBe(false);
    }
    store = open();
  });
});
