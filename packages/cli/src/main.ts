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

/** Commander has printed a help text or the version, and ends the program by throwing. */
const isHelp = ({ code }: CommanderError): boolean => /help|version/i.test(code);

function usageError({ message }: CommanderError): CliError {
  const what = message.replace(/^error: /, "");
  return new CliError("USAGE", what, {}, "add --help to see what this command takes");
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
    if (error instanceof CommanderError && isHelp(error)) {
      return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    }
    const thrown = error instanceof CommanderError ? usageError(error) : error;
    const reason: unknown = signal.aborted ? signal.reason : thrown;
    output.error(reason);
    return exitCodeOf(reason);
  }
}

process.exitCode = await main(process.argv.slice(2));
