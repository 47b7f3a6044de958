import { concat, fromHex, toHex } from "@symbolon/base/bytes";

/**
 * The order of P-256 (FIPS 186-5, SEC 2). With (r, s) also (r, n − s) verifies; we write and accept
 * the one with the lower s only, so that a signature has one spelling.
 */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const BYTES = 32;

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes)}`);
const bytesOf = (value: bigint): Uint8Array =>
  fromHex(value.toString(16).padStart(2 * BYTES, "0")) as Uint8Array;

/** Whether 64 bytes r ‖ s have r and s in 1 … n − 1, and s in the lower half. */
export function isLowSignature(raw: Uint8Array): boolean {
  if (raw.length !== 2 * BYTES) return false;
  const [r, s] = [numberOf(raw.subarray(0, BYTES)), numberOf(raw.subarray(BYTES))];
  return r > 0n && r < ORDER && s > 0n && 2n * s < ORDER;
}

/**
 * A signature in DER (what authenticators give: SEQUENCE of two INTEGERs) as r ‖ s with the lower
 * s, or `undefined` if it is not strictly DER or a number is out of range.
 */
export function lowSignatureFromDer(der: Uint8Array): Uint8Array | undefined {
  // The longest signature has 2 + 2 · (2 + 33) bytes, so that each length is one byte.
  if (der.length > 72 || der[0] !== 0x30 || der[1] !== der.length - 2) return undefined;
  const r = integerAt(der, 2);
  const s = r && integerAt(der, r.end);
  if (r === undefined || s === undefined || s.end !== der.length) return undefined;
  if (r.value >= ORDER || s.value >= ORDER) return undefined;
  const low = 2n * s.value < ORDER ? s.value : ORDER - s.value;
  return concat(bytesOf(r.value), bytesOf(low));
}

/** A positive INTEGER in its shortest form. */
function integerAt(der: Uint8Array, at: number) {
  const length = der[at + 1];
  const end = at + 2 + length;
  if (der[at] !== 0x02 || !(length >= 1 && length <= BYTES + 1) || end > der.length)
    return undefined;
  const [first, second] = [der[at + 2], der[at + 3]];
  if (first >= 0x80 || (first === 0 && !(length > 1 && second >= 0x80))) return undefined;
  return { value: numberOf(der.subarray(at + 2, end)), end };
}
