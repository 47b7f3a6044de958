import { utf8 } from "@symbolon/base/bytes";
import { InvalidDocument } from "./invalid-document.js";

/** What JSON can say. Class instances, `undefined`, NaN and bigints cannot be signed. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

const DEPTH_MAX = 32;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Canonical JSON (RFC 8785, JCS): no white space, names sorted by UTF-16 code units, numbers and
 * strings as ECMAScript prints them. Two equal values give equal text, so that it can be signed.
 *
 * Throws `InvalidDocument` for anything that is not I-JSON: NaN and infinities, lone surrogates,
 * `undefined`, functions, class instances, nesting deeper than 32.
 */
export function canonicalJson(value: unknown): string {
  return write(value, "$", 0);
}

/** UTF-8 bytes of the canonical JSON of `value`. */
export const canonicalBytes = (value: unknown): Uint8Array => utf8(canonicalJson(value));

function write(value: unknown, path: string, depth: number): string {
  if (depth > DEPTH_MAX) throw new InvalidDocument(path, "nest at most 32 levels deep");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quote(value, path);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new InvalidDocument(path, "be a finite number");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    // Array.from also visits holes, which JSON has no word for.
    return `[${Array.from(value, (item, k) => write(item, `${path}[${k}]`, depth + 1)).join(",")}]`;
  }
  if (typeof value === "object" && isPlain(value)) {
    const fields = Object.entries(value as Readonly<Record<string, unknown>>)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => `${quote(name, path)}:${write(item, `${path}.${name}`, depth + 1)}`);
    return `{${fields.join(",")}}`;
  }
  throw new InvalidDocument(path, "be a JSON value");
}

function quote(text: string, path: string): string {
  if (LONE_SURROGATE.test(text)) throw new InvalidDocument(path, "be well-formed Unicode");
  return JSON.stringify(text);
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Reads text that must already be canonical JSON, so that nobody can be shown one thing and sign
 * another (duplicate names, odd escapes and other spellings are refused with `InvalidDocument`).
 */
export function parseCanonicalJson(text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new InvalidDocument("$", "be JSON");
  }
  if (canonicalJson(value) !== text) throw new InvalidDocument("$", "be canonical JSON (RFC 8785)");
  return value;
}
