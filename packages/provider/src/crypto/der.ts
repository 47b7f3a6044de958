import { concat } from "@symbolon/base/bytes";

/** Ed25519 keys in the wrappings that platforms import (RFC 8410): a fixed prefix and 32 bytes. */
const PKCS8 = Uint8Array.of(48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32);
const SPKI = Uint8Array.of(48, 42, 48, 5, 6, 3, 43, 101, 112, 3, 33, 0);

export const privateKeyDer = (raw: Uint8Array): Uint8Array => concat(PKCS8, raw);
export const publicKeyDer = (raw: Uint8Array): Uint8Array => concat(SPKI, raw);
/** The raw key at the end of either wrapping. */
export const rawKey = (der: Uint8Array): Uint8Array => Uint8Array.from(der.subarray(-32));
