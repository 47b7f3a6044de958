import { concat, fromBase64, toBase64, utf8 } from "@symbolon/base/bytes";
import { canonicalBytes, type Json, parseCanonicalJson } from "./canonical-json.js";
import { base64, base64Max, type Check, hash, list, oneOf, record } from "./check.js";
import { digest, type Hash, sha256 } from "./hash.js";
import { InvalidDocument } from "./invalid-document.js";
import {
  PASSKEY_SUITE,
  type PublicKey,
  SIGNATURE_SUITE,
  type Signatures,
  type Signer,
} from "./signatures.js";
import {
  AUTHENTICATOR_DATA_BYTES_MAX,
  CLIENT_DATA_BYTES_MAX,
  type PasskeyOrigin,
  type PasskeySignature,
  verifyPasskey,
} from "./webauthn.js";

/** What every payload is; the statement's own type is inside it. */
export const PAYLOAD_TYPE = "application/vnd.symbolon.statement+json";
/** A manifest of the largest dataset that a node takes stays below this. */
export const PAYLOAD_BYTES_MAX = 2 * 1024 * 1024;

/** An act may need two people; more than that is voted on. */
export const SIGNATURES_MAX = 4;

export interface Ed25519Signature {
  /** SHA-256 of the public key; only a hint which key to try. */
  readonly keyid: Hash;
  readonly suite: typeof SIGNATURE_SUITE;
  /** Base64. */
  readonly sig: string;
}

export type EnvelopeSignature = Ed25519Signature | PasskeySignature;

/** A signed statement: DSSE v1 (github.com/secure-systems-lab/dsse). */
export interface Envelope {
  readonly payloadType: typeof PAYLOAD_TYPE;
  /** Base64 of the statement's canonical JSON. */
  readonly payload: string;
  readonly signatures: readonly EnvelopeSignature[];
}

/** DSSE's pre-authentication encoding: what is signed. Lengths make it impossible to misread. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = utf8(payloadType);
  return concat(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload);
}

/** Signs the canonical JSON of `statement`. */
export async function seal(statement: object, signer: Signer): Promise<Envelope> {
  const payload = canonicalBytes(statement);
  const sig = toBase64(await signer.sign(preAuthEncoding(PAYLOAD_TYPE, payload)));
  return envelopeOf(payload, [{ keyid: signer.keyid, suite: SIGNATURE_SUITE, sig }]);
}

/**
 * What a passkey has to sign for `statement`: 32 bytes, for `challenge` of
 * `navigator.credentials.get`. `passkeySignature` makes a signature of the assertion.
 */
export const passkeyChallenge = (statement: object): Promise<Uint8Array> =>
  digest(preAuthEncoding(PAYLOAD_TYPE, canonicalBytes(statement)));

/** The statement under these signatures, which are not checked here. */
export const signedBy = (statement: object, signatures: readonly EnvelopeSignature[]): Envelope =>
  envelopeOf(canonicalBytes(statement), signatures);

/** The same statement, signed by one more: two people's acts need two signatures. */
export const withSignature = (envelope: Envelope, one: EnvelopeSignature): Envelope => ({
  ...envelope,
  signatures: [...envelope.signatures, one],
});

const envelopeOf = (payload: Uint8Array, signatures: readonly EnvelopeSignature[]): Envelope => ({
  payloadType: PAYLOAD_TYPE,
  payload: toBase64(payload),
  signatures,
});

const ed25519 = record<Ed25519Signature>({
  keyid: hash,
  suite: oneOf(SIGNATURE_SUITE),
  sig: base64(64),
});

const passkey = record<PasskeySignature>({
  keyid: hash,
  suite: oneOf(PASSKEY_SUITE),
  sig: base64(64),
  authenticatorData: base64Max(AUTHENTICATOR_DATA_BYTES_MAX),
  clientDataJSON: base64Max(CLIENT_DATA_BYTES_MAX),
});

const signature: Check<EnvelopeSignature> = (value, path) =>
  (value as { suite?: unknown } | null)?.suite === PASSKEY_SUITE
    ? passkey(value, path)
    : ed25519(value, path);

const checkEnvelope = record<Envelope>({
  payloadType: oneOf(PAYLOAD_TYPE),
  payload: base64Payload,
  signatures: list(signature, 1, SIGNATURES_MAX),
});

function base64Payload(value: unknown, path: string): string {
  if (typeof value !== "string" || value.length > PAYLOAD_BYTES_MAX * 1.5)
    throw new InvalidDocument(path, "be base64 of at most 2 MiB");
  return value;
}

/** An envelope from outside, by its form only; `verifyEnvelope` checks the signature. */
export const parseEnvelope: Check<Envelope> = (value, path) => checkEnvelope(value, path);

/** The bytes under the signature. */
export function payloadBytes(envelope: Envelope): Uint8Array {
  const bytes = fromBase64(envelope.payload);
  if (bytes === undefined) throw new InvalidDocument("$.payload", "be base64");
  return bytes;
}

/** The statement inside, still unchecked; refuses bytes that are not canonical JSON in UTF-8. */
export function payloadJson(envelope: Envelope): Json {
  const bytes = payloadBytes(envelope);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InvalidDocument("$.payload", "be UTF-8");
  }
  return parseCanonicalJson(text);
}

/** The name of a statement: the hash of its payload. Signing again does not change it. */
export const statementHash = (envelope: Envelope): Promise<Hash> => sha256(payloadBytes(envelope));

/** What signatures are verified with. Without `origins` no passkey's signature counts. */
export interface Verifier {
  readonly signatures: Signatures;
  readonly origins?: readonly PasskeyOrigin[];
}

/**
 * The ids of the keys that signed the envelope, or `undefined` unless *every* signature verifies
 * under one of `keys` and no key signed twice: whoever adds a wrong one spoils the whole.
 */
export async function signersOf(
  verifier: Verifier,
  envelope: Envelope,
  keys: readonly PublicKey[],
): Promise<readonly Hash[] | undefined> {
  const message = preAuthEncoding(envelope.payloadType, payloadBytes(envelope));
  const known = new Map<Hash, readonly [PublicKey, Uint8Array]>();
  for (const entry of keys) {
    const raw = fromBase64(entry.key);
    if (raw !== undefined) known.set(await sha256(raw), [entry, raw]);
  }
  const signers = new Set<Hash>();
  for (const signature of envelope.signatures) {
    const [key, raw] = known.get(signature.keyid) ?? [];
    if (raw === undefined || key?.suite !== signature.suite || signers.has(signature.keyid))
      return undefined;
    if (!(await isSignedBy(verifier, message, signature, raw))) return undefined;
    signers.add(signature.keyid);
  }
  return signers.size === 0 ? undefined : [...signers];
}

async function isSignedBy(
  { signatures, origins = [] }: Verifier,
  message: Uint8Array,
  signature: EnvelopeSignature,
  key: Uint8Array,
): Promise<boolean> {
  if (signature.suite === PASSKEY_SUITE) return verifyPasskey(signature, message, key, origins);
  const sig = fromBase64(signature.sig);
  return sig !== undefined && signatures.verify(key, message, sig);
}

/** Whether the envelope has one signature, by the Ed25519 key `publicKey` (base64). */
export async function verifyEnvelope(
  signatures: Signatures,
  envelope: Envelope,
  publicKey: string,
): Promise<boolean> {
  if (envelope.signatures.length !== 1) return false;
  const key = { suite: SIGNATURE_SUITE, key: publicKey } as const;
  return (await signersOf({ signatures }, envelope, [key])) !== undefined;
}
