import { isIdentifier } from "@symbolon/base/id";
import { hash } from "@symbolon/governance/check";
import { type Envelope, parseEnvelope } from "@symbolon/governance/envelope";
import type { Hash } from "@symbolon/governance/hash";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { DoorError } from "../node-error.js";

/** A manifest of the largest size with its offer, in base64 and JSON. */
export const JSON_BYTES_MAX = 24 * 1024 * 1024;
/** One statement of any other kind; an entry of the log has at most 64 KiB. */
export const STATEMENT_BYTES_MAX = 256 * 1024;

const tooLarge = (max: number) => (): never => {
  throw new DoorError(
    413,
    "BODY_TOO_LARGE",
    `a request has at most ${max} bytes`,
    "send less at a time",
  );
};

/** Refuses a longer body before it is read. */
export const limitBody = (maxSize: number) => bodyLimit({ maxSize, onError: tooLarge(maxSize) });

const invalid = (what: string) =>
  new DoorError(400, "BODY_INVALID", what, "send what the interface asks for");

/** An identifier from the path. */
export function identifierIn<T extends string>(c: Context, name: string): T {
  const value = c.req.param(name) ?? "";
  if (!isIdentifier(value)) throw invalid(`${name} is not an identifier`);
  return value as T;
}

const Count = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,8})$/)
  .transform(Number);

/** A count from the path. */
export function countIn(c: Context, name: string): number {
  const parsed = Count.safeParse(c.req.param(name));
  if (!parsed.success) throw invalid(`${name} is not a number`);
  return parsed.data;
}

/** A hash from the path. */
export const hashIn = (c: Context, name: string): Hash =>
  hash(c.req.param(name), `the ${name} in the path`);

/** The named envelopes of a JSON body that has nothing else. */
export async function envelopesIn<const Name extends string>(
  c: Context,
  ...names: readonly Name[]
): Promise<Record<Name, Envelope>> {
  const shape = Object.fromEntries(names.map((name) => [name, z.record(z.string(), z.unknown())]));
  const parsed = z.strictObject(shape).safeParse(await jsonIn(c));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`the body is not as expected: ${issue.path.join(".") || issue.message}`);
  }
  const entries = names.map((name) => [name, parseEnvelope(parsed.data[name], `$.${name}`)]);
  return Object.fromEntries(entries) as Record<Name, Envelope>;
}

async function jsonIn(c: Context): Promise<unknown> {
  try {
    return JSON.parse(await c.req.text());
  } catch (error) {
    if (error instanceof DoorError) throw error;
    throw invalid("the body is not JSON");
  }
}
