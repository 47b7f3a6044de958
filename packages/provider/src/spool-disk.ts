import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Spool } from "./spool.js";

/** A spool in a folder, which is made if need be. Chunks are renamed into place when whole. */
export async function diskSpool(folder: string): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return {
    async put(name, sealed) {
      const path = join(folder, name);
      await writeFile(`${path}.part`, sealed, { mode: 0o600 });
      await rename(`${path}.part`, path);
    },
    async get(name) {
      try {
        return new Uint8Array(await readFile(join(folder, name)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
  };
}
