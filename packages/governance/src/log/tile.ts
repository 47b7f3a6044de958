import { assert } from "@symbolon/base/assert";
import { malformed } from "./log-error.js";
import { isCount } from "./tree.js";

/** Hashes, or entries, of a full tile (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
/** Tiles of levels above this have nothing in a log of at most 2^53 − 1 entries. */
const LEVEL_MAX = 63;

/**
 * One static file of a log (C2SP tlog-tiles). A tile of level L holds up to 256 hashes, each over
 * 256^L entries; an entry bundle holds the entries themselves, 256 to a bundle.
 */
export interface Tile {
  readonly level: number | "entries";
  /** Which of its level, from 0. */
  readonly index: number;
  /** How many hashes or entries; below 256 the tile is partial. */
  readonly width: number;
}

/**
 * The path of a tile below the log's address: `tile/0/x001/x234/067`, `tile/1/000.p/5`,
 * `tile/entries/002`.
 */
export function tilePath({ level, index, width }: Tile): string {
  assert(isCount(index) && isCount(width), "a tile's place is in whole numbers");
  assert(width >= 1 && width <= TILE_WIDTH, "a tile holds 1 to 256 hashes");
  const groups = [];
  for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    groups.push(String(rest % 1000).padStart(3, "0"));
  }
  const digits = groups.map((group, k) => (k === 0 ? group : `x${group}`)).reverse();
  const partial = width === TILE_WIDTH ? "" : `.p/${width}`;
  return `tile/${level}/${digits.join("/")}${partial}`;
}

const PATH = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/;

/** The tile of a path; throws `LogError` for every other spelling and for what no log has. */
export function parseTilePath(path: string): Tile {
  const wrong = malformed("a tile's path", "be as C2SP tlog-tiles writes it");
  const [, level, digits, partial] = PATH.exec(path) ?? [];
  if (level === undefined || digits === undefined) throw wrong;
  const tile: Tile = {
    level: level === "entries" ? level : Number(level),
    index: Number(digits.replaceAll(/[x/]/g, "")),
    width: partial === undefined ? TILE_WIDTH : Number(partial),
  };
  const isPlace = isCount(tile.index) && tile.width >= 1 && tile.width <= TILE_WIDTH;
  const isLevel = tile.level === "entries" || tile.level <= LEVEL_MAX;
  // Written anew, a path with a leading zero or group, or `.p/256`, differs.
  if (!isPlace || !isLevel || tilePath(tile) !== path) throw wrong;
  return tile;
}

/** How many hashes a log of `size` entries has at a level of tiles: ⌊size / 256^level⌋. */
export function hashesAt(size: number, level: Tile["level"]): number {
  let count = size;
  for (let k = level === "entries" ? 0 : level; k > 0 && count > 0; k -= 1) {
    count = Math.floor(count / TILE_WIDTH);
  }
  return count;
}

/** The tile that holds hash `at` of a level, as wide as a log of `size` entries has it. */
export function tileAt(size: number, level: Tile["level"], at: number): Tile {
  const count = hashesAt(size, level);
  assert(isCount(at) && at < count, "the log has this hash");
  const index = Math.floor(at / TILE_WIDTH);
  return { level, index, width: Math.min(TILE_WIDTH, count - index * TILE_WIDTH) };
}
