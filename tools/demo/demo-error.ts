import { KnownError } from "@symbolon/base/error";

/** Why a demonstration did not come to its end. */
export class DemoError extends KnownError<
  "USAGE" | "COMMAND_FAILED" | "NODES_SILENT" | "ORACLE_DISAGREES" | "STOPPED"
> {}
