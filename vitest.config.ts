import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/**
 * Which tests run is said by name, never guessed:
 * - `unit` (npm run check): beside the source, quick.
 * - `attack` (npm run attack): only the suites in which somebody cheats, `*.attack.test.ts`.
 * - `all` (npm test, or vitest by hand): these, and the stories across packages in `tests/`.
 * Suites of minutes are called `*.long.test.ts` and run only with `--long`.
 */
const suite = process.env["SYMBOLON_SUITE"] ?? "all";
const long = process.env["SYMBOLON_LONG"] === "1";

const beside = ["packages/*/src/**/*.test.ts", "tools/**/*.test.ts"];
const include: Readonly<Record<string, string[]>> = {
  unit: beside,
  attack: ["packages/*/src/**/*.attack{,.long}.test.ts", "tests/**/*.attack{,.long}.test.ts"],
  all: [...beside, "tests/**/*.test.ts"],
};

const exclude = ["**/node_modules/**", "**/dist/**"];
if (!long) exclude.push("**/*.long.test.ts");
// What takes long beside the source: a browser, threads, nodes, whole queries and tables on shares.
const slow = [
  ...["**/*browser.test.ts", "**/kernels/gang.test.ts", "**/log/from-tiles.test.ts"],
  "**/catalogue/{not-on-list,matches,count,count-persons,overlap}.test.ts",
  "**/three-party/*.test.ts",
  ...["**/leakage/leakage-of-persons.test.ts", "**/linkage/{compare,confirm,validity}.test.ts"],
  "**/table/{pick,tag,join,cell-counts,sort,group,compact}.test.ts",
  ...["**/circuit/{circuit,conversions}.test.ts", "**/protocol/{dot,discrete-laplace}.test.ts"],
  "**/node/src/{jobs/jobs,governance/node-log,governance/held-runs,engine}.test.ts",
];
if (suite === "unit") exclude.push("**/*.attack.test.ts", ...slow);

/** Tests run from source: `@symbolon/<package>/<file>` is that package's `src/<file>.ts`. */
export default defineConfig({
  resolve: {
    alias: [
      {
        find: /^@symbolon\/([a-z-]+)\/(.+)$/,
        replacement: `${fileURLToPath(new URL(".", import.meta.url))}packages/$1/src/$2.ts`,
      },
    ],
  },
  test: {
    include: include[suite] ?? [],
    exclude,
    setupFiles: ["tests/property-seed.ts"],
    testTimeout: long ? 3_600_000 : 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
