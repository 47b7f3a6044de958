import { concat } from "@symbolon/base/bytes";
import { encodeBundle } from "./entry-bundle.js";
import { hashesAt, TILE_WIDTH, type Tile, tilePath } from "./tile.js";
import { fetchEntries, fetchHashes, type ReadTile } from "./tile-reader.js";
import { type Digest, leafHash, rootOfLeaves } from "./tree.js";

/** A file to be written before a checkpoint of the new size is signed. Never changes afterwards. */
export interface TileFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * The files that `entries` add to a log of `size` entries: bundles, tiles of hashes, and the
 * partial ones at the right edge of the new size. Reads the partial files of the old size as they
 * are: before signing, compare `treeRoot` over the new tiles with the root of the frontier.
 */
export async function appendTiles(
  readTile: ReadTile,
  size: number,
  entries: readonly Uint8Array[],
): Promise<readonly TileFile[]> {
  const files: TileFile[] = [];
  const bundles = await extend(readTile, size, "entries", entries);
  for (const { tile, row } of bundles) files.push(fileOf(tile, encodeBundle(row)));
  let hashes: readonly Digest[] = await Promise.all(entries.map(leafHash));
  for (let level = 0; hashes.length > 0; level += 1) {
    const tiles = await extend(readTile, size, level, hashes);
    for (const { tile, row } of tiles) files.push(fileOf(tile, concat(...row)));
    const full = tiles.filter(({ tile }) => tile.width === TILE_WIDTH);
    hashes = await Promise.all(full.map(({ row }) => rootOfLeaves(row)));
  }
  return files;
}

const fileOf = (tile: Tile, bytes: Uint8Array): TileFile => ({ path: tilePath(tile), bytes });

interface Row {
  readonly tile: Tile;
  readonly row: readonly Uint8Array[];
}

/** What was in the level's partial tile, then `added`, cut into tiles. */
async function extend(
  readTile: ReadTile,
  size: number,
  level: Tile["level"],
  added: readonly Uint8Array[],
): Promise<readonly Row[]> {
  const before = hashesAt(size, level);
  const [first, width] = [Math.floor(before / TILE_WIDTH), before % TILE_WIDTH];
  const partial: Tile = { level, index: first, width };
  const fetchRow = level === "entries" ? fetchEntries : fetchHashes;
  const kept = width === 0 ? [] : await fetchRow(readTile, partial);
  const items = [...kept, ...added];
  return Array.from({ length: Math.ceil(items.length / TILE_WIDTH) }, (_, k) => {
    const row = items.slice(k * TILE_WIDTH, (k + 1) * TILE_WIDTH);
    return { tile: { level, index: first + k, width: row.length }, row };
  });
}
