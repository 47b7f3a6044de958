import type { MemberId } from "@symbolon/base/id";
import type { Beneficiaries } from "../acts/consent.js";
import type { UseCase } from "../acts/use-case.js";
import type { Hash } from "../hash.js";
import type { Proposal, SpaceState } from "../space-state.js";

/** How documents speak of what is in a state. */

/** A hash, long enough to find it by. */
export const short = (hash: Hash): string => hash.slice(0, 16);

/** An organisation by its name and id. */
export function nameOf({ members }: SpaceState, id: MemberId): string {
  const member = members.get(id);
  return member === undefined ? id : `${member.name} (${id})`;
}

export const CLASSES = {
  ngo: "non-governmental organisations",
  un: "United Nations organisations",
  "public-body": "public bodies",
  police: "police",
} as const;

export const beneficiariesOf = (state: SpaceState, { classes, members }: Beneficiaries): string =>
  [...classes.map((kind) => CLASSES[kind]), ...members.map((id) => nameOf(state, id))].join(", ");

/** Which space, and how much of its log. */
export const aboutOf = ({ name, space, frontier, at }: SpaceState): string =>
  `Data space ${name} (${space}), from the first ${frontier.size} entries of its log` +
  `${at === undefined ? "" : `, the last of ${at}`}.`;

/** Who has said what about a proposal, in the order of the votes. */
export const votesOf = (state: SpaceState, { votes }: Proposal): (readonly [string, string])[] =>
  [...votes].map(([voter, verdict]) => {
    const [kind, id] = voter.split(" ");
    return [kind === "node" ? nodeName(state, id) : nameOf(state, id as MemberId), verdict];
  });

const nodeName = ({ nodes }: SpaceState, index: string): string =>
  `node ${index}, ${nodes[Number(index)]?.name ?? "unknown"}`;

/** The values that a request may have, in words. */
export const paramsOf = ({ params }: UseCase["queries"][number]): string =>
  params.map(({ name, min, max }) => `${name}: ${min} to ${max}`).join("; ") || "none";

/** Use cases that are in force, by name. */
export const useCasesOf = ({ useCases }: SpaceState): (readonly [Hash, UseCase])[] =>
  [...useCases].sort(([, a], [, b]) => (a.name < b.name ? -1 : 1));
