import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { SetupError } from "../node-error.js";
import { migrate } from "./schema.js";

/** What a statement binds; SQLite has no booleans. */
export type SqlValue = string | number | Uint8Array | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** How long a write waits for another process's. */
const BUSY_MS_MAX = 30_000;

/** One database file. Statements are prepared once. */
export class Sqlite {
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  readonly #closed: () => void;

  /** `closed` is called after it is closed. */
  constructor(db: Database.Database, closed: () => void = () => undefined) {
    this.#db = db;
    this.#closed = closed;
  }

  run(sql: string, ...values: readonly SqlValue[]): void {
    this.#statement(sql).run([...values]);
  }

  get(sql: string, ...values: readonly SqlValue[]): SqlRow | undefined {
    return this.#statement(sql).get([...values]) as SqlRow | undefined;
  }

  all(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[] {
    return this.#statement(sql).all([...values]) as readonly SqlRow[];
  }

  /** Everything that `work` does, or nothing. `work` must not wait for anything. */
  atomically(work: () => void): void {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#db.exec("COMMIT");
    } catch (error) {
      this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  /** Writes the log back and empties it, so that what was deleted is gone from the disk. */
  forget(): void {
    this.#db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
    this.#closed();
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/**
 * Opens the database in `dir`, or makes it. Write-ahead log, synced before a call returns; deleted
 * data is overwritten. Throws `SetupError`. `closed` is called after it is closed.
 */
export function openSqlite(dir: string, closed?: () => void): Sqlite {
  const path = join(dir, "node.db");
  let isNewer: boolean;
  let db: Database.Database;
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    db = new Database(path);
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS_MAX}; PRAGMA journal_mode = WAL`);
    db.exec("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
    ({ isNewer } = migrate(db));
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    throw new SetupError(
      "STORE_UNREADABLE",
      `the data in ${dir} cannot be opened (${typeof code === "string" ? code : "unknown cause"})`,
      { path },
      "check that no other process uses it and that the disk is writable, or restore a backup",
    );
  }
  if (isNewer)
    throw new SetupError(
      "STORE_UNREADABLE",
      `the data in ${dir} was written by a newer version`,
      { path },
      "start the newer version",
    );
  return new Sqlite(db, closed);
}
