import { describe, expect, it } from "vitest";
import { hpke, manifestOf, OTHER_HASH } from "./fixture.contract.js";
import type { HpkeKeyPair } from "./hpke.js";
import {
  CHUNK_BYTES,
  chunkCount,
  labelOf,
  openPart,
  type PartLabel,
  SealedPartError,
  sealPart,
} from "./sealed-part.js";
import type { SealedFor } from "./statement.js";

const WORDS = CHUNK_BYTES / 2 + 3; // Two whole chunks and a short one.
const bytes = (size: number) => Uint8Array.from({ length: size }, (_, k) => (k * 31) % 251);

async function sealedColumn(node: 0 | 1 | 2, label?: Partial<PartLabel>) {
  const keys = await hpke.generateKeyPair();
  const manifest = await manifestOf("shelter", OTHER_HASH);
  const about = { ...labelOf(manifest, "persons", "content", node), ...label };
  const part = {
    head: bytes(node === 0 ? 32 : 16),
    body: node === 0 ? new Uint8Array() : bytes(4 * WORDS),
  };
  const chunks: Uint8Array[] = [];
  const sealed = await sealPart(hpke, keys.publicKey, about, part, async (chunk, data) => {
    expect(chunk).toBe(chunks.length);
    chunks.push(data);
  });
  return { keys, about, part, chunks, sealed };
}

async function opened(
  keys: HpkeKeyPair,
  label: PartLabel,
  sealed: SealedFor,
  chunks: readonly Uint8Array[],
  words = WORDS,
): Promise<Uint8Array[]> {
  const plain: Uint8Array[] = [];
  const read = async (chunk: number) => chunks[chunk];
  for await (const data of openPart(hpke, keys, label, words, sealed, read)) plain.push(data);
  return plain;
}

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "opened",
    (error) => (error instanceof SealedPartError ? error.code : error),
  );

describe("a sealed part", () => {
  it.each([0, 1, 2] as const)("opens at node %s as it was sealed", async (node) => {
    const { keys, about, part, chunks, sealed } = await sealedColumn(node);
    expect(chunks.length).toBe(chunkCount(node, WORDS));
    expect(sealed.chunks.length).toBe(node === 0 ? 1 : 4);
    const [head, ...slices] = await opened(keys, about, sealed, chunks);
    expect(head).toEqual(part.head);
    expect(Buffer.concat(slices).equals(part.body)).toBe(true);
  });

  it("opens under no other label: every field of it is bound", async () => {
    const { keys, about, chunks, sealed } = await sealedColumn(1);
    const others: Partial<Record<keyof PartLabel, unknown>> = {
      space: "south",
      provider: "helpline",
      dataset: "other",
      epoch: 1,
      table: "events",
      column: "real",
      rows: 512,
      schemaHash: "0".repeat(64),
      policyHash: "0".repeat(64),
      node: 2,
    };
    for (const name of Object.keys(about)) {
      const label = { ...about, [name]: others[name as keyof PartLabel] } as PartLabel;
      expect(await codeOf(opened(keys, label, sealed, chunks)), name).toBe("PART_NOT_OPENED");
    }
    expect(Object.keys(others).sort()).toEqual(Object.keys(about).sort());
  });

  it("opens under no other suite", async () => {
    const { keys, about, chunks, sealed } = await sealedColumn(1);
    const relabelled = { ...hpke, suite: "hpke-mlkem768" };
    const parts = openPart(relabelled, keys, about, WORDS, sealed, async (chunk) => chunks[chunk]);
    expect(await codeOf(parts.next())).toBe("PART_NOT_OPENED");
  });

  it("does not open for another node's key", async () => {
    const { about, chunks, sealed } = await sealedColumn(1);
    const stranger = await hpke.generateKeyPair();
    expect(await codeOf(opened(stranger, about, sealed, chunks))).toBe("PART_NOT_OPENED");
  });

  it("does not open with chunks swapped, altered, missing or too long", async () => {
    const { keys, about, chunks, sealed } = await sealedColumn(1);
    const swapped = [chunks[0], chunks[2], chunks[1], chunks[3]];
    const altered = chunks.map((chunk, k) => (k === 2 ? chunk.map((byte) => byte ^ 1) : chunk));
    const long = chunks.map((chunk, k) => (k === 3 ? bytes(chunk.length + 1) : chunk));
    const code = (list: readonly Uint8Array[], hashes = sealed.chunks) =>
      codeOf(opened(keys, about, { ...sealed, chunks: hashes }, list));
    expect(await code(swapped)).toBe("PART_HASH_MISMATCH");
    expect(await code(altered)).toBe("PART_HASH_MISMATCH");
    expect(await code(long)).toBe("PART_LENGTH_WRONG");
    expect(await code(chunks, sealed.chunks.slice(1))).toBe("PART_LENGTH_WRONG");
    const [a, b, c, d] = sealed.chunks;
    expect(await code(swapped, [a, c, b, d])).toBe("PART_NOT_OPENED");
    expect(await codeOf(opened(keys, about, sealed, chunks, WORDS - 1))).toBe("PART_LENGTH_WRONG");
  });

  it("does not open with a forged or a malformed encapsulated key", async () => {
    const { keys, about, chunks, sealed } = await sealedColumn(2);
    const zero = Buffer.alloc(32).toString("base64");
    const other = (await sealedColumn(2)).sealed.enc;
    for (const enc of [zero, other, "AAAA", "%"])
      expect(await codeOf(opened(keys, about, { ...sealed, enc }, chunks))).toBe("PART_NOT_OPENED");
  });
});
