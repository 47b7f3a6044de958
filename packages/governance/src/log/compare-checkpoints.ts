import { sameBytes } from "@symbolon/base/bytes";
import type { Checkpoint } from "./checkpoint.js";
import { consistencyFromTiles } from "./from-tiles.js";
import { LogError } from "./log-error.js";
import type { ReadTile } from "./tile-reader.js";
import type { Digest } from "./tree.js";
import { verifyConsistency } from "./verify-proof.js";

/**
 * `consistent`: one log, the larger head continues the smaller. `fork`: two histories under one
 * name; both heads together, with their signatures, are the evidence. `needs-proof`: the sizes
 * differ, so that the heads alone do not tell.
 */
export type Comparison = "consistent" | "fork" | "needs-proof";

/**
 * Compares two checkpoints whose signatures have been verified, in any order. A `proof` that does
 * not hold shows nothing about the log: the answer stays `needs-proof`. Throws `LogError` if they
 * are of different logs.
 */
export async function compareCheckpoints(
  a: Checkpoint,
  b: Checkpoint,
  proof?: readonly Digest[],
): Promise<Comparison> {
  const [older, newer] = inOrder(a, b);
  if (older.size === newer.size) return sameBytes(older.root, newer.root) ? "consistent" : "fork";
  // Without a proof this asks for an empty one, which is right for the log without entries only.
  const isProved = await verifyConsistency({
    oldSize: older.size,
    oldRoot: older.root,
    size: newer.size,
    root: newer.root,
    path: older.size === 0 ? [] : (proof ?? []),
  });
  return isProved ? "consistent" : "needs-proof";
}

/**
 * The same, decided for good: with the tiles of the larger log, which are verified against its
 * head, two heads are either consistent or a fork. Throws `LogError` for tiles of another tree.
 */
export async function compareByTiles(
  a: Checkpoint,
  b: Checkpoint,
  readTile: ReadTile,
): Promise<"consistent" | "fork"> {
  const [older, newer] = inOrder(a, b);
  const { oldRoot } = await consistencyFromTiles(readTile, newer, older.size);
  return sameBytes(oldRoot, older.root) ? "consistent" : "fork";
}

function inOrder(a: Checkpoint, b: Checkpoint): readonly [Checkpoint, Checkpoint] {
  if (a.origin !== b.origin) {
    const cure = "compare checkpoints of one log";
    throw new LogError("LOG_OTHER_ORIGIN", "the checkpoints are of different logs", {}, cure);
  }
  return a.size <= b.size ? [a, b] : [b, a];
}
