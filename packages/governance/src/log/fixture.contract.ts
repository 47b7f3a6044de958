import { createHash } from "node:crypto";
import { utf8 } from "@symbolon/base/bytes";
import { keysOf, signatures } from "../fixture.contract.js";
import { type Checkpoint, formatCheckpoint } from "./checkpoint.js";
import { entryFromTiles } from "./from-tiles.js";
import { formatLogProof } from "./log-proof.js";
import { formatNote } from "./note.js";
import { type NoteKeyType, type NoteSigner, noteKey, signNote } from "./note-key.js";
import type { LogPolicy } from "./policy.js";
import type { ReadHash } from "./prove.js";
import type { ReadTile } from "./tile-reader.js";
import { appendTiles } from "./tile-writer.js";
import { type Digest, nodeHash } from "./tree.js";

/** An invented log for tests, and RFC 6962 once more, written from its definition. */

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

export const oracleLeaf = (entry: Uint8Array): Digest => sha256(Uint8Array.of(0), entry);
const oracleNode = (a: Digest, b: Digest): Digest => sha256(Uint8Array.of(1), a, b);

const below = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);

/** MTH(D[n]) over leaf hashes. */
export function oracleRoot(leaves: readonly Digest[]): Digest {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0];
  const k = below(leaves.length);
  return oracleNode(oracleRoot(leaves.slice(0, k)), oracleRoot(leaves.slice(k)));
}

/** PATH(m, D[n]). */
export function oraclePath(m: number, leaves: readonly Digest[]): Digest[] {
  if (leaves.length === 1) return [];
  const k = below(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  if (m < k) return [...oraclePath(m, left), oracleRoot(right)];
  return [...oraclePath(m - k, right), oracleRoot(left)];
}

/** SUBPROOF(m, D[n], b). */
export function oracleProof(m: number, leaves: readonly Digest[], whole = true): Digest[] {
  if (m === leaves.length) return whole ? [] : [oracleRoot(leaves)];
  const k = below(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  if (m <= k) return [...oracleProof(m, left, whole), oracleRoot(right)];
  return [...oracleProof(m - k, right, false), oracleRoot(left)];
}

/** A log in memory: all complete subtrees, level by level. */
export async function subtreesOf(leaves: readonly Digest[]): Promise<ReadHash> {
  const levels: Digest[][] = [[...leaves]];
  for (let level = levels[0]; level.length > 1; level = levels[levels.length - 1]) {
    const pairs = Array.from({ length: Math.floor(level.length / 2) }, (_, k) => 2 * k);
    levels.push(await Promise.all(pairs.map((k) => nodeHash(level[k], level[k + 1]))));
  }
  return async (level, index) => levels[level][index];
}

export const entryOf = (k: number, text = "entry"): Uint8Array => utf8(`${text} ${k}`);
export const entriesOf = (count: number, text?: string): Uint8Array[] =>
  Array.from({ length: count }, (_, k) => entryOf(k, text));

/** A log on disk, without the disk: its files by their paths. */
export class TileStore {
  readonly files = new Map<string, Uint8Array>();
  readonly asked: string[] = [];
  size = 0;
  readonly read: ReadTile = async (path) => {
    this.asked.push(path);
    return this.files.get(path);
  };
  async append(entries: readonly Uint8Array[]): Promise<this> {
    const files = await appendTiles(this.read, this.size, entries);
    for (const { path, bytes } of files) this.files.set(path, bytes);
    this.size += entries.length;
    return this;
  }
}

export async function noteSigner(name: string, type: NoteKeyType): Promise<NoteSigner> {
  const { privateKey, publicKey } = keysOf(`note ${name}`);
  const key = await noteKey(name, type, publicKey);
  return { key, sign: (message) => signatures.sign(privateKey, message) };
}

export const ORIGIN = "north.example/log";
export const TIME = 1_772_366_400;

/** Three nodes and three witnesses, of which two must cosign. */
export async function invented() {
  const nodes = [
    await noteSigner(`${ORIGIN}/node0`, "note"),
    await noteSigner(`${ORIGIN}/node1`, "note"),
    await noteSigner(`${ORIGIN}/node2`, "cosignature"),
  ];
  const witnesses = await Promise.all(
    ["shelter", "helpline", "police"].map((name) => noteSigner(`${name}.example`, "cosignature")),
  );
  const policy: LogPolicy = {
    origin: ORIGIN,
    nodes: [nodes[0].key, nodes[1].key, nodes[2].key],
    witnesses: witnesses.map(({ key }) => key),
    quorum: 2,
  };
  return { nodes, witnesses, policy };
}

/** The note of a checkpoint, signed by the given keys. */
export async function signHead(
  head: Pick<Checkpoint, "size" | "root"> & Partial<Checkpoint>,
  signers: readonly NoteSigner[],
  time = TIME,
): Promise<string> {
  const text = formatCheckpoint({ origin: ORIGIN, extensions: [], ...head });
  const lines = signers.map((signer) =>
    signNote(text, signer, signer.key.type === "cosignature" ? time : undefined),
  );
  return formatNote({ text, signatures: await Promise.all(lines) });
}

/** A whole proof that holds: entry 5 of 12, all nodes, the first two witnesses. */
export async function wholeProof(carriesEntry = true) {
  const { nodes, witnesses, policy } = await invented();
  const entries = entriesOf(12);
  const store = await new TileStore().append(entries);
  const root = oracleRoot(entries.map(oracleLeaf));
  const checkpoint = await signHead({ size: 12, root }, [...nodes, witnesses[0], witnesses[1]]);
  const { entry, index, path } = await entryFromTiles(store.read, { size: 12, root }, 5);
  const proof = { index, path, checkpoint, ...(carriesEntry ? { entry } : {}) };
  return { policy, file: utf8(formatLogProof(proof)), entry, root, nodes, witnesses };
}
