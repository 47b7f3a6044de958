import { createCipheriv, createDecipheriv } from "node:crypto";
import { assert } from "@symbolon/base/assert";
import { concat, utf8 } from "@symbolon/base/bytes";
import { freshBytes } from "../identity/random.js";
import { SetupError } from "../node-error.js";

const KEY_SIZE = 32;
const NONCE_SIZE = 12;
const TAG_SIZE = 16;

/**
 * AES-256-GCM with a fresh random nonce in front and the tag behind. `about` says what the bytes
 * are, so that a stored blob cannot be passed off as another.
 */
function seal(key: Uint8Array, plain: Uint8Array, about: string): Uint8Array {
  const nonce = freshBytes(NONCE_SIZE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(utf8(about));
  return concat(nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag());
}

function open(key: Uint8Array, sealed: Uint8Array, about: string): Uint8Array {
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
      "use the key file that this data was stored under, or restore both from one backup",
    );
  }
}

/** A key that lives in memory for one use, and how it is kept: wrapped by the node's own key. */
export interface StoredKey {
  readonly key: Uint8Array;
  readonly wrapped: Uint8Array;
}

/**
 * Encrypts what a node stores. Each column has a key of its own, wrapped by the node's storage key;
 * whoever deletes the wrapped key has deleted the column.
 */
export class Vault {
  readonly #storageKey: Uint8Array;
  constructor(storageKey: Uint8Array) {
    assert(storageKey.length === KEY_SIZE, "the storage key has 32 bytes");
    this.#storageKey = storageKey;
  }

  /** A fresh key for `about`. */
  newKey(about: string): StoredKey {
    const key = freshBytes(KEY_SIZE);
    return { key, wrapped: this.wrap(key, about) };
  }

  wrap(secret: Uint8Array, about: string): Uint8Array {
    return seal(this.#storageKey, secret, `symbolon key ${about}`);
  }

  unwrap(wrapped: Uint8Array, about: string): Uint8Array {
    return open(this.#storageKey, wrapped, `symbolon key ${about}`);
  }

  seal(key: Uint8Array, plain: Uint8Array, about: string): Uint8Array {
    return seal(key, plain, `symbolon data ${about}`);
  }

  open(key: Uint8Array, sealed: Uint8Array, about: string): Uint8Array {
    return open(key, sealed, `symbolon data ${about}`);
  }
}
