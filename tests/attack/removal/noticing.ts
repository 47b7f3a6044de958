import { existsSync } from "node:fs";
import { join } from "node:path";

/** Which tests must notice that a guard of a file is gone: few enough to take seconds. */
const MUST_NOTICE: readonly (readonly [sources: string, tests: readonly string[]])[] = [
  ["packages/mpc/src/table/tag-join.ts", ["packages/mpc/src/table/tag.test.ts"]],
  ["packages/mpc/", ["tests/attack/guards"]],
  ["packages/queries/", ["tests/attack/guards"]],
  ["packages/governance/", ["packages/governance/src"]],
  ["packages/node/src/config.ts", ["packages/node/src/setup"]],
  ["packages/node/src/init.ts", ["packages/node/src/setup"]],
  ["packages/node/src/identity/", ["packages/node/src/setup"]],
  ["packages/node/src/jobs/", ["packages/node/src/jobs"]],
  ["packages/node/src/routes/", ["packages/node/src/routes"]],
  ["packages/node/src/store/", ["packages/node/src/store", "packages/node/src/routes"]],
  ["packages/node/src/transport/", ["packages/node/src/transport"]],
  [
    "packages/provider/",
    ["packages/provider/src/ask", "packages/provider/src/submit", "packages/provider/src/identity"],
  ],
];

/** Paths of tests, as filters; the test beside a file always counts. */
export function testsFor(root: string, file: string): readonly string[] {
  const found = MUST_NOTICE.find(([sources]) => file.startsWith(sources));
  if (!found) throw new Error(`no test is named that must notice a change of ${file}`);
  const beside = file.replace(/\.ts$/, ".test.ts");
  return existsSync(join(root, beside)) ? [beside, ...found[1]] : found[1];
}
