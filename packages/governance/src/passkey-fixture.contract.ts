import { createECDH, createHash, createPrivateKey, sign } from "node:crypto";
import { concat, toBase64, utf8 } from "@symbolon/base/bytes";
import { passkeyChallenge } from "./envelope.js";
import { type Hash, sha256 } from "./hash.js";
import type { PublicKey } from "./signatures.js";
import { type PasskeyOrigin, type PasskeySignature, passkeySignature } from "./webauthn.js";

/** An authenticator and a browser for tests, written from the standard's text, on OpenSSL. */

export const PORTAL: PasskeyOrigin = {
  origin: "https://portal.north.example",
  rpId: "north.example",
};

/** What the authenticator and the browser say; a test changes one thing. */
export interface PasskeyWords {
  readonly type?: unknown;
  readonly challenge?: unknown;
  readonly origin?: unknown;
  readonly crossOrigin?: unknown;
  readonly more?: Readonly<Record<string, unknown>>;
  readonly clientText?: (text: string) => string;
  readonly rpId?: string;
  readonly flags?: number;
  readonly tail?: Uint8Array;
}

const hashOf = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash("sha256").update(bytes).digest());

/** A passkey that follows from a name. */
export function passkeyOf(name: string) {
  const d = hashOf(utf8(`passkey ${name}`));
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(d);
  const point = new Uint8Array(ecdh.getPublicKey());
  const word = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  const jwk = { kty: "EC", crv: "P-256", d: word(d), x: word(point.slice(1, 33)) };
  const key = createPrivateKey({ key: { ...jwk, y: word(point.slice(33)) }, format: "jwk" });
  const publicKey: PublicKey = { suite: "webauthn-es256", key: toBase64(point) };

  /** An assertion over a challenge of 32 bytes. */
  const assertion = (challenge: Uint8Array, words: PasskeyWords = {}) => {
    const { type = "webauthn.get", origin = PORTAL.origin, crossOrigin = false } = words;
    const said = words.challenge ?? word(challenge);
    const json = JSON.stringify({ type, challenge: said, origin, crossOrigin, ...words.more });
    const clientDataJSON = utf8(words.clientText?.(json) ?? json);
    const counter = Uint8Array.of(words.flags ?? 0x1d, 0, 0, 0, 0);
    const rpHash = hashOf(utf8(words.rpId ?? PORTAL.rpId));
    const authenticatorData = concat(rpHash, counter, words.tail ?? new Uint8Array());
    const message = concat(authenticatorData, hashOf(clientDataJSON));
    return {
      authenticatorData,
      clientDataJSON,
      signature: new Uint8Array(sign("sha256", message, key)),
    };
  };
  const signStatement = async (
    statement: object,
    words?: PasskeyWords,
  ): Promise<PasskeySignature> =>
    passkeySignature(await sha256(point), assertion(await passkeyChallenge(statement), words));
  return { publicKey, point, assertion, signStatement, keyid: (): Promise<Hash> => sha256(point) };
}
