import { sumPlanes } from "../circuit/weighted-sum.js";
import type { Profile } from "../profile.js";
import { compactTerms } from "../table/compact.js";
import { rowNumberBits } from "../table/sort.js";
import { shuffleTerms, sortTerms } from "../table/terms.js";
import { gatesError, type SoundnessTerm } from "../verify/soundness.js";
import { type BandRule, bandBatches, SORT_BITS, sortedParts, worthPlanes } from "./band-rule.js";
import { gatesOfFloor, matchGates } from "./link-terms.js";
import { weightBounds } from "./match-weight.js";

/** What the checks of Π_band-pairs, of the best of each row and of `matchedRows` may miss. */
export function bandTerms(
  profile: Profile,
  rule: BandRule,
  ours: number,
  theirs: number,
): SoundnessTerm[] {
  const total = ours + theirs;
  const width = rule.records.bits / 32 + 1;
  const { least, most } = weightBounds(rule.records);
  const planes = sumPlanes(most - least) + 1;
  const gates = (check: string, count: number, number: number): SoundnessTerm => ({
    check,
    count,
    error: gatesError(profile, number),
  });
  const slot = slotGates(rule);
  const { records } = rule;
  const place = matchGates(records) + gatesOfFloor(records, rule.floor) + rowNumberBits(total);
  const bands = rule.bands.flatMap((band) => {
    const batches = bandBatches(rule, band, ours, theirs);
    const [{ rows, places }] = batches;
    const slots = rows * band.window;
    const perBatch = [
      gates("gates of slots of a band", 1, slots * slot),
      ...compactTerms(profile, slots, 2 * width, places),
      gates("gates of match weights", 1, places * place),
      ...shuffleTerms(profile, slots + places, 1),
    ];
    const bits = sortedParts(band).flatMap((part) => [...rule.parts[part].bits, part]);
    return [
      gates("gates of sort keys", 1, total * (bits.length + 2 * sortedParts(band).length)),
      ...sortTerms(profile, total, width + 1, SORT_BITS),
      ...perBatch.map((term) => ({ ...term, count: term.count * batches.length })),
      gates("gates of the best of a sorted row", 1, total * 4 * band.window * planes),
      ...shuffleTerms(profile, total, 1),
    ];
  });
  return [
    ...bands,
    gates("gates of the best of all bands", 1, ours * rule.bands.length * 2 * planes),
    gates("gates of matched rows", 1, ours * planes),
  ];
}

/** AND gates of a slot, from above. */
function slotGates(rule: BandRule): number {
  const same = rule.parts.reduce((sum, { known, bits }) => sum + 2 * known.length + bits.length, 0);
  const keys = rule.bands.reduce((sum, { parts }) => sum + parts.length + 1, 3);
  return same + keys + rule.parts.length * worthPlanes(rule).planes;
}
