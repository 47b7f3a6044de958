import { toBase64 } from "@symbolon/base/bytes";
import { parseCount, parseDigest } from "./checkpoint.js";
import { malformed } from "./log-error.js";
import { parseNote } from "./note.js";
import type { Digest } from "./tree.js";

/**
 * A new head with the proof that it continues an older one, as a text: what C2SP tlog-witness sends
 * to a witness (`add-checkpoint`), and what a member keeps to show that a log has only grown.
 */
export interface Growth {
  readonly oldSize: number;
  /** The consistency proof; empty from 0 and from the same size. */
  readonly path: readonly Digest[];
  /** The signed checkpoint, as it was received. */
  readonly checkpoint: string;
}

const OLD = "old ";
/** C2SP tlog-witness allows no more; a log of 2^53 − 1 entries needs 54. */
const PATH_LENGTH_MAX = 63;

/** The growth as a file. */
export function formatGrowth({ oldSize, path, checkpoint }: Growth): string {
  const file = [`${OLD}${oldSize}`, ...path.map(toBase64), "", checkpoint].join("\n");
  parseGrowth(file);
  return file;
}

/**
 * Reads a text that `decodeText` let through: a growth, or a checkpoint alone, which says nothing
 * of what it continues. Verifies nothing yet. Throws `LogError` for any other spelling.
 */
export function parseHead(file: string): Growth | Pick<Growth, "checkpoint"> {
  if (file.startsWith(OLD)) return parseGrowth(file);
  parseNote(file);
  return { checkpoint: file };
}

function parseGrowth(file: string): Growth {
  const blank = file.indexOf("\n\n");
  if (blank < 0) throw malformed("a proof of growth", "have an empty line before its checkpoint");
  const [old, ...lines] = file.slice(0, blank).split("\n");
  if (lines.length > PATH_LENGTH_MAX)
    throw malformed("a proof of growth", "have at most 63 hashes");
  const checkpoint = file.slice(blank + 2);
  parseNote(checkpoint);
  return {
    oldSize: parseCount(old.slice(OLD.length), "the old size"),
    path: lines.map((line, k) => parseDigest(line, `hash ${k + 1} of the proof`)),
    checkpoint,
  };
}
