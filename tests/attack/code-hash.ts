import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import ts from "typescript";

interface Code {
  readonly text: string;
  readonly imported: readonly string[];
}

/** Hashes of code; each file is read once. */
export class CodeHash {
  readonly #root: string;
  readonly #resolve: (from: string, specifier: string) => string | undefined;
  readonly #known = new Map<string, Code>();

  /** `resolve` tells which file of this project a specifier means; files are named from `root`. */
  constructor(root: string, resolve: (from: string, specifier: string) => string | undefined) {
    this.#root = root;
    this.#resolve = resolve;
  }

  /**
   * Of files and of all of this project's that they import, however far, without comments: what
   * does not change it cannot have changed how they run.
   */
  of(files: readonly string[]): string {
    const reached = new Set(files);
    // A set is walked in the order of insertion, what is added on the way included.
    for (const file of reached) for (const next of this.#read(file).imported) reached.add(next);
    const hash = createHash("sha256");
    for (const file of [...reached].sort()) {
      hash.update(file).update("\n").update(this.#read(file).text);
    }
    return hash.digest("hex").slice(0, 16);
  }

  #read(file: string): Code {
    let code = this.#known.get(file);
    if (code) return code;
    const source = readFileSync(`${this.#root}/${file}`, "utf8");
    const compilerOptions = { removeComments: true, target: ts.ScriptTarget.ESNext };
    const text = ts.transpileModule(source, { compilerOptions }).outputText;
    const imported = ts
      .preProcessFile(source)
      .importedFiles.map(({ fileName }) => this.#resolve(file, fileName))
      .filter((path) => path !== undefined);
    code = { text, imported };
    this.#known.set(file, code);
    return code;
  }
}
