import { KnownError } from "@symbolon/base/error";

/** Why a run died because a party deviated. Each code names the check that failed. */
export type AbortCode =
  | "OPEN_MISMATCH" // the two holders of a share opened different values
  | "COIN_COMMITMENT" // a coin was opened to something else than was committed
  | "COIN_EQUIVOCATION" // a party committed differently to the two others
  | "PRODUCT_CHECK_FAILED" // a product of secrets was computed wrongly
  | "MATRIX_CHECK_FAILED" // a matrix product of secrets was computed wrongly
  | "SHUFFLE_CHECK_FAILED" // rows were changed while they were shuffled
  | "TRANSCRIPT_MISMATCH" // parties disagree about what they have computed
  | "MESSAGE_LENGTH" // a message has not the length that the step fixes
  | "MESSAGE_DUPLICATE"; // a second message on a channel that carries one

/** A party deviated from the protocol. The run is over: nothing is released, nothing retried. */
export class ProtocolAbort extends KnownError<AbortCode> {}

/** A peer did not answer in time, went away or gave up. The run may resume from its inputs. */
export class PeerUnavailable extends KnownError<"PEER_TIMEOUT" | "PEER_CLOSED" | "PEER_ABORTED"> {}

/** A dataset does not hold what the encoding allows. It is refused; other data is untouched. */
export class InputRefused extends KnownError<"INPUT_INVALID" | "INPUT_INCONSISTENT"> {}
