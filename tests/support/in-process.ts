import { exitCodeOf } from "@symbolon/cli/exit";
import { outputTo } from "@symbolon/cli/output";
import { buildProgram } from "@symbolon/cli/program";
import type { Finished } from "./program.js";

/** Runs `symbolon …` in this process: the same commands, without starting a program for each. */
export async function symbolonHere(
  args: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Finished> {
  const text = { out: "", err: "" };
  const stream = (name: "out" | "err") => ({
    isTTY: false,
    write(piece: string) {
      text[name] += piece;
      return true;
    },
  });
  const json = args.includes("--json");
  const output = outputTo(stream("out") as never, stream("err") as never, { json });
  try {
    await buildProgram({ output, signal }).parseAsync([...args], { from: "user" });
    return { code: 0, ...text };
  } catch (error) {
    output.error(error);
    return { code: exitCodeOf(error), ...text };
  }
}
