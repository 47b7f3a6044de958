/**
 * Who may import whom. What is not listed is forbidden; `mpc/sharing` stands for that folder alone.
 * ARCHITECTURE.md shows the same table, package.json and tsconfig.json follow it, and the tidy
 * test compares all four. Test files may import `sim` besides.
 */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  "case-data": ["base"],
  mpc: ["base"],
  governance: ["base"],
  release: ["base"],
  queries: ["base", "case-data", "mpc", "release"],
  provider: ["base", "case-data", "governance", "mpc/crypto", "mpc/sharing"],
  node: ["base", "governance", "mpc", "queries", "release"],
  cli: [
    "base",
    "case-data",
    "governance",
    "node",
    "provider",
    "queries/catalogue",
    "queries/explain",
  ],
  sim: ["base", "mpc"],
};

/** Packages that do no I/O and read neither a clock nor global randomness: both are passed in. */
export const PURE: readonly string[] = ["base", "case-data", "governance", "mpc", "release"];

/** Packages that need nothing from outside at run time. */
export const NO_DEPENDENCIES: readonly string[] = ["base", "governance", "mpc", "release"];

/** The only source files in which cryptographic randomness or a new key comes into being. */
export const RANDOMNESS: readonly string[] = [
  "packages/mpc/src/crypto/node.ts",
  "packages/node/src/identity/random.ts",
  "packages/provider/src/crypto/node.ts",
  "packages/provider/src/crypto/web.ts",
];

/** The only files of pure packages that name a runtime's built-in modules, behind an interface. */
export const PLATFORM: readonly string[] = [
  "packages/mpc/src/crypto/node.ts",
  "packages/mpc/src/kernels/gang-node.ts",
  "packages/mpc/src/kernels/gang-thread-node.ts",
  "packages/mpc/src/sharing/prg-node.ts",
];

export const LINES_MAX = 500;
export const FUNCTION_LINES_MAX = 70;
export const COLUMNS_MAX = 100;
/** The floor is everybody's: it stays small. */
export const BASE_LINES_MAX = 300;
