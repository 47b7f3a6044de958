import { assert } from "@symbolon/base/assert";
import { sameBytes } from "@symbolon/base/bytes";
import { LogError } from "./log-error.js";
import { consistencyProof, inclusionProof, treeRoot } from "./prove.js";
import { tileAt } from "./tile.js";
import { fetchEntries, type ReadTile, tileHashes, wrongTile } from "./tile-reader.js";
import { type Digest, isCount, leafHash } from "./tree.js";
import { verifyConsistency, verifyInclusion } from "./verify-proof.js";

/** The head of a log: how many entries, and the root over them. Verify its signatures first. */
export interface TreeHead {
  readonly size: number;
  readonly root: Digest;
}

export interface ProvedEntry {
  readonly entry: Uint8Array;
  readonly index: number;
  /** The siblings from the leaf to the root. */
  readonly path: readonly Digest[];
}

/**
 * Reads entry `index` and its inclusion proof from tiles that anybody may have sent, and verifies
 * both against the head. Throws `LogError` if a tile is missing or not under this root.
 */
export async function entryFromTiles(
  readTile: ReadTile,
  head: TreeHead,
  index: number,
): Promise<ProvedEntry> {
  assert(isCount(index) && index < head.size, "the log has this entry");
  const bundle = tileAt(head.size, "entries", index);
  const entry = (await fetchEntries(readTile, bundle))[index - bundle.index * 256];
  const leaf = await leafHash(entry);
  const read = tileHashes(readTile, head.size);
  if (!sameBytes(leaf, await read(0, index)))
    throw wrongTile(bundle, `has another entry ${index} than its tile of hashes`);
  const path = await inclusionProof(read, index, head.size);
  if (!(await verifyInclusion({ ...head, leaf, index, path }))) throw notUnderRoot(head);
  return { entry, index, path };
}

/**
 * The root of the first `oldSize` entries and the proof that the log has only grown since, read
 * from tiles and verified against the head. Throws `LogError` if they do not lead to its root.
 */
export async function consistencyFromTiles(
  readTile: ReadTile,
  head: TreeHead,
  oldSize: number,
): Promise<{ readonly oldRoot: Digest; readonly path: readonly Digest[] }> {
  const read = tileHashes(readTile, head.size);
  const oldRoot = await treeRoot(read, oldSize);
  const path = await consistencyProof(read, oldSize, head.size);
  if (oldSize === 0 && !sameBytes(await treeRoot(read, head.size), head.root))
    throw notUnderRoot(head);
  if (!(await verifyConsistency({ ...head, oldSize, oldRoot, path }))) throw notUnderRoot(head);
  return { oldRoot, path };
}

function notUnderRoot({ size }: TreeHead): LogError {
  const cure = "ask another node, or a witness, for its copy of the log";
  const message = `the tiles do not lead to the signed root of ${size} entries`;
  return new LogError("LOG_TILE_WRONG", message, { size }, cure);
}
