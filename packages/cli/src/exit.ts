import { KnownError } from "@symbolon/base/error";
import { Aborted, CliError, Refused } from "./error.js";

/** What the program's exit code means; scripts may rely on it. */
export const EXIT = {
  ok: 0,
  /** Something outside is wrong, and the line on standard error says what to do. */
  known: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A node refused before computing anything, with the reason. */
  refused: 3,
  /** Somebody cheated: the run was aborted, nothing was released; or a log has two histories. */
  aborted: 4,
  /** A bug of ours. */
  bug: 70,
  /** Ctrl-C. */
  cancelled: 130,
} as const;

/** Classes of the packages loaded on demand are told apart by name: loading them has a cost. */
const ABORTS = new Set(["ProtocolAbort", "ResultMismatch"]);

/** The exit code for anything thrown. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) {
    if (error.code === "CANCELLED") return EXIT.cancelled;
    if (error.code === "NODE_REFUSED") return EXIT.refused;
    return error.code === "USAGE" ? EXIT.usage : EXIT.known;
  }
  if (error instanceof Refused) return EXIT.refused;
  if (error instanceof Aborted) return EXIT.aborted;
  if (!(error instanceof KnownError)) return EXIT.bug;
  if (ABORTS.has(error.name) || error.code === "LOG_FORK") return EXIT.aborted;
  if (error.name === "Refusal") return EXIT.refused;
  return error.code === "NODE_REFUSED" ? EXIT.refused : EXIT.known;
}

/** One line that says what is wrong and what to do; a bug says how to report it. */
export function lineOf(error: unknown): string {
  const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
  if (error instanceof KnownError) {
    const cure = error.cure === "" ? "" : ` — ${error.cure}`;
    return oneLine(`symbolon: ${error.message}${cure}`);
  }
  const message = error instanceof Error ? error.message : String(error);
  return oneLine(
    `symbolon: a bug: ${message} — please report it; SYMBOLON_TRACE=1 shows where it happened`,
  );
}
