import type { Signatures } from "@symbolon/governance/signatures";
import { expandSeedWebCrypto } from "@symbolon/mpc/sharing/prg-webcrypto";
import { privateKeyDer, publicKeyDer, rawKey } from "./der.js";
import { hpke } from "./hpke.js";
import type { Toolbox } from "./toolbox.js";

const ED25519 = { name: "Ed25519" };
const { crypto } = globalThis;

const signatures: Signatures = {
  async sign(privateKey, message) {
    const der = privateKeyDer(privateKey) as BufferSource;
    const key = await crypto.subtle.importKey("pkcs8", der, ED25519, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign(ED25519, key, message as BufferSource));
  },
  async verify(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    const der = publicKeyDer(publicKey) as BufferSource;
    const key = await crypto.subtle.importKey("spki", der, ED25519, false, ["verify"]);
    const [sig, data] = [signature as BufferSource, message as BufferSource];
    return crypto.subtle.verify(ED25519, key, sig, data);
  },
};

/** Largest request that `getRandomValues` serves at once. */
const RANDOM_BYTES_MAX = 65_536;

/** A provider's cryptography on WebCrypto, for browsers that know Ed25519. */
export const webToolbox: Toolbox = {
  signatures,
  hpke,
  expand: expandSeedWebCrypto,
  random(size) {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += RANDOM_BYTES_MAX)
      crypto.getRandomValues(bytes.subarray(at, at + RANDOM_BYTES_MAX));
    return bytes;
  },
  async newSigningKeys() {
    const pair = (await crypto.subtle.generateKey(ED25519, true, [
      "sign",
      "verify",
    ])) as CryptoKeyPair;
    return {
      privateKey: rawKey(new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey))),
      publicKey: rawKey(new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey))),
    };
  },
};
