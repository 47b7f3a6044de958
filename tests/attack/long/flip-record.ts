import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { UnitResult } from "./flip-worker.js";

const FOLDER = fileURLToPath(new URL("../../../../.symbolon", import.meta.url));

/**
 * What has been done, in a file, so that a run goes on where one ended. A unit's name has the hash
 * of the code that it ran: what a later change cannot have touched stays done.
 */
export class FlipRecord {
  readonly path = join(FOLDER, "flips.jsonl");
  readonly done = new Map<string, UnitResult>();

  constructor() {
    mkdirSync(FOLDER, { recursive: true });
    if (!existsSync(this.path)) return;
    for (const line of readFileSync(this.path, "utf8").split("\n").filter(Boolean)) {
      const { unit, result } = JSON.parse(line) as { unit: string; result: UnitResult };
      this.done.set(unit, result);
    }
  }

  add(unit: string, result: UnitResult): void {
    this.done.set(unit, result);
    appendFileSync(this.path, `${JSON.stringify({ unit, result })}\n`);
  }
}
