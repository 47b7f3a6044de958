/**
 * The public hash of linkage features: FNV-1a (32 bits) over the UTF-16 code units' low and high
 * bytes, then MurmurHash3's finaliser. It spreads features over slots and hides nothing.
 */
export function hash32(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  for (let k = 0; k < text.length; k += 1) {
    const unit = text.charCodeAt(k);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return mix(hash);
}

/** MurmurHash3's 32-bit finaliser: every input bit changes about half of the output bits. */
export function mix(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
