import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt, ensureKernels } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { root, runNode, say } from "./spawn.mjs";

const moduleFile = (...path) => join(root, "node_modules", ...path);
const TSC = moduleFile("typescript", "bin", "tsc");
const BIOME = moduleFile("@biomejs", "biome", "bin", "biome");
const VITEST = moduleFile("vitest", "vitest.mjs");

/** The folder the person stands in: npm runs us in the clone's folder, paths are theirs. */
const callerFolder = process.env.INIT_CWD ?? process.cwd();

/** Runs steps one after the other; the first that fails decides the exit code. */
async function inOrder(...steps) {
  for (const step of steps) {
    const code = await step();
    if (code !== 0) return code;
  }
  return 0;
}

/** Tests by suite; `--long` adds the suites that take minutes. Other arguments go to vitest. */
function tests(suite, args) {
  const env = { SYMBOLON_SUITE: suite };
  if (args.includes("--long")) env.SYMBOLON_LONG = "1";
  const rest = args.filter((arg) => arg !== "--long");
  return runNode(VITEST, ["run", ...rest], { env });
}

/** A compiled program, run where the caller stands. */
function program(file, args) {
  const path = join(root, file);
  if (existsSync(path)) return runNode(path, args, { cwd: callerFolder });
  say(`This clone has no ${file}.`);
  return 2;
}

/** Attacks of hours, which can be stopped and go on later. */
const ATTACKS = {
  flips: "tests/attack/dist/long/flips.js",
  strategies: "tests/attack/dist/long/strategies.js",
  guards: "tests/attack/dist/long/guards.js",
};

const WORDS = {
  build: { about: "install and compile what is missing or stale", run: () => 0 },
  demo: {
    about: "three nodes, four lists of invented people, five names",
    run: (args) => program("tools/dist/demo/main.js", args),
  },
  test: {
    about: "everything that must pass; --long adds the suites that take minutes",
    run: (args) => inOrder(...(args.length === 0 ? staticChecks() : []), () => tests("all", args)),
  },
  check: {
    about: "types, style, tidiness and unit tests, in under three minutes",
    run: (args) => inOrder(...staticChecks(), () => tests("unit", args)),
  },
  attack: {
    about: "only the suites in which somebody cheats; flips: every byte of every message",
    run: (args) =>
      Object.hasOwn(ATTACKS, args[0])
        ? program(ATTACKS[args[0]], args.slice(1))
        : tests("attack", args),
  },
  bench: {
    about: "measurements, such as: compare --rows 5000 --dims 512",
    run: (args) => program("tools/dist/bench/main.js", args),
  },
  symbolon: {
    about: "the program itself: node, provider, ask, status, space",
    run: (args) => program("packages/cli/dist/main.js", args),
  },
  format: {
    about: "rewrite all files in the house style",
    compiled: false,
    run: () => runNode(BIOME, ["check", "--write"]),
  },
};

/** The compiler on everything that the build leaves out (tests, configuration), and Biome. */
function staticChecks() {
  return [
    () => runNode(TSC, ["-p", "tsconfig.check.json"]),
    () => runNode(BIOME, ["ci", "--error-on-warnings"]),
  ];
}

/** Makes the clone ready, then runs `word`; resolves with the exit code. */
export async function runWord(word, args) {
  const entry = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (entry === undefined) {
    say("Usage: npm run <word> [-- arguments], where the word is one of");
    for (const [name, { about }] of Object.entries(WORDS)) say(`  ${name.padEnd(9)} ${about}`);
    return 2;
  }
  const ready = entry.compiled === false ? ensureKernels : ensureBuilt;
  return inOrder(ensureInstalled, ready, () => entry.run(args));
}
