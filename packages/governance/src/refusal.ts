import { KnownError, type PublicDetails } from "@symbolon/base/error";

/** Why a node does not accept a statement or start a run. */
export type RefusalCode =
  | "NOT_A_STATEMENT"
  | "WRONG_SPACE"
  | "UNKNOWN_MEMBER"
  | "BAD_SIGNATURE"
  | "NOT_YOURS"
  | "MANIFEST_INCONSISTENT"
  | "OFFER_MISMATCH"
  | "UNKNOWN_QUERY"
  | "BAD_PARAMS"
  | "REQUEST_TOO_OLD"
  | "REQUEST_IN_FUTURE"
  | "SAME_DATASET_TWICE"
  | "DATASET_MISSING"
  | "DATASET_INCOMPLETE"
  | "ROOT_MISMATCH"
  | "INPUT_CHECK_FAILED"
  | "LAYOUT_MISMATCH"
  | "COLUMN_MISSING"
  | "LISTS_UNFIT"
  | "NO_OFFER"
  | "OTHER_QUERY"
  | "OTHER_BENEFICIARY"
  | "OFFER_EXPIRED"
  | "RUNS_USED_UP"
  | "ALREADY_ANSWERED"
  | "RISK_TOO_HIGH"
  // The log: who may write what, where.
  | "ENTRY_MALFORMED"
  | "ENTRY_OUT_OF_ORDER"
  | "ENTRY_REPLAYED"
  | "STATEMENT_TOO_OLD"
  | "NOT_FOR_THE_LOG"
  | "WRONG_ROLE"
  | "TWO_PEOPLE_NEEDED"
  | "NOT_IN_LOG"
  | "IDENTITY_BROKEN"
  | "CHANNELS_DIFFER"
  | "ALREADY_MEMBER"
  | "CLASS_NOT_ADMITTED"
  | "SHARED_KEY"
  | "SUPERSEDED"
  | "ALREADY_DECIDED"
  | "PROPOSAL_EXPIRED"
  | "SHOWN_DIFFERS"
  | "VETO_TOO_LATE"
  | "HEAD_KEY_DIFFERS"
  // Under a charter: what a run needs besides an offer.
  | "UNKNOWN_SPACE"
  | "HEAD_NOT_COSIGNED"
  | "HEAD_OF_OTHER_LOG"
  | "NOT_LOGGED"
  | "QUERY_NOT_APPROVED"
  | "USE_CASE_UNKNOWN"
  | "OTHER_USE_CASE"
  | "OTHER_PURPOSE"
  | "OTHER_FIELDS"
  | "OTHER_DIRECTION"
  | "NOT_AGREED"
  | "VETO_OPEN"
  | "VETOED"
  | "DATASET_WITHDRAWN"
  | "DATASET_DELETED"
  | "BUDGET_SPENT"
  | "LEDGER_OLDER"
  | "BUILD_NOT_ACCEPTED"
  // What an asker has asked about before.
  | "STILL_ASKING"
  | "ASKED_UNCOUNTABLE"
  | "ASKED_DIFFERS";

const CURES: Readonly<Record<RefusalCode, string>> = {
  NOT_A_STATEMENT: "send a signed statement of this version",
  WRONG_SPACE: "use the space file of the data space that this node belongs to",
  UNKNOWN_MEMBER: "ask the data space's board to enrol the member and hand out a new space file",
  BAD_SIGNATURE: "sign with the key that the space file has for you",
  NOT_YOURS: "only the owner may do this; sign as the owner",
  MANIFEST_INCONSISTENT: "prepare the dataset again with a current version",
  OFFER_MISMATCH: "send the offer that the dataset was prepared with",
  UNKNOWN_QUERY: "ask a query that this node's version knows",
  BAD_PARAMS: "use the parameters that the query's declaration allows",
  REQUEST_TOO_OLD: "ask again, and check this computer's clock",
  REQUEST_IN_FUTURE: "check this computer's clock",
  SAME_DATASET_TWICE: "name every dataset once",
  DATASET_MISSING: "submit the dataset to this node first",
  DATASET_INCOMPLETE: "finish submitting the dataset to this node",
  ROOT_MISMATCH: "name the dataset as its provider last submitted it",
  INPUT_CHECK_FAILED: "the provider has to submit valid data under a new dataset name",
  LAYOUT_MISMATCH: "prepare all datasets with the same version of the encoding",
  COLUMN_MISSING: "its provider has to submit the list again with the version that the nodes run",
  LISTS_UNFIT: "name as many lists of different organisations as the query needs, none too long",
  NO_OFFER: "ask the provider to offer the dataset for this query",
  OTHER_QUERY: "ask the provider to offer the dataset for this query",
  OTHER_BENEFICIARY: "ask the provider to offer the dataset to you",
  OFFER_EXPIRED: "ask the provider for a new offer",
  RUNS_USED_UP: "ask the provider for a new offer",
  ALREADY_ANSWERED: "a list is answered once for a query; submit another list",
  RISK_TOO_HIGH: "lower the threshold, or fill in more fields of the lists",
  ENTRY_MALFORMED: "log the moment and the signed statement, in canonical JSON",
  ENTRY_OUT_OF_ORDER: "ask the nodes' operators: entries are logged in the order of time",
  ENTRY_REPLAYED: "nothing to do: the statement counts already",
  STATEMENT_TOO_OLD: "sign it again, and check this computer's clock",
  NOT_FOR_THE_LOG: "send it to the nodes; it has no place in the log",
  WRONG_ROLE: "sign with a key that your organisation has given this role",
  TWO_PEOPLE_NEEDED: "have a second person of your organisation sign the same statement",
  NOT_IN_LOG: "log first what the statement is about",
  IDENTITY_BROKEN: "name your organisation's newest identity as the one before, and sign by both",
  CHANNELS_DIFFER: "stop: ask the organisation anew, over a channel that you know to be its own",
  ALREADY_MEMBER: "nothing to do: the organisation is a member",
  CLASS_NOT_ADMITTED: "ask the members to change the charter first",
  SHARED_KEY: "use a key that nobody else in the data space has",
  SUPERSEDED: "propose it again on what is valid now",
  ALREADY_DECIDED: "nothing to do: it is decided",
  PROPOSAL_EXPIRED: "propose it again",
  SHOWN_DIFFERS: "look at what is proposed now, and vote on that",
  VETO_TOO_LATE: "withdraw the dataset or take the offer back, for the next run",
  HEAD_KEY_DIFFERS: "put the head keys of the three nodes' node-card.json into the charter",
  UNKNOWN_SPACE: "name data spaces that this node serves",
  HEAD_NOT_COSIGNED: "wait until all three nodes, and the witnesses, have signed the log's head",
  HEAD_OF_OTHER_LOG: "stop, and compare heads with other members: there are two histories",
  NOT_LOGGED: "wait until it stands in the log, then ask again",
  QUERY_NOT_APPROVED: "ask the members to approve the query",
  USE_CASE_UNKNOWN: "name a use case that the members have approved",
  OTHER_USE_CASE: "ask the provider to offer the dataset for this use case",
  OTHER_PURPOSE: "ask for the purpose that was agreed",
  OTHER_FIELDS: "ask the provider, or the members, to allow these fields",
  OTHER_DIRECTION: "ask the provider to allow that others learn from a run as well",
  NOT_AGREED: "agree to the provider's terms, or ask for others",
  VETO_OPEN: "wait: the providers may still say no",
  VETOED: "speak with the provider that said no",
  DATASET_WITHDRAWN: "ask the provider; it has taken the dataset back",
  DATASET_DELETED: "ask the provider to submit the dataset again",
  BUDGET_SPENT: "wait for the next epoch, or ask the members for a larger budget",
  LEDGER_OLDER:
    "ask the node's operator to restore its newest data; if they are lost, the node is replaced",
  BUILD_NOT_ACCEPTED: "ask the node's operator to run a build that the members accept",
  STILL_ASKING: "wait until that run is over, then ask again",
  ASKED_UNCOUNTABLE: "wait for the next epoch",
  ASKED_DIFFERS: "ask again; if that does not help, wait for the next epoch",
};

/** A node says no, with a reason that everybody may read. */
export class Refusal extends KnownError<RefusalCode> {
  constructor(code: RefusalCode, reason: string, details: PublicDetails = {}) {
    super(code, reason, details, CURES[code]);
  }
}
