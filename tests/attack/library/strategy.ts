import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { Target } from "../byte-flips.js";
import { type Fate, fateOf, isFailure, lieAt, type Place, runWith } from "../judged-run.js";
import type { Dealer, TrioOptions } from "../trio.js";

/** One attempt of a liar: how it differs from an honest party. */
export interface Attempt {
  readonly options: Omit<TrioOptions, "seed" | "liar" | "profile">;
  /** Deals something else than the piece's own dealer. */
  readonly dealer?: Dealer;
  /** The attempt changes something that somebody reads: no honest party may miss it. */
  readonly mustAbort?: boolean;
  /** Asked after the run: did something happen that may not, whatever came out? */
  readonly hasGained?: () => boolean;
}

/** Why a strategy has nothing to do in a protocol. */
export type Inapplicable = string;

export type Attempts = readonly Attempt[] | Inapplicable;

/** A way to cheat, for any protocol. */
export interface Strategy {
  /** Its number in the list of the threat model. */
  readonly number: string;
  readonly name: string;
  attempts(target: Target, liar: PartyIndex, most: number): Attempts | Promise<Attempts>;
}

/** What came of all attempts of one strategy on one protocol. */
export interface Cell {
  readonly aborts: number;
  /** The right output all the same. */
  readonly harmless: number;
  /** Somebody waits until a transport's time limit; nobody has a wrong output. */
  readonly stalled: number;
  readonly accepted: readonly string[];
  readonly inapplicable?: Inapplicable;
}

/** Tries a strategy as each of the three parties, `most` places each. */
export async function tryStrategy(strategy: Strategy, target: Target, most: number): Promise<Cell> {
  const cell = { aborts: 0, harmless: 0, stalled: 0, accepted: [] as string[] };
  let inapplicable: Inapplicable | undefined;
  for (const liar of PARTIES) {
    const attempts = await strategy.attempts(target, liar, most);
    if (typeof attempts === "string") {
      inapplicable = attempts;
      continue;
    }
    for (const attempt of attempts) {
      const fate = await fateOfAttempt(target, liar, attempt);
      if (attempt.hasGained?.())
        cell.accepted.push(`${strategy.number} ${strategy.name}, P${liar}`);
      else if (fate.startsWith("abort") || fate.startsWith("refused")) cell.aborts += 1;
      else if (fate === "HANG" && !attempt.mustAbort) cell.stalled += 1;
      else if (fate === "same output" && !attempt.mustAbort) cell.harmless += 1;
      else cell.accepted.push(`${strategy.number} ${strategy.name}, P${liar}: ${fate}`);
    }
  }
  const tried = cell.aborts + cell.harmless + cell.stalled + cell.accepted.length;
  return tried === 0 ? { ...cell, inapplicable: inapplicable ?? "nothing to change" } : cell;
}

async function fateOfAttempt(target: Target, liar: PartyIndex, attempt: Attempt): Promise<Fate> {
  const { piece, honest, profile } = target;
  const options = { ...attempt.options, liar, ...(profile ? { profile } : {}) };
  const result = await runWith(piece, options, attempt.dealer);
  const fate = fateOf(result, liar, honest.output);
  if (isFailure(fate) && fate !== "HANG") return fate;
  // Whoever ends before the others must not have been told anything wrong.
  const told = PARTIES.filter((party) => party !== liar).map((party) => {
    const ending = result.endings[party];
    return ending && "value" in ending ? ending.value.told : undefined;
  });
  const [right] = honest.output.split("|");
  const isWrong = told.some((one) => one !== undefined && one !== right);
  return isWrong ? "WRONG OUTPUT" : fate;
}

/** The liar changes one message, in its own memory as well unless it is to go on as if honest. */
export const changing = (
  place: Place,
  change: (message: Uint8Array) => void,
  inMemory = true,
): Attempt["options"] => ({
  tamper: lieAt(place, (message) => {
    const changed = inMemory ? message : message.slice();
    change(changed);
    return changed.slice();
  }),
});
