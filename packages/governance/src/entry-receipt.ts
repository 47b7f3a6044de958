import { statementHash } from "./envelope.js";
import type { Hash } from "./hash.js";
import type { Instant } from "./instant.js";
import { parseCheckpoint } from "./log/checkpoint.js";
import { entryFromTiles } from "./log/from-tiles.js";
import { LogError } from "./log/log-error.js";
import { formatLogProof } from "./log/log-proof.js";
import { parseNote } from "./log/note.js";
import type { LogPolicy } from "./log/policy.js";
import type { ReadTile } from "./log/tile-reader.js";
import { verifyLog } from "./log/verify-log.js";
import { type LogEntry, parseEntry } from "./log-entry.js";
import type { Signatures } from "./signatures.js";

/**
 * A member's receipt that a statement stands in the log: one text file (C2SP tlog-proof) with the
 * entry, its path and the signed head, good for ever and without a network. `head` is the signed
 * checkpoint. Throws `LogError` if the tiles do not lead to its root.
 */
export async function receiptOf(readTile: ReadTile, head: string, index: number): Promise<string> {
  const checkpoint = parseCheckpoint(parseNote(head).text);
  const proved = await entryFromTiles(readTile, checkpoint, index);
  return formatLogProof({ ...proved, checkpoint: head });
}

export interface Receipted {
  readonly index: number;
  readonly at: Instant;
  readonly entry: LogEntry;
}

/**
 * Checks a receipt: that the statement of this hash stands under a head that all three nodes and
 * enough witnesses have signed. Throws `LogError` or `InvalidDocument`.
 */
export async function checkReceipt(
  signatures: Signatures,
  policy: LogPolicy,
  file: Uint8Array,
  statement: Hash,
): Promise<Receipted> {
  const { entry: bytes, index } = await verifyLog(signatures, file, policy);
  const entry = parseEntry(bytes);
  if ((await statementHash(entry.envelope)) !== statement) {
    const cure = "ask for the receipt of this statement";
    throw new LogError("LOG_ENTRY_UNCLEAR", "the receipt is for another statement", {}, cure);
  }
  return { index, at: entry.at, entry };
}
