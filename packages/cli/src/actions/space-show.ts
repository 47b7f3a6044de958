import type { Rule } from "@symbolon/governance/acts/charter";
import type { Hash } from "@symbolon/governance/hash";
import {
  type Consent,
  type MemberState,
  memberIn,
  type Proposal,
  type SpaceState,
} from "@symbolon/governance/space-state";

/** Texts about a space for a terminal; whatever members wrote in it stays one line of text. */

export const oneLine = (text: string): string => text.replace(/[\p{C}\s]+/gu, " ").trim();

const short = (hash: Hash): string => hash.slice(0, 12);

/** What a proposal is about, in a line. */
export function titleOf({ hash, statement }: Proposal, state: SpaceState): string {
  switch (statement.type) {
    case "urn:symbolon:statement:charter:v1":
      return `the charter of ${oneLine(statement.name)}`;
    case "urn:symbolon:statement:enrolment:v1": {
      const applied = state.applications.get(statement.application);
      return `to let in ${applied?.member ?? "?"} (${oneLine(applied?.name ?? "?")})`;
    }
    case "urn:symbolon:statement:recovery:v1":
      return `new keys for ${statement.member}`;
    case "urn:symbolon:statement:removal:v1":
      return `that ${statement.member} goes`;
    case "urn:symbolon:statement:node-replacement:v1":
      return `another machine or operator for node ${statement.node.index}`;
    case "urn:symbolon:statement:software-acceptance:v1":
      return `to accept version ${oneLine(statement.version)} of the program`;
    case "urn:symbolon:statement:use-case:v1":
      return `the use case ${statement.name}: ${oneLine(statement.title)}`;
    case "urn:symbolon:statement:query-proposal:v1":
      return `that ${statement.name} may be asked`;
    default:
      return short(hash);
  }
}

/** Who has not said what yet: members, and nodes' operators where the rule asks for them. */
export function silentOn({ kind, statement, votes }: Proposal, state: SpaceState): string[] {
  const { members, nodes }: Rule = state.rules[kind];
  const about = "member" in statement ? statement.member : undefined;
  const voters = [...state.members.values()].filter(
    ({ id }) => memberIn(state, id) && id !== about,
  );
  const quiet = voters.filter(({ id }) => !votes.has(`member ${id}`)).map(({ id }) => id);
  const operators = state.nodes.filter(({ index }) => !votes.has(`node ${index}`));
  return [
    ...(members === "none" ? [] : quiet),
    ...(nodes === 0 ? [] : operators.map(({ index, name }) => `node ${index} (${name})`)),
  ];
}

/** A proposal with its votes. */
export function proposalLines(proposal: Proposal, state: SpaceState): string[] {
  const said = [...proposal.votes].map(([who, what]) => `${who}: ${what}`).join(", ");
  const quiet = silentOn(proposal, state).join(", ");
  return [
    `${short(proposal.hash)}  ${titleOf(proposal, state)}`,
    `              ${said}`,
    ...(quiet === "" ? [] : [`              not yet: ${quiet}`]),
  ];
}

/** The whole of what is voted on, as it was signed. */
export const contentLines = ({ statement }: Proposal): string[] =>
  JSON.stringify(statement, null, 2)
    .split("\n")
    .map((line) => line.replace(/[^\P{C} ]/gu, "?"));

const WORDS: Readonly<Record<Rule["members"], string>> = {
  none: "no members",
  half: "more than half of the members",
  all: "all members",
};

export const ruleText = ({ members, nodes }: Rule): string =>
  nodes === 0 ? WORDS[members] : `${WORDS[members]} and ${nodes} of the 3 node operators`;

export const memberLine = ({ id, name, class: kind }: MemberState): string =>
  `  ${id}  ${oneLine(name)}, ${kind}`;

/** The terms of an offer in words. */
export function termsLines(hash: Hash, { provider, dataset, terms }: Consent, state: SpaceState) {
  const { query, useCase, beneficiaries, fields, purpose, expires, direction } = terms;
  const name = useCase && state.useCases.get(useCase)?.name;
  const whom = [...beneficiaries.classes, ...beneficiaries.members].join(", ");
  return [
    `${short(hash)}  ${provider} offers ${dataset} to ${whom}`,
    `              question ${short(query)}, use case ${name ?? "?"}, purpose ${purpose ?? "any"}`,
    `              columns ${fields?.join(", ") ?? "all"}`,
    `              ${terms.runsMax} runs until ${expires}; ${
      direction === "asker" ? "the asker alone learns" : "the lists' providers learn as well"
    }`,
    `              may say no to a request within ${terms.vetoHours} hours`,
  ];
}
