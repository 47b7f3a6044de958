import { assert } from "@symbolon/base/assert";
import { PARTIES, type PartyIndex } from "@symbolon/base/id";
import { PeerUnavailable, ProtocolAbort } from "../error.js";
import type { Transport } from "./transport.js";

/** Sees every message above the wire, as its sender would, and may change it. */
export type Tamper = (
  message: Uint8Array,
  at: { readonly from: PartyIndex; readonly to: PartyIndex; readonly channel: string },
) => Uint8Array | undefined;

type Waiting = { resolve(message: Uint8Array): void; reject(error: Error): void };
type Slot = { message?: Uint8Array; waiting?: Waiting; used?: boolean };

/** What travels between three parties in one process. */
class Exchange {
  readonly #slots = PARTIES.map(() => new Map<string, Slot>());
  readonly #tamper: Tamper | undefined;
  failure: Error | undefined;

  constructor(tamper: Tamper | undefined) {
    this.#tamper = tamper;
  }

  slotOf(to: PartyIndex, from: PartyIndex, channel: string): Slot {
    const key = `${from}|${channel}`;
    const slot = this.#slots[to].get(key) ?? {};
    this.#slots[to].set(key, slot);
    return slot;
  }

  /** The receiver gets a copy, as over a wire. */
  deliver(from: PartyIndex, to: PartyIndex, channel: string, bytes: Uint8Array): void {
    const changed = this.#tamper ? this.#tamper(bytes, { from, to, channel }) : bytes;
    if (changed === undefined) return;
    const slot = this.slotOf(to, from, channel);
    if (slot.message !== undefined || slot.used) {
      const details = { party: from };
      this.fail(new ProtocolAbort("MESSAGE_DUPLICATE", "two messages on one channel", details));
      return;
    }
    const message = changed.slice();
    if (slot.waiting) {
      slot.used = true;
      slot.waiting.resolve(message);
      delete slot.waiting;
    } else slot.message = message;
  }

  fail(error: Error): void {
    this.failure ??= error;
    for (const party of this.#slots) {
      for (const slot of party.values()) {
        slot.waiting?.reject(this.failure);
        delete slot.waiting;
      }
    }
  }
}

/**
 * Three transports in one process. Deterministic: a message is delivered in the order in which
 * the parties' code runs. `tamper` may change a message or drop it (return `undefined`).
 */
export function memoryTransports(tamper?: Tamper): readonly [Transport, Transport, Transport] {
  const exchange = new Exchange(tamper);
  return [transport(exchange, 0), transport(exchange, 1), transport(exchange, 2)];
}

function transport(exchange: Exchange, self: PartyIndex): Transport {
  const bytesSent: [number, number, number] = [0, 0, 0];
  return {
    self,
    bytesSent,
    send(to, channel, message) {
      assert(to !== self, "a party does not send to itself");
      bytesSent[to] += message.length;
      if (!exchange.failure) exchange.deliver(self, to, channel, message);
    },
    receive(from, channel) {
      assert(from !== self, "a party does not receive from itself");
      if (exchange.failure) return Promise.reject(exchange.failure);
      const slot = exchange.slotOf(self, from, channel);
      assert(!slot.used && !slot.waiting, `a channel is received once: ${channel}`);
      const { message } = slot;
      if (message !== undefined) {
        slot.used = true;
        delete slot.message;
        return Promise.resolve(message);
      }
      return new Promise((resolve, reject) => {
        slot.waiting = { resolve, reject };
      });
    },
    abort(code) {
      const details = { party: self, code };
      exchange.fail(new PeerUnavailable("PEER_ABORTED", "a peer ended the run", details));
    },
    close() {
      exchange.fail(new PeerUnavailable("PEER_CLOSED", "a peer went away", { party: self }));
    },
  };
}
