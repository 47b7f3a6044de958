import { fromBase64 } from "@symbolon/base/bytes";
import { type Hash, sha256 } from "./hash.js";

/** Signatures by keys that programs hold; every signature names its suite. */
export const SIGNATURE_SUITE = "ed25519";
/** Signatures by passkeys: people's, in a browser, on a phone or on a security key. */
export const PASSKEY_SUITE = "webauthn-es256";
export type SignatureSuite = typeof SIGNATURE_SUITE | typeof PASSKEY_SUITE;

/** A key that signs statements: Ed25519's 32 bytes, or the 65 of a point of P-256; base64. */
export interface PublicKey {
  readonly suite: SignatureSuite;
  readonly key: string;
}

/**
 * Ed25519 (RFC 8032) over raw keys: 32 bytes each, 64 bytes a signature. Injected, because Node and
 * browsers each have their own; `verify` answers false for keys and signatures of a wrong form.
 */
export interface Signatures {
  sign(privateKey: Uint8Array, message: Uint8Array): Promise<Uint8Array>;
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
}

/** What signs statements: a private key with the name of its public key. */
export interface Signer {
  readonly keyid: Hash;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** The name of a public key: its hash. The key itself is base64 in every document. */
export async function keyIdOf(publicKey: string): Promise<Hash> {
  return sha256(fromBase64(publicKey) ?? new Uint8Array());
}

/** A signer from a raw key pair. The private key stays in the closure and is never printed. */
export async function signerOf(
  signatures: Signatures,
  keys: { readonly privateKey: Uint8Array; readonly publicKey: Uint8Array },
): Promise<Signer> {
  const keyid = await sha256(keys.publicKey);
  return { keyid, sign: (message) => signatures.sign(keys.privateKey, message) };
}
