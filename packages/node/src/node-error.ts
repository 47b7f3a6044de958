import { KnownError, type PublicDetails } from "@symbolon/base/error";

/** What an operator has to put right before the node runs. */
export type SetupCode =
  | "CONFIG_UNREADABLE"
  | "CONFIG_INVALID"
  | "KEYS_UNREADABLE"
  | "KEYS_EXPOSED"
  | "KEYS_IN_DATA"
  | "DATA_IN_KEYS"
  | "KEYS_EXIST"
  | "KEYS_DIFFER"
  | "SPACE_UNREADABLE"
  | "SPACE_INVALID"
  | "STORE_UNREADABLE"
  | "LEDGER_OLDER"
  | "LEDGER_DAMAGED"
  | "ALREADY_RUNNING"
  | "PORT_TAKEN";

/** The node cannot start; `cure` says what to do. */
export class SetupError extends KnownError<SetupCode> {}

/** A request that a node does not carry out, and the HTTP status that says so. */
export type DoorCode =
  | "NOT_FOUND"
  | "BODY_INVALID"
  | "BODY_TOO_LARGE"
  | "DATASET_TAKEN"
  | "DATASET_OUTDATED"
  | "DATASET_GONE"
  | "DATASET_IN_USE"
  | "DATASET_INCOMPLETE"
  | "DATASET_TOO_LARGE"
  | "DATASETS_TOO_MANY"
  | "OFFERS_TOO_MANY"
  | "PART_UNKNOWN"
  | "SEEDS_REPEATED"
  | "KEY_NOT_OURS"
  | "RUN_NOT_DONE"
  | "NODE_BUSY"
  | "LOG_STOPPED"
  | "COSIGNATURE_UNFIT"
  | "NOT_WITNESSED"
  | "STRANGERS_TOO_MANY";

export class DoorError extends KnownError<DoorCode> {
  readonly status: 400 | 404 | 409 | 413 | 422 | 503;
  constructor(
    status: DoorError["status"],
    code: DoorCode,
    message: string,
    cure: string,
    details: PublicDetails = {},
  ) {
    super(code, message, details, cure);
    this.status = status;
  }
}
