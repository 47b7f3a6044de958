import { fromBase64, toBase64 } from "@symbolon/base/bytes";
import { parseCount, parseDigest } from "./checkpoint.js";
import { malformed } from "./log-error.js";
import { parseNote } from "./note.js";
import type { Digest } from "./tree.js";

/**
 * A proof that an entry stands in a log, as one text file (C2SP tlog-proof). Whoever has the log's
 * keys can check it without a network, years later.
 */
export interface LogProof {
  /** The entry, in the line `extra`; absent if the verifier has it from elsewhere. */
  readonly entry?: Uint8Array;
  readonly index: number;
  /** The siblings from the leaf to the root. */
  readonly path: readonly Digest[];
  /** The signed checkpoint, as it was received. */
  readonly checkpoint: string;
}

const HEADER = "c2sp.org/tlog-proof@v1";
/** A tree of at most 2^53 − 1 entries is at most 53 levels high. */
const PATH_LENGTH_MAX = 53;

/** The proof as a file. */
export function formatLogProof({ entry, index, path, checkpoint }: LogProof): string {
  const extra = entry === undefined ? [] : [`extra ${toBase64(entry)}`];
  const lines = [HEADER, ...extra, `index ${index}`, ...path.map(toBase64), "", checkpoint];
  const file = lines.join("\n");
  parseLogProof(file);
  return file;
}

/**
 * Reads a proof from a text that `decodeText` let through. Verifies nothing yet, `extra` least of
 * all. Throws `LogError` for any other spelling.
 */
export function parseLogProof(file: string): LogProof {
  const blank = file.indexOf("\n\n");
  if (blank < 0) throw malformed("a proof", "have an empty line before its checkpoint");
  const [header, ...lines] = file.slice(0, blank).split("\n");
  if (header !== HEADER) throw malformed("a proof", `begin with the line ${HEADER}`);
  const extra = lines[0]?.startsWith("extra ") ? lines.shift()?.slice(6) : undefined;
  const index = lines.shift() ?? "";
  if (!index.startsWith("index ")) throw malformed("a proof", "say the entry's index");
  if (lines.length > PATH_LENGTH_MAX) throw malformed("a proof", "have at most 53 hashes");
  const entry = extra === undefined ? undefined : fromBase64(extra);
  if (extra !== undefined && entry === undefined)
    throw malformed("the line extra", "be base64 of the entry");
  const checkpoint = file.slice(blank + 2);
  parseNote(checkpoint);
  return {
    ...(entry === undefined ? {} : { entry }),
    index: parseCount(index.slice(6), "the index"),
    path: lines.map((line, k) => parseDigest(line, `hash ${k + 1} of the proof`)),
    checkpoint,
  };
}
