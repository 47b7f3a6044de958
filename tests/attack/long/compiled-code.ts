import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const known = new Map<string, { readonly text: string; readonly imported: readonly string[] }>();

/**
 * A hash of compiled files and of all of this project's that they import, however far, without
 * comments: what does not change it cannot have changed how they run.
 */
export function codeHash(files: readonly string[]): string {
  const reached = new Set(files);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const file of reached) for (const next of read(file).imported) reached.add(next);
  const hash = createHash("sha256");
  for (const file of [...reached].sort()) {
    hash.update(file.slice(ROOT.length)).update("\n").update(read(file).text);
  }
  return hash.digest("hex");
}

function read(file: string): { readonly text: string; readonly imported: readonly string[] } {
  let found = known.get(file);
  if (found) return found;
  const source = readFileSync(file, "utf8");
  const compilerOptions = { removeComments: true, target: ts.ScriptTarget.ESNext };
  const text = ts.transpileModule(source, { compilerOptions }).outputText;
  const imported = ts
    .preProcessFile(source)
    .importedFiles.map(({ fileName }) => resolved(file, fileName))
    .filter((path) => path !== undefined);
  found = { text, imported };
  known.set(file, found);
  return found;
}

/** The compiled file of this project that a specifier means. */
function resolved(from: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return join(dirname(from), specifier);
  const [, name, path] = /^@symbolon\/([a-z-]+)\/(.+)$/.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const file = join(ROOT, "packages", name, "dist", `${path}.js`);
  return existsSync(file) ? file : undefined;
}
