import { sumPlanes } from "../circuit/weighted-sum.js";
import type { Profile } from "../profile.js";
import { joinTerms } from "../table/terms.js";
import { gatesError, type SoundnessTerm } from "../verify/soundness.js";
import { voteGates } from "./cluster-votes.js";
import { nameBits, nameKeyBits } from "./clusters.js";
import { weightBounds } from "./match-weight.js";
import type { RecordLayout } from "./record-layout.js";

/** What the checks of Π_clusters of lists of so many rows, which carry so many words, may miss. */
export function clusterTerms(
  profile: Profile,
  records: RecordLayout,
  rows: readonly number[],
  carriedWords = 0,
): SoundnessTerm[] {
  const { least, most } = weightBounds(records);
  const keyBits = nameKeyBits(nameBits(rows));
  const places = (count: number): number => 128 * Math.ceil(count / 128);
  const gates = (check: string, count: number): SoundnessTerm => ({
    check,
    count: 1,
    error: gatesError(profile, count),
  });
  const added = rows.slice(1).flatMap((count, k) => {
    const earlier = rows.slice(0, k + 1).reduce((sum, other) => sum + other, 0);
    const fetched = joinTerms(profile, (k + 1) * count + earlier, keyBits, 1);
    const votes = voteGates(k + 1, keyBits - 1, sumPlanes(most - least));
    return [
      ...fetched,
      ...fetched,
      gates("gates of a choice of clusters", places(count) * (votes + keyBits)),
      ...joinTerms(profile, earlier + count, keyBits, carriedWords),
    ];
  });
  return [
    ...added,
    ...rows.map((count) => gates("gates of persons", places(count) * (rows.length + 1))),
  ];
}
