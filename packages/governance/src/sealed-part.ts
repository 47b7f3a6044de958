import { assert } from "@symbolon/base/assert";
import { fromBase64, toBase64, utf8 } from "@symbolon/base/bytes";
import { columnWords, type DatasetSchema } from "@symbolon/base/dataset";
import { KnownError } from "@symbolon/base/error";
import type { DatasetId, MemberId, PartyIndex, SpaceId } from "@symbolon/base/id";
import { canonicalBytes } from "./canonical-json.js";
import { type Hash, sha256 } from "./hash.js";
import type { Hpke, HpkeKeyPair } from "./hpke.js";
import type { DatasetManifest, SealedFor } from "./statement.js";

/**
 * One column's part for one node, sealed. The plaintext is a head of seeds (node 0: s0, s1; node 1:
 * s1; node 2: s0; 16 bytes each) and, for nodes 1 and 2, the vector x2 as little-endian words.
 * Chunk 0 is the head, chunks 1.. are slices of the vector; one HPKE context seals them in order.
 */
export interface PartBytes {
  readonly head: Uint8Array;
  readonly body: Uint8Array;
}

/** What a sealed chunk is about. All of it is bound into the chunk's AAD. */
export interface PartLabel {
  readonly space: SpaceId;
  readonly provider: MemberId;
  readonly dataset: DatasetId;
  readonly epoch: number;
  readonly table: string;
  readonly column: string;
  readonly rows: number;
  readonly schemaHash: Hash;
  readonly policyHash: Hash;
  readonly node: PartyIndex;
}

export const CHUNK_BYTES = 1_048_576;
/** AES-GCM's tag. */
export const SEAL_OVERHEAD_BYTES = 16;
export const SEED_BYTES = 16;
/** How seeds become components: AES-128-CTR keystream under a zero IV. */
export const EXPAND_SUITE = "aes128ctr-zero-iv";
const INFO = utf8("symbolon sealed part v1");

/** A sealed part is not what its manifest and label say. Nothing of it may be used. */
export class SealedPartError extends KnownError<
  "PART_HASH_MISMATCH" | "PART_NOT_OPENED" | "PART_LENGTH_WRONG"
> {}

/** Bytes of the head for a node. */
export const headBytes = (node: PartyIndex): number => (node === 0 ? 2 : 1) * SEED_BYTES;

/** Bytes of the body for a node, for a column of `words` 32-bit words. */
export const bodyBytes = (node: PartyIndex, words: number): number => (node === 0 ? 0 : 4 * words);

/** Number of chunks that a node's part of a column of `words` words has. */
export const chunkCount = (node: PartyIndex, words: number): number =>
  1 + Math.ceil(bodyBytes(node, words) / CHUNK_BYTES);

/** Plaintext bytes of one chunk. */
export function chunkBytes(node: PartyIndex, words: number, chunk: number): number {
  if (chunk === 0) return headBytes(node);
  return Math.min(CHUNK_BYTES, bodyBytes(node, words) - (chunk - 1) * CHUNK_BYTES);
}

/** The additional data of one chunk: whose, of what, for whom, where in the sequence. */
export function chunkAad(label: PartLabel, suite: string, chunk: number, chunks: number) {
  return canonicalBytes({ ...label, suite, chunk, chunks });
}

/** The label of a column for a node, from the manifest that commits to it. */
export function labelOf(
  manifest: Omit<DatasetManifest, "parts">,
  table: string,
  column: string,
  node: PartyIndex,
): PartLabel {
  const { space, provider, dataset, epoch, schemaHash, policyHash, schema } = manifest;
  const rows = schema.tables.find(({ name }) => name === table)?.rows;
  assert(rows !== undefined, "a label is for a table of the schema");
  const names = { space, provider, dataset, epoch, table, column };
  return { ...names, rows, schemaHash, policyHash, node };
}

/** Words of a column by name, or `undefined` if the schema has no such column. */
export function wordsOfColumn(schema: DatasetSchema, table: string, column: string) {
  const found = schema.tables.find(({ name }) => name === table);
  const spec = found?.columns.find(({ name }) => name === column);
  return found && spec && columnWords(found.rows, spec);
}

/**
 * Seals a part to a node's key; hands every sealed chunk to `keep` in order and returns what the
 * manifest says about them.
 */
export async function sealPart(
  hpke: Hpke,
  nodeKey: Uint8Array,
  label: PartLabel,
  part: PartBytes,
  keep: (chunk: number, sealed: Uint8Array) => Promise<void>,
): Promise<SealedFor> {
  const words = part.body.length / 4;
  assert(part.head.length === headBytes(label.node), "a part's head has its node's seeds");
  assert(label.node !== 0 || words === 0, "node 0 gets seeds only");
  const chunks = chunkCount(label.node, words);
  const sender = await hpke.sender(nodeKey, INFO);
  const hashes: Hash[] = [];
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const from = (chunk - 1) * CHUNK_BYTES;
    const plain = chunk === 0 ? part.head : part.body.subarray(from, from + CHUNK_BYTES);
    const sealed = await sender.seal(plain, chunkAad(label, hpke.suite, chunk, chunks));
    hashes.push(await sha256(sealed));
    await keep(chunk, sealed);
  }
  return { keyId: await sha256(nodeKey), enc: toBase64(sender.enc), chunks: hashes };
}

/**
 * Opens a node's part of a column of `words` words, chunk by chunk: first the head, then slices of
 * the body. `read` gives the sealed chunks. Throws `SealedPartError` at the first chunk that is not
 * the one committed to, sealed under this label; nothing given before may then be used.
 */
export async function* openPart(
  hpke: Hpke,
  keys: HpkeKeyPair,
  label: PartLabel,
  words: number,
  sealed: SealedFor,
  read: (chunk: number) => Promise<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks = chunkCount(label.node, words);
  if (sealed.chunks.length !== chunks)
    throw partError("PART_LENGTH_WRONG", "the part has another number of chunks", label, 0);
  // What is no base64 is no key either.
  const recipient = await hpke
    .recipient(keys, fromBase64(sealed.enc) ?? new Uint8Array(), INFO)
    .catch(() => fail("PART_NOT_OPENED", "the encapsulated key is not valid", label, 0));
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const bytes = await read(chunk);
    if (bytes.length !== chunkBytes(label.node, words, chunk) + SEAL_OVERHEAD_BYTES)
      throw partError("PART_LENGTH_WRONG", "a chunk has another length", label, chunk);
    if ((await sha256(bytes)) !== sealed.chunks[chunk])
      throw partError("PART_HASH_MISMATCH", "a chunk is not the one committed to", label, chunk);
    yield await recipient
      .open(bytes, chunkAad(label, hpke.suite, chunk, chunks))
      .catch(() => fail("PART_NOT_OPENED", "a chunk was sealed for something else", label, chunk));
  }
}

function partError(
  code: SealedPartError["code"],
  reason: string,
  { dataset, table, column, node }: PartLabel,
  chunk: number,
): SealedPartError {
  const details = { dataset, table, column, node, chunk };
  const place = `${table}.${column}, chunk ${chunk}`;
  return new SealedPartError(code, `${reason} (${place})`, details, "submit the dataset again");
}

function fail(...about: Parameters<typeof partError>): never {
  throw partError(...about);
}
