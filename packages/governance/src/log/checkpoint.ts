import { fromBase64, sameBytes, toBase64, utf8 } from "@symbolon/base/bytes";
import { malformed } from "./log-error.js";
import { decodeText } from "./note.js";
import { type Digest, emptyRoot, isCount, isDigest } from "./tree.js";

/** The head of a log at one size (C2SP tlog-checkpoint), which nodes and witnesses sign. */
export interface Checkpoint {
  /** The log's name, on its own line. */
  readonly origin: string;
  /** How many entries. */
  readonly size: number;
  /** The root over them. */
  readonly root: Digest;
  /** Further lines, without their line breaks; signed, but nothing is read from them. */
  readonly extensions: readonly string[];
}

/** Bytes of a log's name. */
export const ORIGIN_BYTES_MAX = 255;

/** A number in a log's files: decimal, no leading zero, at most 2^53 − 1. */
export function parseCount(text: string, what: string): number {
  const value = /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (!isCount(value)) throw malformed(what, "be a number from 0 to 2^53 − 1, as short as can be");
  return value;
}

/** 32 bytes in base64 on a line. */
export function parseDigest(text: string, what: string): Digest {
  const bytes = fromBase64(text);
  if (bytes === undefined || !isDigest(bytes)) throw malformed(what, "be base64 of 32 bytes");
  return bytes;
}

/** The text of a note as a checkpoint; throws `LogError` for any other spelling. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.length < 3 || lines.includes(""))
    throw malformed("a checkpoint", "have at least three lines, none of them empty");
  const [origin, size, root, ...extensions] = lines;
  if (utf8(origin).length > ORIGIN_BYTES_MAX)
    throw malformed("a checkpoint's origin", "have at most 255 bytes");
  const checkpoint = {
    origin,
    size: parseCount(size, "a checkpoint's size"),
    root: parseDigest(root, "a checkpoint's root"),
    extensions,
  };
  if (checkpoint.size === 0 && !sameBytes(checkpoint.root, emptyRoot()))
    throw malformed("a checkpoint of size 0", "have the root of the tree without entries");
  return checkpoint;
}

/** The checkpoint as a note's text. Throws `LogError` for what `parseCheckpoint` would refuse. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const text = `${[origin, size, toBase64(root), ...extensions].join("\n")}\n`;
  const again = parseCheckpoint(decodeText(utf8(text), "a checkpoint"));
  if (again.origin !== origin || again.extensions.some((line, k) => line !== extensions[k]))
    throw malformed("a checkpoint's lines", "be well-formed text without line breaks");
  return text;
}
