import { toHex } from "@symbolon/base/bytes";
import { canonicalBytes } from "./canonical-json.js";

/** SHA-256 in lower-case hexadecimal, 64 characters. */
export type Hash = string & { readonly brand: "Hash" };

/** SHA-256 of `bytes` as 32 bytes, by WebCrypto (present in Node and in browsers). */
export async function digest(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", bytes as BufferSource));
}

/** SHA-256 of `bytes`. */
export async function sha256(bytes: Uint8Array): Promise<Hash> {
  return toHex(await digest(bytes)) as Hash;
}

/** SHA-256 of the canonical JSON of `value`. */
export const hashOf = (value: unknown): Promise<Hash> => sha256(canonicalBytes(value));
