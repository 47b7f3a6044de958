import { assert } from "@symbolon/base/assert";
import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import { PeerUnavailable, ProtocolAbort } from "@symbolon/mpc/error";
import type { Transport } from "@symbolon/mpc/transport/transport";
import { channelKey, type Frame } from "./frame.js";
import { RUN_STALL_MS } from "./limits.js";
import { RunInbox } from "./run-inbox.js";

/** What a run needs of the links. */
export interface RunWires {
  readonly self: PartyIndex;
  send(to: PartyIndex, key: string, message: Uint8Array): void;
  /** Something was claimed or delivered: reading may have to stop or go on. */
  changed(from: PartyIndex): void;
  /** Tells both peers that the attempt is over. */
  announceAbort(code: string): void;
  release(): void;
}

/**
 * The transport of one attempt at one run, over the links of this node. It dies with the first
 * link that is lost: what comes over a new connection belongs to a new attempt.
 */
export class RunTransport implements Transport {
  readonly #wires: RunWires;
  readonly #bytesSent: [number, number, number] = [0, 0, 0];
  readonly #inboxes = PARTIES.map((party) => new RunInbox(party));
  readonly #sent = [new Set<string>(), new Set<string>(), new Set<string>()];
  readonly #watch: NodeJS.Timeout;
  #failure: Error | undefined;

  constructor(wires: RunWires, stallMs: number = RUN_STALL_MS) {
    this.#wires = wires;
    this.#watch = setInterval(() => this.#giveUpStalled(stallMs), stallMs / 8).unref();
  }

  get self(): PartyIndex {
    return this.#wires.self;
  }

  get bytesSent(): readonly [number, number, number] {
    return this.#bytesSent;
  }

  send(to: PartyIndex, channel: string, message: Uint8Array): void {
    assert(to !== this.self, "a party does not send to itself");
    const key = channelKey(channel);
    assert(!this.#sent[to].has(key), `a channel is sent on once: ${channel}`);
    this.#sent[to].add(key);
    this.#bytesSent[to] += message.length;
    if (!this.#failure) this.#wires.send(to, key, message);
  }

  /** A rejection that nobody waits for any more is no crash: every later receive tells it too. */
  receive(from: PartyIndex, channel: string): Promise<Uint8Array> {
    assert(from !== this.self, "a party does not receive from itself");
    const message = this.#failure
      ? Promise.reject(this.#failure)
      : this.#inboxes[from].receive(channelKey(channel));
    message.catch(() => undefined);
    this.#wires.changed(from);
    return message;
  }

  abort(code: string): void {
    if (this.#failure) return;
    this.#wires.announceAbort(code);
    this.fail(new PeerUnavailable("PEER_ABORTED", "this node ended the run", { cause: code }));
  }

  close(): void {
    this.fail(new PeerUnavailable("PEER_CLOSED", "the run's connections are closed"));
    this.#wires.release();
  }

  /** A frame of this attempt. A peer that repeats itself ends the attempt for everybody. */
  deliver(from: PartyIndex, frame: Frame): void {
    if (this.#failure) return;
    try {
      this.#inboxes[from].deliver(frame.key, frame.payload);
    } catch (error) {
      if (!(error instanceof ProtocolAbort)) throw error;
      this.#wires.announceAbort(error.code);
      this.fail(error);
    }
    this.#wires.changed(from);
  }

  /** Rejects all that waits or will wait. The first cause stays. */
  fail(error: Error): void {
    if (this.#failure) return;
    this.#failure = error;
    clearInterval(this.#watch);
    for (const inbox of this.#inboxes) inbox.fail(error);
    for (const party of PARTIES) if (party !== this.self) this.#wires.changed(party);
  }

  /** A live link is not enough: a peer that withholds its messages is not waited for for ever. */
  #giveUpStalled(stallMs: number): void {
    for (const party of PARTIES) {
      if (this.#inboxes[party].stalledMs(performance.now()) < stallMs) continue;
      const details = { party };
      this.fail(
        new PeerUnavailable("PEER_TIMEOUT", `node ${party} sends nothing in this run`, details),
      );
    }
  }

  unclaimedBytes(from: PartyIndex): number {
    return this.#inboxes[from].unclaimedBytes;
  }

  isAwaiting(from: PartyIndex): boolean {
    return this.#inboxes[from].isAwaited;
  }
}
