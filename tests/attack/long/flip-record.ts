import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { UnitResult } from "./flip-worker.js";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const COMPILED = [
  "packages/base/dist",
  "packages/mpc/dist",
  "packages/queries/dist",
  "packages/sim/dist",
  "tests/attack/dist",
];

/** What has been done with this very code, in a file, so that a run goes on where one ended. */
export class FlipRecord {
  readonly path: string;
  readonly done = new Map<string, UnitResult>();

  constructor() {
    mkdirSync(join(ROOT, ".symbolon"), { recursive: true });
    this.path = join(ROOT, ".symbolon", `flips-${fingerprint()}.jsonl`);
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

/** Names all compiled code that a result depends on. */
function fingerprint(): string {
  const hash = createHash("sha256");
  for (const folder of COMPILED) {
    const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
    for (const name of names.filter((one) => one.endsWith(".js")).sort()) {
      hash.update(name).update(readFileSync(join(ROOT, folder, name)));
    }
  }
  return hash.digest("hex").slice(0, 16);
}
