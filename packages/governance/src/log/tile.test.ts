import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBundle, ENTRY_BYTES_MAX, encodeBundle } from "./entry-bundle.js";
import { hashesAt, parseTilePath, tileAt, tilePath } from "./tile.js";
import { TILE_PATHS } from "./vectors.contract.js";

describe("a tile's path", () => {
  it.each(TILE_PATHS)("%s is as published", (path, level, index, width) => {
    const tile = { level: level as number | "entries", index, width };
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it("comes back, up to the last tile of 2^53 entries", () => {
    const tiles = fc.record({
      level: fc.oneof(fc.constant("entries" as const), fc.nat(63)),
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    });
    const property = fc.property(tiles, (tile) => {
      expect(parseTilePath(tilePath(tile))).toEqual(tile);
    });
    fc.assert(property);
  });

  it.each([
    "tile/5/123/456/078",
    "tile/-1/x123/x456/078",
    "tile/00/001",
    "tile/64/001",
    "tile/data/001",
    "tile/0/1",
    "tile/0/0001",
    "tile/0/x000/001",
    "tile/0/x001",
    "tile/0/001.p/0",
    "tile/0/001.p/05",
    "tile/0/001.p/256",
    "tile/0/001.p/300",
    "tile/0/001.p",
    "tile/0/001/",
    "/tile/0/001",
    "tile/0/x009/x007/x199/x254/x740/992",
    "tile/0/x001/x000/x000/x000/x000/x000/000",
    "tile/0/001\n",
    "tile/8/0/001",
    "tile/0/../001",
    "",
  ])("%j is refused", (path) => {
    expect(() => parseTilePath(path)).toThrow(expect.objectContaining({ code: "LOG_MALFORMED" }));
  });

  it("has the widths of the example of 70,000 entries, and of 256", () => {
    // C2SP tlog-tiles, "Partial Tiles".
    expect([0, 1, 2, 3].map((level) => hashesAt(70_000, level))).toEqual([70_000, 273, 1, 0]);
    expect(tileAt(70_000, 0, 69_999)).toEqual({ level: 0, index: 273, width: 112 });
    expect(tileAt(70_000, 1, 272)).toEqual({ level: 1, index: 1, width: 17 });
    expect(tileAt(70_000, 2, 0)).toEqual({ level: 2, index: 0, width: 1 });
    expect(tileAt(256, 0, 255)).toEqual({ level: 0, index: 0, width: 256 });
    expect(tileAt(256, 1, 0)).toEqual({ level: 1, index: 0, width: 1 });
    expect(() => tileAt(255, 1, 0)).toThrow("has this hash");
  });
});

describe("an entry bundle", () => {
  const bundles = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 });

  it("comes back", () => {
    const property = fc.property(bundles, (entries) => {
      expect(decodeBundle(encodeBundle(entries), entries.length)).toEqual(entries);
    });
    fc.assert(property, { numRuns: 50 });
  });

  it("has each length before its entry, the high byte first", () => {
    const entry = new Uint8Array(258).fill(7);
    const bytes = encodeBundle([new Uint8Array(), entry]);
    expect([...bytes.slice(0, 5)]).toEqual([0, 0, 1, 2, 7]);
    expect(bytes.length).toBe(262);
  });

  it("takes entries of up to 65,535 bytes, and 1 to 256 of them", () => {
    const largest = new Uint8Array(ENTRY_BYTES_MAX).fill(1);
    expect(decodeBundle(encodeBundle([largest]), 1)).toEqual([largest]);
    expect(() => encodeBundle([new Uint8Array(ENTRY_BYTES_MAX + 1)])).toThrow("65,535");
    expect(() => encodeBundle([])).toThrow("1 to 256");
    expect(() => encodeBundle(new Array(257).fill(new Uint8Array()))).toThrow("1 to 256");
  });

  it("that ends early, goes on, or holds another number is refused", () => {
    const property = fc.property(bundles, fc.nat(), (entries, at) => {
      const bytes = encodeBundle(entries);
      const short = bytes.slice(0, at % bytes.length);
      const long = Uint8Array.of(...bytes, 0);
      for (const bad of [short, long, Uint8Array.of(...bytes, 0, 0)]) {
        expect(() => decodeBundle(bad, entries.length)).toThrow("whole entries");
      }
      for (const width of [entries.length - 1, entries.length + 1, 0]) {
        expect(() => decodeBundle(bytes, width)).toThrow("whole entries");
      }
    });
    fc.assert(property, { numRuns: 50 });
  });
});
