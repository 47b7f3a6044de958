import { utf8 } from "@symbolon/base/bytes";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";
import { Dice } from "@symbolon/sim/people/dice";

/** The dice of one seed: other ones for each thing that is simulated. */
export function diceOf(what: string, seed: number): Dice {
  const digest = nodeCrypto.sha256(utf8(`simulation/${what}/${seed}`));
  return new Dice(new DataView(digest.buffer, digest.byteOffset).getUint32(0, true));
}

/** How one seed ended. A problem is what must never happen. */
export interface SimulationEnd {
  readonly seed: number;
  readonly what: string;
  readonly end: string;
  readonly problem?: string;
  readonly attempts: number;
  readonly lies: number;
  /** Virtual milliseconds. */
  readonly ms: number;
  /** What went wrong in the network, and every lie. */
  readonly events: readonly string[];
}

/** What a run of many seeds prints: how often each end, and how much went wrong on the way. */
export class SimulationTally {
  readonly problems: string[] = [];
  readonly #ends = new Map<string, number>();
  #seeds = 0;
  #attempts = 0;
  #resumed = 0;
  #lies = 0;
  #events = 0;
  #seconds = 0;

  note(run: SimulationEnd): void {
    this.#seeds += 1;
    this.#attempts += run.attempts;
    this.#resumed += run.attempts > 1 ? 1 : 0;
    this.#lies += run.lies;
    this.#events += run.events.length;
    this.#seconds += run.ms / 1000;
    this.#ends.set(run.end, (this.#ends.get(run.end) ?? 0) + 1);
    if (run.problem !== undefined)
      this.problems.push(`SEED=${run.seed} ${run.what}: ${run.end}, ${run.problem}`);
  }

  count(end: string): number {
    return this.#ends.get(end) ?? 0;
  }

  get resumed(): number {
    return this.#resumed;
  }

  toString(): string {
    const ends = [...this.#ends].sort(([, a], [, b]) => b - a);
    return [
      `${this.#seeds} seeds, ${this.#attempts} attempts, ${this.#resumed} seeds resumed,`,
      `${this.#events - this.#lies} faults, ${this.#lies} lies,`,
      `${this.#seconds.toFixed(0)} simulated seconds:`,
      ends.map(([end, count]) => `${end} ${count}`).join(", "),
    ].join(" ");
  }
}
