import { assert } from "@symbolon/base/assert";
import { fieldFeatures } from "./features.js";
import { FIELD_MODELS, type FieldName, ownShare, SWAP_SHARE, slopeBits } from "./fields.js";
import { hash32, mix } from "./hash.js";
import type { LinkageLayout } from "./layout.js";
import { featureWeight, type ListStats, rarityBits } from "./stats.js";
import { SEPARATOR } from "./values.js";

const GIVEN = FIELD_MODELS.findIndex(({ name }) => name === "given");
const SURNAME = FIELD_MODELS.findIndex(({ name }) => name === "surname");

/** Slots that carry one feature: few values a field need more of them, against collisions. */
const slotsOf = (name: FieldName): number => (name === "nationality" || name === "region" ? 4 : 2);

/** Adds ±weight/√k at k distinct slots that the public hash of the feature names. */
function addFeature(block: Float64Array, name: FieldName, feature: string, weight: number): void {
  if (name === "sex") {
    // A slot for each code: a public list this short needs no hash.
    block[Number(feature.slice(1)) % block.length] += weight;
    return;
  }
  const count = slotsOf(name);
  const root = hash32(`${name}/${feature}`);
  const part = weight / Math.sqrt(count);
  // Slot k lies in the k-th part of the block, so the slots of a feature are distinct.
  const region = Math.floor(block.length / count);
  for (let k = 0; k < count; k += 1) {
    const word = mix(root + Math.imul(k + 1, 0x9e3779b9));
    block[k * region + ((word >>> 1) % region)] += (word & 1) === 1 ? part : -part;
  }
}

/** Adds a value's features; a value that is known in full adds about `energy` to the norm². */
function addValue(
  block: Float64Array,
  f: number,
  value: string,
  energy: number,
  stats: ListStats,
): void {
  const { name } = FIELD_MODELS[f];
  const { groups, partial } = fieldFeatures(name, value);
  const present = groups.filter((group) => group.features.length > 0);
  const shares = partial ? 1 : present.reduce((sum, group) => sum + group.share, 0);
  for (const group of present) {
    const weights = group.features.map((feature) => featureWeight(stats, f, feature));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    group.features.forEach((feature, k) => {
      const share = (group.share / shares) * (weights[k] / total);
      addFeature(block, name, feature, Math.sqrt(energy * share));
    });
  }
  if (!partial) rescale(block, energy);
}

const normSquared = (block: Float64Array | Int16Array): number => {
  let sum = 0;
  for (let k = 0; k < block.length; k += 1) sum += block[k] * block[k];
  return sum;
};

/** Scales to the squared norm that is due: collisions of slots must not move it. */
function rescale(block: Float64Array, energy: number): void {
  const norm = normSquared(block);
  if (norm === 0) return;
  const factor = Math.sqrt(energy / norm);
  for (let k = 0; k < block.length; k += 1) block[k] *= factor;
}

/** Squared norm in bits that the value's slope gives to the field's own or common block. */
function energyOf(stats: ListStats, f: number, value: string, share: number): number {
  return slopeBits(FIELD_MODELS[f], rarityBits(stats, f, value)) * share;
}

/** Rounds so that the squared norm in integers lies within `floor` and `cap`. */
export function roundWithin(block: Float64Array, floor: number, cap: number): Int16Array {
  const norm = normSquared(block);
  assert(norm > 0 && 2 * floor <= cap, "a block with content, and room for it");
  const rounded = new Int16Array(block.length);
  let scale = Math.sqrt(Math.min(Math.max(norm, 1.1 * floor), cap) / norm);
  for (;;) {
    for (let k = 0; k < block.length; k += 1) rounded[k] = Math.round(block[k] * scale);
    const whole = normSquared(rounded);
    if (whole > cap) scale *= Math.min(0.999, Math.sqrt(cap / whole));
    else if (whole < floor) scale *= 1.03;
    else return rounded;
  }
}

/**
 * The integer block of one field: squared norm from the field's floor to its cap, whatever the
 * value or the statistics. Deterministic in (layout, field, value, stats).
 */
export function encodeBlock(
  layout: LinkageLayout,
  f: number,
  value: string,
  stats: ListStats,
): Int16Array {
  const place = layout.fields[f];
  const { name } = FIELD_MODELS[f];
  assert(place.name === name, "the layout has the fields of this version");
  const block = new Float64Array(place.size);
  const units = layout.unitsPerBit;
  if (name === "names") {
    const [given, surname] = value.split(SEPARATOR);
    for (const [source, part] of [
      [GIVEN, given],
      [SURNAME, surname],
    ] as const) {
      if (part === "") continue;
      const alone = new Float64Array(place.size);
      addValue(alone, f, part, energyOf(stats, source, part, SWAP_SHARE) * units, stats);
      for (let k = 0; k < block.length; k += 1) block[k] += alone[k];
    }
  } else {
    addValue(block, f, value, energyOf(stats, f, value, ownShare(name)) * units, stats);
  }
  // A value without any feature still is a value: it equals itself and nothing else.
  if (normSquared(block) === 0) block[hash32(`${name}/${value}`) % block.length] = 1;
  return roundWithin(block, place.floor, place.cap);
}
