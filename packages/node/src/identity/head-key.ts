import { createHash, createPrivateKey, createPublicKey } from "node:crypto";

/** The fixed bytes before a raw Ed25519 private key in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const KEY_SIZE = 32;

export interface HeadKey {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

/**
 * The key with which a holder of a signing key signs heads of logs. It follows from the signing
 * key by a hash, so that there is no second secret to keep, and is another key: what is signed as
 * a head can never pass for a statement.
 */
export function headKeyOf(signing: { readonly privateKey: Uint8Array }): HeadKey {
  const hash = createHash("sha256").update("symbolon head key v1\n").update(signing.privateKey);
  const privateKey = new Uint8Array(hash.digest());
  const key = Buffer.concat([PKCS8, privateKey]);
  const pair = createPrivateKey({ key, format: "der", type: "pkcs8" });
  const spki = createPublicKey(pair).export({ format: "der", type: "spki" });
  return { privateKey, publicKey: new Uint8Array(spki.subarray(spki.length - KEY_SIZE)) };
}
