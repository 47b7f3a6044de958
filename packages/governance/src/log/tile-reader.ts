import { assert } from "@symbolon/base/assert";
import { decodeBundle } from "./entry-bundle.js";
import { LogError } from "./log-error.js";
import type { ReadHash } from "./prove.js";
import { TILE_WIDTH, type Tile, tileAt, tilePath } from "./tile.js";
import { DIGEST_BYTES, type Digest, rootOfLeaves } from "./tree.js";

/** Gives the bytes of a tile by its path, or `undefined` if there is no such file. */
export type ReadTile = (path: string) => Promise<Uint8Array | undefined>;

/**
 * Reads hashes of a log of `size` entries from its tiles. Each tile is fetched once, so use one
 * reader for one proof. Nothing is proved by reading: compare what is made of it with a root.
 */
export function tileHashes(readTile: ReadTile, size: number): ReadHash {
  const fetched = new Map<string, Promise<Digest[]>>();
  const hashesOf = (tile: Tile): Promise<Digest[]> => {
    const path = tilePath(tile);
    const hashes = fetched.get(path) ?? fetchHashes(readTile, tile);
    fetched.set(path, hashes);
    return hashes;
  };
  return async (level, index) => {
    const span = 2 ** (level % 8);
    const first = index * span;
    const tile = tileAt(size, Math.floor(level / 8), first + span - 1);
    const from = first % TILE_WIDTH;
    return rootOfLeaves((await hashesOf(tile)).slice(from, from + span));
  };
}

/** The hashes of a tile; the full tile stands in for a partial one that is gone. */
export async function fetchHashes(readTile: ReadTile, tile: Tile): Promise<Digest[]> {
  assert(tile.level !== "entries", "hashes are read from tiles of hashes");
  const { bytes, width } = await fetchTile(readTile, tile);
  if (bytes.length !== width * DIGEST_BYTES) throw wrongTile(tile, `has ${bytes.length} bytes`);
  return Array.from({ length: tile.width }, (_, k) =>
    bytes.slice(k * DIGEST_BYTES, (k + 1) * DIGEST_BYTES),
  );
}

/** The entries of a bundle; the full bundle stands in for a partial one that is gone. */
export async function fetchEntries(readTile: ReadTile, tile: Tile): Promise<Uint8Array[]> {
  assert(tile.level === "entries", "entries are read from bundles");
  const { bytes, width } = await fetchTile(readTile, tile);
  return decodeBundle(bytes, width).slice(0, tile.width);
}

interface FetchedTile {
  readonly bytes: Uint8Array;
  /** Of what was fetched: 256 if the full tile stands in. */
  readonly width: number;
}

async function fetchTile(readTile: ReadTile, tile: Tile): Promise<FetchedTile> {
  const bytes = await readTile(tilePath(tile));
  if (bytes !== undefined) return { bytes, width: tile.width };
  const full = { ...tile, width: TILE_WIDTH };
  const instead = tile.width === TILE_WIDTH ? undefined : await readTile(tilePath(full));
  if (instead !== undefined) return { bytes: instead, width: TILE_WIDTH };
  const message = `there is no ${tilePath(tile)}`;
  throw new LogError("LOG_TILE_MISSING", message, { tile: tilePath(tile) }, ASK_ANOTHER);
}

/** A tile that is not what the signed root commits to. */
export function wrongTile(tile: Tile, why: string): LogError {
  const message = `${tilePath(tile)} ${why}`;
  return new LogError("LOG_TILE_WRONG", message, { tile: tilePath(tile) }, ASK_ANOTHER);
}

const ASK_ANOTHER = "ask another node, or a witness, for its copy of the log";
