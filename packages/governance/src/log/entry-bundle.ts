import { concat } from "@symbolon/base/bytes";
import { malformed } from "./log-error.js";
import { TILE_WIDTH } from "./tile.js";

/** An entry's length is written in 16 bits. */
export const ENTRY_BYTES_MAX = 65_535;

/**
 * An entry bundle (C2SP tlog-tiles): each entry after its length in two bytes, the high one first.
 * Throws `LogError` for an entry above 65,535 bytes, for none and for more than 256.
 */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0 || entries.length > TILE_WIDTH)
    throw malformed("a bundle", "hold 1 to 256 entries");
  return concat(
    ...entries.flatMap((entry) => {
      if (entry.length > ENTRY_BYTES_MAX)
        throw malformed("an entry", "have at most 65,535 bytes", "log its hash instead");
      return [Uint8Array.of(entry.length >> 8, entry.length & 255), entry];
    }),
  );
}

/** The entries of a bundle of exactly `width` entries; nothing may be left over. */
export function decodeBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= bytes.length && entries.length < width) {
    const from = at + 2;
    at = from + bytes[at] * 256 + bytes[at + 1];
    entries.push(bytes.slice(from, at));
  }
  if (entries.length !== width || at !== bytes.length)
    throw malformed("a bundle", `hold ${width} whole entries and nothing else`);
  return entries;
}
