import { Command } from "commander";
import type { Session } from "../program.js";
import { identifier, oneOf, several } from "./options.js";

export interface SpaceCreateOptions {
  readonly id: string;
  readonly name: string;
  readonly node: readonly string[];
  readonly member?: readonly string[];
  readonly build?: readonly string[];
  readonly witness?: readonly string[];
  readonly charter?: string;
  readonly out: string;
}

/** A member at the log. */
export interface SpaceMemberOptions {
  readonly space: string;
  readonly identity: string;
}

export interface SpaceJoinOptions extends SpaceMemberOptions {
  readonly name: string;
  readonly class: "ngo" | "un" | "public-body" | "police";
}

export interface SpaceInviteOptions extends SpaceMemberOptions {
  readonly fingerprint: string;
}

export interface SpaceProposeOptions extends SpaceMemberOptions {
  readonly query?: string;
}

export interface SpaceApproveOptions {
  readonly space: string;
  readonly identity?: string;
  readonly node?: string;
  readonly vote?: "yes" | "no";
}

export interface SpaceUseCaseOptions {
  readonly name: string;
  readonly purpose: string;
  readonly for: readonly string[];
  readonly out: string;
}

export interface SpaceReportOptions {
  readonly space: string;
  readonly out: string;
}

const file = (text: string): string => text;

/** `symbolon space …`: found a data space, and decide in it together. */
export function spaceCommand(session: Session): Command {
  const space = new Command("space").description(
    "Found a data space, let members in, and decide together what may be asked.",
  );
  createCommand(space, session);
  membershipCommands(space, session);
  decisionCommands(space, session);
  readingCommands(space, session);
  return space;
}

function createCommand(space: Command, session: Session): void {
  space
    .command("create")
    .description("Put three node cards and the members' cards together into space.json.")
    .requiredOption("--id <name>", "short name of the data space", identifier)
    .requiredOption("--name <text>", "what people call it")
    .requiredOption("--node <card...>", "node-card.json of each of the three nodes", several(file))
    .option("--member <card...>", "member-card.json of each member", several(file))
    .option("--build <hash...>", "build hash that members accept at a node", several(file))
    .option("--witness <card...>", "witness-card.json of each member who watches", several(file))
    .option("--charter <file>", "also write a draft of the charter, to be edited and proposed")
    .requiredOption("--out <file>", "the new space.json")
    .action(async (options: SpaceCreateOptions) => {
      const { spaceCreate } = await import("../actions/space.js");
      spaceCreate(options, session);
    });
}

function membershipCommands(space: Command, session: Session): void {
  member(space.command("join"))
    .description("Apply to a data space, and print the numbers to be read out on the phone.")
    .requiredOption("--name <text>", "the organisation's full name")
    .requiredOption(
      "--class <class>",
      "ngo, un, public-body or police",
      oneOf("ngo", "un", "public-body", "police"),
    )
    .action(async (options: SpaceJoinOptions) => {
      const { spaceJoin } = await import("../actions/space-membership.js");
      await spaceJoin(options, session);
    });
  member(space.command("invite"))
    .description("Vouch for an organisation that has applied, by the numbers that it read out.")
    .argument("<member>", "its short name", identifier)
    .requiredOption("--fingerprint <numbers>", "the eight groups of five digits that you heard")
    .action(async (applicant: string, options: SpaceInviteOptions) => {
      const { spaceInvite } = await import("../actions/space-membership.js");
      await spaceInvite(applicant, options, session);
    });
}

function decisionCommands(space: Command, session: Session): void {
  space
    .command("use-case")
    .description("Write the draft of a use case for a question, to be edited and proposed.")
    .argument("<query>", "the question")
    .requiredOption("--name <name>", "short name of the use case", identifier)
    .requiredOption("--purpose <name>", "what it is for, in one word", identifier)
    .requiredOption("--for <class...>", "classes of organisations that may ask", several(file))
    .requiredOption("--out <file>", "the new draft")
    .action(async (query: string, options: SpaceUseCaseOptions) => {
      const { spaceUseCase } = await import("../actions/space-propose.js");
      spaceUseCase(query, options, session);
    });
  member(space.command("propose"))
    .description("Propose a charter, a use case or another statement from a file, or a question.")
    .argument("[file]", "the statement, as JSON")
    .option("--query <name>", "propose that this question may be asked")
    .action(async (path: string | undefined, options: SpaceProposeOptions) => {
      const { spacePropose } = await import("../actions/space-propose.js");
      await spacePropose(path, options, session);
    });
  space
    .command("approve")
    .description("Show what is proposed, and vote on it.")
    .argument("[proposal]", "the first letters of its hash; without it, all are listed")
    .requiredOption("--space <file>", "the data space's space.json")
    .option("--identity <file>", "vote as a member: its identity.json")
    .option("--node <file>", "vote as a node's operator: its node.toml")
    .option("--vote <vote>", "yes or no; without it, nothing is signed", oneOf("yes", "no"))
    .action(async (proposal: string | undefined, options: SpaceApproveOptions) => {
      const { spaceApprove } = await import("../actions/space-approve.js");
      await spaceApprove(proposal, options, session);
    });
  member(space.command("agree"))
    .description("Agree to the terms of an offer, or list the offers that wait for you.")
    .argument("[offer]", "the first letters of its hash")
    .action(async (offer: string | undefined, options: SpaceMemberOptions) => {
      const { spaceAgree } = await import("../actions/space-consent.js");
      await spaceAgree(offer, options, session);
    });
}

function readingCommands(space: Command, session: Session): void {
  space
    .command("status")
    .description("Members, rules, what is decided and what is open, from the checked log.")
    .requiredOption("--space <file>", "the data space's space.json")
    .action(async (options: { readonly space: string }) => {
      const { spaceStatus } = await import("../actions/space-status.js");
      await spaceStatus(options, session);
    });
  space
    .command("report")
    .description("Write impact assessments, registers and the audit report from the log.")
    .requiredOption("--space <file>", "the data space's space.json")
    .requiredOption("--out <folder>", "new folder for the papers, as Markdown and HTML")
    .action(async (options: SpaceReportOptions) => {
      const { spaceReport } = await import("../actions/space-report.js");
      await spaceReport(options, session);
    });
}

const member = (command: Command): Command =>
  command
    .requiredOption("--space <file>", "the data space's space.json")
    .requiredOption("--identity <file>", "this organisation's identity.json");
