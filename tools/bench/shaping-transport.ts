import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { Transport } from "@symbolon/mpc/transport/transport";
import { HEADER_SIZE } from "@symbolon/node/transport/frame";

/** A link as slow as one between towns; the same in each direction. */
export interface LinkShape {
  /** One way. */
  readonly latencyMs: number;
  readonly bytesPerSecond: number;
}

/** Time as the shaper sees it, so that a test can turn its hands. */
export interface Timer {
  /** Milliseconds that only grow. */
  now(): number;
  /** Calls back at `ms` or later. */
  at(ms: number, wake: () => void): void;
}

export const REAL_TIMER: Timer = {
  now: () => performance.now(),
  at: (ms, wake) => {
    setTimeout(wake, Math.max(0, ms - performance.now()));
  },
};

const TLS_RECORD = { content: 16_384, overhead: 22 };
const TCP_SEGMENT = { content: 1448, overhead: 52 };

/** Bytes on the wire for one message: frame header, TLS records, TCP and IP headers. */
export function wireBytes(size: number): number {
  const framed = size + HEADER_SIZE;
  const sealed = framed + Math.ceil(framed / TLS_RECORD.content) * TLS_RECORD.overhead;
  return sealed + Math.ceil(sealed / TCP_SEGMENT.content) * TCP_SEGMENT.overhead;
}

interface Delayed {
  readonly due: number;
  readonly channel: string;
  readonly message: Uint8Array;
}

type Deliver = (channel: string, message: Uint8Array) => void;

/** One direction of one link: bytes leave one after another, and arrive a latency later. */
class Line {
  readonly #shape: LinkShape;
  readonly #timer: Timer;
  readonly #deliver: Deliver;
  readonly #underWay: Delayed[] = [];
  #freeAt = 0;

  constructor(shape: LinkShape, timer: Timer, deliver: Deliver) {
    this.#shape = shape;
    this.#timer = timer;
    this.#deliver = deliver;
  }

  send(channel: string, message: Uint8Array): void {
    const { latencyMs, bytesPerSecond } = this.#shape;
    const start = Math.max(this.#timer.now(), this.#freeAt);
    this.#freeAt = start + (wireBytes(message.length) / bytesPerSecond) * 1000;
    this.#underWay.push({ due: this.#freeAt + latencyMs, channel, message });
    if (this.#underWay.length === 1) this.#wait();
  }

  #wait(): void {
    const [first] = this.#underWay;
    if (first) this.#timer.at(first.due, () => this.#wake());
  }

  #wake(): void {
    const now = this.#timer.now();
    while (this.#underWay.length > 0 && this.#underWay[0].due <= now) {
      const { channel, message } = this.#underWay.shift() as Delayed;
      this.#deliver(channel, message);
    }
    this.#wait();
  }
}

/**
 * A transport over another one that delays what this party sends: each message takes its turn at
 * the link's rate, and leaves for the real transport when the last byte would have arrived. What
 * TCP adds on a real path (slow start, loss) is not modelled. Benches only.
 */
export function shapingTransport(
  inner: Transport,
  shape: LinkShape,
  timer: Timer = REAL_TIMER,
): Transport {
  const bytesSent: [number, number, number] = [0, 0, 0];
  const lines = PARTIES.map(
    (to: PartyIndex) =>
      new Line(shape, timer, (channel, message) => inner.send(to, channel, message)),
  );
  return {
    self: inner.self,
    bytesSent,
    send(to, channel, message) {
      bytesSent[to] += message.length;
      lines[to].send(channel, message);
    },
    receive: (from, channel) => inner.receive(from, channel),
    abort: (code) => inner.abort(code),
    close: () => inner.close(),
  };
}
