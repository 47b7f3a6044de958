import { PRODUCTION } from "@symbolon/mpc/profile";
import { World } from "@symbolon/sim/world/world";
import { describe, expect, it } from "vitest";
import { countOnShares, oneOf } from "./cross-tab.contract.js";

/*
 * An audit of what the noise hides, from outside: the same table of lists that differ by one case,
 * many times. From how often a figure reaches a bound in the one and in the other follows an ε that
 * the mechanism has at least. It must be close to what is promised, from below.
 */

const RUNS = 20;
const SIDE = 32;
/** Cases of each cell in the one list; the other has one more in every cell. */
const CASES = 3;
const EPSILON = { numerator: 1n, denominator: 2n };

/** Every cell is a pair of neighbours by itself, since its noise is its own. */
function listOf(cases: number) {
  const rows = SIDE * SIDE * cases;
  const codes = (turn: number) =>
    Uint32Array.from({ length: rows }, (_, k) => 1 + (Math.floor(k / turn) % SIDE));
  return {
    rows,
    columns: new Map([
      ["a", codes(1)],
      ["b", codes(SIDE)],
    ]),
  };
}

describe("the ε of a figure, as seen from outside", () => {
  it("is what was promised: no more, and hardly less", { timeout: 3_600_000 }, async () => {
    const noise = { epsilon: EPSILON, sensitivity: 1n };
    const rule = {
      ...{ rows: oneOf("a", SIDE), columns: oneOf("b", SIDE), where: [] },
      shown: { noise, persons: -1_000 },
    };
    const reached = async (cases: number, seed: number): Promise<number> => {
      const world = new World(seed, { profile: PRODUCTION });
      const words = await countOnShares(world, [listOf(cases)], rule, seed);
      // Numbers below zero keep 31 bits of two's complement.
      return words.filter((word) => (word << 1) >> 1 > CASES).length;
    };
    let [one, more] = [0, 0];
    for (let run = 0; run < RUNS; run += 1) {
      one += await reached(CASES, 2 * run);
      more += await reached(CASES + 1, 2 * run + 1);
    }
    const samples = RUNS * SIDE * SIDE;
    // Hoeffding: each share is off by more once in a thousand.
    const margin = Math.sqrt(Math.log(1_000) / (2 * samples));
    const least = Math.log((more / samples - margin) / (one / samples + margin));
    expect(least).toBeGreaterThan(0.35);
    expect(least).toBeLessThanOrEqual(0.5);
    // And by nothing but chance above it, the other way round.
    const most = Math.log((more / samples + margin) / (one / samples - margin));
    expect(most).toBeGreaterThan(0.5);
    expect(most).toBeLessThan(0.65);
  });
});
