import { toHex } from "@symbolon/base/bytes";
import { canonicalBytes } from "./canonical-json.js";

/** SHA-256 in lower-case hexadecimal, 64 characters. */
export type Hash = string & { readonly brand: "Hash" };

/** SHA-256 of `bytes`, by WebCrypto (present in Node and in browsers). */
export async function sha256(bytes: Uint8Array): Promise<Hash> {
  const digest = await globalThis.crypto.subtle.digest("SHA-256", bytes as BufferSource);
  return toHex(new Uint8Array(digest)) as Hash;
}

/** SHA-256 of the canonical JSON of `value`. */
export const hashOf = (value: unknown): Promise<Hash> => sha256(canonicalBytes(value));
