import { generateKeyPairSync, randomBytes } from "node:crypto";

/**
 * The one place where a node draws cryptographic randomness: bytes and key pairs from OpenSSL's
 * generator, which the operating system seeds.
 */
export const freshBytes = (size: number): Uint8Array => new Uint8Array(randomBytes(size));

/** A fresh P-256 pair. */
export const freshTlsKeys = () => generateKeyPairSync("ec", { namedCurve: "P-256" });

/** A fresh Ed25519 pair. */
export const freshSigningKeys = () => generateKeyPairSync("ed25519");
