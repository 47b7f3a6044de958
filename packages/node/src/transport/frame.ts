import { createHash } from "node:crypto";
import { KnownError } from "@symbolon/base/error";
import { CONTROL_BYTES_MAX, FRAME_BYTES_MAX } from "./limits.js";

/**
 * On the wire: u32 length of the payload (little-endian) | 32-byte channel id | payload.
 * A channel id is 16 bytes of the hash of run and attempt, then 16 bytes of the hash of the
 * channel's name. Zero bytes are the control channel, whose payload is JSON. Who asks chooses what
 * a run is called, in part; so names are too long for anybody to find two with one hash.
 */
const TAG_SIZE = 16;
const KEY_SIZE = 16;
export const HEADER_SIZE = 4 + TAG_SIZE + KEY_SIZE;

/** A peer sent what no correct node sends. The connection is closed. */
export class LinkViolation extends KnownError<
  "FRAME_TOO_LONG" | "CONTROL_INVALID" | "GREETING_INVALID"
> {}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Marks all frames of one attempt at one run: 16 bytes as a Latin-1 string. */
export const runTag = (run: string, attempt: number): string =>
  digest(`run\n${run}\n${attempt}`).toString("latin1", 0, TAG_SIZE);

/** What tells the channels of a run apart: 16 bytes as a Latin-1 string. */
export const channelKey = (channel: string): string =>
  digest(`channel\n${channel}`).toString("latin1", 0, KEY_SIZE);

/** The tag of control messages; no run has it. */
export const CONTROL_TAG = "\0".repeat(TAG_SIZE);
const CONTROL_KEY = "\0".repeat(KEY_SIZE);

/** The bytes before a payload of `length` bytes. */
export function frameHeader(length: number, tag: string, key = CONTROL_KEY): Buffer {
  const header = Buffer.allocUnsafe(HEADER_SIZE);
  header.writeUInt32LE(length, 0);
  header.write(tag, 4, TAG_SIZE, "latin1");
  header.write(key, 4 + TAG_SIZE, KEY_SIZE, "latin1");
  return header;
}

export interface Frame {
  /** `CONTROL_TAG` on the control channel. */
  readonly tag: string;
  readonly key: string;
  /** Has a buffer of its own, so that it can be viewed as words of any size. */
  readonly payload: Uint8Array;
}

/** Takes a stream apart into frames. Every payload byte is copied once, into its final place. */
export class FrameReader {
  readonly #header = Buffer.alloc(HEADER_SIZE);
  #headerFilled = 0;
  #payload: Uint8Array | undefined;
  #filled = 0;

  /** Hands every frame that `chunk` completes to `take`. Throws `LinkViolation`. */
  push(chunk: Uint8Array, take: (frame: Frame) => void): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#payload === undefined) at += this.#fillHeader(chunk, at);
      if (this.#payload === undefined) return;
      const part = chunk.subarray(at, at + this.#payload.length - this.#filled);
      this.#payload.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === this.#payload.length) take(this.#finish(this.#payload));
    }
  }

  #fillHeader(chunk: Uint8Array, at: number): number {
    const part = chunk.subarray(at, at + HEADER_SIZE - this.#headerFilled);
    this.#header.set(part, this.#headerFilled);
    this.#headerFilled += part.length;
    if (this.#headerFilled === HEADER_SIZE) this.#payload = this.#allocate();
    return part.length;
  }

  #allocate(): Uint8Array {
    const length = this.#header.readUInt32LE(0);
    const isControl = this.#tag() === CONTROL_TAG;
    if (length > (isControl ? CONTROL_BYTES_MAX : FRAME_BYTES_MAX))
      throw new LinkViolation("FRAME_TOO_LONG", `a frame claims ${length} bytes`, { length });
    return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
  }

  #tag(): string {
    return this.#header.toString("latin1", 4, 4 + TAG_SIZE);
  }

  #finish(payload: Uint8Array): Frame {
    const tag = this.#tag();
    const key = this.#header.toString("latin1", 4 + TAG_SIZE, HEADER_SIZE);
    this.#payload = undefined;
    this.#filled = 0;
    this.#headerFilled = 0;
    return { tag, key, payload };
  }
}
