import { Command } from "commander";
import type { Session } from "../program.js";

export interface StatusOptions {
  readonly space: string;
}

/** `symbolon status`: are the three nodes up, and do they see one another? */
export function statusCommand(session: Session): Command {
  return new Command("status")
    .description("Ask the three nodes how they are. Exit code 1 if one cannot be reached.")
    .requiredOption("--space <file>", "the data space's space.json")
    .action(async (options: StatusOptions) => {
      const { status } = await import("../actions/status.js");
      await status(options, session);
    });
}
