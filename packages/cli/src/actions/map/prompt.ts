import { createInterface } from "node:readline";
import { CliError } from "../../error.js";

/** Somebody at a terminal who is told things and asked things. */
export interface Prompt {
  /** Lines of text; waits for Enter before they run out of the screen. */
  say(lines: readonly string[]): Promise<void>;
  /** One line, without blanks around it; "" for Enter alone. */
  ask(question: string): Promise<string>;
  close(): void;
}

interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream & { readonly rows?: number };
}

/** Lines of the screen that stay free for the question below. */
const SPARE_ROWS = 4;
const ROWS_WITHOUT_SCREEN = 24;

/** Talks over a terminal. Lines typed ahead are kept; the end of input ends the command. */
export function terminalPrompt({ input, output }: Streams, signal: AbortSignal): Prompt {
  const reader = createInterface({ input, output, signal });
  const typed: string[] = [];
  let waiting: ((line: string | undefined) => void) | undefined;
  let isClosed = false;
  reader.on("line", (line) => {
    if (waiting === undefined) typed.push(line);
    else waiting(line);
  });
  reader.on("close", () => {
    isClosed = true;
    waiting?.(undefined);
  });
  const next = (): Promise<string | undefined> => {
    const early = typed.shift();
    if (early !== undefined || isClosed) return Promise.resolve(early);
    return new Promise((resolve) => {
      waiting = (line) => {
        waiting = undefined;
        resolve(line);
      };
    });
  };
  const ask = async (question: string): Promise<string> => {
    reader.setPrompt(question);
    reader.prompt();
    const line = await next();
    if (line !== undefined) return line.trim();
    signal.throwIfAborted();
    throw new CliError("CANCELLED", "stopped before the end", {}, "nothing was written");
  };
  const say = async (lines: readonly string[]): Promise<void> => {
    const room = Math.max(5, (output.rows ?? ROWS_WITHOUT_SCREEN) - SPARE_ROWS);
    for (let from = 0; from < lines.length; from += room) {
      if (from > 0) await ask("  (Enter for more) ");
      output.write(`${lines.slice(from, from + room).join("\n")}\n`);
    }
  };
  return { say, ask, close: () => reader.close() };
}
