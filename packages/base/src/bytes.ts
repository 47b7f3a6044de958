import { assert } from "./assert.js";

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal of `bytes`. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** Bytes of a hexadecimal string, or `undefined` if it is not one. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, k) =>
    Number.parseInt(text.slice(2 * k, 2 * k + 2), 16),
  );
}

/** Standard base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  // Whole groups of three bytes at a time, so that the parts fit together.
  for (let from = 0; from < bytes.length; from += BASE64_BLOCK) {
    text += btoa(String.fromCharCode(...bytes.subarray(from, from + BASE64_BLOCK)));
  }
  return text;
}

const BASE64_BLOCK = 3 * 4096;

function decodeBase64(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}

/** Bytes of a canonical base64 string, or `undefined` if it is not one. */
export function fromBase64(text: string): Uint8Array | undefined {
  // The comparison below refuses what this lets through; it keeps the pattern free of repetition.
  if (text.length % 4 !== 0 || /[^A-Za-z0-9+/=]/.test(text)) return undefined;
  const binary = decodeBase64(text);
  if (binary === undefined) return undefined;
  const bytes = new Uint8Array(binary.length);
  for (let k = 0; k < bytes.length; k += 1) bytes[k] = binary.charCodeAt(k);
  return toBase64(bytes) === text ? bytes : undefined;
}

const encoder = new TextEncoder();

/** UTF-8 bytes of `text`. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** All parts, one after the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether two byte strings are equal. Takes the same time wherever they differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let k = 0; k < a.length; k += 1) difference |= a[k] ^ b[k];
  return difference === 0;
}

/** The bytes under a view of words, without a copy (little-endian machines, as WASM is). */
export function bytesOf(
  words: Uint8Array | Uint16Array | Uint32Array | BigUint64Array,
): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

/** 32-bit words of `bytes`; copies only if the bytes are not aligned. */
export function wordsOf(bytes: Uint8Array): Uint32Array {
  assert(bytes.byteLength % 4 === 0, "words need a multiple of four bytes");
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}
