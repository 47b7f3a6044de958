import { PRODUCTION, type Profile } from "@symbolon/mpc/profile";
import { soundnessTerms } from "@symbolon/mpc/verify/soundness";
import { describe, expect, it } from "vitest";
import { honestRun } from "./judged-run.js";
import { TINY_LAYOUT } from "./pieces/linkage.js";
import { WHOLE_RUN_PROFILE, wholeRun } from "./whole-run.js";

/* The formula counts at least the checks that a run makes, as its messages show them. */

const ROWS: readonly [number, number] = [256, 128];
/** Two blocks of validity and several bands for the first list. */
const profile: Profile = { ...WHOLE_RUN_PROFILE, tileColumns: 128, tilesPerBand: 1 };
const terms = soundnessTerms({ layout: TINY_LAYOUT, ours: ROWS[0], theirs: [ROWS[1]], profile });
const counted = (check: string): number => {
  const found = terms.find((term) => term.check === check);
  if (!found) throw new Error(`no term ${check}`);
  return found.count;
};

describe("the soundness of a run", () => {
  it("counts every check that the run makes", { timeout: 180_000 }, async () => {
    const { places } = await honestRun(wholeRun(ROWS), profile);
    const ends = new Set(
      places.map(({ channel }) => channel).filter((name) => name.endsWith("sacrifice/w/message")),
    );
    const rules: readonly [made: RegExp, check: string][] = [
      [/freivalds/, "matrix products (Freivalds, sacrifice)"],
      [/(except|distinct|both).*verify\/field/, "gates of a band"],
      [/valid-\d.*verify\/field/, "gates of a validity block, or of a list's verdict"],
      [/valid-\d.*verify\/ring/, "norms and presence products"],
      [/(draw|reveal).*verify\/field/, "gates of the draw"],
    ];
    for (const [made, check] of rules) {
      const own = [...ends].filter((name) => made.test(name));
      expect(own.length, check).toBeGreaterThan(0);
      expect(own.length, check).toBeLessThanOrEqual(counted(check));
      for (const name of own) ends.delete(name);
    }
    expect([...ends]).toEqual([]);
  });

  it("knows the longest vector of each check", () => {
    const many = { layout: TINY_LAYOUT, theirs: [], profile: PRODUCTION };
    const presence = (ours: number): number =>
      soundnessTerms({ ...many, ours }).find(({ check }) => check.startsWith("norms"))?.error ?? 0;
    // All presence numbers of a list are checked together, whatever its length.
    expect(presence(2 ** 28)).toBeGreaterThan(presence(2 ** 12));
  });
});
