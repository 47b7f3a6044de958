import { createHash } from "node:crypto";

/** SHA-256 by OpenSSL, at once. */
export const hashBytes = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash("sha256").update(bytes).digest());

/** SHA-256 in lower-case hexadecimal. */
export const hashHex = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");
