import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { posix } from "node:path/posix";
import ts from "typescript";

/** Where the tests are that must notice that a guard of a file is gone: few enough to be quick. */
const MUST_NOTICE: readonly (readonly [sources: string, tests: readonly string[]])[] = [
  ["packages/mpc/src/table/tag-join.ts", ["packages/mpc/src/table/tag.test.ts"]],
  ["packages/mpc/", ["tests/attack/guards"]],
  ["packages/queries/", ["tests/attack/guards"]],
  ["packages/governance/", ["packages/governance/src"]],
  ["packages/node/src/config.ts", ["packages/node/src/setup"]],
  ["packages/node/src/governance/", ["packages/node/src/governance"]],
  ["packages/node/src/init.ts", ["packages/node/src/setup"]],
  ["packages/node/src/identity/", ["packages/node/src/setup"]],
  ["packages/node/src/jobs/", ["packages/node/src/jobs", "packages/node/src/governance"]],
  ["packages/node/src/routes/", ["packages/node/src/routes", "packages/node/src/governance"]],
  ["packages/node/src/store/", ["packages/node/src/store", "packages/node/src/routes"]],
  ["packages/node/src/transport/", ["packages/node/src/transport"]],
  [
    "packages/provider/",
    ["packages/provider/src/ask", "packages/provider/src/submit", "packages/provider/src/identity"],
  ],
];

/**
 * For each source, the tests that must notice a change of it: the one beside it, and those of its
 * folders above that import it, through however many files. The fewer steps, the earlier.
 */
export function noticing(root: string): (file: string) => readonly string[] {
  const importers = importersBelow(root);
  return (file) => {
    const folders = MUST_NOTICE.find(([sources]) => file.startsWith(sources))?.[1];
    if (!folders) throw new Error(`no test is named that must notice a change of ${file}`);
    const beside = file.replace(/\.ts$/, ".test.ts");
    const found = nearestFirst(file, importers).filter(
      (test) => isTest(test) && folders.some((folder) => test.startsWith(folder)),
    );
    return [...new Set(existsSync(join(root, beside)) ? [beside, ...found] : found)];
  };
}

const isTest = (file: string): boolean => /(?<!\.long)\.test\.ts$/.test(file);

/** All files that a file is imported by, directly or through others, by the number of steps. */
function nearestFirst(file: string, importers: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = new Set([file]);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const at of reached) for (const importer of importers.get(at) ?? []) reached.add(importer);
  return [...reached];
}

/** For each file of the packages and the attacks, the files that import it. */
function importersBelow(root: string): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  for (const file of ["packages", "tests/attack"].flatMap((folder) => sourcesIn(root, folder))) {
    const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"));
    for (const { fileName } of importedFiles) {
      const imported = sourceOf(file, fileName);
      importers.set(imported, [...(importers.get(imported) ?? []), file]);
    }
  }
  return importers;
}

/** The source that a specifier means: `./x.js` and `@symbolon/mpc/x` as in `vitest.config.ts`. */
export function sourceOf(from: string, specifier: string): string {
  if (specifier.startsWith(".")) {
    return posix.join(posix.dirname(from), specifier).replace(/\.js$/, ".ts");
  }
  return specifier.replace(/^@symbolon\/([a-z-]+)\/(.+)$/, "packages/$1/src/$2.ts");
}

const sourcesIn = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !/(^|\/)(dist|node_modules)\//.test(path))
    .map((path) => `${folder}/${path}`)
    .sort();
