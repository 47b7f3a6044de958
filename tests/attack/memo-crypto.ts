import type { Crypto } from "@symbolon/mpc/crypto/crypto";
import { seededCrypto } from "@symbolon/sim/world/seeded-crypto";

/** Bytes of all values and names that are kept. */
const KEPT_MAX = 1 << 25;
/** Longer values are computed every time. */
const VALUE_MAX = 1 << 14;

const known = new Map<string, Uint8Array>();
let kept = 0;

/** What `compute` gives, computed once for each name. Callers get copies. */
function once(name: string, compute: () => Uint8Array): Uint8Array {
  const found = known.get(name);
  if (found) return found.slice();
  const value = compute();
  const size = name.length + value.length;
  if (size > VALUE_MAX) return value;
  if (kept + size > KEPT_MAX) {
    known.clear();
    kept = 0;
  }
  kept += size;
  known.set(name, value.slice());
  return value;
}

/** Bytes as a string of as many characters. */
const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");

/**
 * `seededCrypto`, the same to the last bit, with each result computed once in a process: the runs
 * of one piece repeat nearly all of each other's hashes, streams and draws.
 */
export function memoCrypto(seed: string): Crypto {
  const crypto = seededCrypto(seed);
  // Draws depend on their number: a draw that is known must still be counted.
  let drawn = 0;
  let skipped = 0;
  const draw = (size: number): Uint8Array => {
    for (; skipped > 0; skipped -= 1) crypto.random(0);
    return crypto.random(size);
  };
  return {
    // Sizes stand before the bytes, so that no two inputs have one name.
    sha256: (...parts) =>
      once(`s${parts.map((part) => `${part.length}:${text(part)}`).join("")}`, () =>
        crypto.sha256(...parts),
      ),
    hmac: (key, message) =>
      once(`h${key.length}:${text(key)}${text(message)}`, () => crypto.hmac(key, message)),
    keystream: (key, size) => once(`k${size}:${text(key)}`, () => crypto.keystream(key, size)),
    random(size) {
      drawn += 1;
      skipped += 1;
      return once(`r${drawn}:${size}:${seed}`, () => {
        skipped -= 1;
        return draw(size);
      });
    },
  };
}
