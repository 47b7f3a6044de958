import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  entriesOf,
  oracleLeaf,
  oraclePath,
  oracleProof,
  oracleRoot,
  subtreesOf,
} from "./fixture.contract.js";
import { consistencyProof, inclusionProof, treeRoot } from "./prove.js";
import { type Digest, emptyRoot, nodeHash } from "./tree.js";
import { CONSISTENCY, INCLUSION, LEAVES, ROOTS } from "./vectors.contract.js";
import { verifyConsistency, verifyInclusion } from "./verify-proof.js";

const flip = (bytes: Uint8Array, bit: number): Uint8Array =>
  bytes.map((byte, k) => (k === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

const flips = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: bytes.length * 8 }, (_, bit) => flip(bytes, bit));

const random = Uint8Array.from({ length: 32 }, (_, k) => 171 * (k + 1));

/** Paths that are wrong whatever they should prove, by the kinds of the published bad vectors. */
const spoilt = (path: readonly Digest[], roots: readonly Digest[]): (readonly Digest[])[] => [
  [...path, new Uint8Array()],
  [new Uint8Array(), ...path],
  ...roots.flatMap((root) => [
    [...path, root],
    [root, ...path],
  ]),
  [...path, random],
  [random, ...path],
  ...path.map((_, k) => path.filter((_hash, at) => at !== k)),
  ...path.map((hash, k) => path.with(k, hash.slice(0, 31))),
  ...path.slice(1).map((hash, k) => path.with(k, hash).with(k + 1, path[k])),
  ...path.flatMap((hash, k) => flips(hash).map((bad) => path.with(k, bad))),
];

describe("an inclusion proof", () => {
  it.each(INCLUSION)("holds as published: entry %i of %i", async (index, size, path) => {
    const leaf = oracleLeaf(LEAVES[index]);
    const root = ROOTS[size - 1];
    const good = { leaf, index, size, path, root };
    expect(await verifyInclusion(good)).toBe(true);
    const places = [index - 1, index + 1, index ^ 2].map((at) => ({ ...good, index: at }));
    const sizes = [size * 2, Math.floor(size / 2)].map((it) => ({ ...good, size: it }));
    const wrong = [
      ...places,
      ...sizes,
      ...[...flips(leaf), emptyRoot(), new Uint8Array(), random].map((it) => ({
        ...good,
        leaf: it,
      })),
      ...[...flips(root), emptyRoot(), new Uint8Array(), random].map((it) => ({
        ...good,
        root: it,
      })),
      ...spoilt(path, [root]).map((it) => ({ ...good, path: it })),
    ];
    expect(await Promise.all(wrong.map(verifyInclusion))).not.toContain(true);
  });

  it.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [1, 1],
    [-1, 1],
    [0, -1],
    [0.5, 1],
    [Number.NaN, 1],
    [0, Number.POSITIVE_INFINITY],
    [0, 2 ** 53],
    [2 ** 53, 2 ** 53 + 2],
  ])("of entry %d of %d is refused, whatever else it says", async (index, size) => {
    for (const root of [emptyRoot(), random, new Uint8Array()]) {
      const proof = { leaf: root, index, size, path: [], root };
      expect(await verifyInclusion(proof)).toBe(false);
    }
  });

  it("of a log of one entry is the entry itself, if it has 32 bytes", async () => {
    const one = { index: 0, size: 1, path: [] };
    expect(await verifyInclusion({ ...one, leaf: random, root: random })).toBe(true);
    const none = new Uint8Array();
    expect(await verifyInclusion({ ...one, leaf: none, root: none })).toBe(false);
  });

  it("works beyond 32 bits: the last entry of 2^53 − 1 has 52 siblings", async () => {
    const size = Number.MAX_SAFE_INTEGER;
    const path = Array.from({ length: 52 }, () => random);
    let root: Digest = random;
    for (const sibling of path) root = await nodeHash(sibling, root);
    const proof = { leaf: random, index: size - 1, size, path, root };
    expect(await verifyInclusion(proof)).toBe(true);
    expect(await verifyInclusion({ ...proof, index: size - 2 })).toBe(false);
    expect(await verifyInclusion({ ...proof, index: 2 ** 32 - 1 })).toBe(false);
    expect(await verifyInclusion({ ...proof, size: size - 2, index: size - 3 })).toBe(false);
  });
});

describe("a consistency proof", () => {
  it.each(CONSISTENCY)("holds as published: from %i to %i", async (oldSize, size, path) => {
    const good = { oldSize, oldRoot: ROOTS[oldSize - 1], size, root: ROOTS[size - 1], path };
    expect(await verifyConsistency(good)).toBe(true);
    const roots = (root: Digest) => [...flips(root), emptyRoot(), new Uint8Array(), random];
    const wrong = [
      ...[oldSize - 1, oldSize + 1, oldSize ^ 2].map((it) => ({ ...good, oldSize: it })),
      ...[size * 2, Math.floor(size / 2)].map((it) => ({ ...good, size: it })),
      ...roots(good.oldRoot).map((it) => ({ ...good, oldRoot: it })),
      ...roots(good.root).map((it) => ({ ...good, root: it })),
      ...spoilt(path, [good.root, good.oldRoot]).map((it) => ({ ...good, path: it })),
      ...(size > oldSize
        ? [
            { ...good, path: [] },
            { ...good, oldSize: size, size: oldSize },
          ]
        : []),
    ];
    expect(await Promise.all(wrong.map(verifyConsistency))).not.toContain(true);
  });

  it("from the log without entries is empty, and from its own root only", async () => {
    const good = { oldSize: 0, oldRoot: emptyRoot(), size: 1, root: random, path: [] };
    expect(await verifyConsistency(good)).toBe(true);
    expect(await verifyConsistency({ ...good, oldRoot: random })).toBe(false);
    expect(await verifyConsistency({ ...good, path: [emptyRoot()] })).toBe(false);
    expect(await verifyConsistency({ ...good, size: 0 })).toBe(false);
    expect(await verifyConsistency({ ...good, size: 0, root: emptyRoot() })).toBe(true);
    expect(await verifyConsistency({ ...good, root: new Uint8Array() })).toBe(false);
  });

  it.each([
    [2, 1],
    [1, 0],
    [-1, 1],
    [0.5, 1],
    [1, Number.NaN],
    [2 ** 53, 2 ** 53 + 2],
  ])("from %d to %d is refused", async (oldSize, size) => {
    const proof = { oldSize, oldRoot: random, size, root: random, path: [] };
    expect(await verifyConsistency(proof)).toBe(false);
  });
});

describe("proofs of a log of 300 entries", async () => {
  const leaves = entriesOf(300).map(oracleLeaf);
  const read = await subtreesOf(leaves);
  const roots = await Promise.all(Array.from({ length: 301 }, (_, size) => treeRoot(read, size)));

  it("have the roots of the definition", () => {
    for (const [size, root] of roots.entries()) {
      expect(root).toEqual(oracleRoot(leaves.slice(0, size)));
    }
  });

  const places = fc.integer({ min: 1, max: 300 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      index: fc.nat(size - 1),
      other: fc.nat(299),
      otherSize: fc.integer({ min: 1, max: 300 }),
      bit: fc.nat(255),
      at: fc.nat(8),
    }),
  );

  it("are those of the definition; hold for their entry, place, size and root alone", async () => {
    const property = fc.asyncProperty(
      places,
      async ({ size, index, other, otherSize, bit, at }) => {
        const tree = leaves.slice(0, size);
        const path = await inclusionProof(read, index, size);
        expect(path).toEqual(oraclePath(index, tree));
        const proof = { leaf: leaves[index], index, size, path, root: roots[size] };
        expect(await verifyInclusion(proof)).toBe(true);
        const wrong = [
          { ...proof, leaf: flip(proof.leaf, bit) },
          { ...proof, root: flip(proof.root, bit) },
          ...(path.length > 0
            ? [{ ...proof, path: path.with(at % path.length, flip(path[at % path.length], bit)) }]
            : []),
          ...(other !== index
            ? [
                { ...proof, index: other },
                { ...proof, leaf: leaves[other] },
              ]
            : []),
          ...(otherSize !== size ? [{ ...proof, root: roots[otherSize] }] : []),
        ];
        expect(await Promise.all(wrong.map(verifyInclusion))).not.toContain(true);
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  it("of growth are those of the definition, and hold for no changed bit", async () => {
    const property = fc.asyncProperty(places, async ({ size, index, bit, at }) => {
      const oldSize = index + 1;
      const path = await consistencyProof(read, oldSize, size);
      expect(path).toEqual(oracleProof(oldSize, leaves.slice(0, size)));
      const proof = { oldSize, oldRoot: roots[oldSize], size, root: roots[size], path };
      const wrong = [
        { ...proof, oldRoot: flip(proof.oldRoot, bit) },
        { ...proof, root: flip(proof.root, bit) },
        { ...proof, path: [...path, roots[size]] },
        ...path.map((hash, k) => ({ ...proof, path: path.with(k, flip(hash, (bit + at) % 256)) })),
      ];
      expect(await Promise.all(wrong.map(verifyConsistency))).not.toContain(true);
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it("are not made for entries and sizes that the log has not", async () => {
    await expect(inclusionProof(read, 5, 5)).rejects.toThrow("of the tree");
    await expect(consistencyProof(read, 6, 5)).rejects.toThrow("only grows");
    await expect(treeRoot(read, -1)).rejects.toThrow("whole number");
  });
});
