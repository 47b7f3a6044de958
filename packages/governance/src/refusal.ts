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
  | "RISK_TOO_HIGH";

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
};

/** A node says no, with a reason that everybody may read. */
export class Refusal extends KnownError<RefusalCode> {
  constructor(code: RefusalCode, reason: string, details: PublicDetails = {}) {
    super(code, reason, details, CURES[code]);
  }
}
