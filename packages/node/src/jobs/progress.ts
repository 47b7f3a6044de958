import type { RunProgress } from "@symbolon/governance/api";

/** How far an attempt is, and how long it will still take at its average speed so far. */
export class Progress {
  readonly #now: () => number;
  readonly #begin: number;
  #current: RunProgress | undefined;

  constructor(now: () => number) {
    this.#now = now;
    this.#begin = now();
  }

  get current(): RunProgress | undefined {
    return this.#current;
  }

  note({ done, total, unit }: Pick<RunProgress, "done" | "total" | "unit">): void {
    const seconds = Math.max(0.001, (this.#now() - this.#begin) / 1000);
    const ratePerSecond = done / seconds;
    const secondsLeft = ratePerSecond > 0 ? (total - done) / ratePerSecond : 0;
    this.#current = { done, total, unit, ratePerSecond, secondsLeft };
  }
}
