import { KnownError } from "@symbolon/base/error";

/** Something that claims to be about a log is malformed, unsigned, or does not hold. */
export class LogError extends KnownError<
  /** A note, checkpoint, key, policy, proof, tile or bundle is not in its form. */
  | "LOG_MALFORMED"
  /** A known key's signature does not verify: the note is a forgery or was damaged. */
  | "LOG_SIGNATURE_WRONG"
  /** A node has not signed, or too few witnesses have. */
  | "LOG_NOT_COSIGNED"
  /** The checkpoint is of another log. */
  | "LOG_OTHER_ORIGIN"
  /** The hashes do not lead from the entry, or from the older head, to the signed root. */
  | "LOG_PROOF_WRONG"
  /** The proof does not carry its entry and none was given, or two entries were given. */
  | "LOG_ENTRY_UNCLEAR"
  /** Two heads, well signed, that are not of one history: somebody with all keys lied. */
  | "LOG_FORK"
  /** Two heads of different sizes, and nothing that shows whether one continues the other. */
  | "LOG_PROOF_MISSING"
  /** A tile that the signed size asks for is not there, or not what the root commits to. */
  | "LOG_TILE_MISSING"
  | "LOG_TILE_WRONG"
> {}

const CHECK_COPY = "ask for the file again, byte for byte as it was made";

/** `what` is not in its form: `must` completes the sentence "… must …". */
export const malformed = (what: string, must: string, cure = CHECK_COPY): LogError =>
  new LogError("LOG_MALFORMED", `${what} must ${must}`, {}, cure);
