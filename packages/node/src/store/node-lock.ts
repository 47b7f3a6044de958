import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { SetupError } from "../node-error.js";

const LOCK_FILE = "running.lock";

/**
 * Holds the folder of keys for this process until the returned function is called or the process
 * dies: a second one of the same node would sweep away keys that the first has just made. The lock
 * is SQLite's on an empty database, which the system lets go of by itself. Throws `SetupError`.
 */
export function lockKeys(folder: string): () => void {
  const path = join(folder, LOCK_FILE);
  closeSync(openSync(path, "a", 0o600));
  const db = new Database(path);
  try {
    db.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch {
    db.close();
    throw new SetupError(
      "ALREADY_RUNNING",
      `another process of this node uses the keys in ${folder}`,
      { path: folder },
      "end the other process first; two at a time would destroy each other's keys",
    );
  }
  return () => db.close();
}
