import { Command } from "commander";
import type { Session } from "../program.js";
import { type HostPort, hostPort, identifier, integer } from "./options.js";

export interface NodeInitOptions {
  readonly index: 0 | 1 | 2;
  readonly name: string;
  readonly spaceId: string;
  readonly dir: string;
  readonly api: HostPort;
  readonly peer: HostPort;
  readonly listen?: string;
  readonly space: string;
}

export interface NodeStartOptions {
  readonly config: string;
}

/** `symbolon node …`: be one of the three computing parties. */
export function nodeCommand(session: Session): Command {
  const node = new Command("node").description("Be one of the three computing nodes.");
  node
    .command("init")
    .description(
      "Make a node's keys, its node.toml, and the public node-card.json that goes into space.json.",
    )
    .requiredOption("--index <0|1|2>", "which of the three nodes this is", integer(0, 2))
    .requiredOption("--name <text>", "what people call it, such as its operator")
    .requiredOption("--space-id <name>", "short name of the data space", identifier)
    .requiredOption("--dir <folder>", "new folder for configuration, keys and data")
    .requiredOption("--api <host:port>", "where providers and askers reach it", hostPort)
    .requiredOption("--peer <host:port>", "where the other nodes reach it", hostPort)
    .option("--listen <address>", "address to listen on, if it differs from those above")
    .option("--space <file>", "where space.json will be, seen from the folder", "space.json")
    .action(async (options: NodeInitOptions) => {
      const { nodeInit } = await import("../actions/node.js");
      await nodeInit(options, session);
    });
  node
    .command("start")
    .description("Run a node until it is stopped (Ctrl-C).")
    .requiredOption("--config <file>", "the node's node.toml")
    .action(async (options: NodeStartOptions) => {
      const { nodeStart } = await import("../actions/node.js");
      await nodeStart(options, session);
    });
  node
    .command("card")
    .description("Print the key with which a node signs heads of the log, for the charter.")
    .requiredOption("--config <file>", "the node's node.toml")
    .action(async (options: NodeStartOptions) => {
      const { nodeCard } = await import("../actions/node.js");
      nodeCard(options, session);
    });
  node
    .command("build")
    .description("Print the hash of this program's code, which members accept by --build.")
    .action(async () => {
      const { nodeBuild } = await import("../actions/node.js");
      nodeBuild(session);
    });
  return node;
}
