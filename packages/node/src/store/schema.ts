import type Database from "libsql";

/** One entry a version; a released entry never changes. `user_version` counts those applied. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE datasets (
    dataset TEXT PRIMARY KEY,
    root TEXT NOT NULL UNIQUE,
    provider TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    manifest TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('uploading', 'complete')),
    input_check TEXT NOT NULL CHECK (input_check IN ('pending', 'passed', 'failed')),
    receipt TEXT
  ) STRICT;
  CREATE TABLE sealed_chunks (
    root TEXT NOT NULL, table_name TEXT NOT NULL, column_name TEXT NOT NULL,
    chunk INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (root, table_name, column_name, chunk)
  ) STRICT;
  CREATE TABLE column_keys (
    root TEXT NOT NULL, table_name TEXT NOT NULL, column_name TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (root, table_name, column_name)
  ) STRICT;
  CREATE TABLE parts (
    root TEXT NOT NULL, table_name TEXT NOT NULL, column_name TEXT NOT NULL,
    chunk INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (root, table_name, column_name, chunk)
  ) STRICT;
  CREATE TABLE offers (
    hash TEXT PRIMARY KEY, provider TEXT NOT NULL, dataset TEXT NOT NULL, envelope TEXT NOT NULL
  ) STRICT;
  CREATE INDEX offers_by_dataset ON offers (dataset);
  CREATE TABLE runs (
    run TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    asker TEXT NOT NULL,
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    grant_json TEXT,
    selection BLOB,
    is_settled INTEGER NOT NULL DEFAULT 0,
    stats TEXT,
    reason TEXT,
    result TEXT,
    since INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX runs_by_state ON runs (state);
  CREATE TABLE run_datasets (run TEXT NOT NULL, root TEXT NOT NULL, PRIMARY KEY (run, root)) STRICT;
  CREATE TABLE run_offers (run TEXT NOT NULL, offer TEXT NOT NULL, PRIMARY KEY (run, offer)) STRICT;
  CREATE INDEX run_offers_by_offer ON run_offers (offer);
  CREATE TABLE answered (answer_key TEXT PRIMARY KEY, run TEXT NOT NULL) STRICT;
  `,
  // A verdict from before says nothing about rules: such a dataset is checked again.
  "ALTER TABLE datasets ADD COLUMN input_rules TEXT",
  // The space's log: entries, the rows of its tiles, heads as notes; and what is not in it yet.
  `
  CREATE TABLE log_entries (
    at INTEGER PRIMARY KEY, statement TEXT NOT NULL, bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX log_entries_by_statement ON log_entries (statement);
  CREATE TABLE log_tiles (
    level INTEGER NOT NULL, tile INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (level, tile)
  ) STRICT;
  CREATE TABLE log_heads (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
  CREATE TABLE log_pending (statement TEXT PRIMARY KEY, envelope TEXT NOT NULL) STRICT;
  CREATE TABLE log_signed (
    id INTEGER PRIMARY KEY CHECK (id = 0), head TEXT NOT NULL, entries TEXT NOT NULL
  ) STRICT;
  CREATE TABLE log_stopped (id INTEGER PRIMARY KEY CHECK (id = 0), reason TEXT NOT NULL) STRICT;
  `,
  // How long something is kept is counted from when it came; of older datasets, from now.
  `
  ALTER TABLE datasets ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
  UPDATE datasets SET since = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
  ALTER TABLE offers ADD COLUMN is_withdrawn INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE withdrawals (
    dataset TEXT NOT NULL, provider TEXT NOT NULL, issued_at TEXT NOT NULL, envelope TEXT NOT NULL,
    PRIMARY KEY (dataset, provider)
  ) STRICT;
  CREATE TABLE deletions (
    root TEXT PRIMARY KEY, dataset TEXT NOT NULL, provider TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('withdrawn', 'expired', 'replaced')),
    since INTEGER NOT NULL, tombstone TEXT
  ) STRICT;
  CREATE INDEX deletions_by_dataset ON deletions (dataset);
  `,
  // What runs have used up, and how far the other nodes' ledgers had come.
  `
  CREATE TABLE ledger (
    entry INTEGER PRIMARY KEY, run TEXT NOT NULL, account TEXT NOT NULL, epsilon TEXT NOT NULL,
    exact INTEGER NOT NULL, root TEXT NOT NULL
  ) STRICT;
  CREATE INDEX ledger_by_run ON ledger (run);
  CREATE TABLE ledger_accounts (
    account TEXT PRIMARY KEY, epsilon TEXT NOT NULL, rho TEXT NOT NULL, exact INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE peer_ledgers (
    node INTEGER NOT NULL, key TEXT NOT NULL, size INTEGER NOT NULL, root TEXT NOT NULL,
    PRIMARY KEY (node, key)
  ) STRICT;
  `,
  // The last head that this node has asked the others to sign: it has checked its time itself.
  `
  CREATE TABLE log_proposed (id INTEGER PRIMARY KEY CHECK (id = 0), head TEXT NOT NULL) STRICT;
  `,
  // Lists that were asked about, in the order in which that began, and against which accounts.
  `
  CREATE TABLE asked_lists (
    at INTEGER PRIMARY KEY AUTOINCREMENT, run TEXT NOT NULL UNIQUE, root TEXT NOT NULL,
    asker TEXT NOT NULL, dataset TEXT NOT NULL, row_count INTEGER NOT NULL, columns TEXT NOT NULL,
    since INTEGER NOT NULL, until INTEGER NOT NULL, is_forgotten INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE asked_against (
    account TEXT NOT NULL, run TEXT NOT NULL, PRIMARY KEY (account, run)
  ) STRICT;
  CREATE TABLE asked_parts (
    run TEXT NOT NULL, column_name TEXT NOT NULL, chunk INTEGER NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (run, column_name, chunk)
  ) STRICT;
  `,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** Brings the database to this program's schema, each step in a transaction of its own. */
export function migrate(
  db: Database.Database,
  to = MIGRATIONS.length,
): { readonly isNewer: boolean } {
  const version = (): number =>
    (db.prepare("PRAGMA user_version").get([]) as { user_version: number }).user_version;
  for (let k = version(); k < to; k += 1) {
    db.exec("BEGIN IMMEDIATE");
    try {
      db.exec(MIGRATIONS[k]);
      db.exec(`PRAGMA user_version = ${k + 1}`);
      db.exec("COMMIT");
    } catch (error) {
      db.exec("ROLLBACK");
      throw error;
    }
  }
  return { isNewer: version() > MIGRATIONS.length };
}
