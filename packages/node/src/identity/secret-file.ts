import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { SetupError } from "../node-error.js";
import { freshBytes } from "./random.js";

const OWNER_ONLY = 0o600;
const BLOCK = 64 * 1024;

/** How a file of secrets that is being written is called until it is whole. */
export const UNFINISHED = ".new";
/** How one that has been replaced is called until it is overwritten. */
export const OUTDATED = ".old";

/** Reads a file that only its owner can read; others' access is a `SetupError`. */
export function readSecretFile(path: string): string {
  const { mode } = statSync(path);
  if (process.platform !== "win32" && (mode & 0o077) !== 0)
    throw new SetupError(
      "KEYS_EXPOSED",
      `others on this machine can read the key file ${path}`,
      { path },
      `run: chmod 600 ${path}`,
    );
  return readFileSync(path, "utf8");
}

/** After a crash there is the old file or the new one, each whole. */
export function writeSecretFile(path: string, text: string): void {
  const unfinished = path + UNFINISHED;
  const file = openSync(unfinished, "w", OWNER_ONLY);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
  syncDirectory(dirname(path));
}

/** The same, and what stood in the old file is overwritten where it lay. */
export function replaceSecretFile(path: string, text: string): void {
  finishReplacing(path);
  linkSync(path, path + OUTDATED);
  writeSecretFile(path, text);
  destroyFile(path + OUTDATED);
}

/** Ends a replacement that a crash cut off. */
export function finishReplacing(path: string): void {
  const old = path + OUTDATED;
  if (!existsSync(old)) return;
  // The second name of the file that is still in use: nothing has replaced it yet.
  if (existsSync(path) && statSync(path).ino === statSync(old).ino) unlinkSync(old);
  else destroyFile(old);
}

/**
 * Overwrites a file and deletes it. A disk that writes elsewhere what is overwritten (worn flash
 * cells, snapshots) keeps what was there: such copies are reached by encrypting the disk only.
 */
export function destroyFile(path: string): void {
  if (!existsSync(path)) return;
  const file = openSync(path, "r+");
  try {
    const { size } = fstatSync(file);
    for (let at = 0; at < size; at += BLOCK) {
      const noise = freshBytes(Math.min(BLOCK, size - at));
      writeSync(file, noise, 0, noise.length, at);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  unlinkSync(path);
  syncDirectory(dirname(path));
}

/** Makes a new name, or that one is gone, survive a loss of power. */
function syncDirectory(dir: string): void {
  // Windows cannot open a directory; it writes its entries through by itself.
  if (process.platform === "win32") return;
  const handle = openSync(dir, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
