/** The symmetric cryptography that the engine needs, passed in so that it runs anywhere. */
export interface Crypto {
  sha256(...parts: readonly Uint8Array[]): Uint8Array;
  /** HMAC-SHA-256 (RFC 2104). */
  hmac(key: Uint8Array, message: Uint8Array): Uint8Array;
  /** AES-128 in counter mode from a zero counter block: the first `size` bytes of the keystream. */
  keystream(key: Uint8Array, size: number): Uint8Array;
  /** Cryptographically secure random bytes. Tests pass a seeded source. */
  random(size: number): Uint8Array;
}
