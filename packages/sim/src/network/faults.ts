import type { Dice } from "../people/dice.js";

/** How bad a network is. Rates are per second of virtual time, chances per message. */
export interface Faults {
  /** A message takes this long on average, each its own time: channels overtake each other. */
  readonly delayMsMean: number;
  /** A connection breaks, and is made again after a while. */
  readonly cutsPerSecond: number;
  /** A message is lost, which a connection notices by breaking. */
  readonly lossChance: number;
  /** A message comes twice. */
  readonly replayChance: number;
  /** One party or one pair is cut off for seconds. */
  readonly partitionsPerSecond: number;
  /** One direction of a connection stands still for a while and then delivers all of it. */
  readonly clogsPerSecond: number;
  /** A party's process dies; it starts again from what it has stored. */
  readonly crashesPerSecond: number;
  /** When all of this stops, in milliseconds; from then on everything must go well. */
  readonly untilMs: number;
}

export const NO_FAULTS: Faults = {
  delayMsMean: 5,
  cutsPerSecond: 0,
  lossChance: 0,
  replayChance: 0,
  partitionsPerSecond: 0,
  clogsPerSecond: 0,
  crashesPerSecond: 0,
  untilMs: 0,
};

/**
 * Faults of one simulation, some kinds at a time, from rare to far worse than any network: kinds
 * and ranges after TigerBeetle's simulator. `messages` is what an undisturbed run takes, so that a
 * loss hits it about as often as not, and `replays` says that a message may come twice.
 */
export function drawFaults(dice: Dice, messages: number, replays = false): Faults {
  const rate = (rates: readonly number[]): number => (dice.chance(0.5) ? dice.pick(rates) : 0);
  return {
    delayMsMean: dice.pick([1, 5, 30, 120]),
    cutsPerSecond: rate([0.1, 0.5, 2]),
    lossChance: rate([0.2, 1, 4]) / messages,
    replayChance: replays && dice.chance(0.1) ? dice.pick([0.1, 1, 5]) / messages : 0,
    partitionsPerSecond: rate([0.05, 0.2, 0.5]),
    clogsPerSecond: rate([0.1, 1, 4]),
    crashesPerSecond: rate([0.05, 0.2, 1]),
    untilMs: 1000 * dice.between(1, 30),
  };
}
