#!/usr/bin/env node
import { CommanderError } from "commander";
import { CliError } from "./error.js";
import { EXIT, exitCodeOf } from "./exit.js";
import { outputTo } from "./output.js";
import { buildProgram } from "./program.js";

/** A supervisor and a parent process may both pass on one and the same stop. */
const SAME_STOP_MS = 1_000;

/** Ctrl-C asks the command to end in good order; a second one ends it at once. */
function cancelOnSignal(): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  const cancel = () => {
    first ??= performance.now();
    const isSecond = performance.now() - first > SAME_STOP_MS;
    if (isSecond) process.exit(EXIT.cancelled);
    const cure = "what was acknowledged is kept; the same command resumes";
    controller.abort(new CliError("CANCELLED", "stopped", {}, cure));
  };
  process.on("SIGINT", cancel);
  process.on("SIGTERM", cancel);
  return controller.signal;
}

async function main(args: readonly string[]): Promise<number> {
  const json = args.includes("--json");
  const showProgress = !json || args.includes("--progress");
  const output = outputTo(process.stdout, process.stderr, { json, showProgress });
  const signal = cancelOnSignal();
  try {
    await buildProgram({ output, signal }).parseAsync(args, { from: "user" });
    return EXIT.ok;
  } catch (error) {
    // Commander has already printed the help or what is wrong with the command line.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const reason: unknown = signal.aborted ? signal.reason : error;
    output.error(reason);
    return exitCodeOf(reason);
  }
}

process.exitCode = await main(process.argv.slice(2));
