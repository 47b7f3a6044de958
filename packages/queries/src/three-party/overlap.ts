import type { Context } from "@symbolon/mpc/context";
import type { LinkageLayout } from "@symbolon/mpc/linkage/list";
import { personCounts, personCountTerms } from "@symbolon/mpc/linkage/person-counts";
import type { RecordList } from "@symbolon/mpc/linkage/records";
import type { Profile } from "@symbolon/mpc/profile";
import { concatBits, publicBits } from "@symbolon/mpc/protocol/and";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import type { SelectionSeeds } from "@symbolon/mpc/table/shuffle";
import { gatesError, type SoundnessTerm } from "@symbolon/mpc/verify/soundness";
import { listPairs } from "../plan/list-pairs.js";
import { overlapRule } from "../plan/overlap-rule.js";
import type { OverlapPlan } from "../plan/plan.js";
import { linkedPersons } from "./persons.js";
import { personsTerms } from "./persons-terms.js";

/**
 * How many persons the lists know together, and each set of lists: the noised histograms of all
 * pairs of lists, then one word a cell (`personCounts`). Verified.
 */
export async function overlapOf(
  ctx: Context,
  layout: LinkageLayout,
  lists: readonly RecordList[],
  plan: OverlapPlan,
  seeds: SelectionSeeds,
): Promise<Shares> {
  const pairs = listPairs(
    plan,
    layout,
    lists.map(({ rows }) => rows),
  );
  const { persons, counts } = await linkedPersons(ctx, layout, lists, pairs, seeds);
  const rule = overlapRule(plan, lists.length);
  const cells = await personCounts(ctx, persons, lists.length, rule, seeds);
  const opened = Uint32Array.from(counts.flatMap((bins) => [...bins]));
  return concatBits(publicBits(ctx, opened), cells);
}

/** What the checks of `overlapOf` of lists of so many rows may miss. */
export function overlapTerms(
  profile: Profile,
  plan: OverlapPlan,
  layout: LinkageLayout,
  rows: readonly number[],
): SoundnessTerm[] {
  const all = rows.reduce((sum, count) => sum + count, 0);
  const answer = 2 ** rows.length + 32 * rows.length ** 2;
  return [
    ...personsTerms(profile, listPairs(plan, layout, rows), rows),
    ...personCountTerms(profile, all, rows.length, overlapRule(plan, rows.length)),
    { check: "gates of the answer", count: 1, error: gatesError(profile, 64 * answer) },
  ];
}
