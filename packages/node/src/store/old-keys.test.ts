import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { toBase64 } from "@symbolon/base/bytes";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DataSpace, dataSpace, prepare, type Submission } from "../data-space.contract.js";
import { readKeyFile } from "../identity/key-file.js";
import { openKeys } from "./open-keys.js";
import { sealBytes } from "./sealed-bytes.js";
import { openSqlite, type Sqlite } from "./sqlite.js";
import { SqliteStore } from "./sqlite-store.js";
import { columnKey, seedsOf, uploadKey } from "./vault.js";

const STORAGE = new Uint8Array(32).fill(9);
const SEEDS = new Uint8Array(64).fill(5);
const KEY = new Uint8Array(32).fill(3);

let world: DataSpace;
let shelter: Submission;
let dir: string;
let db: Sqlite;
let store: SqliteStore;
beforeEach(async () => {
  world = await dataSpace();
  shelter = await prepare(world, "shelter");
  dir = mkdtempSync(join(tmpdir(), "symbolon-old-"));
  db = openSqlite(dir);
  store = new SqliteStore(db);
});
afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true });
  world.remove();
});

const columns = ["content", "real"].map((column) => ({
  root: "",
  table: "persons",
  column,
}));

/** A complete dataset, an upload and a run as the first version stored them. */
function asBefore(): void {
  const { root, manifest, offer } = shelter;
  const about = { provider: "shelter", dataset: "shelter-list" } as never as {
    provider: never;
    dataset: never;
  };
  const offerRow = { hash: "f".repeat(64) as never, ...about, envelope: offer };
  store.putDataset({ ...about, root, epoch: 0, manifest, since: 1 }, offerRow);
  store.completeDataset(root, manifest);
  const wrap = (secret: Uint8Array, name: string) =>
    sealBytes(STORAGE, secret, `symbolon key ${name}`);
  for (const { table, column } of columns)
    db.run(
      "INSERT INTO column_keys VALUES (?, ?, ?, ?)",
      ...[root, table, column, wrap(KEY, `${root}/${table}/${column}`)],
    );
  db.run(
    `INSERT INTO runs (run, request, asker, state, attempt, since, is_settled, selection)
     VALUES ('r1', '{}', 'police', 'interrupted', 1, 1, 1, ?)`,
    wrap(SEEDS, "selection r1"),
  );
  db.run("INSERT INTO sealed_chunks VALUES (?, 't', 'c', 0, ?)", "e".repeat(64), KEY);
  const { keyFile } = world.configs[0];
  const file = JSON.parse(readFileSync(keyFile, "utf8"));
  writeFileSync(keyFile, JSON.stringify({ ...file, version: 1, storage: toBase64(STORAGE) }));
}

const open = () => {
  const { keyFile } = world.configs[0];
  return openKeys({ keyFile, keys: readKeyFile(keyFile) }, db, store);
};
const count = (table: string) => db.get(`SELECT count(*) AS count FROM ${table}`)?.count;
const names = () => columns.map((at) => columnKey({ ...at, root: shelter.root }));

describe("keys of the first version", () => {
  it("move out of the database, which keeps none, and the storage key goes", () => {
    asBefore();
    const keys = open();
    for (const name of names()) expect(keys.get(name)).toEqual(KEY);
    expect(keys.get(seedsOf("r1"))).toEqual(SEEDS);
    expect(store.run("r1" as never)?.isSettled).toBe(true);
    expect([count("column_keys"), count("sealed_chunks")]).toEqual([0, 0]);
    expect(db.get("SELECT selection FROM runs")?.selection).toBeNull();
    const { keyFile } = world.configs[0];
    expect(readFileSync(keyFile, "utf8")).not.toContain(toBase64(STORAGE));
    expect(readKeyFile(keyFile).storage).toBeUndefined();
    expect(readFileSync(join(dirname(keyFile), "data-keys.json"), "utf8")).not.toContain(
      toBase64(KEY),
    );
    expect(open().get(names()[0])).toEqual(KEY);
  });

  it("cannot be moved without the key that they are wrapped by", () => {
    asBefore();
    const { keyFile } = world.configs[0];
    const { storage, ...rest } = JSON.parse(readFileSync(keyFile, "utf8"));
    expect(storage).toBeDefined();
    writeFileSync(keyFile, JSON.stringify(rest));
    expect(open).toThrow(/lacks the storage key/);
    expect(count("column_keys")).toBe(2);
  });
});

describe("the key store of a database", () => {
  it("loses at the start what nothing needs: a crash came before its destruction", () => {
    asBefore();
    const keys = open();
    keys.put(
      new Map([
        ["column of a deleted dataset", KEY],
        [uploadKey(shelter.root), KEY],
        [seedsOf("over"), SEEDS],
      ]),
    );
    expect(open().names()).toEqual([...names(), seedsOf("r1")]);
  });

  it("that lacks a dataset's keys stops the start", () => {
    asBefore();
    open().destroy([names()[1]]);
    expect(open).toThrow("the keys of 1 stored datasets are missing, the first is shelter-list");
  });
});
