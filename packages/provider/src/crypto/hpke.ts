import { type Hpke, hpkeOf } from "@symbolon/governance/hpke";
import { Aead, CipherSuite, Kdf, Kem } from "hpke-js";

/** HPKE by `hpke-js`: X25519 in plain JavaScript, AES-GCM by WebCrypto; for Node and browsers. */
export const hpke: Hpke = hpkeOf(
  new CipherSuite({
    kem: Kem.DhkemX25519HkdfSha256,
    kdf: Kdf.HkdfSha256,
    aead: Aead.Aes256Gcm,
  }),
);
