import { KnownError } from "@symbolon/base/error";
import { exitCodeOf, lineOf } from "./exit.js";

/** Where a command writes. Results go to standard output, everything else to standard error. */
export interface Output {
  /** Whether `--json` was given: exactly one line on standard output, and no progress. */
  readonly json: boolean;
  /** A line for people; nothing under `--json`. */
  line(text?: string): void;
  /** The result as one line of JSON; nothing without `--json`. */
  result(value: unknown): void;
  /** A line on standard error, in both forms: notes, warnings. */
  note(text: string): void;
  /** Overwrites one line of a terminal; at intervals, a line of a log. Empty text ends it. */
  progress(text: string): void;
  /** The error for people, and under `--json` also as the result unless there was one. */
  error(error: unknown): void;
}

/** A log gets a line of progress this often, a terminal every time. */
const LOG_EVERY_MS = 5_000;

type Stream = Pick<NodeJS.WriteStream, "write" | "isTTY">;

export interface OutputOptions {
  readonly json: boolean;
  /** Progress even under `--json`, for a program that runs this one. */
  readonly showProgress?: boolean;
  /** In milliseconds. */
  readonly clock?: () => number;
}

/** Output to the given streams. */
export function outputTo(out: Stream, err: Stream, options: OutputOptions): Output {
  const { json, showProgress = !json, clock = () => performance.now() } = options;
  let open = false;
  let isSaid = false;
  let logged = Number.NEGATIVE_INFINITY;
  const endProgress = () => {
    if (open) err.write("\r\u001b[K");
    open = false;
  };
  const note = (text: string) => {
    endProgress();
    err.write(`${text}\n`);
  };
  return {
    json,
    line(text = "") {
      endProgress();
      if (!json) out.write(`${text}\n`);
    },
    result(value) {
      endProgress();
      if (json) out.write(`${JSON.stringify(value)}\n`);
      isSaid = true;
    },
    note,
    progress(text) {
      if (text === "") return endProgress();
      if (!showProgress) return;
      if (err.isTTY === true) {
        err.write(`\r\u001b[K${text}`);
        open = true;
      } else if (clock() - logged >= LOG_EVERY_MS) {
        err.write(`${text}\n`);
        logged = clock();
      }
    },
    error(error) {
      note(lineOf(error));
      if (json && !isSaid) {
        out.write(`${JSON.stringify({ error: describeError(error) })}\n`);
      }
      const trace = process.env["SYMBOLON_TRACE"] === "1" && error instanceof Error;
      if (trace) err.write(`${error.stack ?? ""}\n`);
    },
  };
}

function describeError(error: unknown): Record<string, unknown> {
  const exit = exitCodeOf(error);
  if (!(error instanceof KnownError)) return { code: "BUG", message: lineOf(error), exit };
  const { code, message, details, cure } = error;
  return { code, message, details, cure, exit };
}
