import type { Context } from "@symbolon/mpc/context";
import { bandPlaces, bandWork } from "@symbolon/mpc/linkage/band-rule";
import { bandTerms } from "@symbolon/mpc/linkage/band-terms";
import { weighBands } from "@symbolon/mpc/linkage/bands";
import { compareTerms, pairsOf } from "@symbolon/mpc/linkage/compare";
import { edgesOf } from "@symbolon/mpc/linkage/edges";
import { linkPlaces, weighingWork, weighPairs, withRowNumbers } from "@symbolon/mpc/linkage/link";
import { linkTerms } from "@symbolon/mpc/linkage/link-terms";
import { type LinkageLayout, sideOf } from "@symbolon/mpc/linkage/list";
import type { LinkTask } from "@symbolon/mpc/linkage/one-to-one";
import type { RecordList } from "@symbolon/mpc/linkage/records";
import type { Profile } from "@symbolon/mpc/profile";
import type { Table } from "@symbolon/mpc/table/table";
import type { SoundnessTerm } from "@symbolon/mpc/verify/soundness";
import type { LinkingRule } from "../plan/match-rule.js";

/** A list, and its comparison records (`recordTable`). */
export interface TabledList {
  readonly list: RecordList;
  readonly records: Table;
}

/** The candidates of two lists, weighed: of all pairs, or of those that bands bring together. */
export async function weighedTask(
  ctx: Context,
  layout: LinkageLayout,
  [ours, theirs]: readonly [ours: TabledList, theirs: TabledList],
  { link, bands, least }: LinkingRule,
): Promise<LinkTask> {
  const sizes = { rows: ours.list.rows, columns: theirs.list.rows };
  if (bands) {
    const { edges } = await weighBands(ctx, ours.records, theirs.records, bands);
    return { edges, sizes, least };
  }
  const [left, right] = [ours, theirs].map(({ list, records }, which) => {
    const side = sideOf(ctx.narrow(`side-${which}`), layout, list, which as 0 | 1);
    return withRowNumbers(ctx, { side, records });
  });
  const pairs = await weighPairs(ctx, left, right, link);
  return { edges: edgesOf(ctx, pairs, sizes), sizes, least };
}

/** What the checks of `weighedTask` may miss. */
export const weighedTerms = (
  profile: Profile,
  { link, bands }: LinkingRule,
  rows: number,
  columns: number,
): SoundnessTerm[] =>
  bands
    ? bandTerms(profile, bands, rows, columns)
    : [
        ...compareTerms(profile, rows, columns),
        // The number of the row goes with each record.
        ...linkTerms(profile, link, rows, columns, 2),
      ];

/** Places for pairs that two lists of so many rows have. */
export const taskPlaces = (
  { tileRows }: Profile,
  { link, bands }: LinkingRule,
  rows: number,
  columns: number,
): number => (bands ? bandPlaces(bands, rows, columns) : linkPlaces(link, rows, columns, tileRows));

/** Work of `weighedTask`, in pairs to compare; for progress. */
export const weighedWork = (
  ctx: Context,
  rule: LinkingRule,
  rows: number,
  columns: number,
): number =>
  rule.bands
    ? bandWork(rule.bands, rows, columns)
    : pairsOf(ctx, rows, columns, "all") +
      weighingWork(taskPlaces(ctx.profile, rule, rows, columns));
