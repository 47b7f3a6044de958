import { assert } from "@symbolon/base/assert";
import type { PartyIndex } from "@symbolon/base/id";
import { ProtocolAbort } from "@symbolon/mpc/error";
import { RUN_MESSAGES_MAX, UNCLAIMED_BYTES_MAX } from "./limits.js";

interface Waiting {
  resolve(message: Uint8Array): void;
  reject(error: Error): void;
}

/** The messages that one peer sends in one attempt at a run: each channel carries one. */
export class RunInbox {
  readonly #from: PartyIndex;
  readonly #messagesMax: number;
  readonly #early = new Map<string, Uint8Array>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #seen = new Set<string>();
  readonly #claimed = new Set<string>();
  #unclaimedBytes = 0;
  #waitingSince: number | undefined;

  constructor(from: PartyIndex, messagesMax: number = RUN_MESSAGES_MAX) {
    this.#from = from;
    this.#messagesMax = messagesMax;
  }

  /** Bytes that have come and that nobody has asked for. */
  get unclaimedBytes(): number {
    return this.#unclaimedBytes;
  }

  get isAwaited(): boolean {
    return this.#waiting.size > 0;
  }

  /** Milliseconds for which something is waited for and nothing that was waited for has come. */
  stalledMs(now: number): number {
    if (this.#waiting.size === 0) this.#waitingSince = undefined;
    else this.#waitingSince ??= now;
    return this.#waitingSince === undefined ? 0 : now - this.#waitingSince;
  }

  /** Throws `ProtocolAbort` for a second message on a channel, and for a flood. */
  deliver(key: string, message: Uint8Array): void {
    if (this.#seen.has(key)) throw this.#duplicate("two messages came on one channel");
    if (this.#seen.size >= this.#messagesMax) throw this.#duplicate("too many messages came");
    this.#seen.add(key);
    const waiting = this.#waiting.get(key);
    if (waiting) {
      this.#waiting.delete(key);
      this.#waitingSince = undefined;
      waiting.resolve(message);
      return;
    }
    this.#early.set(key, message);
    this.#unclaimedBytes += message.length;
    if (this.#unclaimedBytes > UNCLAIMED_BYTES_MAX) throw this.#duplicate("unasked messages came");
  }

  receive(key: string): Promise<Uint8Array> {
    assert(!this.#claimed.has(key), "a channel is received once");
    this.#claimed.add(key);
    const message = this.#early.get(key);
    if (message === undefined)
      return new Promise((resolve, reject) => this.#waiting.set(key, { resolve, reject }));
    this.#early.delete(key);
    this.#unclaimedBytes -= message.length;
    return Promise.resolve(message);
  }

  /** Rejects everything that waits and forgets the rest. */
  fail(error: Error): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#early.clear();
    this.#unclaimedBytes = 0;
    for (const { reject } of waiting) reject(error);
  }

  #duplicate(what: string): ProtocolAbort {
    return new ProtocolAbort("MESSAGE_DUPLICATE", what, { party: this.#from });
  }
}
