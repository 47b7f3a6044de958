import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { apply, type Mutant } from "./mutants.js";
import { testsFor } from "./noticing.js";

/** The folder of the whole workspace, from the source or from what is compiled of it. */
export const ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)));

function rootAbove(folder: string): string {
  return existsSync(join(folder, "vitest.config.ts")) ? folder : rootAbove(dirname(folder));
}

const COPIED = [
  "packages",
  "tests/attack",
  "package.json",
  "tsconfig.base.json",
  "vitest.config.ts",
];

/** A copy of all that the attacks run on, where sources can be spoilt. Removed by `remove`. */
export class Copy {
  readonly root = mkdtempSync(join(tmpdir(), "symbolon-check-removal-"));

  constructor() {
    for (const path of COPIED) {
      cpSync(join(ROOT, path), join(this.root, path), {
        recursive: true,
        filter: (source) => !/[\\/](dist|node_modules)([\\/]|$)/.test(source),
      });
    }
    symlinkSync(join(ROOT, "node_modules"), join(this.root, "node_modules"), "junction");
  }

  /** Names of the given tests that fail in this copy; of a spoilt one, the first suffices. */
  async failures(
    tests: readonly string[],
    known: readonly string[],
    isFirstEnough: boolean,
  ): Promise<string[]> {
    const report = join(this.root, "report.json");
    rmSync(report, { force: true });
    const args = ["run", ...tests, "--reporter=json", `--outputFile=${report}`];
    // File by file, so that none is begun in vain.
    if (isFirstEnough) args.push("--bail=1", "--maxWorkers=1");
    if (known.length > 0) args.push("-t", `^(?!${known.map(escaped).join("$|")}$)`);
    await run(join(ROOT, "node_modules", "vitest", "vitest.mjs"), args, this.root);
    const parsed = JSON.parse(readFileSync(report, "utf8")) as Report;
    const failed = parsed.testResults.flatMap((file) =>
      file.assertionResults.filter((one) => one.status === "failed").map((one) => one.fullName),
    );
    // A suite that does not even load has noticed nothing.
    const unloaded = parsed.testResults.find((file) => file.assertionResults.length === 0);
    if (failed.length === 0 && (unloaded || parsed.testResults.length === 0)) {
      throw new Error(`the tests do not load: ${unloaded?.message}`);
    }
    return failed;
  }

  /** The first test that notices that a guard is gone, or `undefined`. */
  async noticedBy(mutant: Mutant, known: readonly string[]): Promise<string | undefined> {
    const file = join(this.root, mutant.file);
    const source = readFileSync(file, "utf8");
    writeFileSync(file, apply(source, mutant));
    try {
      return (await this.failures(testsFor(this.root, mutant.file), known, true))[0];
    } finally {
      writeFileSync(file, source);
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

interface Report {
  readonly testResults: readonly {
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

function run(script: string, args: readonly string[], cwd: string): Promise<void> {
  // The copy's own suite is chosen by file: what chose this one must not choose there.
  const { SYMBOLON_SUITE: _suite, SYMBOLON_LONG: _long, VITEST: _vitest, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd, env, stdio: "ignore" });
    child.on("error", reject);
    child.on("exit", () => resolve());
  });
}

export interface Removal {
  readonly mutant: Mutant;
  readonly noticedBy: string | undefined;
}

/**
 * Takes guards away, one at a time, `width` copies side by side, for as long as there is time.
 * `red` are tests that fail although nothing has been taken away: they notice nothing.
 */
export async function removeEach(
  mutants: readonly Mutant[],
  width: number,
  report: (removal: Removal) => void = () => undefined,
  hasTime: () => boolean = () => true,
): Promise<{ readonly red: readonly string[]; readonly removals: readonly Removal[] }> {
  const copies = Array.from({ length: width }, () => new Copy());
  try {
    const tests = new Set(mutants.flatMap(({ file }) => testsFor(ROOT, file)));
    const red = await copies[0].failures([...tests], [], false);
    const removals: Removal[] = [];
    const waiting = [...mutants];
    const work = async (copy: Copy): Promise<void> => {
      for (let mutant = waiting.shift(); mutant && hasTime(); mutant = waiting.shift()) {
        const removal = { mutant, noticedBy: await copy.noticedBy(mutant, red) };
        removals.push(removal);
        report(removal);
      }
    };
    await Promise.all(copies.map(work));
    return { red, removals };
  } finally {
    for (const copy of copies) copy.remove();
  }
}

/** One line of the table. */
export const removalLine = ({ mutant, noticedBy }: Removal): string =>
  `${mutant.file}:${mutant.line} ${mutant.what}: ${noticedBy ?? "NOBODY NOTICES"}`;
