import type { Prompt } from "./prompt.js";

export interface Option<T> {
  readonly words: string;
  readonly value: T;
}

export interface ChooseSettings<T> {
  /** Position of the option that Enter takes. */
  readonly suggested?: number;
  /** What else may be typed. */
  readonly freely?: (text: string) => T | undefined;
}

/** Asks which of a few options; by number. Asks again until the answer is one of them. */
export async function choose<T>(
  prompt: Prompt,
  question: string,
  options: readonly Option<T>[],
  { suggested, freely }: ChooseSettings<T> = {},
): Promise<T> {
  const mark = (k: number) => (k === suggested ? " (Enter)" : "");
  const lines = options.map(({ words }, k) => `  ${k + 1}  ${words}${mark(k)}`);
  await prompt.say(["", ...wrap(question), ...lines]);
  for (;;) {
    const text = await prompt.ask("> ");
    if (text === "" && suggested !== undefined) return options[suggested].value;
    const at = /^\d+$/.test(text) ? Number(text) - 1 : -1;
    if (at >= 0 && at < options.length) return options[at].value;
    const free = text === "" ? undefined : freely?.(text);
    if (free !== undefined) return free;
    await prompt.say([`  Type a number from 1 to ${options.length}.`]);
  }
}

/** Asks yes or no. */
export async function agree(prompt: Prompt, question: string, suggested: boolean) {
  const lines = wrap(`${question} ${suggested ? "[Y/n]" : "[y/N]"}`);
  if (lines.length > 1) await prompt.say(lines.slice(0, -1));
  for (;;) {
    const text = await prompt.ask(`${lines.at(-1)} `);
    if (text === "") return suggested;
    if (/^y(es)?$/i.test(text)) return true;
    if (/^no?$/i.test(text)) return false;
    await prompt.say(["  Type y for yes or n for no."]);
  }
}

const WIDTH = 92;

/** A sentence in lines that fit a terminal. */
export function wrap(text: string, width = WIDTH): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + word.length >= width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}
