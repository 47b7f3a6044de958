import { clusterTerms } from "@symbolon/mpc/linkage/cluster-terms";
import { oneToOneTerms } from "@symbolon/mpc/linkage/one-to-one";
import { histogramTerms } from "@symbolon/mpc/linkage/weight-histogram";
import type { Profile } from "@symbolon/mpc/profile";
import { gatesError, type SoundnessTerm } from "@symbolon/mpc/verify/soundness";
import type { ListPair } from "../plan/list-pairs.js";
import type { LinkingRule } from "../plan/match-rule.js";
import { taskPlaces, weighedTerms } from "./weighed-task.js";

/** Both stages of two lists, and their histogram, if there is one. */
export const pairTerms = (
  profile: Profile,
  rule: LinkingRule,
  rows: number,
  columns: number,
): SoundnessTerm[] => [
  ...weighedTerms(profile, rule, rows, columns),
  ...(rule.histogram ? histogramTerms(profile, rows, rule.histogram) : []),
];

/** Two lists whose pairs are linked one to one. */
export const taskOf = (profile: Profile, rule: LinkingRule, rows: number, columns: number) => ({
  sizes: { rows, columns },
  places: taskPlaces(profile, rule, rows, columns),
});

/** What the checks of `linkedPersons` of lists of so many rows, that carry words, may miss. */
export function personsTerms(
  profile: Profile,
  pairs: readonly ListPair[],
  rows: readonly number[],
  carriedWords = 0,
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
    ...clusterTerms(profile, records, rows, carriedWords),
  ];
}
