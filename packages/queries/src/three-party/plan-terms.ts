import { oneToOneTerms } from "@symbolon/mpc/linkage/one-to-one";
import { runTerms } from "@symbolon/mpc/linkage/run-terms";
import { sharedKeysTerms } from "@symbolon/mpc/linkage/shared-keys-terms";
import { validityTerms } from "@symbolon/mpc/linkage/validity";
import type { Profile } from "@symbolon/mpc/profile";
import { crossTabTerms } from "@symbolon/mpc/table/cross-tab";
import { gatesError, type SoundnessTerm } from "@symbolon/mpc/verify/soundness";

import { countRule } from "../plan/count-rule.js";
import { matchRule } from "../plan/match-rule.js";
import { type Plan, secondLookOf, unaskedIn } from "../plan/plan.js";
import { linkageOf, type PlanLayout, type PlanSizes } from "./backend.js";
import { countPersonsTerms } from "./count-persons.js";
import { overlapTerms } from "./overlap.js";
import { pairTerms, taskOf } from "./persons-terms.js";

/** What the checks of a run of a plan may miss, term by term, from public sizes. */
export function planTerms(
  profile: Profile,
  plan: Plan,
  encoding: PlanLayout,
  { ours, theirs, asked = [] }: PlanSizes,
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
    const sizes = { ours, theirs, asked: unaskedIn(plan.from) === undefined ? [] : asked };
    return runTerms({ ...sizes, layout, profile, confirm: secondLookOf(plan.from) });
  }
  const validity = [ours, ...theirs].flatMap((rows) => validityTerms(profile, layout, rows));
  if (plan.op === "count-persons") {
    return [...validity, ...countPersonsTerms(profile, plan, layout, [ours, ...theirs])];
  }
  if (plan.op === "overlap") {
    return [...validity, ...overlapTerms(profile, plan, layout, [ours, ...theirs])];
  }
  return [
    ...validity,
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
