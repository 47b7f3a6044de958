import { concat, fromBase64, sameBytes, toBase64, utf8 } from "@symbolon/base/bytes";
import { isLowSignature, lowSignatureFromDer } from "./es256.js";
import { digest, type Hash } from "./hash.js";
import { InvalidDocument } from "./invalid-document.js";
import { PASSKEY_SUITE } from "./signatures.js";

/** Where passkeys may sign for a data space: a page's origin, and the name that keys belong to. */
export interface PasskeyOrigin {
  /** `https://portal.example`, exactly as a browser spells it. */
  readonly origin: string;
  /** The relying party: the origin's host, or a domain above it. */
  readonly rpId: string;
}

/** An assertion by a passkey (Web Authentication Level 3, §7.2). All bytes are base64. */
export interface PasskeySignature {
  readonly keyid: Hash;
  readonly suite: typeof PASSKEY_SUITE;
  /** ECDSA over P-256 with SHA-256: r ‖ s, 64 bytes, with the lower s. */
  readonly sig: string;
  readonly authenticatorData: string;
  readonly clientDataJSON: string;
}

/** What `navigator.credentials.get` gives in `response`. */
export interface PasskeyAssertion {
  readonly authenticatorData: Uint8Array;
  readonly clientDataJSON: Uint8Array;
  /** In DER. */
  readonly signature: Uint8Array;
}

/** Our authenticators send no extensions; some bytes are left for those that do. */
export const AUTHENTICATOR_DATA_BYTES_MAX = 1_024;
export const CLIENT_DATA_BYTES_MAX = 2_048;
const HEAD_BYTES = 37;
const FLAGS_AT = 32;
const FLAG = { userPresent: 1, userVerified: 4, eligible: 8, backedUp: 16, key: 64, more: 128 };

/**
 * An assertion as a signature in an envelope: DER becomes r ‖ s with the lower s. Throws
 * `InvalidDocument` if the authenticator's signature is not strictly DER.
 */
export function passkeySignature(keyid: Hash, assertion: PasskeyAssertion): PasskeySignature {
  const raw = lowSignatureFromDer(assertion.signature);
  if (raw === undefined) throw new InvalidDocument("$.signature", "be ECDSA in DER");
  return {
    keyid,
    suite: PASSKEY_SUITE,
    sig: toBase64(raw),
    authenticatorData: toBase64(assertion.authenticatorData),
    clientDataJSON: toBase64(assertion.clientDataJSON),
  };
}

/**
 * Whether a passkey signed `message`, whose SHA-256 is the challenge: on a page that is listed, for
 * its relying party, with a user present and verified (by PIN or body), in no frame of another
 * page. `publicKey` is the point of P-256, uncompressed. False, never an error, for whatever an
 * outsider may send. The signature counter is not kept: passkeys that are synchronised send 0.
 */
export async function verifyPasskey(
  signature: PasskeySignature,
  message: Uint8Array,
  publicKey: Uint8Array,
  origins: readonly PasskeyOrigin[],
): Promise<boolean> {
  const sig = fromBase64(signature.sig);
  const data = fromBase64(signature.authenticatorData);
  const client = fromBase64(signature.clientDataJSON);
  if (sig === undefined || data === undefined || client === undefined) return false;
  const origin = originIn(client, await digest(message));
  const allowed = origins.find((entry) => entry.origin === origin);
  if (allowed === undefined || !isLowSignature(sig)) return false;
  if (!(await isByUserOf(data, allowed.rpId))) return false;
  return verifyEs256(publicKey, concat(data, await digest(client)), sig);
}

/** The page's origin, if the client data are a signature's over this challenge. */
function originIn(client: Uint8Array, challenge: Uint8Array): string | undefined {
  if (client.length > CLIENT_DATA_BYTES_MAX) return undefined;
  let fields: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(client);
    fields = JSON.parse(text);
    // Browsers print it as ECMAScript does; other spellings could mean two things to two readers.
    if (JSON.stringify(fields) !== text) return undefined;
  } catch {
    return undefined;
  }
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) return undefined;
  const at = new Map<string, unknown>(Object.entries(fields));
  if (at.get("type") !== "webauthn.get" || at.get("challenge") !== base64Url(challenge))
    return undefined;
  const isFramed = at.has("topOrigin") || (at.get("crossOrigin") ?? false) !== false;
  const origin = at.get("origin");
  return isFramed || typeof origin !== "string" ? undefined : origin;
}

/** Authenticator data (§6.1): hash of the relying party, flags, counter, perhaps extensions. */
async function isByUserOf(data: Uint8Array, rpId: string): Promise<boolean> {
  if (data.length < HEAD_BYTES || data.length > AUTHENTICATOR_DATA_BYTES_MAX) return false;
  if (!sameBytes(data.slice(0, FLAGS_AT), await digest(utf8(rpId)))) return false;
  const has = (flag: keyof typeof FLAG): boolean => (data[FLAGS_AT] & FLAG[flag]) !== 0;
  if (!has("userPresent") || !has("userVerified") || has("key")) return false;
  if (has("backedUp") && !has("eligible")) return false;
  return has("more") === data.length > HEAD_BYTES;
}

const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** ECDSA by WebCrypto, which Node and browsers have. */
async function verifyEs256(key: Uint8Array, message: Uint8Array, sig: Uint8Array) {
  // WebCrypto reads compressed points as well; one key is to have one name.
  if (key.length !== 65) return false;
  const { subtle } = globalThis.crypto;
  let point: CryptoKey;
  try {
    point = await subtle.importKey("raw", key as BufferSource, ECDSA, false, ["verify"]);
  } catch {
    return false;
  }
  return subtle.verify(ECDSA, point, sig as BufferSource, message as BufferSource);
}

/** RFC 4648 §5 without padding, as browsers spell a challenge. */
const base64Url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const HOST = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/**
 * Whether keys of this relying party can be used on pages of this origin: https, or http on
 * localhost for trials; the name is the origin's host or a domain of two words or more above it.
 */
export function isPasskeyOrigin({ origin, rpId }: PasskeyOrigin): boolean {
  if (!URL.canParse(origin) || !HOST.test(rpId)) return false;
  const { origin: canonical, protocol, hostname } = new URL(origin);
  if (canonical !== origin) return false;
  if (hostname === "localhost") return rpId === hostname && /^https?:$/.test(protocol);
  if (protocol !== "https:" || !rpId.includes(".")) return false;
  return hostname === rpId || hostname.endsWith(`.${rpId}`);
}
