import { sumPlanes } from "../circuit/weighted-sum.js";
import type { Profile } from "../profile.js";
import { compactTerms } from "../table/compact.js";
import { shuffleTerms } from "../table/terms.js";
import { FIELD_ERROR, gatesError, type SoundnessTerm } from "../verify/soundness.js";
import { candidateSlots } from "./candidates.js";
import { type LinkRule, linkBatches } from "./link.js";
import { weightBounds } from "./match-weight.js";
import type { PairFloor } from "./pair-floor.js";
import type { RecordLayout, RecordParts, Repeated } from "./record-layout.js";

/**
 * What the checks of both stages, of the best of each row and of `matchedRows` may miss; `carried`
 * words go with each pair.
 */
export function linkTerms(
  profile: Profile,
  rule: LinkRule,
  rows: number,
  columns: number,
  carried: number,
): SoundnessTerm[] {
  const { groupColumns, rankBits, records } = rule;
  const height = Math.min(profile.tileRows, rows);
  const blocks = Math.ceil(rows / profile.tileRows);
  const groups = Math.ceil(columns / groupColumns);
  const batches = linkBatches(rule, height, columns);
  const [{ slotRows, places }] = batches;
  const { least, most } = weightBounds(records);
  const planes = sumPlanes(most - least);
  const words = records.bits / 32;
  const floorGates = gatesOfFloor(records, rule.floor);
  const whole = blocks * profile.tileRows;
  const perBatch = (terms: readonly SoundnessTerm[]): SoundnessTerm[] =>
    terms.map((term) => ({ ...term, count: term.count * blocks * batches.length }));
  const pairGates = height * Math.min(columns, groupColumns) * 2 ** rankBits;
  const gates = (check: string, count: number): SoundnessTerm => ({
    check,
    count: 1,
    error: gatesError(profile, count),
  });
  return [
    {
      check: "records of candidates (Freivalds, sacrifice)",
      count: blocks * groups,
      error: 3 * FIELD_ERROR,
    },
    {
      check: "gates of slots",
      count: blocks * groups,
      error: gatesError(profile, pairGates + height * candidateSlots(rankBits)),
    },
    ...perBatch(compactTerms(profile, slotRows, 2 * words + carried, places)),
    ...perBatch([gates("gates of match weights", places * (matchGates(records) + floorGates))]),
    ...perBatch(shuffleTerms(profile, slotRows + places, 1)),
    ...perBatch([gates("gates of the best of a row", slotRows * 2 * (planes + 1))]),
    gates("gates of the best of all batches", whole * batches.length * 2 * (planes + 1)),
    gates("gates of matched rows", whole * (planes + 1)),
  ];
}

/** AND gates a row of Π_match-weight, from above. */
export function matchGates(layout: RecordLayout): number {
  const { least, most } = weightBounds(layout);
  const digits = sumPlanes(most - least);
  const fields = layout.fields.reduce((sum, { parts, weights }) => {
    const levels = weights.length + 2;
    return sum + partGates(parts) + levels * (levels + 12) + (levels + 8) * digits;
  }, 0);
  const crosswise = layout.swap.fields.map((f) => partGates(layout.fields[f].parts));
  return fields + crosswise.reduce((sum, gates) => sum + gates, 20);
}

/** AND gates a place for what a floor asks, from above. */
export function gatesOfFloor(layout: RecordLayout, floor: PairFloor | undefined): number {
  if (floor === undefined) return 0;
  const { least, most } = weightBounds(layout);
  return 2 * (sumPlanes(most - least) + 1) + 3 + favourGates(layout, floor.own);
}

/** AND gates a row for whether the fields `own` speak for a pair, from above: one a digit. */
const favourGates = (layout: RecordLayout, own: readonly number[]): number => {
  const { least, most } = weightBounds(layout);
  const digits = sumPlanes(most - least) + 1;
  const bits = own.reduce((sum, f) => sum + layout.fields[f].weights.length + 10, 2);
  return (bits + 1) * digits;
};

/** Two texts are compared in five diagonals at most, with some ten gates a cell and the letters. */
const textGates = ({ count, bits }: Repeated): number => 5 * (count + 2) * (bits + 12);

const commonGates = ({ count, bits }: Repeated): number =>
  count * count * (bits + 2) + count * bits;

function partGates(parts: RecordParts): number {
  switch (parts.kind) {
    case "name":
      return (
        parts.whole +
        textGates(parts.letters) +
        textGates(parts.sounds) +
        commonGates(parts.words) +
        20
      );
    case "text":
      return parts.whole + textGates(parts.letters) + commonGates(parts.words);
    case "code":
      return parts.whole + textGates(parts.letters);
    case "email":
      return parts.whole + parts.local + textGates(parts.letters);
    case "date":
      return 300;
    default:
      return commonGates(parts.values);
  }
}
