import { CaseDataError } from "../error.js";
import { fileKind, refuseBinary, startsWith } from "./file-kind.js";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  /** Sentences for the data steward; they quote nothing from the file. */
  readonly notes: readonly string[];
}

const SAMPLE = 64 * 1024;

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

/** Control characters that no text file has, by share of a sample; two of the worst may slip in. */
function looksBinary(text: string): boolean {
  const size = Math.min(text.length, SAMPLE);
  let odd = 0;
  for (let k = 0; k < size; k += 1) {
    const unit = text.charCodeAt(k);
    if (unit === 0 || unit === 0xfffd) odd += 10;
    else if (unit < 32 && unit !== 9 && unit !== 10 && unit !== 13) odd += 1;
    else if (unit >= 0x7f && unit < 0xa0) odd += 1;
  }
  return odd > size / 100 + 29;
}

/** What windows-1252 has at 0x80 to 0x9f; the rest is as in Unicode. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Not by `TextDecoder`, which some versions of Node.js read as Latin-1. */
function windows1252(bytes: Uint8Array): string {
  const latin1 = new TextDecoder("latin1").decode(bytes);
  return latin1.replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80]);
}

/** Lines that are named one by one. */
const LINES_NAMED = 5;

/**
 * A file of which most is UTF-8 with letters beyond ASCII, and some lines are not: lists that were
 * pasted together. Each line is read by itself. `undefined` if no line shows that it is UTF-8.
 */
function decodeMixed(bytes: Uint8Array): DecodedText | undefined {
  const lines: string[] = [];
  const others: number[] = [];
  let beyondAscii = 0;
  for (let from = 0; from <= bytes.length; ) {
    const found = bytes.indexOf(0x0a, from);
    const to = found < 0 ? bytes.length : found;
    const line = bytes.subarray(from, to);
    const text = strict(line, "utf-8");
    if (text === undefined) others.push(lines.length + 1);
    else if (text.length < line.length) beyondAscii += 1;
    lines.push(text ?? windows1252(line));
    from = to + 1;
  }
  if (beyondAscii === 0) return undefined;
  const text = lines.join("\n");
  if (looksBinary(text)) refuseBinary("binary data");
  const named = others.slice(0, LINES_NAMED).join(", ");
  const more = others.length > LINES_NAMED ? ` and ${others.length - LINES_NAMED} more` : "";
  const note =
    `The file mixes two encodings: line ${named}${more} is not UTF-8 as the others, and was read ` +
    "as windows-1252; check that names with accents are right there.";
  return { text, encoding: "utf-8", notes: [note] };
}

/**
 * Bytes → text: byte-order mark, then strict UTF-8, then UTF-16 without a mark, then line by line
 * if some lines are UTF-8, then windows-1252, the last two with a note. Throws `CaseDataError`
 * FILE_EMPTY, FILE_BINARY, FILE_ENCODING.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (fileKind(bytes) === "zip") refuseBinary("a spreadsheet or zip file");
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
    if (looksBinary(text)) refuseBinary("binary data");
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
  const mixed = decodeMixed(bytes);
  if (mixed !== undefined) return mixed;
  const fallback = windows1252(bytes);
  if (looksBinary(fallback)) refuseBinary("binary data");
  const note =
    "The file is not UTF-8 and was read as windows-1252; check that names with accents are right.";
  return { text: fallback, encoding: "windows-1252", notes: [note] };
}
