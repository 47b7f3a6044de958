import { utf8 } from "@symbolon/base/bytes";
import type { Context } from "@symbolon/mpc/context";
import { type ClusterList, type Clusters, clusters } from "@symbolon/mpc/linkage/clusters";
import type { LinkageLayout } from "@symbolon/mpc/linkage/list";
import { weightBounds } from "@symbolon/mpc/linkage/match-weight";
import { type LinkTask, oneToOne, type Partners } from "@symbolon/mpc/linkage/one-to-one";
import { type RecordList, recordTable } from "@symbolon/mpc/linkage/records";
import { reaching } from "@symbolon/mpc/linkage/row-bests";
import { weightHistogram } from "@symbolon/mpc/linkage/weight-histogram";
import type { SelectionSeeds } from "@symbolon/mpc/table/shuffle";
import type { Table } from "@symbolon/mpc/table/table";
import { agree } from "@symbolon/mpc/verify/checked";
import { inBatch } from "@symbolon/mpc/verify/products";
import type { ListPair } from "../plan/list-pairs.js";
import { agreedThreshold, type LinkingRule, matchThreshold } from "../plan/match-rule.js";
import { type TabledList, weighedTask } from "./weighed-task.js";

/** A list of which each row may carry words to the head of its person. */
export interface CarryingList extends RecordList {
  readonly carried?: Table;
}

/** Records put together as persons: the heads, and what was carried to them. */
export interface LinkedPersons extends Clusters {
  /** Of each pair of lists the noised histogram that was opened, if the rules have one. */
  readonly counts: readonly Int32Array[];
}

/**
 * Who is one person on several lists. Every two lists are linked by themselves, one to one. If the
 * rules have histograms, the noised one of each two is opened to the nodes, which agree on the
 * weight from which on a link counts; its noise follows from `seeds`. Verified.
 */
export async function linkedPersons(
  ctx: Context,
  layout: LinkageLayout,
  lists: readonly CarryingList[],
  pairs: readonly ListPair[],
  seeds: SelectionSeeds,
): Promise<LinkedPersons> {
  const { records } = pairs[0].rule.link;
  const tasks = await weighedTasks(ctx, layout, lists, pairs);
  const links = await oneToOne(ctx, records, tasks);
  const partners: Partners[][] = lists.map(() => []);
  const counts: Int32Array[] = [];
  for (const [k, { a, b, rule }] of pairs.entries()) {
    const step = ctx.narrow(`threshold-${a}-${b}`);
    const { histogram } = rule;
    let least = agreedThreshold(rule);
    if (histogram) {
      counts[k] = await weightHistogram(step, links[k].ours, records, histogram, seeds);
      least = matchThreshold({ ...rule, histogram }, counts[k]).least;
    }
    partners[b].push(await countedLinks(step, links[k].theirs, rule, least));
  }
  const linked = lists.map(({ rows, real, carried }, b): ClusterList => {
    return { rows, real, partners: partners[b], ...(carried && { carried }) };
  });
  return { ...(await clusters(ctx, linked, weightBounds(records).least)), counts };
}

/** Candidates of every two lists, weighed. */
async function weighedTasks(
  ctx: Context,
  layout: LinkageLayout,
  lists: readonly RecordList[],
  pairs: readonly ListPair[],
): Promise<LinkTask[]> {
  const { records } = pairs[0].rule.link;
  const tables = lists.map((list, at) =>
    recordTable(ctx.narrow(`records-${at}`), records, list, layout.fields.length),
  );
  const tabled = lists.map((list, at): TabledList => ({ list, records: tables[at] }));
  const tasks: LinkTask[] = [];
  for (const { a, b, rule } of pairs) {
    const step = ctx.narrow(`pair-${a}-${b}`);
    tasks.push(await weighedTask(step, layout, [tabled[a], tabled[b]], rule));
  }
  return tasks;
}

/** The links of the rows of the second list that weigh enough. */
async function countedLinks(
  ctx: Context,
  theirs: Partners,
  rule: LinkingRule,
  least: number,
): Promise<Partners> {
  // Logarithms need not be the same to the last bit on all machines.
  await agree(ctx, "threshold", utf8(String(least)));
  const at = { records: rule.link.records, least };
  const { has, weights } = theirs;
  return inBatch(ctx, "links", async (step) => ({
    ...theirs,
    has: await reaching(step, has, weights, at),
  }));
}
