import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { toHex } from "@symbolon/base/bytes";
import type { Hash } from "@symbolon/governance/hash";

/** The packages whose code a node runs. */
const PACKAGES = ["base", "case-data", "governance", "mpc", "release", "queries", "node"];
const CODE = /\.(?:js|mjs|wasm)$/;

/**
 * SHA-256 over the sorted list of compiled files that a node loads, each with its own hash: two
 * nodes built from one source have one build hash. `packages` is the directory of all packages.
 */
export function buildHashOf(packages: string): Hash {
  const lines: string[] = [];
  for (const name of PACKAGES)
    for (const path of codeUnder(join(packages, name, "dist"))) {
      const place = relative(packages, path).split(sep).join("/");
      lines.push(`${createHash("sha256").update(readFileSync(path)).digest("hex")}  ${place}\n`);
    }
  lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1));
  return toHex(createHash("sha256").update(lines.join("")).digest()) as Hash;
}

/** The build hash of this very program. */
export const ownBuildHash = (): Hash =>
  buildHashOf(fileURLToPath(new URL("../..", import.meta.url)));

function codeUnder(dir: string): string[] {
  let entries: import("node:fs").Dirent[];
  try {
    entries = readdirSync(dir, { withFileTypes: true, recursive: true });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => entry.isFile() && CODE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
