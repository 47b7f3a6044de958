import { assert } from "@symbolon/base/assert";
import { SetupError } from "../node-error.js";
import type { KeyStore } from "./key-store.js";
import { columnKeys } from "./manifest-in.js";
import { bytes } from "./rows.js";
import { openBytes } from "./sealed-bytes.js";
import type { Sqlite } from "./sqlite.js";
import type { DatasetRow, Store } from "./store.js";
import { seedsOf, uploadKey } from "./vault.js";

/**
 * Moves keys that an earlier version kept in the database, wrapped by the key file's `storage`,
 * into the key store. Unfinished uploads of that version begin anew. May be repeated.
 */
export function moveOldKeys(db: Sqlite, keys: KeyStore, storage: Uint8Array | undefined): void {
  const columns = db.all("SELECT * FROM column_keys");
  const runs = db.all("SELECT run, selection FROM runs WHERE selection IS NOT NULL");
  if (storage === undefined) {
    if (columns.length + runs.length === 0) return;
    throw new SetupError(
      "KEYS_UNREADABLE",
      "the key file lacks the storage key that the keys in the database are wrapped by",
      {},
      "restore the key file that this data was stored under",
    );
  }
  const open = (wrapped: Uint8Array | undefined, about: string): Uint8Array => {
    assert(wrapped !== undefined, "a stored key is a blob");
    return openBytes(storage, wrapped, `symbolon key ${about}`);
  };
  const moved = new Map<string, Uint8Array>();
  for (const row of columns) {
    const [root, table, column] = [row.root, row.table_name, row.column_name].map(String);
    const key = open(bytes(row, "wrapped"), `${root}/${table}/${column}`);
    moved.set(`column ${root}/${table}/${column}`, key);
  }
  for (const row of runs)
    moved.set(
      seedsOf(row.run as string),
      open(bytes(row, "selection"), `selection ${String(row.run)}`),
    );
  keys.put(moved);
  db.atomically(() => {
    db.run("DELETE FROM column_keys");
    db.run("UPDATE runs SET selection = NULL");
    db.run("DELETE FROM sealed_chunks");
  });
  db.forget();
}

/**
 * At the start: keys that nothing needs are destroyed, since a crash can have come between a
 * deletion and its keys'. A dataset whose keys are gone is a `SetupError`.
 */
export function matchKeys(store: Store, keys: KeyStore): void {
  const wanted = new Set<string>();
  const lost: DatasetRow[] = [];
  for (const row of store.datasets()) {
    const names = row.state === "complete" ? columnKeys(row) : [uploadKey(row.root)];
    for (const name of names) wanted.add(name);
    // Of one that is being deleted the keys may be gone already; it goes on once the node runs.
    const isLost = row.state === "complete" && !names.every((name) => keys.has(name));
    if (isLost && store.deletion(row.root) === undefined) lost.push(row);
  }
  for (const { run } of store.unfinishedRuns()) wanted.add(seedsOf(run));
  if (lost.length > 0)
    throw new SetupError(
      "KEYS_UNREADABLE",
      `the keys of ${lost.length} stored datasets are missing, the first is ${lost[0].dataset}`,
      { datasets: lost.length },
      "restore the folder of keys; if it is lost, start with an empty data directory, and have " +
        "the lists submitted again",
    );
  keys.destroy(keys.names().filter((name) => !wanted.has(name)));
}
