import { createCipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { assert } from "@symbolon/base/assert";
import type { Crypto } from "./crypto.js";

const ZERO_COUNTER = new Uint8Array(16);
/** One reused cipher over blocks of 32 KiB: larger buffers are mapped and unmapped each time. */
const BLOCK = new Uint8Array(32768);

function keystream(key: Uint8Array, size: number): Uint8Array {
  assert(key.length === 16, "a keystream needs a 16-byte key");
  const cipher = createCipheriv("aes-128-ctr", key, ZERO_COUNTER);
  if (size <= BLOCK.length) {
    const { buffer, byteOffset } = cipher.update(BLOCK.subarray(0, size));
    return new Uint8Array(buffer, byteOffset, size);
  }
  // Words are read out of it, so the buffer starts at an aligned address.
  const out = new Uint8Array(Math.ceil(size / 16) * 16);
  for (let at = 0; at < size; at += BLOCK.length) {
    const block = size - at < BLOCK.length ? BLOCK.subarray(0, size - at) : BLOCK;
    out.set(cipher.update(block), at);
  }
  return out.subarray(0, size);
}

/** The engine's cryptography on OpenSSL, through `node:crypto`. */
export const nodeCrypto: Crypto = {
  sha256(...parts) {
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part);
    return new Uint8Array(hash.digest());
  },
  hmac: (key, message) => new Uint8Array(createHmac("sha256", key).update(message).digest()),
  keystream,
  random: (size) => new Uint8Array(randomBytes(size)),
};
