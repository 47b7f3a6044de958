import { fromBase64 } from "@symbolon/base/bytes";
import { isIdentifier } from "@symbolon/base/id";
import type { Hash } from "./hash.js";
import { type Instant, millisecondsOf } from "./instant.js";
import { InvalidDocument } from "./invalid-document.js";

/**
 * Takes a value from outside and returns it with its type, or throws `InvalidDocument` naming
 * `path`. Strict: unknown fields are refused, nothing is converted, nothing has a default.
 */
export interface Check<T> {
  (value: unknown, path: string): T;
  /** The same as JSON Schema (draft 2020-12). What that cannot say stands in `$comment`. */
  readonly schema?: JsonSchema;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A check with its JSON Schema. */
export const described = <T>(
  schema: JsonSchema,
  check: (value: unknown, path: string) => T,
): Check<T> => Object.assign((value: unknown, path: string): T => check(value, path), { schema });

const schemaOf = (check: Check<unknown>): JsonSchema => check.schema ?? {};

const refuse = (path: string, must: string): never => {
  throw new InvalidDocument(path, must);
};

/** An object with exactly these fields. */
export function record<T extends object>(
  fields: {
    readonly [K in keyof T]-?: Check<T[K]>;
  },
): Check<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  const properties = Object.fromEntries(names.map((name) => [name, schemaOf(fields[name])]));
  const schema = { type: "object", properties, required: names, additionalProperties: false };
  return described(schema, (value, path) => {
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
  });
}

/** A list of `min` to `max` items. */
export function list<T>(item: Check<T>, min: number, max: number): Check<readonly T[]> {
  const schema = { type: "array", items: schemaOf(item), minItems: min, maxItems: max };
  return described(schema, (value, path) => {
    if (!Array.isArray(value)) return refuse(path, "be a list");
    if (value.length < min || value.length > max)
      refuse(path, min === max ? `have ${min} items` : `have ${min} to ${max} items`);
    return value.map((entry, k) => item(entry, `${path}[${k}]`));
  });
}

/** A list of `min` to `max` different strings. */
export function set<T extends string>(item: Check<T>, min: number, max: number) {
  const items = list(item, min, max);
  return where(items, distinct, "have no item twice", { uniqueItems: true });
}

/** A list of exactly three, one for each node. */
export function triple<T>(item: Check<T>): Check<readonly [T, T, T]> {
  const check = list(item, 3, 3);
  return described(schemaOf(check), (value, path) => check(value, path) as readonly [T, T, T]);
}

/** One of the given strings or numbers. */
export function oneOf<const T extends string | number>(...allowed: readonly T[]): Check<T> {
  return described({ enum: allowed }, (value, path) =>
    allowed.includes(value as T)
      ? (value as T)
      : refuse(path, `be ${allowed.map((entry) => JSON.stringify(entry)).join(" or ")}`),
  );
}

/** What `item` takes, or null. */
export const orNull = <T>(item: Check<T>): Check<T | null> =>
  described({ anyOf: [{ type: "null" }, schemaOf(item)] }, (value, path) =>
    value === null ? null : item(value, path),
  );

/** An object of one of several shapes; its field `tag` says which. */
export function tagged<T>(tag: string, shapes: Readonly<Record<string, Check<T>>>): Check<T> {
  const byTag = new Map(Object.entries(shapes));
  const schema = { anyOf: [...byTag.values()].map(schemaOf) };
  return described(schema, (value, path) => {
    const name = (value as Readonly<Record<string, unknown>> | null)?.[tag];
    const shape = typeof name === "string" ? byTag.get(name) : undefined;
    return shape === undefined
      ? refuse(`${path}.${tag}`, `be ${[...byTag.keys()].join(" or ")}`)
      : shape(value, path);
  });
}

const hasControl = (value: string): boolean => /\p{Control}/u.test(value);
const length = (value: string): number => [...value].length;

/** Text of 1 to `max` characters without control characters (so that it can be printed). */
export const text = (max = 200): Check<string> =>
  described({ type: "string", pattern: `^\\P{Cc}{1,${max}}$` }, (value, path) =>
    typeof value === "string" && value !== "" && !hasControl(value) && length(value) <= max
      ? value
      : refuse(path, `be text of 1 to ${max} characters without control characters`),
  );

/** Text of 1 to `max` characters in lines. */
export const prose = (max: number): Check<string> =>
  described({ type: "string", pattern: `^(?:\\P{Cc}|\\n){1,${max}}$` }, (value, path) =>
    typeof value === "string" &&
    value !== "" &&
    !hasControl(value.replaceAll("\n", "")) &&
    length(value) <= max
      ? value
      : refuse(path, `be text of 1 to ${max} characters, with no control characters but line ends`),
  );

const PEM = "^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n?$";
const PEM_MAX = 32_768;

/** Text that may have line breaks, as a certificate has. */
export const pem: Check<string> = described(
  { type: "string", pattern: PEM, maxLength: PEM_MAX },
  (value, path) =>
    typeof value === "string" && value.length <= PEM_MAX && new RegExp(PEM).test(value)
      ? value
      : refuse(path, "be one certificate in PEM form"),
);

/** A short lower-case identifier that is safe in file names, URLs and channel names. */
export const identifier = Object.assign(
  <T extends string>(value: unknown, path: string): T =>
    typeof value === "string" && isIdentifier(value)
      ? (value as T)
      : refuse(path, "be 1 to 64 lower-case letters, digits, dots, dashes or underscores"),
  { schema: { type: "string", pattern: "^[a-z0-9][a-z0-9._-]{0,63}$" } },
);

/** A SHA-256 hash in lower-case hexadecimal. */
export const hash: Check<Hash> = described(
  { type: "string", pattern: "^[0-9a-f]{64}$" },
  (value, path) =>
    typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
      ? (value as Hash)
      : refuse(path, "be a SHA-256 hash: 64 lower-case hexadecimal digits"),
);

/** Base64 of `size` bytes as a pattern: the last letter has no bits to spare. */
function base64Pattern(size: number): string {
  const [whole, rest] = [Math.floor(size / 3), size % 3];
  const tail = ["", "[A-Za-z0-9+/][AQgw]==", "[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]="][rest];
  return `^[A-Za-z0-9+/]{${4 * whole}}${tail}$`;
}

/** Base64 of exactly `size` bytes. */
export const base64 = (size: number): Check<string> =>
  described({ type: "string", pattern: base64Pattern(size) }, (value, path) =>
    typeof value === "string" && value.length <= 2 * size + 4 && fromBase64(value)?.length === size
      ? value
      : refuse(path, `be base64 of ${size} bytes`),
  );

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
export const integer = (min: number, max: number): Check<number> =>
  described({ type: "integer", minimum: min, maximum: max }, (value, path) =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max
      ? (value as number)
      : refuse(path, `be a whole number from ${min} to ${max}`),
  );

/** A number from `min` to `max`. */
export const number = (min: number, max: number): Check<number> =>
  described({ type: "number", minimum: min, maximum: max }, (value, path) =>
    typeof value === "number" && value >= min && value <= max
      ? value
      : refuse(path, `be a number from ${min} to ${max}`),
  );

const PARAM = "^[a-z][A-Za-z0-9]{0,31}$";

/** The name of a parameter, in letters and digits. */
export const paramName: Check<string> = described(
  { type: "string", pattern: PARAM },
  (value, path) =>
    typeof value === "string" && new RegExp(PARAM).test(value)
      ? value
      : refuse(path, "be 1 to 32 letters and digits"),
);

/** An object of 1 to `max` finite numbers, by names in letters and digits. */
export const numbers = (max: number): Check<Readonly<Record<string, number>>> => {
  const schema = {
    type: "object",
    propertyNames: { pattern: PARAM },
    additionalProperties: { type: "number" },
    minProperties: 1,
    maxProperties: max,
  };
  return described(schema, (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return refuse(path, "be an object");
    const entries = Object.entries(value);
    if (entries.length === 0 || entries.length > max) refuse(path, `have 1 to ${max} fields`);
    for (const [name, entry] of entries) {
      if (!new RegExp(PARAM).test(name)) refuse(path, "name fields in letters and digits");
      if (!Number.isFinite(entry)) refuse(`${path}.${name}`, "be a number");
    }
    return Object.fromEntries(entries);
  });
};

/** Days that exist, in all years of four digits; hours up to 23. */
const MOMENT = [
  "^(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)",
  "|02-(?:0[1-9]|1\\d|2[0-8]))|(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])",
  "|(?:[02468][048]|[13579][26])00)-02-29)T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ$",
].join("");

/** A moment, `2026-01-31T08:00:00Z`. */
export const instant: Check<Instant> = described(
  { type: "string", pattern: MOMENT },
  (value, path) =>
    typeof value === "string" && millisecondsOf(value) !== undefined
      ? (value as Instant)
      : refuse(path, "be a moment in UTC such as 2026-01-31T08:00:00Z"),
);

/** `inner`, and a condition over it; `schema` says the condition if JSON Schema can. */
export const where = <T>(
  inner: Check<T>,
  holds: (value: T) => boolean,
  must: string,
  schema: JsonSchema = { $comment: must },
): Check<T> =>
  described({ allOf: [schemaOf(inner), schema] }, (value, path) => {
    const checked = inner(value, path);
    return holds(checked) ? checked : refuse(path, must);
  });

/** Whether no two of `items` are the same. */
export const distinct = (items: readonly string[]): boolean => new Set(items).size === items.length;
