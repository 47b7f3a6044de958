import { CaseDataError } from "../error.js";
import { Archive } from "./archive/archive.js";
import { readContainer } from "./container.js";
import { decodeText } from "./decode.js";
import { readDelimited } from "./delimited.js";
import { fileKind } from "./file-kind.js";
import { isJson, readJson } from "./json.js";
import { DEFAULT_LIMITS, type IntakeLimits } from "./limits.js";
import type { RawTable } from "./raw-table.js";

export interface TableOptions {
  /** Of a delimited file; detected if absent. */
  readonly delimiter?: string;
  readonly limits?: Partial<IntakeLimits>;
}

/**
 * Any file that holds tables → its tables, as they stand in it: delimited text, XLSX, XLSM, ODS,
 * JSON, or a zip file of these. What it is, is told by its content, not by its name. Nothing is
 * lost: rows and sheets that are hidden are there too. Throws `CaseDataError` with a cure if the
 * file cannot be used, whatever is in it, and within time and space that its size bounds.
 */
export function readTables(bytes: Uint8Array, options: TableOptions = {}): RawTable[] {
  const limits: IntakeLimits = { ...DEFAULT_LIMITS, ...options.limits };
  if (bytes.length > limits.bytesMax) {
    throw new CaseDataError(
      "FILE_TOO_LARGE",
      `the file has more than ${limits.bytesMax} bytes`,
      { bytes: bytes.length, bytesMax: limits.bytesMax },
      "Split the list into several files, or leave out columns that are not needed.",
    );
  }
  const readText = (text: Uint8Array): RawTable[] => {
    const decoded = decodeText(text);
    if (isJson(decoded.text)) return readJson(decoded, limits);
    return [readDelimited(decoded, options.delimiter, limits)];
  };
  if (fileKind(bytes) === "text") return readText(bytes);
  return readContainer(new Archive(bytes, limits), limits, readText);
}
