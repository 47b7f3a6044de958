import type { Profile } from "../profile.js";
import { blocksOf } from "../table/blocks.js";
import { groupTotalsGates } from "../table/group-totals.js";
import { shuffleTerms, sortTerms } from "../table/terms.js";
import { gatesError, type SoundnessTerm } from "../verify/soundness.js";
import {
  checkSizes,
  crowdPlanes,
  KEY_BITS,
  planeRows,
  type SharedKeysRule,
  slotCount,
} from "./shared-keys.js";

type Sizes = readonly { readonly rows: number }[];

/** AND gates of each of the parts of Π_shared-keys that are verified by themselves, from above. */
export function sharedKeysGates(
  rule: SharedKeysRule,
  lists: Sizes,
): Readonly<Record<"codes" | "others" | "counts", number>> {
  const { slots, channels, ownMax, allMax, countBits } = rule;
  const filledUp = lists.reduce((sum, { rows }) => sum + planeRows(rows), 0);
  const blocks = blocksOf(slotCount(lists, slots));
  const places = blocks.blockRows * blocks.sliceWords * 32;
  const count = lists.length;
  // Of d digits: d to leave out what is before a stop, d for carries, d to stop at the top.
  const totals = (digits: number, flags: number): number =>
    groupTotalsGates(blocks, digits + flags, 3 * digits + 2 * flags) + places * 2 * (digits + 2);
  const neighbours = places * (KEY_BITS + 1 + 4 * count + 3);
  // For each channel: any slot, for each other list; their sum; where it stops.
  const sums = channels * ((count - 1) * slots + countBits + 2);
  return {
    codes: filledUp * slots * (2 + channels),
    others: neighbours + totals(crowdPlanes(ownMax), 0) + totals(crowdPlanes(allMax), count),
    counts: filledUp * (slots * channels * (count - 1) + sums),
  };
}

/** What the checks of Π_shared-keys over lists of so many rows may miss. */
export function sharedKeysTerms(
  profile: Profile,
  rule: SharedKeysRule,
  lists: Sizes,
): SoundnessTerm[] {
  checkSizes(lists, rule);
  // Nobody else is there: nothing is computed.
  if (lists.length === 1) return [];
  const rows = slotCount(lists, rule.slots);
  const gates = sharedKeysGates(rule, lists);
  const checked = (check: string, count: number): SoundnessTerm => ({
    check,
    count: 1,
    error: gatesError(profile, count),
  });
  return [
    checked("gates of slots' codes", gates.codes),
    ...sortTerms(profile, rows, 4, KEY_BITS + 1),
    checked("gates of shared keys", gates.others),
    ...shuffleTerms(profile, rows, 1),
    checked("gates of counts of lists", gates.counts),
  ];
}
