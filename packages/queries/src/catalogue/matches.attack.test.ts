import { utf8 } from "@symbolon/base/bytes";
import { type LinkableList, linkable, nearPairs } from "@symbolon/case-data/compare/link";
import { readPersons } from "@symbolon/case-data/intake/persons";
import type { Person } from "@symbolon/case-data/person";
import { weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { generateWorld } from "@symbolon/sim/people/world";
import { describe, expect, it } from "vitest";
import type { ClearList } from "../plaintext/backend.js";
import { matchesInTheClear } from "../plaintext/matches.js";
import { type MatchRule, matchRule } from "../plan/match-rule.js";
import { matches } from "./matches.js";

/*
 * An asker, alone or with a node, who looks for somebody by what the noised counts say. It wants
 * one row to move many counts, so that noise which hides one pair does not hide that row.
 */

const { layout } = matches;
const RULE = matchRule(matches.plan({ overlap: 0.5 }), layout, 256, 256);
const WORLD = generateWorld({ seed: 11, police: 10, ngos: [240], shared: 0.2 });
const { persons: THEIRS } = readPersons(utf8(WORLD.ngos[0].csv), { withRepeats: true });

const clear = ({ encoded, records }: LinkableList): ClearList => ({
  rows: encoded.rows,
  content: Uint32Array.from(encoded.content),
  present: Uint32Array.from(encoded.present),
  real: new Uint32Array(0),
  records: Uint32Array.from(records.flatMap((record) => [...record])),
});

/** The counts before noise. */
function countsOf(ours: LinkableList, theirs: LinkableList, rule: MatchRule): Int32Array {
  const near = ours.records.map(() => new Set<number>());
  for (const [row, column] of nearPairs(layout, ours, theirs, rule.link.score)) {
    near[row].add(column);
  }
  let exact = new Int32Array(0);
  const noised = (counts: Int32Array): Int32Array => {
    exact = Int32Array.from(counts);
    return counts;
  };
  const lists = [clear(ours), clear(theirs)] as const;
  matchesInTheClear(layout, { lists, near }, { rule, tileRows: 512, noised });
  return exact;
}

/** By how much counts differ with and without one birth date on the list, all together. */
function moved(rule: MatchRule): number {
  const target = THEIRS.findIndex(({ birthDate }) => birthDate?.day !== undefined);
  const { birthDate, ...rest } = THEIRS[target];
  // Her birth date, and names that somebody else on the list has.
  const names = new Map(THEIRS.flatMap(({ given }) => (given ? [[given.normal, given]] : [])));
  names.delete(rest.given?.normal ?? "");
  const probes = [...names.values()].map(
    (given, k) => ({ row: k + 2, given, birthDate }) as Person,
  );
  const without = THEIRS.map((person, k): Person => (k === target ? rest : person));
  const ours = linkable(probes, layout);
  const [there, gone] = [THEIRS, without].map((list) =>
    countsOf(ours, linkable(list, layout), rule),
  );
  return there.reduce((sum, count, k) => sum + Math.abs(count - gone[k]), 0);
}

describe("an asker that knows a birth date, and names of others", () => {
  it("sees no more of it in the counts than noise of sensitivity 2 hides", () => {
    expect(moved(RULE)).toBeLessThanOrEqual(2);
  });

  it("would see it, if pairs that no asker may learn of were linked and counted", () => {
    const least = weightBounds(RULE.link.records).least + 1;
    const { floor: _, ...link } = RULE.link;
    const all = { ...RULE, link, least, histogram: { ...RULE.histogram, from: -2 } };
    expect(moved(all)).toBeGreaterThan(100);
  });
});
