import { assert } from "@symbolon/base/assert";
import type { Envelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import { encodeBundle } from "@symbolon/governance/log/entry-bundle";
import { parseTilePath, TILE_WIDTH } from "@symbolon/governance/log/tile";
import type { TileFile } from "@symbolon/governance/log/tile-writer";
import { DIGEST_BYTES } from "@symbolon/governance/log/tree";
import { bytes } from "../store/rows.js";
import type { Sqlite } from "../store/sqlite.js";

export interface StoredEntry {
  /** The hash of its statement. */
  readonly statement: Hash;
  readonly bytes: Uint8Array;
}

export interface StoredHead {
  readonly size: number;
  /** The checkpoint with the signatures that are known. */
  readonly note: string;
}

/** A head beyond the log's end that this node has signed, and the entries that lead to it. */
export interface SignedAhead {
  readonly head: string;
  readonly entries: readonly string[];
}

/** What one more head adds. */
export interface Committed extends StoredHead {
  readonly entries: readonly StoredEntry[];
  readonly tiles: readonly TileFile[];
}

/**
 * A node's own copy of the space's log. Every call is one transaction: entries, tiles and their
 * head come together or not at all.
 */
export class LogStore {
  readonly #db: Sqlite;
  constructor(db: Sqlite) {
    this.#db = db;
  }

  /** Entries from `from` up to, not including, `to`. */
  entries(from: number, to: number): readonly Uint8Array[] {
    const sql = "SELECT bytes FROM log_entries WHERE at >= ? AND at < ? ORDER BY at";
    return this.#db.all(sql, from, to).map((row) => bytes(row, "bytes") as Uint8Array);
  }

  /** Where a statement first stands. */
  indexOf(statement: Hash): number | undefined {
    const sql = "SELECT min(at) AS at FROM log_entries WHERE statement = ?";
    return (this.#db.get(sql, statement)?.at ?? undefined) as number | undefined;
  }

  head(): StoredHead | undefined {
    return this.#head("SELECT * FROM log_heads ORDER BY size DESC LIMIT 1");
  }
  headAt(size: number): StoredHead | undefined {
    return this.#head("SELECT * FROM log_heads WHERE size = ?", size);
  }
  headAfter(size: number): StoredHead | undefined {
    return this.#head("SELECT * FROM log_heads WHERE size > ? ORDER BY size LIMIT 1", size);
  }
  /** All heads, the largest first. */
  heads(): readonly StoredHead[] {
    return this.#db.all("SELECT * FROM log_heads ORDER BY size DESC").map(headOf);
  }

  /** The bytes of a tile, or `undefined` if the log has no such tile. Throws `LogError`. */
  readonly readTile = async (path: string): Promise<Uint8Array | undefined> => {
    const { level, index, width } = parseTilePath(path);
    if (level === "entries") {
      const row = this.entries(index * TILE_WIDTH, index * TILE_WIDTH + width);
      return row.length === width ? encodeBundle(row) : undefined;
    }
    const sql = "SELECT bytes FROM log_tiles WHERE level = ? AND tile = ?";
    const hashes = bytes(this.#db.get(sql, level, index), "bytes");
    const size = width * DIGEST_BYTES;
    return hashes === undefined || hashes.length < size ? undefined : hashes.slice(0, size);
  };

  commit({ size, note, entries, tiles }: Committed): void {
    const first = size - entries.length;
    assert((this.head()?.size ?? 0) === first, "a head follows the one before");
    this.#db.atomically(() => {
      for (const [k, entry] of entries.entries()) {
        const { statement } = entry;
        this.#db.run("INSERT INTO log_entries VALUES (?, ?, ?)", first + k, statement, entry.bytes);
        this.#db.run("DELETE FROM log_pending WHERE statement = ?", statement);
      }
      for (const tile of tiles) this.#putTile(tile);
      this.#db.run("INSERT INTO log_heads VALUES (?, ?)", size, note);
      this.#db.run("DELETE FROM log_signed");
    });
  }

  /** The same head with more signatures. */
  putNote({ size, note }: StoredHead): void {
    this.#db.run("UPDATE log_heads SET note = ? WHERE size = ?", note, size);
  }

  pending(): readonly Envelope[] {
    const rows = this.#db.all("SELECT envelope FROM log_pending ORDER BY rowid");
    return rows.map(({ envelope }) => JSON.parse(envelope as string) as Envelope);
  }
  pendingCount(): number {
    return this.#db.get("SELECT count(*) AS count FROM log_pending")?.count as number;
  }
  isPending(statement: Hash): boolean {
    return this.#db.get("SELECT 1 FROM log_pending WHERE statement = ?", statement) !== undefined;
  }
  putPending(statement: Hash, envelope: Envelope): void {
    const sql = "INSERT OR IGNORE INTO log_pending VALUES (?, ?)";
    this.#db.run(sql, statement, JSON.stringify(envelope));
  }
  dropPending(statement: Hash): void {
    this.#db.run("DELETE FROM log_pending WHERE statement = ?", statement);
  }

  signedAhead(): SignedAhead | undefined {
    const row = this.#db.get("SELECT * FROM log_signed");
    if (row === undefined) return undefined;
    return { head: row.head as string, entries: JSON.parse(row.entries as string) as string[] };
  }
  /** Written before the signature leaves: a second head of this size is then never signed. */
  putSignedAhead({ head, entries }: SignedAhead): void {
    this.#db.run("INSERT INTO log_signed VALUES (0, ?, ?)", head, JSON.stringify(entries));
  }

  /** The last head that this node has asked the others to sign. It binds nobody. */
  proposed(): string | undefined {
    return this.#db.get("SELECT head FROM log_proposed")?.head as string | undefined;
  }
  putProposed(head: string): void {
    this.#db.run("INSERT OR REPLACE INTO log_proposed VALUES (0, ?)", head);
  }

  /** Why this node takes no more entries. */
  stopped(): string | undefined {
    return this.#db.get("SELECT reason FROM log_stopped")?.reason as string | undefined;
  }
  putStopped(reason: string): void {
    this.#db.run("INSERT OR IGNORE INTO log_stopped VALUES (0, ?)", reason);
  }

  #head(sql: string, ...values: number[]): StoredHead | undefined {
    const row = this.#db.get(sql, ...values);
    return row && headOf(row);
  }

  /** Bundles of entries are made from the entries; of a tile's widths the widest is kept. */
  #putTile({ path, bytes: hashes }: TileFile): void {
    const { level, index } = parseTilePath(path);
    if (level === "entries") return;
    const sql = "INSERT OR REPLACE INTO log_tiles VALUES (?, ?, ?)";
    this.#db.run(sql, level, index, hashes);
  }
}

const headOf = ({ size, note }: { readonly [name: string]: unknown }): StoredHead => ({
  size: size as number,
  note: note as string,
});
