import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { DemoError } from "./demo-error.js";

/** The clone: three folders up from the compiled file, two from its source. */
const ROOT = new URL(import.meta.url.endsWith(".ts") ? "../../" : "../../../", import.meta.url);
const SYMBOLON = fileURLToPath(new URL("packages/cli/dist/main.js", ROOT));
const STOP_MS_MAX = 3_000;

/** A program that goes on until it is stopped. */
export interface Running {
  readonly pid: number;
  /** Rejects if it ends before it is stopped. */
  readonly ended: Promise<never>;
  /** What it has written to standard error. */
  log(): string;
}

/** The processes of a demonstration: the real commands, and none of them outlives it. */
export class Children {
  readonly #alive = new Set<ChildProcess>();
  readonly #folder: string;
  #stopping = false;

  constructor(folder: string) {
    this.#folder = folder;
    process.once("exit", () => this.#killAll());
  }

  /** Runs `symbolon …` to its end and returns what it says by `--json`. */
  async run(args: readonly string[], { progress = false } = {}): Promise<Record<string, unknown>> {
    const child = this.#spawn([...args, "--json", ...(progress ? ["--progress"] : [])], progress);
    const [out, err] = [collect(child.stdout), collect(child.stderr)];
    const code = await exitOf(child);
    if (code === 0) return JSON.parse(out()) as Record<string, unknown>;
    const reason = err().trim() || `exit code ${code}`;
    throw new DemoError("COMMAND_FAILED", `symbolon ${args.slice(0, 2).join(" ")}: ${reason}`);
  }

  /** Starts `symbolon …`, which goes on by itself. */
  start(args: readonly string[]): Running {
    const child = this.#spawn(args, false);
    const log = collect(child.stderr);
    child.stdout?.resume();
    const ended = exitOf(child).then((code): never => {
      const last = log().trim().split("\n").slice(-3).join(" ");
      throw new DemoError(
        "COMMAND_FAILED",
        `symbolon ${args[0]} ended by itself (${code}): ${last}`,
      );
    });
    // Whether anybody waits for it or not, its end is no unhandled rejection.
    ended.catch(() => undefined);
    return { pid: child.pid ?? 0, ended, log };
  }

  /** Asks all to end in good order, and kills what does not within seconds. */
  async stopAll(): Promise<void> {
    this.#stopping = true;
    const waits = [...this.#alive].map((child) => exitOf(child));
    for (const child of this.#alive) child.kill("SIGTERM");
    const timer = setTimeout(() => this.#killAll(), STOP_MS_MAX);
    await Promise.all(waits);
    clearTimeout(timer);
  }

  #killAll(): void {
    for (const child of this.#alive) child.kill("SIGKILL");
  }

  #spawn(args: readonly string[], showErr: boolean): ChildProcess {
    if (this.#stopping) throw new DemoError("STOPPED", "the demonstration is being stopped");
    const child = spawn(process.execPath, [SYMBOLON, ...args], {
      cwd: this.#folder,
      stdio: ["ignore", "pipe", showErr ? "inherit" : "pipe"],
    });
    this.#alive.add(child);
    child.once("exit", () => this.#alive.delete(child));
    return child;
  }
}

function collect(stream: ChildProcess["stdout"]): () => string {
  let text = "";
  stream?.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
  });
  return () => text;
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
