import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

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
    include: ["packages/*/src/**/*.test.ts", "tools/**/*.test.ts", "tests/**/*.test.ts"],
    testTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
