import { concat, fromBase64, toBase64, utf8 } from "@symbolon/base/bytes";
import { canonicalBytes, type Json, parseCanonicalJson } from "./canonical-json.js";
import { type Check, hash, list, oneOf, record } from "./check.js";
import { type Hash, sha256 } from "./hash.js";
import { InvalidDocument } from "./invalid-document.js";
import { SIGNATURE_SUITE, type Signatures, type Signer } from "./signatures.js";

/** What every payload is; the statement's own type is inside it. */
export const PAYLOAD_TYPE = "application/vnd.symbolon.statement+json";
/** A manifest of the largest dataset that a node takes stays below this. */
export const PAYLOAD_BYTES_MAX = 2 * 1024 * 1024;

export interface EnvelopeSignature {
  /** SHA-256 of the public key; only a hint which key to try. */
  readonly keyid: Hash;
  readonly suite: typeof SIGNATURE_SUITE;
  /** Base64. */
  readonly sig: string;
}

/** A signed statement: DSSE v1 (github.com/secure-systems-lab/dsse) with one signature. */
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
  const signature = { keyid: signer.keyid, suite: SIGNATURE_SUITE, sig } as const;
  return { payloadType: PAYLOAD_TYPE, payload: toBase64(payload), signatures: [signature] };
}

const checkEnvelope = record<Envelope>({
  payloadType: oneOf(PAYLOAD_TYPE),
  payload: base64Payload,
  signatures: list(
    record<EnvelopeSignature>({ keyid: hash, suite: oneOf(SIGNATURE_SUITE), sig: signature64 }),
    1,
    1,
  ),
});

function base64Payload(value: unknown, path: string): string {
  if (typeof value !== "string" || value.length > PAYLOAD_BYTES_MAX * 1.5)
    throw new InvalidDocument(path, "be base64 of at most 2 MiB");
  return value;
}

function signature64(value: unknown, path: string): string {
  if (typeof value === "string" && fromBase64(value)?.length === 64) return value;
  throw new InvalidDocument(path, "be base64 of 64 bytes");
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

/** Whether the envelope's signature is by `publicKey` (base64). */
export async function verifyEnvelope(
  signatures: Signatures,
  envelope: Envelope,
  publicKey: string,
): Promise<boolean> {
  const key = fromBase64(publicKey);
  const [signature] = envelope.signatures;
  if (key === undefined || signature === undefined) return false;
  if (signature.suite !== SIGNATURE_SUITE || signature.keyid !== (await sha256(key))) return false;
  const sig = fromBase64(signature.sig);
  if (sig === undefined) return false;
  return signatures.verify(key, preAuthEncoding(envelope.payloadType, payloadBytes(envelope)), sig);
}
