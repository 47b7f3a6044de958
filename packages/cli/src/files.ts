import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { KnownError } from "@symbolon/base/error";
import { CliError } from "./error.js";

/** The bytes of a file that somebody named on the command line. */
export function readBytes(path: string, what: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") {
      throw new CliError(
        "FILE_MISSING",
        `${what}: there is no file ${path}`,
        {},
        "check the name, or create the file first (--help says how)",
      );
    }
    throw new CliError(
      "FILE_NOT_READABLE",
      `${what}: ${path} cannot be read (${code ?? "unknown cause"})`,
      {},
      code === "EISDIR" ? "name a file, not a folder" : "check who may read the file",
    );
  }
}

/** The text of a file in UTF-8. */
export function readText(path: string, what: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readBytes(path, what));
  } catch (error) {
    if (error instanceof KnownError) throw error;
    throw new CliError("FILE_INVALID", `${what}: ${path} is not UTF-8 text`, {}, "check the name");
  }
}

/** Reads a file by `parse`, whose own errors get the file's name in front. */
export function readWith<T>(path: string, what: string, parse: (text: string) => T): T {
  const text = readText(path, what);
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof KnownError) && !(error instanceof SyntaxError)) throw error;
    const cure = error instanceof KnownError ? error.cure : "it should be JSON";
    throw new CliError("FILE_INVALID", `${what} ${path}: ${error.message}`, {}, cure);
  }
}

/** Writes a file that must not be there yet; `secret` keeps it from other users of the machine. */
export function writeNew(path: string, text: string | Uint8Array, { secret = false } = {}): void {
  if (existsSync(path)) throw existsError(path);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx", mode: secret ? 0o600 : 0o644 });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown cause";
    if (code === "EEXIST") throw existsError(path);
    const cure = "check the folder's permissions and free space";
    throw new CliError("FILE_NOT_READABLE", `${path} cannot be written (${code})`, {}, cure);
  }
}

const existsError = (path: string) =>
  new CliError(
    "FILE_EXISTS",
    `${path} exists already and is not overwritten`,
    {},
    "name another place, or move the file away",
  );

/** JSON for people to read, with a line break at the end. */
export const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
