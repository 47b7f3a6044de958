import { Command } from "commander";
import type { Session } from "../program.js";
import { identifier, several } from "./options.js";

export interface SpaceCreateOptions {
  readonly id: string;
  readonly name: string;
  readonly node: readonly string[];
  readonly member?: readonly string[];
  readonly build?: readonly string[];
  readonly out: string;
}

const file = (text: string): string => text;

/** `symbolon space …`: who takes part. */
export function spaceCommand(session: Session): Command {
  const space = new Command("space").description("Say who takes part in a data space.");
  space
    .command("create")
    .description("Put three node cards and the members' cards together into space.json.")
    .requiredOption("--id <name>", "short name of the data space", identifier)
    .requiredOption("--name <text>", "what people call it")
    .requiredOption("--node <card...>", "node-card.json of each of the three nodes", several(file))
    .option("--member <card...>", "member-card.json of each member", several(file))
    .option("--build <hash...>", "build hash that members accept at a node", several(file))
    .requiredOption("--out <file>", "the new space.json")
    .action(async (options: SpaceCreateOptions) => {
      const { spaceCreate } = await import("../actions/space.js");
      spaceCreate(options, session);
    });
  return space;
}
