import type { TLSSocket } from "node:tls";
import { KnownError } from "@symbolon/base/error";
import { type ControlMessage, encodeControl, parseControl } from "./control.js";
import { CONTROL_TAG, type Frame, FrameReader, frameHeader } from "./frame.js";
import { type LinkTiming, QUEUED_BYTES_MAX } from "./limits.js";

/** Why a connection ended, in words that may be shown. */
export interface LinkFailure {
  readonly code: "PEER_CLOSED" | "PEER_TIMEOUT";
  readonly reason: string;
}

export interface ConnectionEvents {
  control(message: Exclude<ControlMessage, { type: "heartbeat" }>): void;
  frame(frame: Frame): void;
  closed(failure: LinkFailure): void;
}

/** Payloads up to this size are gathered for one TLS record; larger ones are not copied. */
const GATHER_BYTES_MAX = 32 * 1024;
/** Larger payloads are handed on in pieces, so that encrypting and sending overlap. */
const PIECE_SIZE = 256 * 1024;
/** Bytes handed to the socket at a time; it copies what waits inside it. */
const HANDED_BYTES_MAX = 1024 * 1024;

/**
 * One TLS connection to a peer: frames in both directions, and heartbeats that notice a peer that
 * has gone silent without closing. Ends once, with one `closed` event.
 */
export class PeerConnection {
  readonly #socket: TLSSocket;
  readonly #events: ConnectionEvents;
  readonly #timing: LinkTiming;
  readonly #reader = new FrameReader();
  readonly #beat: NodeJS.Timeout;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #silentBeats = 0;
  #isPaused = false;
  #isCorked = false;
  #isClosed = false;

  constructor(socket: TLSSocket, timing: LinkTiming, events: ConnectionEvents) {
    this.#socket = socket;
    this.#timing = timing;
    this.#events = events;
    socket.setNoDelay(true);
    socket.on("drain", () => this.#pump());
    socket.on("data", (chunk: Uint8Array) => this.#read(chunk));
    socket.on("error", (error: NodeJS.ErrnoException) => this.#fail("PEER_CLOSED", causeOf(error)));
    socket.on("close", () => this.#fail("PEER_CLOSED", "the connection was closed"));
    this.#beat = setInterval(() => this.#heartbeat(), timing.heartbeatMs);
  }

  /** Sends one frame. Takes ownership of `payload`; does nothing once the connection has ended. */
  send(tag: string, key: string | undefined, payload: Uint8Array): void {
    if (this.#isClosed) return;
    const header = frameHeader(payload.length, tag, key);
    if (payload.length > GATHER_BYTES_MAX) this.#uncork();
    else this.#cork();
    this.#queue.push(header);
    for (let at = 0; at < payload.length; at += PIECE_SIZE)
      this.#queue.push(payload.subarray(at, at + PIECE_SIZE));
    this.#queuedBytes += header.length + payload.length;
    if (this.#queuedBytes > QUEUED_BYTES_MAX)
      this.#fail("PEER_TIMEOUT", "it does not take what it is sent");
    else this.#pump();
  }

  control(message: ControlMessage): void {
    this.send(CONTROL_TAG, undefined, encodeControl(message));
  }

  /** Stops or goes on reading. While it is stopped the peer is not expected to be heard. */
  pause(isPaused: boolean): void {
    if (this.#isPaused === isPaused || this.#isClosed) return;
    this.#isPaused = isPaused;
    this.#silentBeats = 0;
    if (isPaused) this.#socket.pause();
    else this.#socket.resume();
  }

  /** Ends the connection after what was sent so far. */
  close(reason: string): void {
    if (this.#isClosed) return;
    this.#pump(Number.POSITIVE_INFINITY);
    this.#uncork();
    this.#socket.end();
    const patience = setTimeout(() => this.#socket.destroy(), this.#timing.heartbeatMs);
    this.#socket.once("close", () => clearTimeout(patience));
    this.#end({ code: "PEER_CLOSED", reason });
  }

  #read(chunk: Uint8Array): void {
    this.#silentBeats = 0;
    if (this.#isClosed) return;
    try {
      this.#reader.push(chunk, (frame) => this.#take(frame));
    } catch (error) {
      if (!(error instanceof KnownError)) throw error;
      this.control({ type: "goodbye", code: error.code, reason: error.message });
      this.close(error.message);
    }
  }

  #take(frame: Frame): void {
    if (this.#isClosed) return;
    if (frame.tag !== CONTROL_TAG) {
      this.#events.frame(frame);
      return;
    }
    const message = parseControl(frame.payload);
    if (message.type !== "heartbeat") this.#events.control(message);
  }

  /** Counts beats, not time: after this process itself was busy, one late beat is one beat. */
  #heartbeat(): void {
    this.control({ type: "heartbeat" });
    if (this.#isPaused) return;
    this.#silentBeats += 1;
    if (this.#silentBeats > this.#timing.silentBeatsMax)
      this.#fail("PEER_TIMEOUT", "nothing was heard from it");
  }

  #pump(bytesMax = HANDED_BYTES_MAX): void {
    let count = 0;
    while (count < this.#queue.length && this.#socket.writableLength < bytesMax) {
      const piece = this.#queue[count];
      this.#socket.write(piece);
      this.#queuedBytes -= piece.length;
      count += 1;
    }
    if (count > 0) this.#queue.splice(0, count);
  }

  #cork(): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    this.#socket.cork();
    process.nextTick(() => this.#uncork());
  }

  #uncork(): void {
    if (!this.#isCorked) return;
    this.#isCorked = false;
    this.#socket.uncork();
  }

  #fail(code: LinkFailure["code"], reason: string): void {
    this.#socket.destroy();
    this.#end({ code, reason });
  }

  #end(failure: LinkFailure): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#beat);
    this.#queue = [];
    this.#events.closed(failure);
  }
}

/** The system's name for what happened; its sentence may hold addresses. */
const causeOf = (error: NodeJS.ErrnoException): string =>
  `the connection broke (${error.code ?? "unknown cause"})`;
