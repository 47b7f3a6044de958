import { utf8 } from "@symbolon/base/bytes";
import type { Context } from "@symbolon/mpc/context";
import type { LinkageLayout } from "@symbolon/mpc/linkage/list";
import { oneToOne } from "@symbolon/mpc/linkage/one-to-one";
import { type RecordList, recordTable } from "@symbolon/mpc/linkage/records";
import { matchedWeights } from "@symbolon/mpc/linkage/row-bests";
import { weightHistogram } from "@symbolon/mpc/linkage/weight-histogram";
import { concatBits, publicBits } from "@symbolon/mpc/protocol/and";
import type { Shares } from "@symbolon/mpc/sharing/shares";
import type { SelectionSeeds } from "@symbolon/mpc/table/shuffle";
import { agree } from "@symbolon/mpc/verify/checked";
import { type MatchRule, matchThreshold } from "../plan/match-rule.js";
import { type TabledList, weighedTask } from "./weighed-task.js";

/**
 * The rows of ours that match a row of one other list, each row of either in one pair at most: the
 * noised histogram, one word a bin, then one word a row (`matchedWeights`). The counts are opened
 * to the nodes, which agree on the threshold that follows from them before any weight is held
 * against it. Verified.
 */
export async function matchesWith(
  ctx: Context,
  layout: LinkageLayout,
  lists: readonly [ours: RecordList, theirs: RecordList],
  rule: MatchRule,
  seeds: SelectionSeeds,
): Promise<Shares> {
  const { records } = rule.link;
  const [ours, theirs] = lists.map((list, at): TabledList => {
    const step = ctx.narrow(at === 0 ? "ours" : "theirs");
    return { list, records: recordTable(step, records, list, layout.fields.length) };
  });
  const task = await weighedTask(ctx, layout, [ours, theirs], rule);
  const [{ ours: bests }] = await oneToOne(ctx, records, [task]);
  const counts = await weightHistogram(ctx, bests, records, rule.histogram, seeds);
  const threshold = matchThreshold(rule, counts).least;
  // Logarithms need not be the same to the last bit on all machines.
  await agree(ctx, "threshold", utf8(String(threshold)));
  const weights = await matchedWeights(ctx, bests, records, threshold);
  return concatBits(publicBits(ctx, Uint32Array.from(counts)), weights);
}
