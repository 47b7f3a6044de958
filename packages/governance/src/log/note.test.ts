import { concat, fromBase64, toBase64, toHex, utf8 } from "@symbolon/base/bytes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signatures } from "../fixture.contract.js";
import { digest } from "../hash.js";
import { noteSigner, TIME } from "./fixture.contract.js";
import { decodeText, formatNote, type Note, parseNote, signatureLine } from "./note.js";
import { noteKey, parseVerifierKey, signNote, verifierKey, verifySignature } from "./note-key.js";
import * as known from "./vectors.contract.js";

const malformed = expect.objectContaining({ code: "LOG_MALFORMED" });
const PETER_NOTE = `${known.QUIP}\n${known.PETER_LINE}\n`;

/** Whether the first signature of the note that names this key is right. */
async function verifies(file: string, vkey: string): Promise<boolean> {
  const note = parseNote(file);
  const key = await parseVerifierKey(vkey);
  const line = note.signatures.find(({ name, id }) => name === key.name && id === key.id);
  if (line === undefined) return false;
  return (await verifySignature(signatures, note.text, line, key)) !== undefined;
}

describe("a signed note", () => {
  it("is verified as published", async () => {
    expect(await verifies(known.EXAMPLE_NOTE, known.EXAMPLE_KEY)).toBe(true);
    expect(await verifies(PETER_NOTE, known.PETER_KEY)).toBe(true);
    const both = `${PETER_NOTE}${known.ENOCH_LINE}\n`;
    expect(await verifies(both, known.PETER_KEY)).toBe(true);
    expect(await verifies(both, known.ENOCH_KEY)).toBe(true);
    expect(await verifies(PETER_NOTE, known.ENOCH_KEY)).toBe(false);
  });

  it("is signed as published", async () => {
    const key = await parseVerifierKey(known.PETER_KEY);
    const signer = { key, sign: (m: Uint8Array) => signatures.sign(known.PETER_SEED, m) };
    const line = await signNote(known.QUIP, signer);
    expect(formatNote({ text: known.QUIP, signatures: [line] })).toBe(PETER_NOTE);
    expect(signatureLine(line)).toBe(`${known.PETER_LINE}\n`);
  });

  it("is separated from its signatures by its last empty line", () => {
    const { text, signatures } = parseNote(`a\n\nb\n\n${known.PETER_LINE}\n`);
    expect(text).toBe("a\n\nb\n");
    expect(signatures).toMatchObject([{ name: "PeterNeumann", id: "c74f20a3" }]);
  });

  it("comes back", () => {
    const word = fc.string({ minLength: 1, unit: "grapheme" }).filter((it) => !/[\s+]/u.test(it));
    const line = fc.record({
      name: word,
      id: fc
        .uint8Array({ minLength: 4, maxLength: 4 })
        .map((it) => Buffer.from(it).toString("hex")),
      signature: fc.uint8Array({ minLength: 1, maxLength: 80 }),
    });
    const notes: fc.Arbitrary<Note> = fc.record({
      text: fc.array(fc.string({ unit: "grapheme" })).map((lines) => `${lines.join("\n")}\n`),
      signatures: fc.array(line, { minLength: 1, maxLength: 16 }),
    });
    const property = fc.property(notes, (note) => {
      const file = formatNote(note);
      expect(parseNote(decodeText(utf8(file), "a note"))).toEqual(note);
    });
    fc.assert(property);
  });

  const { QUIP, PETER_LINE } = known;
  it.each([
    ["no signatures", QUIP],
    ["an empty line and no signatures", `${QUIP}\n`],
    ["no line break at the end", `${QUIP}\n${PETER_LINE}`],
    ["a character for the last line break", `${QUIP}\n— foo Zm9vYmFyx`],
    ["no text before its empty line", `\n${PETER_LINE}\n`],
    ["a name with a space", `${QUIP}\n— Bad Name ${PETER_LINE.split(" ")[2]}\n`],
    ["a name with a plus sign", `${QUIP}\n— Bad+Name ${PETER_LINE.split(" ")[2]}\n`],
    ["a name with a space of another alphabet", `${QUIP}\n— Bad\u3000Name Zm9vYmFy\n`],
    ["a name with a next-line character", `${QUIP}\n— Bad\u0085Name Zm9vYmFy\n`],
    ["no name", `${QUIP}\n—  Zm9vYmFy\n`],
    ["a line after the signatures", `${QUIP}\n${PETER_LINE}\nUnexpected line.\n`],
    ["an empty line after the signatures", `${QUIP}\n${PETER_LINE}\n\n`],
    ["another dash", `${QUIP}\n${PETER_LINE.replace("—", "–")}\n`],
    ["two spaces", `${QUIP}\n${PETER_LINE.replace("— ", "—  ")}\n`],
    ["a space at the end", `${QUIP}\n${PETER_LINE} \n`],
    ["base64 without its padding", `${QUIP}\n— foo Zm8\n`],
    ["base64 with loose bits", `${QUIP}\n— foo Zm9vYmB=\n`],
    ["base64 of the other alphabet", `${QUIP}\n— foo Zm9v_mFy\n`],
    ["a signature of the key's id alone", `${QUIP}\n— foo Zm9vYg==\n`],
    ["65 signatures", `${QUIP}\n${`${PETER_LINE}\n`.repeat(65)}`],
    ["more than 512 KiB", `${"a".repeat(512 * 1024)}\n\n${PETER_LINE}\n`],
  ])("with %s is refused", (_name, file) => {
    expect(() => parseNote(file)).toThrow(malformed);
  });

  it("may have 64 signatures", () => {
    expect(parseNote(`${QUIP}\n${`${PETER_LINE}\n`.repeat(64)}`).signatures.length).toBe(64);
  });

  it.each([
    ["carriage returns", utf8(PETER_NOTE.replaceAll("\n", "\r\n")), "carriage returns"],
    ["a control character", utf8(`\u0001${PETER_NOTE}`), "control characters"],
    ["a tab", utf8(`\t${PETER_NOTE}`), "control characters"],
    ["a null byte", utf8(`\0${PETER_NOTE}`), "control characters"],
    ["a byte that is not UTF-8", Uint8Array.of(255, ...utf8(PETER_NOTE)), "UTF-8"],
    ["a lone surrogate in bytes", Uint8Array.of(0xed, 0xa0, 0x80, 10), "UTF-8"],
  ])("in a file with %s is refused", (_name, bytes, reason) => {
    expect(() => decodeText(bytes, "a note")).toThrow(reason);
  });

  it("in a file with a byte order mark has it in its text", () => {
    expect(decodeText(utf8("\ufeffa\n"), "a note")).toBe("\ufeffa\n");
  });

  it.each([
    ["a text without a line break at its end", { text: "abc" }],
    ["a carriage return", { text: "a\r\n" }],
    ["half a character", { text: "\ud800\n" }],
    ["no signatures", { signatures: [] }],
    [
      "a bad name",
      { signatures: [{ name: "a+b", id: "00000000", signature: new Uint8Array(64) }] },
    ],
    ["a bad id", { signatures: [{ name: "a", id: "0000", signature: new Uint8Array(64) }] }],
    [
      "an id that is no number",
      { signatures: [{ name: "a", id: "x", signature: new Uint8Array(9) }] },
    ],
  ])("with %s is not written", async (_name, change) => {
    const note = { ...parseNote(PETER_NOTE), ...change };
    expect(() => formatNote(note)).toThrow(malformed);
  });
});

describe("what stands in a note's file", () => {
  it("is refused with the reason", async () => {
    const note = parseNote(PETER_NOTE);
    expect(() => formatNote({ ...note, text: "abc" })).toThrow("text must end in a line break");
    expect(() => parseNote(known.QUIP)).toThrow("have an empty line before");
  });
});

describe("a verifier key", () => {
  it.each([
    [known.EXAMPLE_KEY, "note"],
    [known.PETER_KEY, "note"],
    [known.GO_KEY, "note"],
    [known.ARCHE_WITNESSES[0], "cosignature"],
    [known.ARCHE_WITNESSES[2], "cosignature"],
  ])("%s comes back", async (vkey, type) => {
    const key = await parseVerifierKey(vkey);
    expect(key).toMatchObject({ name: vkey.split("+")[0], id: vkey.split("+")[1], type });
    expect(verifierKey(key)).toBe(vkey);
  });

  it("is refused in part, and with any character changed", async () => {
    const vkey = known.PETER_KEY;
    const parts = [];
    for (let from = 0; from <= vkey.length; from += 1) {
      for (let to = from; to <= vkey.length; to += 1) parts.push(vkey.slice(from, to));
    }
    const changed = [...vkey].map((it, k) => {
      const other = String.fromCharCode(it.charCodeAt(0) + 1);
      return vkey.slice(0, k) + other + vkey.slice(k + 1);
    });
    const bad = [...parts.filter((it) => it !== vkey), ...changed];
    const answers = await Promise.allSettled(bad.map((it) => parseVerifierKey(it)));
    const accepted = bad.filter((_, k) => answers[k].status === "fulfilled");
    expect(accepted).toEqual([]);
  });

  it.each([
    // The first two have ids that fit (sumdb/note).
    [
      "a key of another length",
      "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
    ],
    ["an unknown algorithm", "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
    ["an id in capitals", known.PETER_KEY.replace("c74f20a3", "C74F20A3")],
    ["an id with a space", known.EXAMPLE_KEY.replace("530d903a", "530d 903a")],
    ["the id of another type", known.ARCHE_WITNESSES[2].replace("BOvN", "AevN")],
    ["a line break", `${known.PETER_KEY}\n`],
    ["padding too much", `${known.PETER_KEY}=`],
    ["no name", known.PETER_KEY.replace("PeterNeumann", "")],
  ])("with %s is refused", async (_name, vkey) => {
    await expect(parseVerifierKey(vkey)).rejects.toThrow(malformed);
  });

  it("of another form is refused with the form that it should have", async () => {
    await expect(parseVerifierKey("PeterNeumann")).rejects.toThrow("name+id+base64");
  });

  it("of an unknown type is refused, also under the id that it would have", async () => {
    for (const type of [0, 2, 255]) {
      const typed = Uint8Array.of(type, ...new Uint8Array(32).fill(7));
      const id = toHex((await digest(concat(utf8("north.example\n"), typed))).slice(0, 4));
      const vkey = `north.example+${id}+${toBase64(typed)}`;
      await expect(parseVerifierKey(vkey)).rejects.toThrow("type 1 or 4");
    }
  });

  it("has no name that a line cannot carry or a reader cannot see", async () => {
    const key = fromBase64(known.PETER_KEY.split("+")[2])?.slice(1) as Uint8Array;
    expect((await noteKey("PeterNeumann", "note", key)).id).toBe("c74f20a3");
    for (const name of ["", "a b", "a+b", "a\nb", "a\u202eb", "a\u200bb", "a\u0000"]) {
      await expect(noteKey(name, "note", key)).rejects.toThrow(malformed);
    }
    await expect(noteKey("a", "note", key.slice(1))).rejects.toThrow("32 bytes");
  });
});

describe("a cosignature", async () => {
  const text = "north.example/log\n1\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n";
  const signer = await noteSigner("shelter.example", "cosignature");
  const line = await signNote(text, signer, TIME);

  it("has its time in eight bytes before the signature, and signs it in words", async () => {
    const { key } = signer;
    expect(await verifySignature(signatures, text, line, key)).toEqual({ time: TIME });
    expect(toBase64(line.signature.slice(0, 8))).toBe("AAAAAGmkKkA=");
    const message = utf8(`cosignature/v1\ntime ${TIME}\n${text}`);
    expect(await signer.sign(message)).toEqual(line.signature.slice(8));
  });

  it("is of its text, its key and its time", async () => {
    const other = await noteSigner("helpline.example", "cosignature");
    expect(await verifySignature(signatures, `${text}x\n`, line, signer.key)).toBeUndefined();
    expect(await verifySignature(signatures, text, line, other.key)).toBeUndefined();
    for (let bit = 0; bit < 64; bit += 1) {
      const signature = line.signature.slice();
      signature[bit >> 3] ^= 1 << (bit & 7);
      const changed = { ...line, signature };
      expect(await verifySignature(signatures, text, changed, signer.key)).toBeUndefined();
    }
  });

  it("is not a plain signature, nor the other way round", async () => {
    const key = await noteKey("shelter.example", "note", signer.key.publicKey);
    expect(key.id).not.toBe(signer.key.id);
    expect(await verifySignature(signatures, text, line, key)).toBeUndefined();
    const message = `cosignature/v1\ntime ${TIME}\n${text}`;
    const plain = await signNote(message, { key, sign: signer.sign });
    expect(await verifySignature(signatures, message, plain, key)).toEqual({});
    expect(await verifySignature(signatures, text, plain, signer.key)).toBeUndefined();
  });

  it("of another length, or of no time, is refused even if well signed", async () => {
    const { key } = signer;
    for (const signature of [line.signature.slice(1), Uint8Array.of(...line.signature, 0)]) {
      expect(await verifySignature(signatures, text, { ...line, signature }, key)).toBeUndefined();
    }
    const zero = await signer.sign(utf8(`cosignature/v1\ntime 0\n${text}`));
    const signature = Uint8Array.of(...new Uint8Array(8), ...zero);
    expect(await verifySignature(signatures, text, { ...line, signature }, key)).toBeUndefined();
  });

  it("after the year 9999 is refused, and never rounded to before", async () => {
    const { key } = signer;
    const sign = async (time: bigint) => {
      const stamp = new Uint8Array(8);
      new DataView(stamp.buffer).setBigUint64(0, time);
      const raw = await signer.sign(utf8(`cosignature/v1\ntime ${time}\n${text}`));
      return { ...line, signature: Uint8Array.of(...stamp, ...raw) };
    };
    const last = BigInt(Date.parse("9999-12-31T23:59:59Z") / 1000);
    const verified = await verifySignature(signatures, text, await sign(last), key);
    expect(verified).toEqual({ time: Number(last) });
    for (const time of [last + 1n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n]) {
      expect(await verifySignature(signatures, text, await sign(time), key)).toBeUndefined();
    }
  });

  it("is made with a time, and nothing else is", async () => {
    await expect(signNote(text, signer)).rejects.toThrow("have a time");
    const plain = await noteSigner("north.example/log/node0", "note");
    await expect(signNote(text, plain, TIME)).rejects.toThrow("have a time");
    for (const time of [0, -1, 0.5, Number.NaN, 253_402_300_800]) {
      await expect(signNote(text, signer, time)).rejects.toThrow("whole seconds");
    }
  });
});
