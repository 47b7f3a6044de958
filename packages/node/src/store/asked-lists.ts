import { assert } from "@symbolon/base/assert";
import type { DatasetId, MemberId, PartyIndex, RunId } from "@symbolon/base/id";
import type { Hash } from "@symbolon/governance/hash";
import { chunkCount } from "@symbolon/governance/sealed-part";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import { joinChunks } from "./load-column.js";
import { aboutChunk } from "./manifest-in.js";
import { bytes } from "./rows.js";
import type { Sqlite, SqlRow } from "./sqlite.js";
import { askedKey, columnKey, type Vault } from "./vault.js";

/** A list that somebody has asked about: which run did, and what is known of it in public. */
export interface AskedList {
  readonly run: RunId;
  readonly root: Hash;
  readonly rows: number;
  /** Its owner took it back: what was on it is not known any more. */
  readonly isForgotten: boolean;
}

/** A list as a run that begins asks about it. */
export interface NewAskedList {
  readonly run: RunId;
  readonly root: Hash;
  readonly asker: MemberId;
  readonly dataset: DatasetId;
  readonly table: string;
  readonly rows: number;
  /** Words of each column that is remembered. */
  readonly columns: ReadonlyMap<string, number>;
  /** Against which it counts. */
  readonly accounts: readonly string[];
  /** Milliseconds since 1970: from when, and until when it is remembered. */
  readonly since: number;
  readonly until: number;
}

const OVER = "('done', 'aborted', 'refused')";

/**
 * What askers have asked about, as this node's shares, so that a later run can tell on shares who
 * is asked about again. A copy of its own, under a key of its own: the dataset may go before the
 * epoch ends. Nobody learns who is on it; in the clear stand runs, roots and sizes.
 */
export class AskedLists {
  readonly #db: Sqlite;
  readonly #vault: Vault;
  readonly #self: PartyIndex;

  constructor(db: Sqlite, vault: Vault, self: PartyIndex) {
    this.#db = db;
    this.#vault = vault;
    this.#self = self;
  }

  /**
   * What counts against these accounts for a run, by run id. Of what is remembered since the run
   * itself began nothing counts, so that all its attempts have the same.
   */
  before(run: RunId, accounts: readonly string[]): AskedList[] {
    const own = this.#row(run)?.at as number | undefined;
    const marks = accounts.map(() => "?").join(", ");
    return this.#db
      .all(
        `SELECT DISTINCT l.* FROM asked_lists l JOIN asked_against USING (run)
         WHERE account IN (${marks}) AND run <> ? AND at < ? ORDER BY run`,
        ...accounts,
        run,
        own ?? Number.MAX_SAFE_INTEGER,
      )
      .map((row) => ({
        run: row.run as RunId,
        root: row.root as Hash,
        rows: row.row_count as number,
        // A deletion that was cut off has at least destroyed the key.
        isForgotten: row.is_forgotten === 1 || !this.#vault.keys.has(askedKey(row.run as string)),
      }));
  }

  /** Against which accounts a run counts, if it has begun. */
  accountsOf(run: RunId): string[] | undefined {
    if (this.#row(run) === undefined) return undefined;
    const sql = "SELECT account FROM asked_against WHERE run = ? ORDER BY account";
    return this.#db.all(sql, run).map(({ account }) => account as string);
  }

  /**
   * Copies what a run asks about; a second time it does nothing. To be called in a transaction. The
   * key is kept first: what the transaction then does not keep, `sweep` destroys.
   */
  remember(list: NewAskedList): void {
    const { run, root, asker, dataset, rows, columns, accounts, since, until } = list;
    if (this.#row(run) !== undefined) return;
    const key = this.#vault.newKey();
    this.#vault.keys.put(new Map([[askedKey(run), key]]));
    this.#db.run(
      `INSERT INTO asked_lists (run, root, asker, dataset, row_count, columns, since, until)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[run, root, asker, dataset, rows, JSON.stringify([...columns]), since, until],
    );
    for (const account of accounts)
      this.#db.run("INSERT INTO asked_against VALUES (?, ?)", account, run);
    for (const [column, words] of columns) this.#copy(list, column, words, key);
  }

  /** The same in a transaction of its own: a run that began at the other nodes alone. */
  adopt(list: NewAskedList): void {
    this.#db.atomically(() => this.remember(list));
  }

  /** This node's shares of a column that was remembered. */
  load(run: RunId, column: string): Promise<Shares<Uint32Array>> {
    const row = this.#row(run);
    const key = this.#vault.keys.get(askedKey(run));
    assert(row !== undefined && key !== undefined, "a list that counts is remembered");
    const words = new Map<string, number>(JSON.parse(row.columns as string)).get(column);
    assert(words !== undefined, "every column that is compared is remembered");
    const sql = "SELECT bytes FROM asked_parts WHERE run = ? AND column_name = ? AND chunk = ?";
    return joinChunks(this.#self, words, (chunk) => {
      const sealed = bytes(this.#db.get(sql, run, column, chunk), "bytes");
      assert(sealed !== undefined, "a list that is remembered has every chunk");
      return this.#vault.open(key, sealed, about(run, column, chunk));
    });
  }

  /** Nothing was told by this run, and nothing will be: it does not count. */
  drop(run: RunId): void {
    if (this.#row(run) === undefined) return;
    this.#deleteRows([run]);
    this.#vault.keys.destroy([askedKey(run)]);
  }

  /**
   * What an owner has taken back by then is deleted. That something was asked about stays known
   * until the epoch ends, since it can no longer be told who is asked about again.
   */
  forget(asker: MemberId, dataset: DatasetId, before: number): void {
    const runs = this.#runs(
      "asker = ? AND dataset = ? AND since <= ? AND NOT is_forgotten",
      ...[asker, dataset, before],
    );
    if (runs.length === 0) return;
    this.#vault.keys.destroy(runs.map(askedKey));
    this.#db.atomically(() => {
      for (const run of runs) {
        this.#db.run("DELETE FROM asked_parts WHERE run = ?", run);
        this.#db.run("UPDATE asked_lists SET is_forgotten = 1 WHERE run = ?", run);
      }
    });
    this.#db.forget();
  }

  /** Deletes what epochs that are over have left, unless a run of the asker still counts on it. */
  expire(now: number): void {
    const open = `SELECT asker FROM runs WHERE state NOT IN ${OVER}`;
    const runs = this.#runs(`until <= ? AND asker NOT IN (${open})`, now);
    if (runs.length > 0) this.#delete(runs);
    const known = new Set(this.#runs("1 = 1").map(askedKey));
    const keys = this.#vault.keys.names().filter((name) => name.startsWith(askedKey("")));
    this.#vault.keys.destroy(keys.filter((name) => !known.has(name)));
  }

  #copy({ run, root, table }: NewAskedList, column: string, words: number, key: Uint8Array): void {
    const from = this.#vault.keys.get(columnKey({ root, table, column }));
    assert(from !== undefined, "a complete dataset has every column");
    const sql = `SELECT bytes FROM parts
      WHERE root = ? AND table_name = ? AND column_name = ? AND chunk = ?`;
    for (let chunk = 0; chunk < chunkCount(this.#self, words); chunk += 1) {
      const sealed = bytes(this.#db.get(sql, root, table, column, chunk), "bytes");
      assert(sealed !== undefined, "a complete dataset has every chunk");
      const plain = this.#vault.open(from, sealed, aboutChunk({ root, table, column, chunk }));
      const own = this.#vault.seal(key, plain, about(run, column, chunk));
      this.#db.run("INSERT INTO asked_parts VALUES (?, ?, ?, ?)", run, column, chunk, own);
    }
  }

  #delete(runs: readonly string[]): void {
    this.#vault.keys.destroy(runs.map(askedKey));
    this.#deleteRows(runs);
  }

  #deleteRows(runs: readonly string[]): void {
    this.#db.atomically(() => {
      for (const run of runs)
        for (const table of ["asked_parts", "asked_against", "asked_lists"])
          this.#db.run(`DELETE FROM ${table} WHERE run = ?`, run);
    });
    this.#db.forget();
  }

  #row(run: RunId): SqlRow | undefined {
    return this.#db.get("SELECT * FROM asked_lists WHERE run = ?", run);
  }

  #runs(where: string, ...values: readonly (string | number)[]): string[] {
    const sql = `SELECT run FROM asked_lists WHERE ${where}`;
    return this.#db.all(sql, ...values).map(({ run }) => run as string);
  }
}

const about = (run: string, column: string, chunk: number): string =>
  `asked ${run}/${column}/${chunk}`;
