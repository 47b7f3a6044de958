import { KnownError } from "@symbolon/base/error";
import type { BenchResult } from "./result.js";

/** A value on the command line is not what the bench takes. */
export class BenchUsage extends KnownError<"BENCH_USAGE"> {}

/** What `npm run bench -- <name>` runs. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  /** Options by name, with their defaults as one would type them. */
  readonly options: Readonly<Record<string, string>>;
  run(values: Readonly<Record<string, string>>): AsyncIterable<BenchResult>;
}

/** Whole numbers, or with `fractions` any, in order; a comma between two. */
export function numbers(
  name: string,
  text: string,
  [least, most]: readonly [number, number],
  fractions = false,
): number[] {
  const parsed = text.split(",").map(Number);
  const isRight = (n: number): boolean =>
    n >= least && n <= most && (fractions || Number.isInteger(n));
  if (text === "" || !parsed.every(isRight)) {
    const kind = fractions ? "a number" : "a whole number";
    throw new BenchUsage("BENCH_USAGE", `--${name} is ${kind} from ${least} to ${most}`);
  }
  return parsed;
}

/** The numbers of words from a list, in order; a comma between two. */
export function words(name: string, text: string, choices: readonly string[]): number[] {
  const chosen = text.split(",").map((word) => choices.indexOf(word));
  if (chosen.includes(-1)) {
    throw new BenchUsage("BENCH_USAGE", `--${name} is one of: ${choices.join(", ")}`);
  }
  return chosen;
}
