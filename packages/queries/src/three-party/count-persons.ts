import { assert } from "@symbolon/base/assert";
import type { Context } from "@symbolon/mpc/context";
import type { LinkageLayout } from "@symbolon/mpc/linkage/list";
import {
  carriedColumns,
  carriedWords,
  personTab,
  personTabTerms,
} from "@symbolon/mpc/linkage/person-tab";
import type { RecordList } from "@symbolon/mpc/linkage/records";
import type { Profile } from "@symbolon/mpc/profile";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import { type CodedList, cellsOf } from "@symbolon/mpc/table/cross-tab";
import type { SelectionSeeds } from "@symbolon/mpc/table/shuffle";
import type { SoundnessTerm } from "@symbolon/mpc/verify/soundness";
import { countPersonsRule } from "../plan/count-persons-rule.js";
import { linkedPairs } from "../plan/list-pairs.js";
import type { CountPersonsPlan } from "../plan/plan.js";
import { linkedPersons } from "./persons.js";
import { personsTerms } from "./persons-terms.js";

/** A list of persons of whom each has coded attributes. */
export interface AttributedList extends RecordList {
  readonly attributes: CodedList["columns"];
}

/**
 * How many persons the lists know together, by attributes: the records are put together as persons
 * (`linkedPersons`), and the heads counted by what all of a person's records say (`personTab`).
 * Nothing is opened to the nodes but what the sorts open. Verified.
 */
export async function countPersonsOf(
  ctx: Context,
  layout: LinkageLayout,
  lists: readonly AttributedList[],
  plan: CountPersonsPlan,
  seeds: SelectionSeeds,
): Promise<Shares> {
  assert(plan.linking === undefined, "no histogram is opened when persons are counted");
  const rule = countPersonsRule(plan, lists.length);
  const coded = lists.map(({ rows, attributes }): CodedList => ({ rows, columns: attributes }));
  const sizes = lists.map(({ rows }) => rows);
  const carrying = lists.map((list, l) => ({ ...list, carried: carriedWords(coded[l], rule) }));
  const pairs = linkedPairs(plan, layout, sizes);
  const linked = await linkedPersons(ctx, layout, carrying, pairs, seeds);
  return personTab(ctx, coded, linked, rule, seeds);
}

/** What the checks of `countPersonsOf` of lists of so many rows may miss. */
export function countPersonsTerms(
  profile: Profile,
  plan: CountPersonsPlan,
  layout: LinkageLayout,
  rows: readonly number[],
): SoundnessTerm[] {
  const rule = countPersonsRule(plan, rows.length);
  return [
    ...personsTerms(profile, linkedPairs(plan, layout, rows), rows, carriedColumns(rule).length),
    ...personTabTerms(profile, rule, rows),
  ];
}

/** Rows and cells that are laid out together: of each list, and of all once more. */
export const countPersonsWork = (plan: CountPersonsPlan, rows: readonly number[]): number =>
  2 * rows.reduce((sum, count) => sum + count, 0) * cellsOf(plan);
