import { fromBase64 } from "@symbolon/base/bytes";
import { isIdentifier } from "@symbolon/base/id";
import type { Hash } from "./hash.js";
import { type Instant, millisecondsOf } from "./instant.js";
import { InvalidDocument } from "./invalid-document.js";

/**
 * Takes a value from outside and returns it with its type, or throws `InvalidDocument` naming
 * `path`. Strict: unknown fields are refused, nothing is converted, nothing has a default.
 */
export type Check<T> = (value: unknown, path: string) => T;

const refuse = (path: string, must: string): never => {
  throw new InvalidDocument(path, must);
};

/** An object with exactly these fields. */
export function record<T extends object>(fields: { readonly [K in keyof T]-?: Check<T[K]> }) {
  const names = Object.keys(fields) as (keyof T & string)[];
  return (value: unknown, path: string): T => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return refuse(path, "be an object");
    for (const name of Object.keys(value))
      if (!Object.hasOwn(fields, name)) refuse(path, `not have a field ${JSON.stringify(name)}`);
    const result: Partial<T> = {};
    for (const name of names) {
      if (!Object.hasOwn(value, name)) refuse(`${path}.${name}`, "be given");
      result[name] = fields[name]((value as Record<string, unknown>)[name], `${path}.${name}`);
    }
    return result as T;
  };
}

/** A list of `min` to `max` items. */
export function list<T>(item: Check<T>, min: number, max: number): Check<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return refuse(path, "be a list");
    if (value.length < min || value.length > max)
      refuse(path, min === max ? `have ${min} items` : `have ${min} to ${max} items`);
    return value.map((entry, k) => item(entry, `${path}[${k}]`));
  };
}

/** A list of exactly three, one for each node. */
export function triple<T>(item: Check<T>): Check<readonly [T, T, T]> {
  const check = list(item, 3, 3);
  return (value, path) => check(value, path) as readonly [T, T, T];
}

/** One of the given strings or numbers. */
export function oneOf<const T extends string | number>(...allowed: readonly T[]): Check<T> {
  return (value, path) =>
    allowed.includes(value as T)
      ? (value as T)
      : refuse(path, `be ${allowed.map((entry) => JSON.stringify(entry)).join(" or ")}`);
}

const hasControl = (value: string): boolean => /\p{Control}/u.test(value);

/** Text of 1 to `max` characters without control characters (so that it can be printed). */
export const text =
  (max = 200): Check<string> =>
  (value, path) =>
    typeof value === "string" && value.length > 0 && value.length <= max && !hasControl(value)
      ? value
      : refuse(path, `be text of 1 to ${max} characters without control characters`);

/** Text that may have line breaks, as a certificate has. */
export const pem: Check<string> = (value, path) =>
  typeof value === "string" &&
  value.length <= 32_768 &&
  /^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?$/.test(value)
    ? value
    : refuse(path, "be one certificate in PEM form");

/** A short lower-case identifier that is safe in file names, URLs and channel names. */
export const identifier = <T extends string>(value: unknown, path: string): T =>
  typeof value === "string" && isIdentifier(value)
    ? (value as T)
    : refuse(path, "be 1 to 64 lower-case letters, digits, dots, dashes or underscores");

/** A SHA-256 hash in lower-case hexadecimal. */
export const hash: Check<Hash> = (value, path) =>
  typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
    ? (value as Hash)
    : refuse(path, "be a SHA-256 hash: 64 lower-case hexadecimal digits");

/** Base64 of exactly `size` bytes. */
export const base64 =
  (size: number): Check<string> =>
  (value, path) =>
    typeof value === "string" && value.length <= 2 * size + 4 && fromBase64(value)?.length === size
      ? value
      : refuse(path, `be base64 of ${size} bytes`);

/** Base64 of 1 to `max` bytes. */
export const base64Max =
  (max: number): Check<string> =>
  (value, path) =>
    typeof value === "string" &&
    value.length > 0 &&
    value.length <= 4 * Math.ceil(max / 3) &&
    (fromBase64(value)?.length ?? max + 1) <= max
      ? value
      : refuse(path, `be base64 of 1 to ${max} bytes`);

/** A whole number from `min` to `max`. */
export const integer =
  (min: number, max: number): Check<number> =>
  (value, path) =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max
      ? (value as number)
      : refuse(path, `be a whole number from ${min} to ${max}`);

/** A number from `min` to `max`. */
export const number =
  (min: number, max: number): Check<number> =>
  (value, path) =>
    typeof value === "number" && value >= min && value <= max
      ? value
      : refuse(path, `be a number from ${min} to ${max}`);

/** An object of 1 to `max` finite numbers, by names in letters and digits. */
export const numbers =
  (max: number): Check<Readonly<Record<string, number>>> =>
  (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return refuse(path, "be an object");
    const entries = Object.entries(value);
    if (entries.length === 0 || entries.length > max) refuse(path, `have 1 to ${max} fields`);
    for (const [name, entry] of entries) {
      if (!/^[a-z][A-Za-z0-9]{0,31}$/.test(name)) refuse(path, "name fields in letters and digits");
      if (!Number.isFinite(entry)) refuse(`${path}.${name}`, "be a number");
    }
    return Object.fromEntries(entries);
  };

/** A moment, `2026-01-31T08:00:00Z`. */
export const instant: Check<Instant> = (value, path) =>
  typeof value === "string" && millisecondsOf(value) !== undefined
    ? (value as Instant)
    : refuse(path, "be a moment in UTC such as 2026-01-31T08:00:00Z");

/** `inner`, and a condition over it. */
export const where =
  <T>(inner: Check<T>, holds: (value: T) => boolean, must: string): Check<T> =>
  (value, path) => {
    const checked = inner(value, path);
    return holds(checked) ? checked : refuse(path, must);
  };

/** Whether no two of `items` are the same. */
export const distinct = (items: readonly string[]): boolean => new Set(items).size === items.length;
