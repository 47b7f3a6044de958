import { fromHex, toHex, utf8 } from "@symbolon/base/bytes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digest } from "../hash.js";
import { oracleRoot } from "./fixture.contract.js";
import { append, checkFrontier, EMPTY_FRONTIER, frontierRoot } from "./frontier.js";
import { emptyRoot, leafHash, nodeHash, rootOfLeaves, splitOf } from "./tree.js";
import { LEAVES, ROOTS } from "./vectors.contract.js";

const leaves = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 70 });

describe("the tree of RFC 6962", () => {
  it("hashes nothing, an empty entry, an entry and a node as published", async () => {
    expect(emptyRoot()).toEqual(await digest(new Uint8Array()));
    expect(toHex(await leafHash(new Uint8Array()))).toBe(
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    );
    expect(toHex(await leafHash(utf8("L123456")))).toBe(
      "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56",
    );
    expect(toHex(await nodeHash(utf8("N123"), utf8("N456")))).toBe(
      "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb",
    );
  });

  it("has the published roots", async () => {
    const hashes = await Promise.all(LEAVES.map(leafHash));
    for (const [k, root] of ROOTS.entries()) {
      expect(await rootOfLeaves(hashes.slice(0, k + 1))).toEqual(root);
    }
    expect(await rootOfLeaves([])).toEqual(emptyRoot());
  });

  it("never takes a node for an entry, nor one order for another", async () => {
    const [a, b] = await Promise.all(["a", "b"].map((it) => leafHash(utf8(it))));
    const node = await nodeHash(a, b);
    expect(node).not.toEqual(await leafHash(fromHex(toHex(a) + toHex(b)) as Uint8Array));
    expect(node).not.toEqual(await nodeHash(b, a));
  });

  it("has the root of its definition, for any leaves", async () => {
    const property = fc.asyncProperty(leaves, async (hashes) => {
      expect(await rootOfLeaves(hashes)).toEqual(oracleRoot(hashes));
    });
    await fc.assert(property);
  });

  it("splits at the largest power of two below, up to the largest safe integer", () => {
    expect([2, 3, 4, 5, 8, 9].map(splitOf)).toEqual([1, 2, 2, 4, 4, 8]);
    expect(splitOf(2 ** 32 + 1)).toBe(2 ** 32);
    expect(splitOf(Number.MAX_SAFE_INTEGER)).toBe(2 ** 52);
  });
});

describe("the frontier", () => {
  it("gives every root on the way, and has one hash for each 1 of the size", async () => {
    const hashes = await Promise.all(Array.from({ length: 130 }, (_, k) => leafHash(utf8(`${k}`))));
    let frontier = EMPTY_FRONTIER;
    expect(await frontierRoot(frontier)).toEqual(emptyRoot());
    for (const [k, leaf] of hashes.entries()) {
      frontier = await append(frontier, leaf);
      expect(await frontierRoot(frontier)).toEqual(oracleRoot(hashes.slice(0, k + 1)));
      expect(frontier.roots.length).toBe((k + 1).toString(2).replaceAll("0", "").length);
      expect(checkFrontier(frontier)).toEqual(frontier);
    }
  });

  it("does not change what it was appended to", async () => {
    const one = await append(EMPTY_FRONTIER, emptyRoot());
    const [before, twice] = [await frontierRoot(one), await append(one, emptyRoot())];
    expect([one.size, one.roots.length, twice.size]).toEqual([1, 1, 2]);
    expect(await frontierRoot(one)).toEqual(before);
  });

  it("ends at 2^53 − 1 entries", async () => {
    const roots = Array.from({ length: 52 }, () => emptyRoot());
    const last = await append({ size: 2 ** 53 - 2, roots }, emptyRoot());
    expect(last.roots.length).toBe(53);
    await expect(append(last, emptyRoot())).rejects.toThrow("at most 2^53");
  });

  it.each([
    ["a size below nothing", -1, 0],
    ["half an entry", 0.5, 0],
    ["a size beyond safe integers", 2 ** 53, 1],
    ["a hash too few", 3, 1],
    ["a hash too many", 4, 2],
  ])("of %s is refused", (_name, size, count) => {
    const roots = Array.from({ length: count }, () => emptyRoot());
    expect(() => checkFrontier({ size, roots })).toThrow("binary digits");
  });

  it("of a hash of 31 bytes is refused", () => {
    expect(() => checkFrontier({ size: 1, roots: [new Uint8Array(31)] })).toThrow("32 bytes");
  });
});
