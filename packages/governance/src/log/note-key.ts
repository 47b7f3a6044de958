import { concat, fromBase64, toBase64, toHex, utf8 } from "@symbolon/base/bytes";
import { digest } from "../hash.js";
import type { Signatures } from "../signatures.js";
import { malformed } from "./log-error.js";
import { isKeyName, type NoteSignature } from "./note.js";

/**
 * The kinds of Ed25519 signatures on a checkpoint, by their type bytes in C2SP signed-note.
 * `note` (0x01) signs the text as it is. `cosignature` (0x04, C2SP tlog-cosignature v1) signs the
 * text together with a time, and says: this is the largest head that I have seen by then.
 */
const TYPES = { note: 1, cosignature: 4 } as const;
export type NoteKeyType = keyof typeof TYPES;

/** A public key under a name. `id` follows from the rest. */
export interface NoteKey {
  readonly name: string;
  readonly type: NoteKeyType;
  /** Ed25519, raw, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** First four bytes of SHA-256(name || LF || type || key), in hexadecimal. */
  readonly id: string;
}

const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const TIME_BYTES = 8;

/** Names a public key. Throws `LogError` for a name that a signature line cannot carry. */
export async function noteKey(
  name: string,
  type: NoteKeyType,
  publicKey: Uint8Array,
): Promise<NoteKey> {
  if (!isKeyName(name) || /\p{C}/u.test(name))
    throw malformed("a key's name", "have no spaces, plus signs and control characters");
  if (publicKey.length !== KEY_BYTES) throw malformed("an Ed25519 key", "have 32 bytes");
  const hash = await digest(concat(utf8(`${name}\n`), Uint8Array.of(TYPES[type]), publicKey));
  return { name, type, publicKey, id: toHex(hash.slice(0, 4)) };
}

/** The key as one word (C2SP vkey): `name+id+base64(type || key)`. */
export const verifierKey = ({ name, type, publicKey, id }: NoteKey): string =>
  `${name}+${id}+${toBase64(concat(Uint8Array.of(TYPES[type]), publicKey))}`;

/**
 * Reads a vkey, called `what` in errors; throws `LogError` for another form, a type not known here,
 * and an id that is not the key's own.
 */
export async function parseVerifierKey(text: string, what = "a key"): Promise<NoteKey> {
  const [, name, id, base64] = /^([^+]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  const bytes = fromBase64(base64 ?? "");
  const cure = "copy the key anew from whoever holds it";
  if (name === undefined || bytes === undefined) throw malformed(what, "be name+id+base64", cure);
  const types = Object.keys(TYPES) as NoteKeyType[];
  const type = types.find((it) => TYPES[it] === bytes[0]);
  if (type === undefined)
    throw malformed(what, "be for Ed25519, of type 1 or 4 (cosignature)", cure);
  const key = await noteKey(name, type, bytes.slice(1));
  if (key.id !== id) throw malformed(what, "fit its id", cure);
  return key;
}

/** Whether a signature line names this key. */
export const isOf = (signature: NoteSignature, key: NoteKey): boolean =>
  signature.name === key.name && signature.id === key.id;

/** What signs: a private key with its public one. The private key stays in the closure. */
export interface NoteSigner {
  readonly key: NoteKey;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/**
 * Signs a note's text. `time`, in seconds since 1970, is for keys of type `cosignature`, and must
 * be given for them only.
 */
export async function signNote(
  text: string,
  { key, sign }: NoteSigner,
  time?: number,
): Promise<NoteSignature> {
  if ((time !== undefined) !== (key.type === "cosignature"))
    throw malformed("a cosignature, and nothing else,", "have a time");
  if (time !== undefined && !isTime(time))
    throw malformed("a cosignature's time", "be whole seconds since 1970, up to the year 9999");
  const signature = await sign(signedMessage(text, time));
  const stamp = time === undefined ? new Uint8Array() : timeBytes(time);
  return { name: key.name, id: key.id, signature: concat(stamp, signature) };
}

/**
 * Verifies a signature that names `key`. `undefined` if it does not verify, otherwise the time of a
 * cosignature, in seconds since 1970, or no time for a plain signature.
 */
export async function verifySignature(
  signatures: Signatures,
  text: string,
  { signature }: NoteSignature,
  key: NoteKey,
): Promise<{ readonly time?: number } | undefined> {
  const isTimed = key.type === "cosignature";
  const stamp = signature.slice(0, isTimed ? TIME_BYTES : 0);
  const raw = signature.slice(stamp.length);
  if (raw.length !== SIGNATURE_BYTES) return undefined;
  const time = isTimed ? timeOf(stamp) : undefined;
  if (isTimed && time === undefined) return undefined;
  const isValid = await signatures.verify(key.publicKey, signedMessage(text, time), raw);
  if (!isValid) return undefined;
  return time === undefined ? {} : { time };
}

/** What the key signs; the first line of a cosignature keeps the two kinds apart. */
function signedMessage(text: string, time: number | undefined): Uint8Array {
  return utf8(time === undefined ? text : `cosignature/v1\ntime ${time}\n${text}`);
}

/** The last second of the year 9999: what comes later is no clock's time, and is not printed. */
const TIME_MAX = 253_402_300_799;
/** A time of 0 says "not the largest head", which these cosignatures are not for. */
const isTime = (time: number): boolean =>
  Number.isSafeInteger(time) && time > 0 && time <= TIME_MAX;

function timeBytes(time: number): Uint8Array {
  const bytes = new Uint8Array(TIME_BYTES);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(time));
  return bytes;
}

function timeOf(stamp: Uint8Array): number | undefined {
  if (stamp.length !== TIME_BYTES) return undefined;
  // Beyond 2^53 this rounds, and is then too late in any case.
  const time = Number(new DataView(stamp.buffer, stamp.byteOffset).getBigUint64(0));
  return isTime(time) ? time : undefined;
}
