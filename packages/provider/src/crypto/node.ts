import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import type { Signatures } from "@symbolon/governance/signatures";
import { expandSeedNode } from "@symbolon/mpc/sharing/prg-node";
import { privateKeyDer, publicKeyDer, rawKey } from "./der.js";
import { hpke } from "./hpke.js";
import type { Toolbox } from "./toolbox.js";

const signatures: Signatures = {
  async sign(privateKey, message) {
    const der = Buffer.from(privateKeyDer(privateKey));
    const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    return new Uint8Array(sign(null, message, key));
  },
  async verify(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    const der = Buffer.from(publicKeyDer(publicKey));
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    return verify(null, message, key, signature);
  },
};

/** A provider's cryptography on OpenSSL, through `node:crypto`. */
export const nodeToolbox: Toolbox = {
  signatures,
  hpke,
  expand: expandSeedNode,
  random: (size) => new Uint8Array(randomBytes(size)),
  async newSigningKeys() {
    const pair = generateKeyPairSync("ed25519");
    return {
      privateKey: rawKey(pair.privateKey.export({ format: "der", type: "pkcs8" })),
      publicKey: rawKey(pair.publicKey.export({ format: "der", type: "spki" })),
    };
  },
};
