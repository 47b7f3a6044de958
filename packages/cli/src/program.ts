import { Command } from "commander";
import { askCommand } from "./commands/ask.js";
import { explainCommand } from "./commands/explain.js";
import { logCommand } from "./commands/log.js";
import { nodeCommand } from "./commands/node.js";
import { providerCommand } from "./commands/provider.js";
import { spaceCommand } from "./commands/space.js";
import { statusCommand } from "./commands/status.js";
import type { Output } from "./output.js";
import { VERSION } from "./version.js";

/** What every command gets. */
export interface Session {
  readonly output: Output;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

const ABOUT = `Compute on the joined data of several organisations without any of them,
or anyone who runs the machines, seeing another's.

Exit codes:
  0 done   1 something outside is wrong   2 wrong usage   3 refused by a node
  4 somebody cheated: a run was aborted, or a log forked   70 a bug   130 stopped by Ctrl-C`;

/** The program's commands. Each loads its code when it runs: a node's or a provider's, not both. */
export function buildProgram(session: Session): Command {
  const program = new Command("symbolon").description(ABOUT).version(VERSION, "--version");
  const commands = [
    nodeCommand(session),
    providerCommand(session),
    askCommand(session),
    explainCommand(session),
    statusCommand(session),
    spaceCommand(session),
    logCommand(session),
  ];
  for (const command of commands) program.addCommand(command);
  prepare(program, session);
  return program;
}

/** Settings that commander does not hand down to commands made apart. */
function prepare(command: Command, session: Session): void {
  command.exitOverride();
  command.helpOption("--help", "show this text").helpCommand(false);
  command.configureOutput({
    writeErr: (text) => session.output.note(text.trimEnd()),
    // What is wrong with a command line is thrown, and told like any other error.
    outputError: () => undefined,
  });
  if (command.commands.length === 0) {
    command.option("--json", "print one line of JSON");
    command.option("--progress", "with --json: progress on standard error all the same");
  }
  for (const child of command.commands) prepare(child, session);
}
