import { CaseDataError } from "../error.js";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  /** Sentences for the data steward; they quote nothing from the file. */
  readonly notes: readonly string[];
}

/** First bytes of files that are often mistaken for CSV. */
const MAGIC: readonly (readonly [kind: string, bytes: readonly number[]])[] = [
  ["a spreadsheet (XLSX, ODS) or zip file", [0x50, 0x4b, 0x03, 0x04]],
  ["an old Excel file (XLS)", [0xd0, 0xcf, 0x11, 0xe0]],
  ["a PDF file", [0x25, 0x50, 0x44, 0x46]],
  ["a gzip file", [0x1f, 0x8b]],
  ["a PNG image", [0x89, 0x50, 0x4e, 0x47]],
  ["a JPEG image", [0xff, 0xd8, 0xff]],
  ["an SQLite database", [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
];

const SAMPLE = 64 * 1024;

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean =>
  head.every((byte, k) => bytes[k] === byte);

function strict(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-16 without a mark has a zero byte in nearly every second place of Latin text. */
function unmarkedUtf16(bytes: Uint8Array): Encoding | undefined {
  const size = Math.min(bytes.length, SAMPLE) & ~1;
  let even = 0;
  let odd = 0;
  for (let k = 0; k < size; k += 2) {
    if (bytes[k] === 0) even += 1;
    if (bytes[k + 1] === 0) odd += 1;
  }
  if (odd > size / 8 && even < size / 100) return "utf-16le";
  return even > size / 8 && odd < size / 100 ? "utf-16be" : undefined;
}

/** Control characters that no text file has, by share of a sample. */
function looksBinary(text: string): boolean {
  const size = Math.min(text.length, SAMPLE);
  let odd = 0;
  for (let k = 0; k < size; k += 1) {
    const unit = text.charCodeAt(k);
    if (unit === 0 || unit === 0xfffd) odd += 10;
    else if (unit < 32 && unit !== 9 && unit !== 10 && unit !== 13) odd += 1;
    else if (unit >= 0x7f && unit < 0xa0) odd += 1;
  }
  return odd > size / 100 + 9;
}

/** What windows-1252 has at 0x80 to 0x9f; the rest is as in Unicode. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Not by `TextDecoder`, which some versions of Node.js read as Latin-1. */
function windows1252(bytes: Uint8Array): string {
  const latin1 = new TextDecoder("latin1").decode(bytes);
  return latin1.replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80]);
}

function refuse(kind: string): never {
  throw new CaseDataError(
    "FILE_BINARY",
    `this is not a text file, but ${kind}`,
    { kind },
    "Open it in the program that it comes from and save it as CSV (UTF-8).",
  );
}

/**
 * Bytes → text: byte-order mark, then strict UTF-8, then UTF-16 without a mark, then windows-1252
 * with a note. Throws `CaseDataError` FILE_EMPTY, FILE_BINARY, FILE_ENCODING.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes.length === 0) {
    throw new CaseDataError("FILE_EMPTY", "the file is empty", {}, "Export the list again.");
  }
  for (const [kind, head] of MAGIC) if (startsWith(bytes, head)) refuse(kind);
  const marked: Encoding | undefined = startsWith(bytes, [0xff, 0xfe])
    ? "utf-16le"
    : startsWith(bytes, [0xfe, 0xff])
      ? "utf-16be"
      : startsWith(bytes, [0xef, 0xbb, 0xbf])
        ? "utf-8"
        : undefined;
  const unicode = marked ?? unmarkedUtf16(bytes) ?? "utf-8";
  const text = strict(bytes, unicode);
  if (text !== undefined) {
    if (looksBinary(text)) refuse("binary data");
    return { text: text.replace(/^\ufeff/, ""), encoding: unicode, notes: [] };
  }
  if (marked !== undefined || unicode !== "utf-8") {
    throw new CaseDataError(
      "FILE_ENCODING",
      `the file says that it is ${unicode}, but is not`,
      { encoding: unicode },
      "Export the list again as CSV (UTF-8); the file may have been cut off.",
    );
  }
  const fallback = windows1252(bytes);
  if (looksBinary(fallback)) refuse("binary data");
  const note =
    "The file is not UTF-8 and was read as windows-1252; check that names with accents are right.";
  return { text: fallback, encoding: "windows-1252", notes: [note] };
}
