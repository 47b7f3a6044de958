import { concat, fromBase64, fromHex, toBase64, toHex, utf8 } from "@symbolon/base/bytes";
import { malformed } from "./log-error.js";

/** A note is a text and signatures (C2SP signed-note); it is a text file that people can read. */
export interface Note {
  /** Ends in a line break. This, as UTF-8, is what is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** One signature line: `— name base64(id || signature)`. */
export interface NoteSignature {
  readonly name: string;
  /** Names the key, together with `name`: 8 hexadecimal digits. Not a strong hash. */
  readonly id: string;
  readonly signature: Uint8Array;
}

/** C2SP asks for room for 16 signatures, some of them of nearly 5 kB. */
export const NOTE_SIGNATURES_MAX = 64;
export const NOTE_CHARACTERS_MAX = 512 * 1024;

const MARK = "— ";
const ID_BYTES = 4;

/** Whether a signature line can carry this name: something without spaces and plus signs. */
export const isKeyName = (name: string): boolean =>
  name !== "" && !/[\p{White_Space}+]/u.test(name);

/**
 * The text of a file of a log. Throws `LogError` unless it is UTF-8 without control characters
 * other than line breaks: a file that was sent as text may have come back with carriage returns.
 */
export function decodeText(bytes: Uint8Array, what: string): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed(what, "be UTF-8 text");
  }
  if (text.includes("\r")) throw malformed(what, "have line breaks without carriage returns");
  for (const character of text) {
    if (character < " " && character !== "\n")
      throw malformed(what, "have no control characters but line breaks");
  }
  return text;
}

/** Reads a note from a text that `decodeText` let through; signatures are not verified yet. */
export function parseNote(file: string): Note {
  if (file.length > NOTE_CHARACTERS_MAX) throw malformed("a note", "have at most 512 KiB");
  const blank = file.lastIndexOf("\n\n");
  if (blank < 0) throw malformed("a note", "have an empty line before its signatures");
  if (!file.endsWith("\n")) throw malformed("a note", "end in a line break");
  const lines = file.slice(blank + 2, -1).split("\n");
  if (lines.length > NOTE_SIGNATURES_MAX) throw malformed("a note", "have at most 64 signatures");
  return { text: file.slice(0, blank + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string, k: number): NoteSignature {
  const what = `signature line ${k + 1}`;
  if (!line.startsWith(MARK)) throw malformed(what, "begin with a dash and a space");
  const [name, base64, ...more] = line.slice(MARK.length).split(" ");
  const bytes = fromBase64(base64 ?? "");
  if (!isKeyName(name) || more.length > 0) throw malformed(what, "be a dash, a name and base64");
  if (bytes === undefined || bytes.length <= ID_BYTES)
    throw malformed(what, "have base64 of a key id and a signature");
  return { name, id: toHex(bytes.slice(0, ID_BYTES)), signature: bytes.slice(ID_BYTES) };
}

/** The note as a file. Throws `LogError` for what `parseNote` would not give back the same. */
export function formatNote({ text, signatures }: Note): string {
  if (!text.endsWith("\n")) throw malformed("a note's text", "end in a line break");
  const lines = signatures.map(signatureLine);
  const file = `${text}\n${lines.join("")}`;
  const again = parseNote(decodeText(utf8(file), "a note"));
  if (again.text !== text || again.signatures.some(({ id }, k) => id !== signatures[k].id))
    throw malformed("a note", "have well-formed text and key ids of 8 hexadecimal digits");
  return file;
}

/** One signature as a line of a note: what a witness sends back. */
export function signatureLine({ name, id, signature }: NoteSignature): string {
  const bytes = concat(fromHex(id) ?? new Uint8Array(), signature);
  return `${MARK}${name} ${toBase64(bytes)}\n`;
}
