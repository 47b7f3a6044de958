import { createCipheriv, createDecipheriv } from "node:crypto";
import { concat, utf8 } from "@symbolon/base/bytes";
import { freshBytes } from "../identity/random.js";
import { SetupError } from "../node-error.js";

const NONCE_SIZE = 12;
const TAG_SIZE = 16;

/**
 * AES-256-GCM with a fresh random nonce in front and the tag behind. `about` says what the bytes
 * are, so that a stored blob cannot be passed off as another.
 */
export function sealBytes(key: Uint8Array, plain: Uint8Array, about: string): Uint8Array {
  const nonce = freshBytes(NONCE_SIZE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(utf8(about));
  return concat(nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag());
}

/** Throws `SetupError` if these are not the bytes that were sealed under `key` as `about`. */
export function openBytes(key: Uint8Array, sealed: Uint8Array, about: string): Uint8Array {
  try {
    const nonce = sealed.subarray(0, NONCE_SIZE);
    const options = { authTagLength: TAG_SIZE };
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, options).setAAD(utf8(about));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_SIZE));
    const plain = decipher.update(sealed.subarray(NONCE_SIZE, sealed.length - TAG_SIZE));
    return concat(plain, decipher.final());
  } catch {
    throw new SetupError(
      "STORE_UNREADABLE",
      `stored data does not open (${about})`,
      { about },
      "use the keys that this data was stored under",
    );
  }
}
