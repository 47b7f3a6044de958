import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const root = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = join(root, "packages", "cli", "dist", "main.js");

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface HowToRun {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments for Node itself. */
  readonly node?: readonly string[];
}

/** Runs a compiled program of ours as a process of its own, to its end. */
export function runFile(file: string, args: readonly string[], how: HowToRun = {}) {
  if (!existsSync(file)) throw new Error(`${file} is not compiled: npm run build`);
  return new Promise<Finished>((resolve, reject) => {
    const child = spawn(process.execPath, [...(how.node ?? []), file, ...args], {
      cwd: how.cwd ?? root,
      env: { ...process.env, ...how.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const text = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (piece: string) => {
      text.out += piece;
    });
    child.stderr.setEncoding("utf8").on("data", (piece: string) => {
      text.err += piece;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...text }));
  });
}

/** Runs `symbolon …`. */
export const symbolon = (args: readonly string[], how?: HowToRun): Promise<Finished> =>
  runFile(MAIN, args, how);

/** A new folder that is gone after the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "symbolon-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
