import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { destroyFile, readSecretFile, writeSecretFile } from "./secret-file.js";

/** Small files of secrets, by name. Every call is done for good when it returns. */
export interface SecretFolder {
  /** For people. */
  readonly path: string;
  names(): string[];
  read(name: string): string | undefined;
  /** There is the old file or the new one, each whole, whenever the process dies. */
  write(name: string, text: string): void;
  /** Overwrites and deletes. */
  destroy(name: string): void;
}

/** Files that only their owner can read; the folder is made if it is not there. */
export function diskFolder(path: string): SecretFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return {
    path,
    names: () => readdirSync(path),
    read: (name) => (existsSync(join(path, name)) ? readSecretFile(join(path, name)) : undefined),
    write: (name, text) => writeSecretFile(join(path, name), text),
    destroy: (name) => destroyFile(join(path, name)),
  };
}

/** The same without a disk, for simulations. */
export function memoryFolder(files: Map<string, string> = new Map()): SecretFolder {
  return {
    path: "memory",
    names: () => [...files.keys()],
    read: (name) => files.get(name),
    write: (name, text) => void files.set(name, text),
    destroy: (name) => void files.delete(name),
  };
}
