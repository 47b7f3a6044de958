import { toBase64, utf8 } from "@symbolon/base/bytes";
import { describe, expect, it } from "vitest";
import { signatures } from "../fixture.contract.js";
import {
  entriesOf,
  entryOf,
  oracleLeaf,
  oracleRoot,
  signHead,
  TileStore,
  wholeProof,
} from "./fixture.contract.js";
import { entryFromTiles } from "./from-tiles.js";
import { formatLogProof, parseLogProof } from "./log-proof.js";
import { verifyLog } from "./verify-log.js";

const refused = (code: string) => expect.objectContaining({ code });
const malformed = refused("LOG_MALFORMED");
const whole = await wholeProof();
const { policy, file, entry, nodes, witnesses } = whole;
const verify = (bytes: Uint8Array, given?: Uint8Array) =>
  verifyLog(signatures, bytes, policy, given);
const text = new TextDecoder().decode(file);

describe("an offline proof", () => {
  it("holds, and says what is in the log and who has signed it", async () => {
    const { checkpoint, ...rest } = await verify(file);
    expect(rest).toEqual({ entry: entryOf(5), index: 5 });
    expect(checkpoint).toMatchObject({ size: 12, root: whole.root });
    expect(checkpoint.nodes.length).toBe(3);
    expect(checkpoint.witnesses.length).toBe(2);
  });

  it("has the form of C2SP tlog-proof", () => {
    const lines = text.split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "c2sp.org/tlog-proof@v1",
      `extra ${toBase64(entry)}`,
      "index 5",
    ]);
    const { index, path, checkpoint } = parseLogProof(text);
    expect(lines.slice(3, 3 + path.length)).toEqual(path.map(toBase64));
    expect(text.endsWith(`\n\n${checkpoint}`)).toBe(true);
    expect(formatLogProof({ entry, index, path, checkpoint })).toBe(text);
  });

  it("is refused with any single bit of the file changed", async () => {
    const codes = new Map<string, number>();
    const attempts = Array.from({ length: file.length * 8 }, async (_, bit) => {
      const changed = file.slice();
      changed[bit >> 3] ^= 1 << (bit & 7);
      const code = await verify(changed).then(
        () => `accepted at bit ${bit}`,
        (error: { code?: string }) => error.code ?? String(error),
      );
      codes.set(code, (codes.get(code) ?? 0) + 1);
    });
    await Promise.all(attempts);
    expect([...codes.keys()].sort()).toEqual([
      "LOG_MALFORMED",
      "LOG_NOT_COSIGNED",
      "LOG_OTHER_ORIGIN",
      "LOG_PROOF_WRONG",
      "LOG_SIGNATURE_WRONG",
    ]);
  }, 300_000);

  it("is refused cut short anywhere, and with anything after it", async () => {
    const cuts = Array.from({ length: file.length }, (_, k) => file.slice(0, k));
    const more = ["\n", " ", "x", "\0", "— a\n"].map((it) => utf8(text + it));
    const answers = await Promise.allSettled([...cuts, ...more].map((it) => verify(it)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toEqual([]);
  }, 300_000);

  it("is refused with any line left out, doubled, or swapped with the next", async () => {
    const lines = text.split("\n").slice(0, -1);
    const variants = lines.flatMap((line, k) => [
      lines.toSpliced(k, 1),
      lines.toSpliced(k, 0, line),
      ...(k + 1 < lines.length ? [lines.with(k, lines[k + 1]).with(k + 1, line)] : []),
    ]);
    for (const variant of variants) {
      const isSignature = (line: string) => line.startsWith("— ");
      // The order of signatures means nothing, and one said twice is still one.
      const body = variant.filter((line) => !isSignature(line)).join("\n");
      const kinds = new Set(variant.filter(isSignature)).size;
      const isSame = body === lines.filter((line) => !isSignature(line)).join("\n");
      const isBlock = variant.findIndex(isSignature) === lines.findIndex(isSignature);
      const answer = verify(utf8(`${variant.join("\n")}\n`));
      if (isSame && isBlock && kinds === 5)
        await expect(answer).resolves.toMatchObject({ index: 5 });
      else await expect(answer).rejects.toThrow();
    }
  });

  it("is refused for every other index, size, and entry of the same log", async () => {
    const entries = entriesOf(12);
    const { read } = await new TileStore().append(entries);
    const head = { size: 12, root: whole.root };
    const { checkpoint } = parseLogProof(text);
    for (let index = 0; index < 12; index += 1) {
      const { path } = await entryFromTiles(read, head, index);
      for (let other = 0; other < 14; other += 1) {
        const proof = { index: other, path, checkpoint };
        const claim = verify(utf8(formatLogProof({ ...proof, entry: entries[index] })));
        if (other === index) await expect(claim).resolves.toMatchObject({ index });
        else await expect(claim).rejects.toThrow(refused("LOG_PROOF_WRONG"));
        if (other === index || other >= 12) continue;
        const swapped = verify(utf8(formatLogProof({ ...proof, index, entry: entries[other] })));
        await expect(swapped).rejects.toThrow(refused("LOG_PROOF_WRONG"));
      }
    }
    const { index, path } = parseLogProof(text);
    // Sizes at which the way from entry 5 to the root has another length.
    for (const size of [6, 8, 17, 33]) {
      const signed = await signHead({ size, root: whole.root }, [...nodes, ...witnesses]);
      const claim = verify(utf8(formatLogProof({ entry, index, path, checkpoint: signed })));
      await expect(claim).rejects.toThrow(refused("LOG_PROOF_WRONG"));
    }
  });

  it("of one checkpoint does not hold under another, though that is well signed", async () => {
    const { index, path } = parseLogProof(text);
    const root = oracleRoot(entriesOf(12, "other").map(oracleLeaf));
    const checkpoint = await signHead({ size: 12, root }, [...nodes, ...witnesses]);
    const claim = verify(utf8(formatLogProof({ entry, index, path, checkpoint })));
    await expect(claim).rejects.toThrow(refused("LOG_PROOF_WRONG"));
  });
});

describe("an offline proof without its entry", async () => {
  const bare = await wholeProof(false);

  it("is checked against the entry that is given", async () => {
    expect((await verify(bare.file, entry)).entry).toEqual(entry);
    await expect(verify(bare.file, entryOf(6))).rejects.toThrow(refused("LOG_PROOF_WRONG"));
  });

  it("and without one is refused", async () => {
    await expect(verify(bare.file)).rejects.toThrow(refused("LOG_ENTRY_UNCLEAR"));
  });

  it("is refused if it carries another than the one that is given", async () => {
    expect((await verify(file, entry)).entry).toEqual(entry);
    await expect(verify(file, entryOf(6))).rejects.toThrow(refused("LOG_ENTRY_UNCLEAR"));
  });
});

describe("the form of a proof", () => {
  const header = "c2sp.org/tlog-proof@v1";
  const hash = toBase64(new Uint8Array(32));
  const { checkpoint } = parseLogProof(text);
  const file = (...lines: readonly string[]) => `${lines.join("\n")}\n\n${checkpoint}`;

  it.each([
    ["another header", file("wrong-header", "index 0")],
    ["another version", file("c2sp.org/tlog-proof@v2", "index 0")],
    ["a byte order mark", `\ufeff${file(header, "index 0")}`],
    ["extra data that is not base64", file(header, "extra !!notbase64!!", "index 0")],
    ["two lines of extra data", file(header, "extra AA==", "extra AA==", "index 0")],
    ["extra data after the index", file(header, "index 0", "extra AA==")],
    ["no index", file(header)],
    ["an index under another name", file(header, "place 0")],
    ["an index that is no number", file(header, "index notanumber")],
    ["an index below 0", file(header, "index -5")],
    ["an index with a zero in front", file(header, "index 05")],
    ["an index of 2^53", file(header, "index 9007199254740992")],
    ["a hash that is not base64", file(header, "index 0", "!!notbase64!!")],
    ["a hash of 64 bytes", file(header, "index 0", toBase64(new Uint8Array(64)))],
    ["54 hashes", file(header, "index 0", ...new Array<string>(54).fill(hash))],
    ["no checkpoint", `${header}\nindex 0\n\n`],
    ["no empty line", `${header}\nindex 0\n`],
    ["an unsigned checkpoint", `${header}\nindex 0\n\n${checkpoint.split("\n\n")[0]}\n`],
  ])("with %s is refused", (_name, proof) => {
    expect(() => parseLogProof(proof)).toThrow(malformed);
  });

  it("without an empty line is refused with the reason", () => {
    const reason = "a proof must have an empty line";
    expect(() => parseLogProof(`${header}\nindex 0\n`)).toThrow(reason);
  });

  it("allows an empty entry, no hashes, and 53", () => {
    expect(parseLogProof(file(header, "extra ", "index 0"))).toMatchObject({
      entry: new Uint8Array(),
      path: [],
    });
    const full = file(header, "index 9007199254740991", ...new Array<string>(53).fill(hash));
    expect(parseLogProof(full).path.length).toBe(53);
  });

  it("has at most 1 MiB, and entries of at most 65,535 bytes", async () => {
    await expect(verify(new Uint8Array(1024 * 1024 + 1).fill(97))).rejects.toThrow("1 MiB");
    const long = { ...parseLogProof(text), entry: new Uint8Array(65_536) };
    await expect(verify(utf8(formatLogProof(long)))).rejects.toThrow("65,535");
  });
});
