import { clusterTerms } from "@symbolon/mpc/linkage/cluster-terms";
import { compareTerms } from "@symbolon/mpc/linkage/compare";
import { linkPlaces } from "@symbolon/mpc/linkage/link";
import { linkTerms } from "@symbolon/mpc/linkage/link-terms";
import { oneToOneTerms } from "@symbolon/mpc/linkage/one-to-one";
import { runTerms } from "@symbolon/mpc/linkage/run-terms";
import { sharedKeysTerms } from "@symbolon/mpc/linkage/shared-keys-terms";
import { validityTerms } from "@symbolon/mpc/linkage/validity";
import { histogramTerms } from "@symbolon/mpc/linkage/weight-histogram";
import type { Profile } from "@symbolon/mpc/profile";
import { crossTabTerms } from "@symbolon/mpc/table/cross-tab";
import { gatesError, type SoundnessTerm } from "@symbolon/mpc/verify/soundness";

import { countRule } from "../plan/count-rule.js";
import type { ListPair } from "../plan/list-pairs.js";
import { type MatchRule, matchRule } from "../plan/match-rule.js";
import { type Plan, secondLookOf } from "../plan/plan.js";
import { linkageOf, type PlanLayout } from "./backend.js";

/** What the checks of a run of a plan may miss, term by term, from public sizes. */
export function planTerms(
  profile: Profile,
  plan: Plan,
  encoding: PlanLayout,
  { ours, theirs }: { readonly ours: number; readonly theirs: readonly number[] },
): SoundnessTerm[] {
  if (plan.op === "shared-keys") {
    return sharedKeysTerms(
      profile,
      plan.rule,
      [ours, ...theirs].map((rows) => ({ rows })),
    );
  }
  if (plan.op === "count") {
    const tables = plan.of === "all" ? [[ours, ...theirs]] : theirs.map((rows) => [rows]);
    return tables.flatMap((lists) => crossTabTerms(profile, countRule(plan, lists.length), lists));
  }
  const layout = linkageOf(encoding);
  if (plan.op === "pick") {
    return runTerms({ layout, ours, theirs, profile, confirm: secondLookOf(plan.from) });
  }
  return [
    ...[ours, ...theirs].flatMap((rows) => validityTerms(profile, layout, rows)),
    ...theirs.flatMap((rows) => {
      const rule = matchRule(plan, layout, ours, rows);
      return [
        ...pairTerms(profile, rule, ours, rows),
        ...oneToOneTerms(profile, rule.link.records, [taskOf(profile, rule, ours, rows)]),
        { check: "gates of shown weights", count: 1, error: gatesError(profile, 32 * ours) },
      ];
    }),
    {
      check: "gates of the answer",
      count: 1,
      error: gatesError(profile, 64 * ours * theirs.length),
    },
  ];
}

/** Both stages of two lists, and their histogram. */
const pairTerms = (
  profile: Profile,
  { link, histogram }: MatchRule,
  rows: number,
  columns: number,
): SoundnessTerm[] => [
  ...compareTerms(profile, rows, columns),
  // The number of the row goes with each record.
  ...linkTerms(profile, link, rows, columns, 2),
  ...histogramTerms(profile, rows, histogram),
];

/** Two lists whose pairs are linked one to one. */
const taskOf = (profile: Profile, { link }: MatchRule, rows: number, columns: number) => ({
  sizes: { rows, columns },
  places: linkPlaces(link, rows, columns, profile.tileRows),
});

/** What the checks of `linkedPersons` of lists of so many rows may miss. */
export function personsTerms(
  profile: Profile,
  pairs: readonly ListPair[],
  rows: readonly number[],
): SoundnessTerm[] {
  const { records } = pairs[0].rule.link;
  const sized = pairs.map(({ a, b, rule }) => [rule, rows[a], rows[b]] as const);
  return [
    ...sized.flatMap(([rule, ours, theirs]) => [
      ...pairTerms(profile, rule, ours, theirs),
      { check: "gates of links that count", count: 1, error: gatesError(profile, 32 * theirs) },
    ]),
    ...oneToOneTerms(
      profile,
      records,
      sized.map((pair) => taskOf(profile, ...pair)),
    ),
    ...clusterTerms(profile, records, rows),
  ];
}
