import { Command, Option } from "commander";
import type { Session } from "../program.js";
import {
  type Assignment,
  assignment,
  duration,
  identifier,
  integer,
  oneOf,
  several,
  share,
} from "./options.js";

export interface ProviderInitOptions {
  readonly id: string;
  readonly name: string;
  readonly class: "ngo" | "un" | "public-body" | "police";
  readonly dir: string;
}

/** How a list is read; the same for looking at it and for sending it. */
export interface ListOptions {
  readonly sheet?: string;
  readonly delimiter?: string;
  readonly headerRow?: number;
  readonly mapping?: string;
  readonly map?: readonly Assignment[];
  readonly dateOrder?: "day-first" | "month-first" | "year-first";
  readonly country?: string;
  readonly errors?: string;
  readonly corrected?: string;
}

/** How a list of cases is read, by the traces that they may share. */
export interface CasesOptions extends ListOptions {
  readonly indicators?: readonly Assignment[];
  readonly own?: readonly Assignment[];
}

/** Looking at a list before anything is sent. */
export interface CheckOptions extends CasesOptions {
  readonly query: string;
  readonly rejects?: string;
}

/** How a mapping is made. */
export interface MapOptions extends Omit<ListOptions, "errors" | "corrected"> {
  readonly out: string;
  readonly rejects?: string;
  readonly identity?: string;
  readonly answer?: readonly Assignment[];
  readonly yes?: boolean;
}

/** Two records of files on this computer. */
export interface CompareOptions extends ListOptions {
  readonly with?: string;
  readonly overlap: number;
}

/** Under which conditions a dataset may be used. */
export interface OfferOptions {
  readonly query: string;
  readonly to: string;
  readonly riskMax: number;
  readonly overlapMin: number;
  readonly runsMax: number;
  readonly expires: number;
  readonly useCase?: string;
}

export interface SubmitOptions extends CasesOptions, OfferOptions {
  readonly space: string;
  readonly identity: string;
  readonly dataset: string;
  readonly receipt?: string;
  readonly uplink: number;
  readonly yes?: boolean;
}

export interface ReofferOptions extends OfferOptions {
  readonly space: string;
  readonly identity: string;
  readonly dataset: string;
}

export interface WithdrawOptions {
  readonly space: string;
  readonly identity: string;
  readonly dataset: string;
}

/** `symbolon provider …`: contribute a list. The plaintext does not leave this program. */
export function providerCommand(session: Session): Command {
  const provider = new Command("provider").description("Contribute a list, split at the source.");
  provider
    .command("init")
    .description("Make an organisation's keys and the public member-card.json for space.json.")
    .requiredOption("--id <name>", "short name of the organisation", identifier)
    .requiredOption("--name <text>", "its full name")
    .requiredOption(
      "--class <class>",
      "ngo, un, public-body or police",
      oneOf("ngo", "un", "public-body", "police"),
    )
    .requiredOption("--dir <folder>", "where identity.json (secret) and member-card.json go")
    .action(async (options: ProviderInitOptions) => {
      const { providerInit } = await import("../actions/provider-init.js");
      await providerInit(options, session);
    });
  mapOptions(provider.command("map <list>"))
    .description("Say once what the columns and values of a list mean, and keep it in a file.")
    .action(async (list: string, options: MapOptions) => {
      const { providerMap } = await import("../actions/provider-map.js");
      await providerMap(list, options, session);
    });
  casesOptions(listOptions(provider.command("check <list>")))
    .description("Show what would leave this computer, what stays, and which cells are wrong.")
    .option("--query <name>", "the query that the list is for", "not-on-list")
    .option("--rejects <file>", "new CSV file for rows to correct; holds case data")
    .action(async (list: string, options: CheckOptions) => {
      const { providerCheck } = await import("../actions/provider-check.js");
      await providerCheck(list, options, session);
    });
  listOptions(provider.command("compare <list>"))
    .argument("<row>", "its number in the file; the first after the headings is 2", row)
    .argument("<other-row>", "the row to hold it against", row)
    .description("Show field by field why two rows are taken for one person, or not.")
    .option("--with <file>", "the other row stands in this file, read in the same way")
    .option("--overlap <share>", "share of the smaller list expected on the other one", share, 0.1)
    .action(async (list: string, ...rest: [number, number, CompareOptions]) => {
      const [ours, theirs, options] = rest;
      const { providerCompare } = await import("../actions/provider-compare.js");
      await providerCompare(list, [ours, theirs], options, session);
    });
  offerOptions(casesOptions(listOptions(memberOptions(provider.command("submit <list>")))))
    .description("Split a list, seal a part for each node, and send it under an offer.")
    .option("--receipt <file>", "new file that remembers which row is which line of the list")
    .option("--uplink <Mbit/s>", "speed of the line, for the estimate", integer(1, 100_000), 10)
    .option("--yes", "send without asking")
    .action(async (list: string, options: SubmitOptions) => {
      const { providerSubmit } = await import("../actions/provider-submit.js");
      await providerSubmit(list, options, session);
    });
  offerOptions(memberOptions(provider.command("offer")))
    .description("Offer a dataset anew, or take the consent back with --runs-max 0.")
    .action(async (options: ReofferOptions) => {
      const { providerOffer } = await import("../actions/provider-offer.js");
      await providerOffer(options, session);
    });
  memberOptions(provider.command("withdraw"))
    .description("Take a dataset back: each node deletes its part and signs that it has.")
    .action(async (options: WithdrawOptions) => {
      const { providerWithdraw } = await import("../actions/provider-withdraw.js");
      await providerWithdraw(options, session);
    });
  return provider;
}

const row = integer(1, 10_000_000);

const memberOptions = (command: Command): Command =>
  command
    .requiredOption("--space <file>", "the data space's space.json")
    .requiredOption("--identity <file>", "this organisation's identity.json")
    .requiredOption("--dataset <name>", "what this list is called in the data space", identifier);

const mapOptions = (command: Command): Command =>
  readingOptions(command)
    .option("--out <file>", "new file for the mapping", "mapping.json")
    .option("--mapping <file>", "start from what an earlier mapping says")
    .option(
      "--map <meaning=heading...>",
      "say beforehand what a column means: given, indicator-phone, prs_Gender, home …",
      several(assignment),
    )
    .option("--rejects <file>", "new CSV file for rows to correct; holds case data")
    .option("--identity <file>", "this organisation's identity.json, to sign the mapping")
    .option(
      "--answer <question=answer...>",
      "answer beforehand what would be asked",
      several(assignment),
    )
    .option("--yes", "ask nothing: take what is sure, refuse what is ambiguous");

export const listOptions = (command: Command): Command =>
  readingOptions(command)
    .option("--mapping <file>", "read the list as the file that `provider map` made says")
    .option("--map <field=heading...>", "say which column a field is in", several(assignment))
    .option("--corrected <file>", "rows of the list as corrected in the file of --rejects")
    .option("--errors <file>", "write what is wrong with which cell to a new CSV file");

const casesOptions = (command: Command): Command =>
  command
    .option(
      "--indicators <kind=heading...>",
      "for the query shared-indicators: say which columns hold what",
      several(assignment),
    )
    .option(
      "--own <kind=value...>",
      "our own hotline, mail …: they connect no cases",
      several(assignment),
    );

const readingOptions = (command: Command): Command =>
  command
    .option(
      "--sheet <name>",
      "sheet of a workbook, by name or number, if it is not found by itself",
    )
    .option("--header-row <number>", "row of the headings, if it is not found", row)
    .option("--delimiter <sign>", "sign between cells of a CSV file, if it is not found", delimiter)
    .option(
      "--date-order <order>",
      "what 03/04/05 means: day-first, month-first or year-first",
      oneOf("day-first", "month-first", "year-first"),
    )
    .option("--country <code>", "two-letter country of phone numbers without a country code");

const offerOptions = (command: Command): Command =>
  command
    .option("--query <name>", "the query that may be asked", "not-on-list")
    .requiredOption("--to <member>", "who may ask it", identifier)
    .option("--use-case <name>", "under a charter: the use case that it is offered for", identifier)
    .option("--risk-max <share>", "highest chance that a picked name is on this list", share, 0.001)
    .option("--overlap-min <share>", "least share of the asker's list taken as known", share, 0.5)
    .option("--runs-max <count>", "how many runs this offer is good for", integer(0, 1000), 1)
    .addOption(expires());

const expires = (): Option =>
  new Option("--expires <time>", "how long the offer stands, such as 12h or 30d")
    .argParser(duration)
    .default(duration("30d"), "30d");

const delimiter = (text: string): string => (text === "tab" || text === "\\t" ? "\t" : text);
