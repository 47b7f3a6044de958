import { assert } from "@symbolon/base/assert";
import { next, PARTIES, type PartyIndex, previous } from "@symbolon/base/id";
import { PeerUnavailable, ProtocolAbort } from "@symbolon/mpc/error";
import type { Transport } from "@symbolon/mpc/transport/transport";
import type { Connection, SimulatedLinks } from "./simulated-links.js";
import type { VirtualTime } from "./virtual-time.js";

/** A peer that is connected and sends nothing that is waited for is given up after this. */
const STALL_MS = 120_000;

interface Waiting {
  resolve(message: Uint8Array): void;
  reject(error: Error): void;
}

/**
 * Three transports over simulated links, for one attempt at a run after the other. As over TLS, an
 * attempt ends with the first of its connections that breaks, and each end learns of it by itself.
 */
export class SimulatedNetwork {
  readonly #time: VirtualTime;
  readonly #links: SimulatedLinks;
  #open: readonly SimulatedTransport[] = [];

  constructor(time: VirtualTime, links: SimulatedLinks) {
    this.#time = time;
    this.#links = links;
  }

  /** Transports of a new attempt. Nothing of an earlier attempt reaches it. */
  transports(): readonly [Transport, Transport, Transport] {
    const opened: SimulatedTransport[] = [];
    const make = (self: PartyIndex) => {
      const lines = PARTIES.map((peer) =>
        peer === self ? undefined : this.#links.connection(self, peer),
      );
      return new SimulatedTransport(this.#time, self, lines, opened);
    };
    for (const self of PARTIES) opened.push(make(self));
    this.#open = opened;
    return [opened[0], opened[1], opened[2]];
  }

  /** One end has noticed that its connection to `peer` is gone. */
  down(self: PartyIndex, peer: PartyIndex): void {
    this.#open[self]?.fail(closed(peer));
  }

  /** A party's process is gone: its code may go on, but has no connections. */
  died(self: PartyIndex): void {
    this.#open[self]?.fail(closed(self));
  }
}

const closed = (party: PartyIndex): PeerUnavailable =>
  new PeerUnavailable("PEER_CLOSED", "a peer is not connected", { party });

class SimulatedTransport implements Transport {
  readonly self: PartyIndex;
  readonly bytesSent: [number, number, number] = [0, 0, 0];
  readonly #time: VirtualTime;
  readonly #lines: readonly (Connection | undefined)[];
  readonly #all: readonly SimulatedTransport[];
  readonly #waiting = new Map<string, Waiting>();
  readonly #come = new Map<string, Uint8Array>();
  readonly #seen = new Set<string>();
  readonly #claimed = new Set<string>();
  #failure: Error | undefined;
  #heardAt = 0;
  #isWatched = false;

  constructor(
    time: VirtualTime,
    self: PartyIndex,
    lines: readonly (Connection | undefined)[],
    all: readonly SimulatedTransport[],
  ) {
    this.#time = time;
    this.self = self;
    this.#lines = lines;
    this.#all = all;
    for (const peer of [next(self), previous(self)]) if (!lines[peer]) this.fail(closed(peer));
  }

  send(to: PartyIndex, channel: string, message: Uint8Array): void {
    assert(to !== this.self, "a party does not send to itself");
    this.bytesSent[to] += message.length;
    if (this.#failure) return;
    const copy = message.slice();
    this.#lines[to]?.send(channel, () => this.#all[to].#deliver(this.self, channel, copy));
  }

  /** A rejection that nobody waits for any more is no crash: every later receive tells it too. */
  receive(from: PartyIndex, channel: string): Promise<Uint8Array> {
    assert(from !== this.self, "a party does not receive from itself");
    const key = `${from}|${channel}`;
    assert(!this.#claimed.has(key), `a channel is received once: ${channel}`);
    this.#claimed.add(key);
    const message = this.#take(key);
    message.catch(() => undefined);
    return message;
  }

  #take(key: string): Promise<Uint8Array> {
    if (this.#failure) return Promise.reject(this.#failure);
    const message = this.#come.get(key);
    this.#come.delete(key);
    if (message) return Promise.resolve(message);
    if (this.#waiting.size === 0) this.#heardAt = this.#time.now;
    this.#watch();
    return new Promise((resolve, reject) => this.#waiting.set(key, { resolve, reject }));
  }

  abort(code: string): void {
    if (this.#failure && !(this.#failure instanceof ProtocolAbort)) return;
    const details = { party: this.self, cause: code };
    this.#tell(() => new PeerUnavailable("PEER_ABORTED", "a peer ended the run", details));
    this.fail(new PeerUnavailable("PEER_ABORTED", "this party ended the run", details));
  }

  /** Gives the attempt up; the peers hear of it as long as they can be reached. */
  close(): void {
    this.#tell(() => closed(this.self));
    this.fail(closed(this.self));
  }

  fail(error: Error): void {
    this.#failure ??= error;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#come.clear();
    for (const { reject } of waiting) reject(this.#failure);
  }

  #tell(what: () => Error): void {
    for (const peer of [next(this.self), previous(this.self)])
      this.#lines[peer]?.send("end of the attempt", () => this.#all[peer].fail(what()));
  }

  #deliver(from: PartyIndex, channel: string, message: Uint8Array): void {
    if (this.#failure) return;
    const key = `${from}|${channel}`;
    this.#heardAt = this.#time.now;
    if (this.#seen.has(key)) {
      const details = { party: from, step: channel };
      this.fail(new ProtocolAbort("MESSAGE_DUPLICATE", "two messages on one channel", details));
      return;
    }
    this.#seen.add(key);
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (waiting) waiting.resolve(message);
    else this.#come.set(key, message);
  }

  /** Looks after a peer that withholds its messages, as long as something is waited for. */
  #watch(): void {
    if (this.#isWatched) return;
    this.#isWatched = true;
    this.#time.after(this.#heardAt + STALL_MS - this.#time.now, () => {
      this.#isWatched = false;
      if (this.#failure || this.#waiting.size === 0) return;
      if (this.#time.now < this.#heardAt + STALL_MS) this.#watch();
      else this.fail(new PeerUnavailable("PEER_TIMEOUT", "a peer sends nothing", {}));
    });
  }
}
