import { existsSync, readdirSync } from "node:fs";
import { posix } from "node:path/posix";
import { fileURLToPath } from "node:url";
import { CodeHash } from "../code-hash.js";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url)).replace(/[\\/]$/, "");
const COMPILED = "tests/attack/dist";
/** Pieces that no file lists are made of these on demand. */
const MAKERS = [`${COMPILED}/whole-run.js`, `${COMPILED}/pieces/linkage.js`];
const files = readdirSync(`${ROOT}/${COMPILED}/pieces`)
  .filter((name) => name.endsWith(".js") && name !== "pieces.js")
  .map((name) => `${COMPILED}/pieces/${name}`);
const hashes = new CodeHash(ROOT, resolved);

/** Hash of the code that runs when a piece is attacked, its judge included. */
export async function codeOf(piece: string): Promise<string> {
  const file = await fileOf(piece);
  return hashes.of([`${COMPILED}/byte-flips.js`, ...(file === undefined ? MAKERS : [file])]);
}

/** The compiled file that lists a piece. */
async function fileOf(piece: string): Promise<string | undefined> {
  for (const file of files) {
    const made = (await import(`${ROOT}/${file}`)) as Record<string, unknown>;
    const all = Object.values(made).flat(1) as ({ name?: unknown } | null)[];
    if (all.some((one) => one?.name === piece)) return file;
  }
  return undefined;
}

/** The compiled file of this project that a specifier means. */
function resolved(from: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  const [, name, path] = /^@symbolon\/([a-z-]+)\/(.+)$/.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const file = `packages/${name}/dist/${path}.js`;
  return existsSync(`${ROOT}/${file}`) ? file : undefined;
}
