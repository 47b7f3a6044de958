import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CodeHash } from "../code-hash.js";
import { type Removal, type RemovalRecord, ROOT } from "../removal/check-removal.js";
import type { Mutant } from "../removal/mutants.js";
import { sourceOf } from "../removal/noticing.js";

interface Line {
  readonly guard: string;
  readonly noticedBy: string;
  /** The file of the test that noticed. */
  readonly test: string;
  /** Hash of that file and of the guard's, with all that they import. */
  readonly code: string;
}

/** Which test noticed which guard's removal, in a file: it does as long as its code stays. */
export class GuardRecord implements RemovalRecord {
  readonly #path = join(ROOT, ".symbolon", "guards.jsonl");
  readonly #lines = new Map<string, Line>();
  readonly #names: ReadonlyMap<Mutant, string>;
  readonly #hashes = new CodeHash(ROOT, (from, specifier) => {
    const file = sourceOf(from, specifier);
    return existsSync(join(ROOT, file)) && file.endsWith(".ts") ? file : undefined;
  });

  constructor(mutants: readonly Mutant[]) {
    this.#names = namesOf(mutants);
    if (!existsSync(this.#path)) return;
    for (const text of readFileSync(this.#path, "utf8").split("\n").filter(Boolean)) {
      const line = JSON.parse(text) as Line;
      this.#lines.set(line.guard, line);
    }
  }

  known(mutant: Mutant): Removal | undefined {
    const line = this.#lines.get(this.#nameOf(mutant));
    if (!line || !existsSync(join(ROOT, line.test))) return undefined;
    if (this.#codeOf(mutant, line.test) !== line.code) return undefined;
    return { mutant, noticedBy: line.noticedBy, file: line.test };
  }

  add({ mutant, noticedBy, file }: Removal): void {
    if (noticedBy === undefined || file === undefined) return;
    const code = this.#codeOf(mutant, file);
    const line: Line = { guard: this.#nameOf(mutant), noticedBy, test: file, code };
    mkdirSync(join(ROOT, ".symbolon"), { recursive: true });
    appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
  }

  #codeOf(mutant: Mutant, test: string): string {
    return this.#hashes.of([mutant.file, test]);
  }

  #nameOf(mutant: Mutant): string {
    return this.#names.get(mutant) ?? "";
  }
}

/** Guards by file and words, those of the same words by their order. */
function namesOf(mutants: readonly Mutant[]): Map<Mutant, string> {
  const seen = new Map<string, number>();
  return new Map(
    mutants.map((mutant) => {
      const words = `${mutant.file} ${mutant.what}`;
      const count = seen.get(words) ?? 0;
      seen.set(words, count + 1);
      return [mutant, `${words} ${count}`];
    }),
  );
}
