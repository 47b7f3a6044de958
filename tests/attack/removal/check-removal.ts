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
import { createVitest, type Vitest } from "vitest/node";
import { apply, type Mutant } from "./mutants.js";
import { noticing } from "./noticing.js";

/** The folder of the whole workspace, from the source or from what is compiled of it. */
export const ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)));

function rootAbove(folder: string): string {
  return existsSync(join(folder, "vitest.config.ts")) ? folder : rootAbove(dirname(folder));
}

const COPIED = [
  "packages",
  "tests/attack",
  "tests/property-seed.ts",
  "package.json",
  "tsconfig.base.json",
  "vitest.config.ts",
];

/** A test that is late on a busy machine has noticed nothing; one that waits for ever has. */
const PATIENCE_MS = 300_000;

/**
 * A copy of all that the attacks run on, where sources can be spoilt, with a Vitest that stays up:
 * each test file has a process of its own, and what has not changed is not compiled again.
 */
class Copy {
  readonly root = mkdtempSync(join(tmpdir(), "symbolon-check-removal-"));
  readonly #vitest: Promise<Vitest>;
  #onFailure: (name: string) => void = () => undefined;

  constructor() {
    for (const path of COPIED) {
      cpSync(join(ROOT, path), join(this.root, path), {
        recursive: true,
        filter: (source) => !/[\\/](dist|node_modules)([\\/]|$)/.test(source),
      });
    }
    symlinkSync(join(ROOT, "node_modules"), join(this.root, "node_modules"), "junction");
    this.#vitest = createVitest("test", {
      root: this.root,
      watch: false,
      cache: false,
      testTimeout: PATIENCE_MS,
      reporters: [
        {
          onTestCaseResult: (test) => {
            if (test.result().state === "failed") this.#onFailure(test.fullName);
          },
        },
      ],
    });
  }

  /** Names of the tests of a file that fail, bar those that are `known` to; perhaps the first. */
  async failures(test: string, known: readonly string[], isOneEnough: boolean): Promise<string[]> {
    const failed: string[] = [];
    const vitest = await this.#vitest;
    this.#onFailure = (name) => {
      if (known.includes(name)) return;
      failed.push(name);
      if (isOneEnough) void vitest.cancelCurrentRun("test-failure");
    };
    const spec = vitest.getRootProject().createSpecification(join(this.root, test));
    await vitest.runTestSpecifications([spec]);
    // A suite that does not even load has noticed nothing.
    if (failed.length === 0 && spec.testModule?.children.size === 0)
      throw new Error(`${test} does not load`);
    return failed;
  }

  /** The first test of a file that notices that a guard is gone, or `undefined`. */
  async noticedBy(
    mutant: Mutant,
    test: string,
    known: readonly string[],
  ): Promise<string | undefined> {
    const file = join(this.root, mutant.file);
    const source = readFileSync(file, "utf8");
    await this.#write(file, apply(source, mutant));
    try {
      return (await this.failures(test, known, true))[0];
    } finally {
      await this.#write(file, source);
    }
  }

  async #write(file: string, source: string): Promise<void> {
    writeFileSync(file, source);
    (await this.#vitest).invalidateFile(file);
  }

  async remove(): Promise<void> {
    await (await this.#vitest).close();
    rmSync(this.root, { recursive: true, force: true });
  }
}

export interface Removal {
  readonly mutant: Mutant;
  readonly noticedBy: string | undefined;
  /** The file of the test that notices. */
  readonly file?: string;
}

/** What is known from earlier runs of the same code. */
export interface RemovalRecord {
  known(mutant: Mutant): Removal | undefined;
  add(removal: Removal): void;
}

/**
 * Takes guards away, one at a time, `width` copies side by side, while there is time, bar those
 * that a record knows to be noticed. `red` are tests that fail although nothing has been taken
 * away: they notice nothing. Each file of tests is run for that once, before it is relied on.
 */
export async function removeEach(
  mutants: readonly Mutant[],
  width: number,
  report: (removal: Removal) => void = () => undefined,
  hasTime: () => boolean = () => true,
  record?: RemovalRecord,
): Promise<{ readonly red: readonly string[]; readonly removals: readonly Removal[] }> {
  const testsFor = noticing(ROOT);
  const copies = Array.from({ length: width }, () => new Copy());
  const { exitCode } = process;
  const reds = new Map<string, Promise<readonly string[]>>();
  const removed = async (copy: Copy, mutant: Mutant): Promise<Removal> => {
    for (const test of testsFor(mutant.file)) {
      const red = reds.get(test) ?? copy.failures(test, [], false);
      reds.set(test, red);
      const name = await copy.noticedBy(mutant, test, await red);
      if (name !== undefined) return { mutant, noticedBy: name, file: test };
    }
    return { mutant, noticedBy: undefined };
  };
  try {
    const removals: Removal[] = [];
    const waiting = [...mutants];
    const work = async (copy: Copy): Promise<void> => {
      for (let mutant = waiting.shift(); mutant && hasTime(); mutant = waiting.shift()) {
        const known = record?.known(mutant);
        const removal = known ?? (await removed(copy, mutant));
        removals.push(removal);
        if (!known) record?.add(removal);
        report(removal);
      }
    };
    await Promise.all(copies.map(work));
    return { red: (await Promise.all(reds.values())).flat(), removals };
  } finally {
    await Promise.all(copies.map((copy) => copy.remove()));
    // Vitest counts a test that fails as a failure of this process; here it is what should happen.
    process.exitCode = exitCode;
  }
}

/** One line of the table. */
export const removalLine = ({ mutant, noticedBy }: Removal): string =>
  `${mutant.file}:${mutant.line} ${mutant.what}: ${noticedBy ?? "NOBODY NOTICES"}`;
