import { z } from "zod";
import { LinkViolation } from "./frame.js";
import { CONTROL_BYTES_MAX, PEER_PROTOCOL } from "./limits.js";

const Party = z.union([z.literal(0), z.literal(1), z.literal(2)]);
const Identifier = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/);
const Code = z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/);
const Words = z.string().max(500);
const Attempt = z.int().min(1).max(1_000_000);

/** What the two ends of a link tell each other beside the messages of runs. */
const ControlMessage = z.discriminatedUnion("type", [
  /** The first message of each side. `protocol` is read first, whatever else has changed. */
  z.strictObject({
    type: z.literal("hello"),
    protocol: z.int(),
    space: Identifier,
    node: Party,
    build: z.string().max(128),
    version: z.string().max(64),
  }),
  /** The other side's hello is accepted; the link is up when both have said so. */
  z.strictObject({ type: z.literal("welcome") }),
  /** The link is closed on purpose; `code` and `reason` may be shown to an operator. */
  z.strictObject({ type: z.literal("goodbye"), code: Code, reason: Words }),
  z.strictObject({ type: z.literal("heartbeat") }),
  /** An attempt at a run is over. */
  z.strictObject({ type: z.literal("run-abort"), run: Identifier, attempt: Attempt, code: Code }),
  /** What the jobs of two nodes tell each other about a run. */
  z.strictObject({ type: z.literal("run"), run: Identifier, body: z.unknown() }),
  /** What two nodes tell each other about the space's log. */
  z.strictObject({ type: z.literal("log"), body: z.unknown() }),
]);
export type ControlMessage = z.infer<typeof ControlMessage>;
export type Hello = Extract<ControlMessage, { type: "hello" }>;

export function encodeControl(message: ControlMessage): Uint8Array {
  return Buffer.from(JSON.stringify(message));
}

/** Throws `LinkViolation` for anything but a control message of this version. */
export function parseControl(payload: Uint8Array): ControlMessage {
  const refuse = (why: string) =>
    new LinkViolation("CONTROL_INVALID", `a control message is not of this protocol: ${why}`);
  if (payload.length > CONTROL_BYTES_MAX) throw refuse("too long");
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch {
    throw refuse("not JSON");
  }
  const otherVersion = HelloOfAnyVersion.safeParse(json);
  if (otherVersion.success) return { ...UNKNOWN_HELLO, protocol: otherVersion.data.protocol };
  const parsed = ControlMessage.safeParse(json);
  if (!parsed.success) throw refuse(parsed.error.issues[0]?.path.join(".") || "unknown type");
  return parsed.data;
}

/** A hello of another version may have any shape; only its number is believed. */
const HelloOfAnyVersion = z.looseObject({
  type: z.literal("hello"),
  protocol: z.int().refine((version) => version !== PEER_PROTOCOL),
});
const UNKNOWN_HELLO: Hello = {
  type: "hello",
  protocol: 0,
  space: "unknown",
  node: 0,
  build: "",
  version: "",
};
