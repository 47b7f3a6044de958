import { toBase64 } from "@symbolon/base/bytes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signatures } from "../fixture.contract.js";
import { formatCheckpoint, parseCheckpoint } from "./checkpoint.js";
import { compareByTiles, compareCheckpoints } from "./compare-checkpoints.js";
import { entriesOf, oracleLeaf, oracleProof, oracleRoot, TileStore } from "./fixture.contract.js";
import { parseNote } from "./note.js";
import { parseVerifierKey, verifySignature } from "./note-key.js";
import { emptyRoot } from "./tree.js";
import * as known from "./vectors.contract.js";

const malformed = expect.objectContaining({ code: "LOG_MALFORMED" });
const ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

describe("a checkpoint", () => {
  it("that was signed in the world is read and verified", async () => {
    const { text, signatures: lines } = parseNote(known.GO_HEAD);
    expect(parseCheckpoint(text)).toMatchObject({ size: 20_852_163, extensions: [] });
    const key = await parseVerifierKey(known.GO_KEY);
    expect(await verifySignature(signatures, text, lines[0], key)).toEqual({});
  });

  it("cosigned by witnesses of the public network is verified, with their times", async () => {
    const { text, signatures: lines } = parseNote(known.ARCHE_HEAD);
    expect(parseCheckpoint(text).size).toBe(1_432_088_532);
    const log = await parseVerifierKey(known.ARCHE_KEY);
    expect(await verifySignature(signatures, text, lines[1], log)).toEqual({});
    for (const [k, vkey] of known.ARCHE_WITNESSES.entries()) {
      const key = await parseVerifierKey(vkey);
      expect(lines[k + 2]).toMatchObject({ name: key.name, id: key.id });
      const time = known.ARCHE_TIME;
      expect(await verifySignature(signatures, text, lines[k + 2], key)).toEqual({ time });
      const smaller = text.replace("1432088532", "42");
      expect(await verifySignature(signatures, smaller, lines[k + 2], key)).toBeUndefined();
    }
  });

  it("comes back, with its extension lines", () => {
    const line = fc.string({ minLength: 1, maxLength: 80 }).filter((it) => !/\p{Cc}/u.test(it));
    const root = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const size = fc.maxSafeNat().filter((it) => it > 0);
    const checkpoints = fc.record({ origin: line, size, root, extensions: fc.array(line) });
    const property = fc.property(checkpoints, (checkpoint) => {
      expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint);
    });
    fc.assert(property);
  });

  it.each([
    ["two lines", `north\n1\n`],
    ["no line break at the end", `north\n1\n${ROOT}`],
    ["an empty origin", `\n1\n${ROOT}\n`],
    ["an empty line", `north\n1\n${ROOT}\n\n`],
    ["an empty extension line", `north\n1\n${ROOT}\n\nmore\n`],
    ["an origin of 256 bytes", `${"é".repeat(128)}\n1\n${ROOT}\n`],
    ["a size that is no number", `north\nbananas\n${ROOT}\n`],
    ["a size below 0", `north\n-34\n${ROOT}\n`],
    ["a size with a plus sign", `north\n+34\n${ROOT}\n`],
    ["a size with a zero in front", `north\n01\n${ROOT}\n`],
    ["a size with a space", `north\n1 \n${ROOT}\n`],
    ["a size in other digits", `north\n\u0661\n${ROOT}\n`],
    ["a size with an exponent", `north\n1e3\n${ROOT}\n`],
    ["a size in hexadecimal", `north\n0xabcdef\n${ROOT}\n`],
    ["a size of 2^53", `north\n9007199254740992\n${ROOT}\n`],
    ["a size far too large", `north\n3438945738945739845734895735\n${ROOT}\n`],
    ["a root that is not base64", `north\n1\nThisIsn'tBase64\n`],
    ["a root without padding", `north\n1\n${ROOT.slice(0, -1)}\n`],
    ["a root with loose bits", `north\n1\n${ROOT.replace("2I=", "2J=")}\n`],
    ["a root of 7 bytes", `north\n1\nYmFuYW5hcw==\n`],
    ["a root of 33 bytes", `north\n1\n${toBase64(new Uint8Array(33))}\n`],
    ["no entries and a root of some", `north\n0\n${ROOT}\n`],
  ])("with %s is refused", (_name, text) => {
    expect(() => parseCheckpoint(text)).toThrow(malformed);
  });

  it("may have 255 bytes of origin, 2^53 − 1 entries, and none", () => {
    const origin = `${"é".repeat(127)}a`;
    expect(parseCheckpoint(`${origin}\n9007199254740991\n${ROOT}\n`).origin).toBe(origin);
    expect(parseCheckpoint(`a log\n0\n${toBase64(emptyRoot())}\n`).size).toBe(0);
  });

  it.each([
    ["a line break in the origin", { origin: "a\nb" }],
    ["half a character", { origin: "\ud800" }],
    ["a carriage return", { extensions: ["a\r"] }],
    ["a line break in an extension", { extensions: ["a\nb", "c"] }],
    ["an empty extension", { extensions: [""] }],
    ["a size that is no count", { size: 0.5 }],
    ["a short root", { root: new Uint8Array(31) }],
    ["the root of no entries missing", { size: 0 }],
  ])("with %s is not written", (_name, change) => {
    const good = parseCheckpoint(`north\n1\n${ROOT}\n`);
    expect(() => formatCheckpoint({ ...good, ...change })).toThrow(malformed);
  });
});

describe("two checkpoints", async () => {
  const leaves = entriesOf(40).map(oracleLeaf);
  const head = (size: number, of = leaves) => ({
    origin: "north",
    size,
    root: oracleRoot(of.slice(0, size)),
    extensions: [],
  });
  // The other node's history: entry 7 is another one.
  const rewritten = entriesOf(40).map((entry, k) => (k === 7 ? entriesOf(1, "x")[0] : entry));
  const forked = rewritten.map(oracleLeaf);

  it("of one size are consistent or a fork", async () => {
    for (let size = 0; size <= 40; size += 1) {
      const verdict = size > 7 ? "fork" : "consistent";
      expect(await compareCheckpoints(head(size), head(size, forked))).toBe(verdict);
      expect(await compareCheckpoints(head(size), head(size))).toBe("consistent");
    }
  });

  it("of two sizes need a proof, and either order will do", async () => {
    for (const [oldSize, size] of [
      [1, 2],
      [5, 40],
      [32, 40],
      [39, 40],
    ] as const) {
      const proof = oracleProof(oldSize, leaves.slice(0, size));
      const [older, newer] = [head(oldSize), head(size)];
      expect(await compareCheckpoints(older, newer)).toBe("needs-proof");
      expect(await compareCheckpoints(older, newer, proof)).toBe("consistent");
      expect(await compareCheckpoints(newer, older, proof)).toBe("consistent");
    }
  });

  it("have no proof across a fork", async () => {
    const [older, newer] = [head(20), head(40, forked)];
    for (const of of [leaves, forked]) {
      const proof = oracleProof(20, of);
      expect(await compareCheckpoints(older, newer, proof)).toBe("needs-proof");
    }
  });

  it("with the larger log's tiles are consistent or a fork", async () => {
    const { read } = await new TileStore().append(rewritten);
    for (let size = 0; size <= 40; size += 1) {
      const verdict = size > 7 ? "fork" : "consistent";
      expect(await compareByTiles(head(size), head(40, forked), read)).toBe(verdict);
      expect(await compareByTiles(head(40, forked), head(size, forked), read)).toBe("consistent");
    }
  });

  it("are never called a fork because of tiles of another log", async () => {
    const { read } = await new TileStore().append(rewritten);
    const error = expect.objectContaining({ code: "LOG_TILE_WRONG" });
    await expect(compareByTiles(head(20), head(40), read)).rejects.toThrow(error);
  });

  it("of different logs are not compared", async () => {
    const error = expect.objectContaining({ code: "LOG_OTHER_ORIGIN" });
    const other = { ...head(3), origin: "south" };
    await expect(compareCheckpoints(head(3), other)).rejects.toThrow(error);
    await expect(compareByTiles(head(3), other, async () => undefined)).rejects.toThrow(error);
  });

  it("of which one has no entries are consistent, with or without a proof", async () => {
    expect(await compareCheckpoints(head(0), head(5))).toBe("consistent");
    expect(await compareCheckpoints(head(5), head(0), [emptyRoot()])).toBe("consistent");
  });
});
