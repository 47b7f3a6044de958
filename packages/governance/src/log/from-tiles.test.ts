import { describe, expect, it } from "vitest";
import {
  entriesOf,
  entryOf,
  oracleLeaf,
  oraclePath,
  oracleProof,
  oracleRoot,
  TileStore,
} from "./fixture.contract.js";
import { consistencyFromTiles, entryFromTiles } from "./from-tiles.js";
import { treeRoot } from "./prove.js";
import { parseTilePath } from "./tile.js";
import { tileHashes } from "./tile-reader.js";
import { emptyRoot } from "./tree.js";

const entries = entriesOf(70_000);
const leaves = entries.map(oracleLeaf);
const headOf = (size: number) => ({ size, root: oracleRoot(leaves.slice(0, size)) });
const SMALL = [1, 2, 255, 256, 257, 511, 512, 513, 700];

describe("a log in tiles", () => {
  it("has the files of the example of 70,000 entries", async () => {
    const { files } = await new TileStore().append(entries);
    const tiles = [...files.keys()].map(parseTilePath);
    const level = (it: number | "entries") => tiles.filter(({ level }) => level === it);
    expect([0, 1, 2, 3].map((it) => level(it).length)).toEqual([274, 2, 1, 0]);
    expect(level("entries").length).toBe(274);
    const partial = tiles.filter(({ width }) => width < 256);
    expect(partial.map(({ level, width }) => [level, width])).toEqual([
      ["entries", 112],
      [0, 112],
      [1, 17],
      [2, 1],
    ]);
    const sizes = tiles.map(({ level, width }) => level === "entries" || 32 * width);
    expect([...files.values()].map((bytes, k) => sizes[k] === true || bytes.length)).toEqual(sizes);
  }, 120_000);

  it.each([[[1, 1, 1, 253, 1, 255, 1]], [[256, 256]], [[300, 400, 5]], [[0, 7, 0]]])(
    "grown by %j is the log written at once",
    async (steps) => {
      const grown = new TileStore();
      for (const count of steps) {
        const { size } = grown;
        const before = new Map(grown.files);
        await grown.append(entries.slice(size, size + count));
        for (const [path, bytes] of before) expect(grown.files.get(path)).toEqual(bytes);
        const root = await treeRoot(tileHashes(grown.read, grown.size), grown.size);
        expect(root).toEqual(oracleRoot(leaves.slice(0, grown.size)));
      }
      const whole = await new TileStore().append(entries.slice(0, grown.size));
      for (const [path, bytes] of whole.files) expect(grown.files.get(path)).toEqual(bytes);
    },
  );

  it("proves its entries, as RFC 6962 defines it, at every width of its right edge", async () => {
    for (const size of SMALL) {
      const store = await new TileStore().append(entries.slice(0, size));
      for (const index of new Set([0, size >> 1, size - 2, size - 1].filter((it) => it >= 0))) {
        const proved = await entryFromTiles(store.read, headOf(size), index);
        const path = oraclePath(index, leaves.slice(0, size));
        expect(proved).toEqual({ entry: entryOf(index), index, path });
      }
    }
  });

  it("proves its growth, from every size of its right edge to every later one", async () => {
    for (const size of SMALL) {
      const store = await new TileStore().append(entries.slice(0, size));
      for (const oldSize of [0, ...SMALL].filter((it) => it <= size)) {
        const { oldRoot, path } = await consistencyFromTiles(store.read, headOf(size), oldSize);
        expect(oldRoot).toEqual(headOf(oldSize).root);
        const wanted = oldSize === 0 ? [] : oracleProof(oldSize, leaves.slice(0, size));
        expect(path).toEqual(wanted);
      }
    }
  });

  it("proves old sizes as well, whose partial files are gone, from the full ones", async () => {
    const store = await new TileStore().append(entries.slice(0, 700));
    await store.append(entries.slice(700, 1024));
    for (const path of [...store.files.keys()]) {
      if (path.includes(".p/") && !path.startsWith("tile/1/")) store.files.delete(path);
    }
    const proved = await entryFromTiles(store.read, headOf(700), 699);
    expect(proved.entry).toEqual(entryOf(699));
  });

  it("without entries has a root and no files", async () => {
    const store = await new TileStore().append([]);
    expect(store.files.size).toBe(0);
    const head = { size: 0, root: emptyRoot() };
    expect(await consistencyFromTiles(store.read, head, 0)).toEqual({
      oldRoot: emptyRoot(),
      path: [],
    });
  });

  it("reads each file once for a proof", async () => {
    const store = await new TileStore().append(entries.slice(0, 70_000));
    store.asked.length = 0;
    await entryFromTiles(store.read, headOf(70_000), 12_345);
    expect(new Set(store.asked).size).toBe(store.asked.length);
    expect(store.asked.length).toBeLessThanOrEqual(6);
  }, 120_000);
});

describe("files that are not the log's", async () => {
  const size = 700;
  const head = headOf(size);
  const good = await new TileStore().append(entries.slice(0, size));
  const read = (path: string, bytes: Uint8Array | undefined) => async (asked: string) =>
    asked === path ? bytes : good.files.get(asked);
  const prove = async (path: string, bytes: Uint8Array | undefined) => {
    for (const index of [0, 300, 699]) await entryFromTiles(read(path, bytes), head, index);
    await consistencyFromTiles(read(path, bytes), head, 513);
  };

  it.each([...good.files.keys()])("%s missing is named", async (path) => {
    const error = { code: "LOG_TILE_MISSING", details: { tile: path } };
    await expect(prove(path, undefined)).rejects.toThrow(expect.objectContaining(error));
  });

  it.each([...good.files.keys()])("%s with a byte more or less is refused", async (path) => {
    const bytes = good.files.get(path) as Uint8Array;
    for (const bad of [bytes.slice(1), bytes.slice(0, -1), Uint8Array.of(...bytes, 0)]) {
      await expect(prove(path, bad)).rejects.toThrow(/whole entries|bytes/);
    }
  });

  it("of changed hashes and entries are refused wherever a proof reads them", async () => {
    for (const [path, at] of [
      ["tile/entries/000", 5],
      ["tile/entries/001", 11 * 44 + 5],
      ["tile/entries/002.p/188", -1],
      ["tile/0/000", 0],
      ["tile/0/001", 44 * 32],
      ["tile/0/002.p/188", -1],
      ["tile/1/000.p/2", 0],
      ["tile/1/000.p/2", 32],
    ] as const) {
      const bytes = (good.files.get(path) as Uint8Array).slice();
      bytes[at < 0 ? bytes.length + at : at] ^= 1;
      const error = expect.objectContaining({ code: "LOG_TILE_WRONG" });
      await expect(prove(path, bytes), `${path} ${at}`).rejects.toThrow(error);
    }
  });

  it("with a changed entry are refused as not fitting the tile of hashes", async () => {
    const path = "tile/entries/000";
    const bytes = (good.files.get(path) as Uint8Array).slice();
    bytes[5] ^= 1;
    const error = { code: "LOG_TILE_WRONG", details: { tile: path } };
    const proved = entryFromTiles(read(path, bytes), head, 0);
    await expect(proved).rejects.toThrow(expect.objectContaining(error));
  });

  it("of another log, whole in itself, are refused against this head", async () => {
    const other = await new TileStore().append(entriesOf(size, "other"));
    const error = expect.objectContaining({ code: "LOG_TILE_WRONG" });
    await expect(entryFromTiles(other.read, head, 3)).rejects.toThrow(error);
    for (const oldSize of [0, 1, 513, size]) {
      await expect(consistencyFromTiles(other.read, head, oldSize)).rejects.toThrow(error);
    }
  });
});
