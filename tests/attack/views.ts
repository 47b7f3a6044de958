import { type PartyIndex, previous } from "@symbolon/base/id";
import type { Honest } from "./judged-run.js";

/** What anybody sees who only watches: who sends how much to whom, when, in how many rounds. */
export const outline = ({ places, rounds }: Honest): string =>
  JSON.stringify({ places: places.map((at) => [at.from, at.to, at.channel, at.size]), rounds });

/**
 * Messages that carry shares. Coins, hashes and copies of the same share are left out, and so is
 * the opening of Σ ρ·(p² − p): multiples by public bits of few words, which add up to zero.
 */
const SHARES = /(and|tile-\d+|dot|g|product|field-mul|pair-\d\/rows-\d+)\/message$/;
const OPENED = /(w|t|(?<!presence\/)open)\/message$/;
/** Elements of a field of 96 bits travel in 128: the last four bytes are zero. */
const PADDED = /(field-mul|field\/sacrifice\/w|same-rows\/open)\/message$/;

/** All bytes that one party receives and that must look random to it. */
export function viewOf(honest: Honest, party: PartyIndex): Uint8Array {
  const bytes: number[] = [];
  honest.places.forEach(({ from, to, channel }, index) => {
    if (to !== party) return;
    const isCopy = OPENED.test(channel) && from !== previous(party);
    if (isCopy || !(SHARES.test(channel) || OPENED.test(channel))) return;
    honest.messages[index].forEach((byte, at) => {
      if (!(PADDED.test(channel) && at % 16 >= 12)) bytes.push(byte);
    });
  });
  return Uint8Array.from(bytes);
}

/** How often each byte value occurs. */
export function histogram(views: readonly Uint8Array[]): Float64Array {
  const counts = new Float64Array(256);
  for (const view of views) for (const byte of view) counts[byte] += 1;
  return counts;
}

/** Pearson's statistic against equal frequencies: 255 degrees of freedom. */
export function unevenness(counts: Float64Array): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / 256;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Pearson's statistic of two samples against one distribution: 255 degrees of freedom. */
export function difference(a: Float64Array, b: Float64Array): number {
  const total = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, 0);
  const [n, m] = [total(a), total(b)];
  const [toA, toB] = [Math.sqrt(m / n), Math.sqrt(n / m)];
  return a.reduce(
    (sum, count, k) => sum + (toA * count - toB * b[k]) ** 2 / (count + b[k] || 1),
    0,
  );
}

/** With 255 degrees of freedom, above this with probability 10^-7 (Wilson and Hilferty). */
export const UNEVENNESS_MAX = 255 * (1 - 2 / (9 * 255) + 5.2 * Math.sqrt(2 / (9 * 255))) ** 3;

/** Positions (byte, bit) whose bit is nearly the same in every view: what a missing mask leaves. */
export function stuckBits(views: readonly Uint8Array[], least: number): number {
  let stuck = 0;
  for (let at = 0; at < views[0].length; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const ones = views.reduce((sum, view) => sum + ((view[at] >> bit) & 1), 0);
      if (Math.min(ones, views.length - ones) < least) stuck += 1;
    }
  }
  return stuck;
}
