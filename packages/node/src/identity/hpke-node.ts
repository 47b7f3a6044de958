import { hpkeOf } from "@symbolon/governance/hpke";
import { Aead, CipherSuite, Kdf, Kem } from "hpke-js";

/** HPKE (RFC 9180) by hpke-js on WebCrypto. */
export const nodeHpke = hpkeOf(
  new CipherSuite({ kem: Kem.DhkemX25519HkdfSha256, kdf: Kdf.HkdfSha256, aead: Aead.Aes256Gcm }),
);
