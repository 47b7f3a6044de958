import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import type { Signatures } from "@symbolon/governance/signatures";
import { freshSigningKeys } from "./random.js";

/** The fixed bytes before a raw Ed25519 key in PKCS #8 and in SPKI (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const KEY_SIZE = 32;

/** Ed25519 by OpenSSL. */
export const nodeSignatures: Signatures = {
  async sign(privateKey, message) {
    const key = Buffer.concat([PKCS8, privateKey]);
    const signer = createPrivateKey({ key, format: "der", type: "pkcs8" });
    return new Uint8Array(sign(null, message, signer));
  },
  async verify(publicKey, message, signature) {
    if (publicKey.length !== KEY_SIZE) return false;
    try {
      const key = Buffer.concat([SPKI, publicKey]);
      const verifier = createPublicKey({ key, format: "der", type: "spki" });
      return verify(null, message, verifier, signature);
    } catch {
      return false;
    }
  },
};

/** A fresh Ed25519 pair as raw bytes. */
export function signingKeyPair(): { privateKey: Uint8Array; publicKey: Uint8Array } {
  const pair = freshSigningKeys();
  const raw = (der: Buffer) => new Uint8Array(der.subarray(der.length - KEY_SIZE));
  return {
    privateKey: raw(pair.privateKey.export({ format: "der", type: "pkcs8" })),
    publicKey: raw(pair.publicKey.export({ format: "der", type: "spki" })),
  };
}
