import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { codeHash } from "./compiled-code.js";

const compiled = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
/** Pieces that no file lists are made of these on demand. */
const MAKERS = [compiled("whole-run.js"), compiled("pieces/linkage.js")];
const files = readdirSync(compiled("pieces"))
  .filter((name) => name.endsWith(".js") && name !== "pieces.js")
  .map((name) => compiled(`pieces/${name}`));

/** Hash of the code that runs when a piece is attacked, its judge included. */
export async function codeOf(piece: string): Promise<string> {
  const file = await fileOf(piece);
  return codeHash([compiled("byte-flips.js"), ...(file === undefined ? MAKERS : [file])]);
}

/** The compiled file that lists a piece. */
async function fileOf(piece: string): Promise<string | undefined> {
  for (const file of files) {
    const made = Object.values((await import(file)) as Record<string, unknown>).flat(1);
    if (made.some((one) => (one as { name?: unknown } | null)?.name === piece)) return file;
  }
  return undefined;
}
