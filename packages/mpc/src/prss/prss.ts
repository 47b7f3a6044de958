import { assert } from "@symbolon/base/assert";
import { utf8 } from "@symbolon/base/bytes";
import type { Crypto } from "../crypto/crypto.js";

/** Key K_i is known to P_i and P_{i-1}; P_i holds K_i and K_{i+1}. 32 bytes each, one run only. */
export interface PairwiseKeys {
  readonly own: Uint8Array;
  readonly next: Uint8Array;
}

/**
 * Pseudo-random secret sharing: randomness common to two parties without a message.
 *
 * Stream (key, name) is the AES-128-CTR keystream under the first half of HMAC-SHA-256(key, name).
 * A name used twice would repeat a mask, so it crashes. [CDI05; Araki et al. 2016, section 2.2]
 */
export class Prss {
  readonly #keys: PairwiseKeys;
  readonly #crypto: Crypto;
  readonly #used = new Set<string>();

  constructor(keys: PairwiseKeys, crypto: Crypto) {
    assert(keys.own.length === 32 && keys.next.length === 32, "pairwise keys have 32 bytes");
    this.#keys = keys;
    this.#crypto = crypto;
  }

  /** `size` bytes from each of the two streams called `name`. */
  streams(name: string, size: number): { own: Uint8Array; next: Uint8Array } {
    this.#use(name);
    return {
      own: this.#stream(this.#keys.own, name, size),
      next: this.#stream(this.#keys.next, name, size),
    };
  }

  /** `size` bytes from one of the two streams called `name`; the other is used up as well. */
  stream(which: "own" | "next", name: string, size: number): Uint8Array {
    this.#use(name);
    return this.#stream(this.#keys[which], name, size);
  }

  #use(name: string): void {
    assert(!this.#used.has(name), `a random stream is used once: ${name}`);
    this.#used.add(name);
  }

  #stream(key: Uint8Array, name: string, size: number): Uint8Array {
    return this.#crypto.keystream(this.#crypto.hmac(key, utf8(name)).subarray(0, 16), size);
  }

  toJSON(): string {
    return "Prss";
  }
}
