import { KnownError } from "@symbolon/base/error";

/**
 * What can go wrong between a member and the three nodes. `details` has the node's index and name
 * where one node is meant; `cure` says what to do.
 */
export class ProviderError extends KnownError<
  | "NODE_UNREACHABLE" // no answer, after several attempts
  | "NODE_REFUSED" // the node gave a reason
  | "NODE_NOT_TRUSTED" // what the node says of itself is not what the space file says
  | "REPLY_INVALID" // the node's answer is not what its interface promises
  | "RUN_FAILED" // refused or aborted, with the node's reason
  | "RESULT_MISMATCH" // two nodes gave different copies of one component
  | "IDENTITY_INVALID" // not an identity file
  | "FILE_INVALID" // not a file of the kind that was expected
  | "DATASET_INVALID" // the values do not have the shape that the schema says
> {}
