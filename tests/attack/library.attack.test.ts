import { describe, expect, it } from "vitest";
import { targetOf } from "./byte-flips.js";
import { STRATEGIES } from "./library/strategies.js";
import { tryStrategy } from "./library/strategy.js";
import { PIECES } from "./pieces/pieces.js";

/** Places of each kind at which a strategy lies; `npm run attack -- strategies` takes more. */
const PLACES = 1;

/** Made of protocols that have pieces of their own: only the long form has them. */
const COMPOSED: ReadonlySet<string> = new Set([
  "bands",
  "link",
  "look-up",
  "one to one",
  "clusters",
  "weight histogram",
  "shared keys",
  "counted table",
  "person counts",
  "table of persons",
]);
const BOUNDED = PIECES.filter(({ name }) => !COMPOSED.has(name));

/** What no protocol has, so that a strategy never finds a place for its lie. */
const NEVER = ["12"];

describe("no strategy is accepted, whoever of the three follows it", () => {
  const tried = new Map<string, number>();

  it.each(BOUNDED)("in $name", { timeout: 300_000 }, async (piece) => {
    const target = await targetOf(piece);
    for (const strategy of STRATEGIES) {
      const cell = await tryStrategy(strategy, target, PLACES);
      expect(cell.accepted).toEqual([]);
      const { aborts, harmless, stalled } = cell;
      const count = aborts + harmless + stalled;
      // A strategy that finds nothing to do says why.
      expect(count > 0).toBe(cell.inapplicable === undefined);
      tried.set(strategy.number, (tried.get(strategy.number) ?? 0) + count);
    }
  });

  it("and each but that of the MAC key has been tried", () => {
    const idle = STRATEGIES.filter(({ number }) => (tried.get(number) ?? 0) === 0);
    expect(idle.map(({ number }) => number)).toEqual(NEVER);
    expect(new Set(STRATEGIES.map(({ number }) => Number.parseInt(number, 10))).size).toBe(19);
  });
});
