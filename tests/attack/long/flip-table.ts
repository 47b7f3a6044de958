import type { Unit } from "./flip-units.js";
import type { UnitResult } from "./flip-worker.js";

/** All results of one protocol in one world. */
interface Row {
  messages: number;
  bytes: number;
  flips: number;
  readonly tally: Map<string, number>;
}

/** What the long form has found so far, by protocol. */
export class FlipTable {
  readonly #rows = new Map<string, Row>();
  readonly failures: string[] = [];
  flips = 0;

  add({ world, piece }: Unit, result: UnitResult): void {
    const name = world === "small" ? piece : `${piece}, ${world}`;
    const row = this.#rows.get(name) ?? { messages: 0, bytes: 0, flips: 0, tally: new Map() };
    this.#rows.set(name, row);
    row.messages = result.messages;
    row.bytes = result.bytes;
    row.flips += result.flips;
    this.flips += result.flips;
    for (const [fate, count] of result.tally) {
      row.tally.set(fate, (row.tally.get(fate) ?? 0) + count);
    }
    this.failures.push(...result.failures.map((failure) => `${name}: ${failure}`));
  }

  /** A table in Markdown: one row a protocol, and the sum. */
  toString(): string {
    const lines = [
      "| protocol | messages | bytes | flips | aborts, by code | harmless | wrong | hang | crash |",
      "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ];
    const sum: Row = { messages: 0, bytes: 0, flips: 0, tally: new Map() };
    for (const [name, row] of this.#rows) {
      lines.push(lineOf(name, row));
      sum.messages += row.messages;
      sum.bytes += row.bytes;
      sum.flips += row.flips;
      for (const [fate, count] of row.tally)
        sum.tally.set(fate, (sum.tally.get(fate) ?? 0) + count);
    }
    return [...lines, lineOf("all", sum)].join("\n");
  }
}

function lineOf(name: string, { messages, bytes, flips, tally }: Row): string {
  const of = (pattern: RegExp): [string, number][] =>
    [...tally].filter(([fate]) => pattern.test(fate)).sort(([, a], [, b]) => b - a);
  const count = (pattern: RegExp): number => of(pattern).reduce((sum, [, n]) => sum + n, 0);
  const aborts = of(/^(abort|refused)/).map(([fate, n]) => `${fate.split(" ")[1]} ${n}`);
  const cells = [
    name,
    messages,
    bytes,
    flips,
    aborts.join(", "),
    count(/^same/),
    count(/^WRONG/),
    count(/^HANG/),
    count(/^CRASH/),
  ];
  return `| ${cells.join(" | ")} |`;
}
