import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, runNode, say } from "./spawn.mjs";

const STAMP = join(root, "node_modules", ".symbolon-build");
const KERNELS = join(root, "packages", "mpc", "tools", "build-kernels.mjs");
const KERNEL_MODULE = join(root, "packages", "mpc", "src", "generated", "kernels-wasm.ts");
const TSC = join(root, "node_modules", "typescript", "bin", "tsc");
const OUTPUTS = [
  KERNEL_MODULE,
  join(root, "packages", "cli", "dist", "main.js"),
  join(root, "tools", "dist", "demo", "main.js"),
  join(root, "tests", "attack", "dist", "long", "flips.js"),
];

/** Compiles the kernels and all packages unless nothing changed since the last time. */
export async function ensureBuilt() {
  const before = fingerprint();
  const current = existsSync(STAMP) && readFileSync(STAMP, "utf8") === before;
  if (current && OUTPUTS.every((file) => existsSync(file))) return 0;
  say("Compiling…");
  const kernels = await ensureKernels();
  if (kernels !== 0) return kernels;
  const compiled = await runNode(TSC, ["-b"], { quiet: true });
  if (compiled === 0) writeFileSync(STAMP, before);
  return compiled;
}

/** Only the WebAssembly kernels, which the tests need even though they run from source. */
export const ensureKernels = () => runNode(KERNELS, [], { quiet: true });

/** A hash over name, size and time of change of every source and configuration file. */
function fingerprint() {
  const hash = createHash("sha256");
  const walk = (folder) => {
    const entries = readdirSync(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!["dist", "node_modules", "generated"].includes(entry.name)) walk(path);
      } else if (/\.(ts|mjs|json)$/.test(entry.name)) {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path}\0${size}\0${mtimeMs}\n`);
      }
    }
  };
  for (const name of ["tsconfig.json", "tsconfig.base.json"]) {
    hash.update(readFileSync(join(root, name)));
  }
  walk(join(root, "packages"));
  walk(join(root, "tools"));
  walk(join(root, "tests", "attack"));
  return hash.digest("hex");
}
