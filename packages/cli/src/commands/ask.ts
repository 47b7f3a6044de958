import { Command } from "commander";
import type { Session } from "../program.js";
import {
  type Assignment,
  assignment,
  type DatasetName,
  datasetName,
  identifier,
  integer,
  several,
  share,
} from "./options.js";
import { type ListOptions, listOptions } from "./provider.js";

/** What every question needs. */
export interface AskOptions extends ListOptions {
  readonly space: string;
  readonly identity: string;
  readonly receipt: string;
  readonly theirs: readonly DatasetName[];
  readonly list: string;
  readonly useCase?: string;
}

export interface MatchesOptions extends AskOptions {
  readonly overlap: number;
}

/** The asker's own list is counted as well, but nothing of its file is needed. */
export interface CountOptions extends Omit<AskOptions, "list" | keyof ListOptions> {
  readonly by: string;
  readonly and?: string;
  readonly where?: readonly Assignment[];
  readonly csv?: string;
  readonly each?: boolean;
  readonly persons?: boolean;
  readonly overlap: number;
}

/** Likewise. */
export interface OverlapOptions extends Omit<AskOptions, "list" | keyof ListOptions> {
  readonly overlap: number;
  readonly csv?: string;
}

export interface NotOnListOptions extends AskOptions {
  readonly overlap: number;
  readonly threshold?: number;
  readonly dedupThreshold?: number;
}

/** `symbolon ask …`: ask an approved question. */
export function askCommand(session: Session): Command {
  const ask = new Command("ask").description("Ask a question that the providers have allowed.");
  askOptions(ask.command("not-on-list"))
    .description("Five names of ours that are on none of their lists, or no answer.")
    .option("--overlap <share>", "share of our list that we expect to be known", share, 0.5)
    .option(
      "--threshold <units>",
      "score from which a pair counts as one person",
      integer(1, 32767),
    )
    .option(
      "--dedup-threshold <units>",
      "the same between rows of our own; at most the threshold",
      integer(1, 32767),
    )
    .action(async (options: NotOnListOptions) => {
      const { askNotOnList } = await import("../actions/ask.js");
      await askNotOnList(options, session);
    });
  askOptions(ask.command("matches"))
    .description("Which of ours another list holds as well, and how sure that is.")
    .option("--overlap <share>", "share of the smaller list that we agreed to expect", share, 0.1)
    .action(async (options: MatchesOptions) => {
      const { askMatches } = await import("../actions/ask-matches.js");
      await askMatches(options, session);
    });
  askOptions(ask.command("shared-indicators"))
    .description("With how many other organisations our cases share a phone, a plate, an advert.")
    .action(async (options: AskOptions) => {
      const { askSharedIndicators } = await import("../actions/ask-shared-indicators.js");
      await askSharedIndicators(options, session);
    });
  runOptions(ask.command("count"))
    .description("How many cases or persons all of us have together, by attributes; noised.")
    .requiredOption("--by <attribute>", "exploitation, control, sex, age, country, year, from …")
    .option("--and <attribute>", "a second one, for the columns of a table")
    .option(
      "--where <attribute=code...>",
      "count only cases with this code; up to three times",
      several(assignment),
    )
    .option(
      "--persons",
      "count persons, each once however many lists know her; needs an offer for count-persons",
    )
    .option(
      "--overlap <share>",
      "with --persons: share of the smaller list that we agreed to expect",
      share,
      0.1,
    )
    .option("--each", "a table of each of their lists by itself; needs an offer for count-each")
    .option("--csv <file>", "write all cells to a new CSV file")
    .action(async (options: CountOptions) => {
      const { askCount } = await import("../actions/ask-count.js");
      await askCount(options, session);
    });
  runOptions(ask.command("overlap"))
    .description("How many different persons all of us know together, and who shares how many.")
    .option("--overlap <share>", "share of the smaller list that we agreed to expect", share, 0.1)
    .option("--csv <file>", "write the whole table to a new CSV file")
    .action(async (options: OverlapOptions) => {
      const { askOverlap } = await import("../actions/ask-overlap.js");
      await askOverlap(options, session);
    });
  return ask;
}

const askOptions = (command: Command): Command =>
  runOptions(listOptions(command)).requiredOption(
    "--list <file>",
    "our list; it is read on this computer only",
  );

const runOptions = (command: Command): Command =>
  command
    .requiredOption("--space <file>", "the data space's space.json")
    .requiredOption("--identity <file>", "this organisation's identity.json")
    .option(
      "--use-case <name>",
      "under a charter: the use case that it is asked within",
      identifier,
    )
    .requiredOption("--receipt <file>", "the receipt that `provider submit` wrote for our list")
    .requiredOption(
      "--theirs <dataset@root/rows...>",
      "their datasets, as `provider submit` printed them there",
      several(datasetName),
    );
