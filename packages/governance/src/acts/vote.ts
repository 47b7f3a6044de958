import type { MemberId, PartyIndex } from "@symbolon/base/id";
import { hash, identifier, instant, oneOf, record, set, text } from "../check.js";
import type { Hash } from "../hash.js";
import type { Statement } from "../statement.js";
import { type CharterNode, charterNode } from "./charter.js";

/** What a voter was shown, and what it says. The last word of each counts, until it is decided. */
interface Vote {
  /** The proposal: the hash of its statement. */
  readonly about: Hash;
  /**
   * The hash of what was shown: of a query, the explanation of what it reveals that the proposal
   * names; of anything else, the proposal itself.
   */
  readonly shown: Hash;
  readonly verdict: "yes" | "no";
}

export interface Approval extends Statement<"approval">, Vote {
  readonly by: MemberId;
}

/** A node's operator votes. */
export interface NodeApproval extends Statement<"node-approval">, Vote {
  readonly node: PartyIndex;
}

/** Somebody proposes that a query may be asked in this space. */
export interface QueryProposal extends Statement<"query-proposal"> {
  readonly by: MemberId;
  readonly name: string;
  /** The hash of its declaration. */
  readonly query: Hash;
  /** SHA-256 of the text that says who learns what, as it is shown to whoever votes. */
  readonly explanation: Hash;
}

/** Another machine or operator takes the place of a node. */
export interface NodeReplacement extends Statement<"node-replacement"> {
  readonly by: MemberId;
  readonly node: CharterNode;
}

/** A build of the software that is accepted at nodes, and those that no longer are. */
export interface SoftwareAcceptance extends Statement<"software-acceptance"> {
  readonly by: MemberId;
  readonly version: string;
  readonly build: Hash;
  readonly ends: readonly Hash[];
}

const base = { space: identifier, issuedAt: instant };
const vote = { about: hash, shown: hash, verdict: oneOf("yes", "no") };

export const approval = record<Approval>({
  type: oneOf("urn:symbolon:statement:approval:v1"),
  ...base,
  by: identifier,
  ...vote,
});

export const nodeApproval = record<NodeApproval>({
  type: oneOf("urn:symbolon:statement:node-approval:v1"),
  ...base,
  node: oneOf(0, 1, 2),
  ...vote,
});

export const queryProposal = record<QueryProposal>({
  type: oneOf("urn:symbolon:statement:query-proposal:v1"),
  ...base,
  by: identifier,
  name: identifier,
  query: hash,
  explanation: hash,
});

export const nodeReplacement = record<NodeReplacement>({
  type: oneOf("urn:symbolon:statement:node-replacement:v1"),
  ...base,
  by: identifier,
  node: charterNode,
});

export const softwareAcceptance = record<SoftwareAcceptance>({
  type: oneOf("urn:symbolon:statement:software-acceptance:v1"),
  ...base,
  by: identifier,
  version: text(64),
  build: hash,
  ends: set(hash, 0, 100),
});
