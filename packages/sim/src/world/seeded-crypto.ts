import { utf8 } from "@symbolon/base/bytes";
import type { Crypto } from "@symbolon/mpc/crypto/crypto";
import { nodeCrypto } from "@symbolon/mpc/crypto/node";

/** The engine's cryptography with a random source that replays from a seed. Tests only. */
export function seededCrypto(seed: string): Crypto {
  let drawn = 0;
  const key = nodeCrypto.sha256(utf8(`symbolon/seeded/${seed}`));
  return {
    ...nodeCrypto,
    random(size) {
      drawn += 1;
      const block = nodeCrypto.hmac(key, utf8(String(drawn)));
      return nodeCrypto.keystream(block.subarray(0, 16), size);
    },
  };
}
