import { CaseDataError } from "../error.js";

/** First bytes of files that are no table, or none that is read here. */
const MAGIC: readonly (readonly [kind: string, bytes: readonly number[], cure?: string])[] = [
  ["a PDF file", [0x25, 0x50, 0x44, 0x46], "Ask for the list as a spreadsheet or CSV file."],
  ["a 7z archive", [0x37, 0x7a, 0xbc, 0xaf], "Unpack it, and give the table that is inside."],
  ["a RAR archive", [0x52, 0x61, 0x72, 0x21], "Unpack it, and give the table that is inside."],
  ["a gzip file", [0x1f, 0x8b], "Unpack it, and give the table that is inside."],
  ["a PNG image", [0x89, 0x50, 0x4e, 0x47]],
  ["a JPEG image", [0xff, 0xd8, 0xff]],
  ["an SQLite database", [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
  ["an RTF document", [0x7b, 0x5c, 0x72, 0x74, 0x66]],
];

const ZIPS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

export const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean =>
  head.every((byte, k) => bytes[k] === byte);

/** Throws FILE_BINARY: what the file is, and what to do with it. */
export function refuseBinary(kind: string, cure?: string): never {
  throw new CaseDataError(
    "FILE_BINARY",
    `this is not a table that can be read, but ${kind}`,
    { kind },
    cure ?? "Open it in the program that it comes from and save it as XLSX or CSV (UTF-8).",
  );
}

/** The name of a stream of an OLE container, as it stands in its directory: UTF-16. */
const utf16 = (name: string): Uint8Array =>
  Uint8Array.from(name, (letter) => letter.charCodeAt(0)).reduce(
    (wide, code, k) => {
      wide[2 * k] = code;
      return wide;
    },
    new Uint8Array(2 * name.length),
  );

function contains(bytes: Uint8Array, wanted: Uint8Array): boolean {
  for (let at = bytes.indexOf(wanted[0]); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) {
    if (wanted.every((byte, k) => bytes[at + k] === byte)) return true;
  }
  return false;
}

/** Old Office files, and new ones with a password, are both OLE containers. */
function refuseOle(bytes: Uint8Array): never {
  if (!contains(bytes, utf16("EncryptedPackage"))) {
    refuseBinary("an old Excel or Word file", "Open it in Excel or LibreOffice, save it as XLSX.");
  }
  throw new CaseDataError(
    "FILE_ENCRYPTED",
    "the file is a spreadsheet with a password",
    {},
    "Open it with its password, save a copy without one on this computer (File, Info, Protect " +
      "Workbook), give that, and delete the copy afterwards.",
  );
}

/**
 * Whether a file is a zip container (which workbooks are) or text, by its content; its name does
 * not count. Throws `CaseDataError` FILE_EMPTY, FILE_BINARY, FILE_ENCRYPTED.
 */
export function fileKind(bytes: Uint8Array): "zip" | "text" {
  if (bytes.length === 0) {
    throw new CaseDataError("FILE_EMPTY", "the file is empty", {}, "Export the list again.");
  }
  if (ZIPS.some((head) => startsWith(bytes, head))) return "zip";
  if (startsWith(bytes, OLE)) refuseOle(bytes);
  if (MARKS.some((mark) => startsWith(bytes, mark))) return "text";
  for (const [kind, head, cure] of MAGIC) if (startsWith(bytes, head)) refuseBinary(kind, cure);
  return "text";
}
