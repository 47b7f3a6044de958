import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatasetId, MemberId, RunId } from "@symbolon/base/id";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import type { Instant } from "@symbolon/governance/instant";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryFolder } from "../identity/secret-folder.js";
import { KeyStore } from "./key-store.js";
import { migrate } from "./schema.js";
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
  since: 5,
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

  it("deletes a dataset with its chunks and parts, and remembers its root", () => {
    store.putDataset(dataset(hash("a")), offer);
    store.putSealedChunk(at(hash("a")), new Uint8Array(1));
    store.putPart(at(hash("a")), new Uint8Array(1));
    store.beginDeletion(store.datasetByRoot(hash("a"))!, "replaced", 7);
    store.beginDeletion(store.datasetByRoot(hash("a"))!, "withdrawn", 8);
    const deletion = { ...dataset(hash("a")), reason: "replaced", since: 7 };
    expect(store.pendingDeletions()).toMatchObject([{ root: deletion.root, since: 7 }]);
    store.deleteDataset(hash("a"));
    store.finishDeletion(hash("a"), envelope);
    expect(store.pendingDeletions()).toEqual([]);
    expect(store.deletion(hash("a"))).toMatchObject({ reason: "replaced", tombstone: envelope });
    expect(store.deletionsOf("list" as DatasetId)).toHaveLength(1);
    store.putDataset(dataset(hash("b"), 1), offer);
    expect(store.datasets().map(({ root }) => root)).toEqual([hash("b")]);
    expect(store.sealedChunk(at(hash("a")))).toBeUndefined();
    expect(store.part(at(hash("a")))).toBeUndefined();
  });

  it("ends the offers of a dataset that was taken back, also when they come again", () => {
    store.putDataset(dataset(hash("a")), offer);
    const about = { provider: "shelter" as MemberId, dataset: "list" as DatasetId };
    expect(store.withdrawnAt(about.provider, about.dataset)).toBeUndefined();
    store.putWithdrawal({ ...about, issuedAt: "2026-01-01T00:00:00Z" as Instant }, envelope, [
      offer.hash,
    ]);
    expect(store.offers([about.dataset])).toEqual([]);
    store.putOffer(offer);
    expect(store.offers([about.dataset])).toEqual([]);
    expect(store.withdrawnAt(about.provider, about.dataset)).toBe("2026-01-01T00:00:00Z");
    expect(store.withdrawnAt("police" as MemberId, about.dataset)).toBeUndefined();
  });

  it("deletes old runs that are over; what they used up stays used", () => {
    store.putRun(run("r1", hash("a")));
    store.deleteRuns(2);
    expect(store.run("r1" as RunId)).toBeDefined();
    store.changeRun("r1" as RunId, { state: "done" });
    store.deleteRuns(1);
    expect(store.run("r1" as RunId)).toBeDefined();
    store.deleteRuns(2);
    expect(store.run("r1" as RunId)).toBeUndefined();
    expect(store.runsUsed([hash("f")]).get(hash("f"))).toBe(1);
    expect(store.isAnswered(`q/${hash("a")}`)).toBe(true);
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
    store.close();
    rmSync(join(dir, "node.db"));
    const old = new Database(join(dir, "node.db"));
    migrate(old, 1);
    const columns = [hash("a"), JSON.stringify(envelope)];
    old
      .prepare(
        "INSERT INTO datasets VALUES ('list', ?, 'shelter', 0, ?, 'complete', 'passed', '{}')",
      )
      .run(columns);
    old.close();
    store = open();
    const kept = store.datasetByRoot(hash("a"));
    expect(kept).toMatchObject({ inputCheck: "passed", inputRules: undefined });
    // How long it is kept is counted from now.
    expect(Math.abs((kept?.since ?? 0) - Date.now())).toBeLessThan(60_000);
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
