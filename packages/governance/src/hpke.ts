import { fromBase64 } from "@symbolon/base/bytes";

/**
 * Hybrid public key encryption (RFC 9180), base mode. Injected: governance does no cryptography of
 * its own. Keys are raw bytes (X25519: 32). A sender's calls to `seal` must be opened in order.
 */
export interface Hpke {
  /** Names KEM, KDF and AEAD; goes into every AAD, so that another suite can follow. */
  readonly suite: string;
  generateKeyPair(): Promise<HpkeKeyPair>;
  sender(publicKey: Uint8Array, info: Uint8Array): Promise<HpkeSender>;
  recipient(keys: HpkeKeyPair, enc: Uint8Array, info: Uint8Array): Promise<HpkeRecipient>;
}

export interface HpkeKeyPair {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

export interface HpkeSender {
  readonly enc: Uint8Array;
  seal(plaintext: Uint8Array, aad: Uint8Array): Promise<Uint8Array>;
}

export interface HpkeRecipient {
  /** Rejects if the ciphertext, its place in the sequence or the AAD is not the sealed one. */
  open(ciphertext: Uint8Array, aad: Uint8Array): Promise<Uint8Array>;
}

/** X25519, HKDF-SHA256, AES-256-GCM. */
export const SEAL_SUITE = "hpke-x25519-sha256-aes256gcm";

/** What this adapter needs of `hpke-js`' `CipherSuite`, set up for `SEAL_SUITE`. */
export interface CipherSuiteLike {
  readonly kem: {
    generateKeyPair(): Promise<CryptoKeyPair>;
    serializePublicKey(key: CryptoKey): Promise<ArrayBuffer>;
    serializePrivateKey(key: CryptoKey): Promise<ArrayBuffer>;
    deserializePublicKey(key: Uint8Array): Promise<CryptoKey>;
    deserializePrivateKey(key: Uint8Array): Promise<CryptoKey>;
  };
  createSenderContext(params: { recipientPublicKey: CryptoKey; info: Uint8Array }): Promise<{
    readonly enc: ArrayBuffer;
    seal(data: Uint8Array, aad: Uint8Array): Promise<ArrayBuffer>;
  }>;
  createRecipientContext(params: {
    recipientKey: CryptoKeyPair;
    enc: Uint8Array;
    info: Uint8Array;
  }): Promise<{ open(data: Uint8Array, aad: Uint8Array): Promise<ArrayBuffer> }>;
}

/**
 * An `Hpke` from a `CipherSuite` of `hpke-js` with the KEM `DhkemX25519HkdfSha256`, the KDF
 * `HkdfSha256` and the AEAD `Aes256Gcm`.
 */
export function hpkeOf(suite: CipherSuiteLike): Hpke {
  const { kem } = suite;
  return {
    suite: SEAL_SUITE,
    async generateKeyPair() {
      const pair = await kem.generateKeyPair();
      return {
        privateKey: new Uint8Array(await kem.serializePrivateKey(pair.privateKey)),
        publicKey: new Uint8Array(await kem.serializePublicKey(pair.publicKey)),
      };
    },
    async sender(publicKey, info) {
      const recipientPublicKey = await kem.deserializePublicKey(publicKey);
      const context = await suite.createSenderContext({ recipientPublicKey, info });
      return {
        enc: new Uint8Array(context.enc),
        seal: async (plaintext, aad) => new Uint8Array(await context.seal(plaintext, aad)),
      };
    },
    async recipient(keys, enc, info) {
      const recipientKey = {
        privateKey: await kem.deserializePrivateKey(keys.privateKey),
        publicKey: await kem.deserializePublicKey(keys.publicKey),
      };
      const context = await suite.createRecipientContext({ recipientKey, enc, info });
      return {
        open: async (ciphertext, aad) => new Uint8Array(await context.open(ciphertext, aad)),
      };
    },
  };
}

/** Raw bytes of a key that a checked document carries in base64. */
export const keyBytes = (key: string): Uint8Array => fromBase64(key) ?? new Uint8Array();
