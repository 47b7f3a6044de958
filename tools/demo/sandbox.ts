import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSandbox } from "@symbolon/sim/cases/sandbox";
import { truthOf } from "@symbolon/sim/cases/truth";

/** Files of a sandbox on disk: names, and what is in them. */
export interface WrittenFile {
  readonly path: string;
  readonly rows: number;
}

/**
 * Writes seven invented organisations' lists (`police.csv`), the same cases in the form of HTCDS
 * (`police.json`), and who is whom (`truth.json`) into a folder, which is made if need be.
 */
export function writeSandbox(folder: string, seed: number): WrittenFile[] {
  mkdirSync(folder, { recursive: true });
  const sandbox = generateSandbox({ seed });
  const files: WrittenFile[] = [];
  const write = (name: string, text: string, rows: number): void => {
    const path = join(folder, name);
    writeFileSync(path, text);
    files.push({ path, rows });
  };
  for (const { organisation, list, records } of sandbox.organisations) {
    write(`${organisation.id}.csv`, list.csv, records.length);
    write(`${organisation.id}.json`, `${JSON.stringify(records, null, 1)}\n`, records.length);
  }
  const truth = truthOf(sandbox);
  write("truth.json", `${JSON.stringify(truth, null, 1)}\n`, truth.people);
  return files;
}
