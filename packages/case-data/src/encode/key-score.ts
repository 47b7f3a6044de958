import type { KeyField, KeyLayout } from "./key-layout.js";

/** Keys of many records, `layout.bits` / 32 words each. */
export interface RecordKeys {
  readonly rows: number;
  readonly words: Uint32Array;
}

/** Bits `from` … of a record's words, at most 32. */
function bitsAt(words: Uint32Array, base: number, from: number, bits: number): number {
  const [word, shift] = [base + (from >>> 5), from & 31];
  const low = words[word] >>> shift;
  const whole = shift + bits <= 32 ? low : low | (words[word + 1] << (32 - shift));
  return bits === 32 ? whole >>> 0 : whole & ((1 << bits) - 1);
}

/**
 * The worth of two records' keys: Σ over fields of what their deepest agreement is worth, 0 where
 * one is unknown. The plaintext of what the nodes compute.
 */
export function keyWorth(
  layout: Pick<KeyLayout, "bits" | "fields" | "swap">,
  a: RecordKeys,
  rowA: number,
  b: RecordKeys,
  rowB: number,
): number {
  const width = layout.bits / 32;
  const [x, y] = [rowA * width, rowB * width];
  const depth = (one: KeyField, other: KeyField): number => {
    const known = bitsAt(a.words, x, one.offset, 1) & bitsAt(b.words, y, other.offset, 1);
    if (known === 0) return -1;
    let at = 1;
    for (let d = 0; d < one.parts.length; d += 1) {
      const bits = one.parts[d];
      const left = bitsAt(a.words, x, one.offset + at, bits);
      if (left !== bitsAt(b.words, y, other.offset + at, bits)) return d;
      at += bits;
    }
    return one.parts.length;
  };
  const { fields, swap } = layout;
  const [g, s] = swap.fields;
  const crossG = depth(fields[g], fields[s]);
  const crossS = crossG < swap.depth ? -1 : depth(fields[s], fields[g]);
  const isSwapped = crossG >= swap.depth && crossS >= swap.depth;
  let worth = 0;
  for (let f = 0; f < fields.length; f += 1) {
    let d = depth(fields[f], fields[f]);
    if (isSwapped && f === g) d = Math.max(d, crossG);
    if (isSwapped && f === s) d = Math.max(d, crossS);
    if (d >= 0) worth += fields[f].worth[d];
  }
  return worth;
}
