import { buildProgram } from "@symbolon/cli/program";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { filesUnder } from "../tools/tidy/source.js";

const silent = () => undefined;
const output = {
  json: false,
  line: silent,
  result: silent,
  note: silent,
  progress: silent,
  error: silent,
};
const program = buildProgram({ output, signal: new AbortController().signal });

/** Every `symbolon …` in the documentation, as words. */
const documented = filesUnder(".", [".md"]).flatMap(({ path, text }) =>
  [...text.matchAll(/`(?:npm run symbolon -- |symbolon )([^`]+)`/g)].map(
    ([, command]) => [path, command] as const,
  ),
);

/** The command that the words lead to, and the words that are left. */
function follow(words: readonly string[], from: Command): { command: Command; rest: string[] } {
  const child = from.commands.find((it) => it.name() === words[0]);
  if (child === undefined) return { command: from, rest: [...words] };
  return follow(words.slice(1), child);
}

describe("the commands in the documentation", () => {
  it("are several", () => expect(documented.length).toBeGreaterThan(5));

  it.each(documented)("%s: symbolon %s", (_path, text) => {
    const { command, rest } = follow(text.split(/\s+/), program);
    expect(command).not.toBe(program);
    const known = new Set([...command.options.map(({ long }) => long), "--help"]);
    const options = rest.filter((word) => word.startsWith("--"));
    expect(options.filter((option) => !known.has(option))).toEqual([]);
    if (options.length === 0 || options.includes("--help")) return;
    // An example with options is complete: all that are required are there.
    const required = command.options.filter(({ mandatory }) => mandatory).map(({ long }) => long);
    const isWhole = options.some((option) => required.includes(option));
    if (isWhole) expect(required.filter((option) => !options.includes(option ?? ""))).toEqual([]);
  });
});
