import { KnownError } from "@symbolon/base/error";

/** What a caller of the program can put right. */
export class CliError extends KnownError<
  | "USAGE"
  | "FILE_MISSING"
  | "FILE_NOT_READABLE"
  | "FILE_EXISTS"
  | "FILE_INVALID"
  | "NOTHING_TO_SEND"
  | "NODE_UNREACHABLE"
  | "NODE_REFUSED"
  | "NOT_LOGGED_YET"
  | "CANCELLED"
> {}

/** A node said no before anything was computed. */
export class Refused extends KnownError<"RUN_REFUSED"> {}

/** Somebody deviated from the protocol: the run is over, and nothing was released. */
export class Aborted extends KnownError<"RUN_ABORTED"> {}
