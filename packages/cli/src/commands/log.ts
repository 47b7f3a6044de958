import { Command } from "commander";
import type { Session } from "../program.js";

export interface LogOptions {
  readonly keys: string;
}

export interface LogVerifyOptions extends LogOptions {
  readonly entry?: string;
}

/** `symbolon log …`: check what a log says, without asking anybody. */
export function logCommand(session: Session): Command {
  const log = new Command("log").description(
    "Check proofs of the transparency log, offline: for members, courts and authorities.",
  );
  keys(log.command("verify <proof>"))
    .description("Check that an entry stands in the log that all nodes and the witnesses signed.")
    .option("--entry <file>", "the entry, if the proof does not carry it")
    .action(async (proof: string, options: LogVerifyOptions) => {
      const { logVerify } = await import("../actions/log.js");
      await logVerify(proof, options, session);
    });
  keys(log.command("compare <head> <other>"))
    .description(
      "Check that two signed heads are of one history. Exit code 4 if the log was forked.",
    )
    .action(async (head: string, other: string, options: LogOptions) => {
      const { logCompare } = await import("../actions/log.js");
      await logCompare(head, other, options, session);
    });
  return log;
}

const keys = (command: Command): Command =>
  command.requiredOption("--keys <file>", "the keys of the log's three nodes and its witnesses");
