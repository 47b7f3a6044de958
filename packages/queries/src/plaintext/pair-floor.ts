import { compareRecords } from "@symbolon/case-data/compare/levels";
import { contributions } from "@symbolon/case-data/compare/weigh";
import type { PairFloor } from "@symbolon/mpc/linkage/pair-floor";
import type { RecordLayout } from "@symbolon/mpc/linkage/record-layout";

/** `weighPlaces` in the clear: the weight of two records, or nothing if they are no pair. */
export function weighInTheClear(
  layout: RecordLayout,
  floor: PairFloor | undefined,
  a: Uint32Array,
  b: Uint32Array,
): number | undefined {
  const levels = compareRecords(layout, a, b);
  const said = contributions(layout, levels, a, b);
  const weight = said.reduce((sum, units) => sum + units, 0);
  if (floor === undefined) return weight;
  const { weights } = layout.fields[floor.without];
  const agrees = levels[floor.without] === weights.length - 1;
  const rest = weight - (agrees ? Math.max(...weights) : 0);
  const own = floor.own.reduce((sum, f) => sum + said[f], 0);
  return rest >= floor.least && own >= 0 ? weight : undefined;
}
