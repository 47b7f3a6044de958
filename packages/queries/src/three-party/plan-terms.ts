import { compareTerms } from "@symbolon/mpc/linkage/compare";
import { linkPlaces } from "@symbolon/mpc/linkage/link";
import { linkTerms } from "@symbolon/mpc/linkage/link-terms";
import { oneToOneTerms } from "@symbolon/mpc/linkage/one-to-one";
import { runTerms } from "@symbolon/mpc/linkage/run-terms";
import { sharedKeysTerms } from "@symbolon/mpc/linkage/shared-keys-terms";
import { validityTerms } from "@symbolon/mpc/linkage/validity";
import { histogramTerms } from "@symbolon/mpc/linkage/weight-histogram";
import type { Profile } from "@symbolon/mpc/profile";
import { gatesError, type SoundnessTerm } from "@symbolon/mpc/verify/soundness";
import { matchRule } from "../plan/match-rule.js";
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
  const layout = linkageOf(encoding);
  if (plan.op === "pick") {
    return runTerms({ layout, ours, theirs, profile, confirm: secondLookOf(plan.from) });
  }
  return [
    ...[ours, ...theirs].flatMap((rows) => validityTerms(profile, layout, rows)),
    ...theirs.flatMap((rows) => {
      const { link, histogram } = matchRule(plan, layout, ours, rows);
      const places = linkPlaces(link, ours, rows, profile.tileRows);
      return [
        ...compareTerms(profile, ours, rows),
        ...linkTerms(profile, link, ours, rows),
        ...oneToOneTerms(profile, link.records, [{ sizes: { rows: ours, columns: rows }, places }]),
        ...histogramTerms(profile, ours, histogram),
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
