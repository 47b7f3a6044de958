import { Command } from "commander";
import type { Session } from "../program.js";
import { datasetRef, integer, several, share } from "./options.js";

export interface NotOnListOptions {
  readonly space: string;
  readonly identity: string;
  readonly receipt: string;
  readonly theirs: readonly { readonly dataset: string; readonly root: string }[];
  readonly list?: string;
  readonly overlap: number;
  readonly threshold?: number;
  readonly dedupThreshold?: number;
}

/** `symbolon ask …`: ask an approved question. */
export function askCommand(session: Session): Command {
  const ask = new Command("ask").description("Ask a question that the providers have allowed.");
  ask
    .command("not-on-list")
    .description("Five names of ours that are on none of their lists, or no answer.")
    .requiredOption("--space <file>", "the data space's space.json")
    .requiredOption("--identity <file>", "this organisation's identity.json")
    .requiredOption("--receipt <file>", "the receipt that `provider submit` wrote for our list")
    .requiredOption(
      "--theirs <dataset@root...>",
      "their datasets, as `provider submit` printed them there",
      several(datasetRef),
    )
    .option("--list <file>", "our list, to show the rows picked; it is read on this computer only")
    .option("--overlap <share>", "share of our list that we expect to be known", share, 0.5)
    .option(
      "--threshold <units>",
      "score from which a pair counts as one person",
      integer(1, 32767),
    )
    .option("--dedup-threshold <units>", "the same between rows of our own", integer(1, 32767))
    .action(async (options: NotOnListOptions) => {
      const { askNotOnList } = await import("../actions/ask.js");
      await askNotOnList(options, session);
    });
  return ask;
}
