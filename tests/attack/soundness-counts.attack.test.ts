import { RECORDS } from "@symbolon/case-data/compare/link-rule";
import { clusterTerms } from "@symbolon/mpc/linkage/cluster-terms";
import { oneToOneTerms } from "@symbolon/mpc/linkage/one-to-one";
import { runTerms } from "@symbolon/mpc/linkage/run-terms";
import { PRODUCTION, type Profile } from "@symbolon/mpc/profile";
import type { SoundnessTerm } from "@symbolon/mpc/verify/soundness";
import { describe, expect, it } from "vitest";
import { honestRun } from "./judged-run.js";
import { TINY_LAYOUT } from "./pieces/linkage.js";
import { pieceCalled } from "./pieces/pieces.js";
import { LOOK, WHOLE_RUN_PROFILE, wholeRun } from "./whole-run.js";

/* The formula counts at least the checks that a run makes, as its messages show them. */

const ROWS: readonly [number, number] = [256, 128];
/** Two blocks of validity and several bands for the first list. */
const profile: Profile = { ...WHOLE_RUN_PROFILE, tileColumns: 128, tilesPerBand: 1 };
const sizes = { layout: TINY_LAYOUT, ours: ROWS[0], theirs: [ROWS[1]], asked: [128] };
const terms = runTerms({ ...sizes, profile, confirm: LOOK });
const counted = (checks: RegExp): number => {
  const found = terms.filter(({ check }) => checks.test(check));
  if (found.length === 0) throw new Error(`no term ${checks}`);
  return found.reduce((sum, { count }) => sum + count, 0);
};

describe("the soundness of a run", () => {
  it("counts every check that the run makes", { timeout: 180_000 }, async () => {
    const { places } = await honestRun(wholeRun(ROWS, { asked: 128 }), profile);
    const ends = new Set(
      places.map(({ channel }) => channel).filter((name) => name.endsWith("sacrifice/w/message")),
    );
    const rules: readonly [made: RegExp, check: RegExp][] = [
      [/group-.*bit-freivalds/, /keys of candidates/],
      [/group-.*verify\/field/, /gates of a second look/],
      [/keys\/verify\/field/, /gates of known keys/],
      [/freivalds/, /matrix products/],
      [/unless-many.*verify\/field/, /gates of a limit/],
      [/(except|distinct|both).*verify\/field/, /gates of (a band|the rows)/],
      [/valid-\d.*verify\/field/, /gates of a (validity block|verdict)/],
      [/valid-\d.*verify\/ring/, /norms|squares/],
      [/(draw|reveal).*verify\/field/, /gates of the draw/],
    ];
    for (const [made, check] of rules) {
      const own = [...ends].filter((name) => made.test(name));
      expect(own.length, check.source).toBeGreaterThan(0);
      expect(own.length, check.source).toBeLessThanOrEqual(counted(check));
      for (const name of own) ends.delete(name);
    }
    expect([...ends]).toEqual([]);
  });

  it("knows the longest vector of each check", () => {
    const many = { layout: TINY_LAYOUT, theirs: [], profile: PRODUCTION };
    const presence = (ours: number): number =>
      runTerms({ ...many, ours }).find(({ check }) => check.startsWith("squares"))?.error ?? 0;
    // All presence numbers of a list are checked together, whatever its length.
    expect(presence(2 ** 28)).toBeGreaterThan(presence(2 ** 12));
  });
});

describe("the soundness of what is made of links", () => {
  const SHUFFLED = [/shuffle\/same-rows/, /products of a shuffle/] as const;
  const SORTED = [/sort\/level/, /comparisons of a sort/] as const;
  const cases: readonly [string, SoundnessTerm[], (readonly [made: RegExp, check: RegExp])[]][] = [
    [
      "one to one",
      oneToOneTerms(PRODUCTION, RECORDS, [{ sizes: { rows: 3, columns: 4 }, places: 10 }]),
      [
        SHUFFLED,
        SORTED,
        [/may-link/, /edges that may be links/],
        [/\/best\//, /best edges/],
        [/both-ends/, /gates of links/],
        [/shown/, /partners/],
      ],
    ],
    [
      "clusters",
      clusterTerms(PRODUCTION, RECORDS, [2, 2], 1),
      [
        SHUFFLED,
        SORTED,
        [/join\/verify/, /gates of a join/],
        [/choose/, /a choice of clusters/],
        [/persons/, /gates of persons/],
      ],
    ],
  ];

  it.each(cases)("counts every check of %s", { timeout: 60_000 }, async (name, terms, rules) => {
    const { places } = await honestRun(pieceCalled(name));
    const ends = new Set(
      places.map(({ channel }) => channel).filter((one) => one.endsWith("sacrifice/w/message")),
    );
    for (const [made, check] of rules) {
      const own = [...ends].filter((one) => made.test(one));
      const count = terms
        .filter((term) => check.test(term.check))
        .reduce((sum, term) => sum + term.count, 0);
      expect(own.length, check.source).toBeGreaterThan(0);
      expect(own.length, check.source).toBeLessThanOrEqual(count);
      for (const one of own) ends.delete(one);
    }
    expect([...ends]).toEqual([]);
  });
});
