import { assert } from "@symbolon/base/assert";
import { concat, utf8 } from "@symbolon/base/bytes";

/**
 * The distinguished encoding rules of ASN.1 (ITU-T X.690), as far as a certificate needs them.
 * A value is its encoded bytes; constructed values take theirs in order.
 */
export type Der = Uint8Array;

function tagged(tag: number, content: Uint8Array): Der {
  if (content.length < 0x80) return concat(Uint8Array.of(tag, content.length), content);
  const size: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest & 255);
  return concat(Uint8Array.of(tag, 0x80 | size.length, ...size), content);
}

export const sequence = (...items: readonly Der[]): Der => tagged(0x30, concat(...items));
export const setOf = (item: Der): Der => tagged(0x31, item);
export const octets = (content: Uint8Array): Der => tagged(0x04, content);
export const text = (content: string): Der => tagged(0x0c, utf8(content));
export const boolean = (value: boolean): Der => tagged(0x01, Uint8Array.of(value ? 0xff : 0));
/** `[number]`, constructed: around another value. */
export const explicit = (number: number, content: Der): Der => tagged(0xa0 | number, content);
/** `[number]`, primitive: instead of the value's own tag. */
export const implicit = (number: number, content: Uint8Array): Der =>
  tagged(0x80 | number, content);

/** A non-negative integer given as big-endian bytes. */
export function integer(bytes: Uint8Array): Der {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const digits = bytes.subarray(start);
  return tagged(0x02, digits[0] >= 0x80 ? concat(Uint8Array.of(0), digits) : digits);
}

/** Whole bytes of bits, of which the last `unused` mean nothing. */
export const bits = (bytes: Uint8Array, unused = 0): Der =>
  tagged(0x03, concat(Uint8Array.of(unused), bytes));

/** An object identifier in dotted form. */
export function objectId(dotted: string): Der {
  const [first, second, ...rest] = dotted.split(".").map(Number);
  const bytes: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const group = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      group.unshift(0x80 | (left % 128));
    bytes.push(...group);
  }
  return tagged(0x06, Uint8Array.from(bytes));
}

/** A moment in UTC to the second; RFC 5280 wants two-digit years until 2049. */
export function time(ms: number): Der {
  const digits = new Date(ms).toISOString().replace(/[-:T]/g, "").slice(0, 14);
  const year = Number(digits.slice(0, 4));
  assert(year >= 1950 && year <= 9999, "a certificate's year has four digits");
  return year < 2050 ? tagged(0x17, utf8(`${digits.slice(2)}Z`)) : tagged(0x18, utf8(`${digits}Z`));
}
