import { Command } from "commander";
import type { Session } from "../program.js";
import { identifier } from "./options.js";

export interface LogOptions {
  readonly keys: string;
}

export interface LogVerifyOptions extends LogOptions {
  readonly entry?: string;
}

export interface LogWitnessKeyOptions {
  readonly member: string;
  readonly dir: string;
}

export interface LogWitnessOptions {
  readonly space: string;
  readonly key: string;
}

export interface LogFetchOptions {
  readonly space: string;
  readonly out: string;
}

/** `symbolon log …`: check what a log says, without asking anybody; and watch it. */
export function logCommand(session: Session): Command {
  const log = new Command("log").description(
    "Check proofs of the transparency log, offline: for members, courts and authorities. Watch it.",
  );
  offlineCommands(log, session);
  onlineCommands(log, session);
  return log;
}

function offlineCommands(log: Command, session: Session): void {
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
}

function onlineCommands(log: Command, session: Session): void {
  log
    .command("witness-key")
    .description("Make a witness's key, and the public card with it for the charter.")
    .requiredOption("--member <name>", "the member that watches", identifier)
    .requiredOption("--dir <folder>", "where witness.json (secret) and witness-card.json go")
    .action(async (options: LogWitnessKeyOptions) => {
      const { logWitnessKey } = await import("../actions/log-witness.js");
      await logWitnessKey(options, session);
    });
  log
    .command("witness")
    .description("Check that the log has only grown since the last time, and cosign its head.")
    .requiredOption("--space <file>", "the data space's space.json")
    .requiredOption("--key <file>", "witness.json; the last head is remembered beside it")
    .action(async (options: LogWitnessOptions) => {
      const { logWitness } = await import("../actions/log-witness.js");
      await logWitness(options, session);
    });
  log
    .command("receipt")
    .description("Fetch the offline proof that a statement stands in the log.")
    .argument("<hash>", "the hash of the statement")
    .requiredOption("--space <file>", "the data space's space.json")
    .requiredOption("--out <file>", "the new proof")
    .action(async (hash: string, options: LogFetchOptions) => {
      const { logReceipt } = await import("../actions/log-fetch.js");
      await logReceipt(hash, options, session);
    });
  log
    .command("keys")
    .description("Write the keys file of the log from its charter, for checking offline.")
    .requiredOption("--space <file>", "the data space's space.json")
    .requiredOption("--out <file>", "the new keys file")
    .action(async (options: LogFetchOptions) => {
      const { logKeys } = await import("../actions/log-fetch.js");
      await logKeys(options, session);
    });
}

const keys = (command: Command): Command =>
  command.requiredOption("--keys <file>", "the keys of the log's three nodes and its witnesses");
