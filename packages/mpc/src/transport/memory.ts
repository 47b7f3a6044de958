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

/**
 * Three transports in one process. Deterministic: a message is delivered in the order in which
 * the parties' code runs. `tamper` may change a message or drop it (return `undefined`).
 */
export function memoryTransports(tamper?: Tamper): readonly [Transport, Transport, Transport] {
  const slots = PARTIES.map(() => new Map<string, Slot>());
  let failure: Error | undefined;

  const slotOf = (to: PartyIndex, from: PartyIndex, channel: string): Slot => {
    const key = `${from}|${channel}`;
    const slot = slots[to].get(key) ?? {};
    slots[to].set(key, slot);
    return slot;
  };

  const deliver = (from: PartyIndex, to: PartyIndex, channel: string, bytes: Uint8Array) => {
    const message = tamper ? tamper(bytes, { from, to, channel })?.slice() : bytes.slice();
    if (message === undefined) return;
    const slot = slotOf(to, from, channel);
    if (slot.message !== undefined || slot.used) {
      fail(new ProtocolAbort("MESSAGE_DUPLICATE", "two messages on one channel", { party: from }));
      return;
    }
    if (slot.waiting) {
      slot.used = true;
      slot.waiting.resolve(message);
      delete slot.waiting;
    } else {
      slot.message = message;
    }
  };

  const fail = (error: Error) => {
    failure ??= error;
    for (const party of slots) {
      for (const slot of party.values()) {
        slot.waiting?.reject(failure);
        delete slot.waiting;
      }
    }
  };

  const transport = (self: PartyIndex): Transport => {
    const bytesSent: [number, number, number] = [0, 0, 0];
    return {
      self,
      bytesSent,
      send(to, channel, message) {
        assert(to !== self, "a party does not send to itself");
        bytesSent[to] += message.length;
        if (!failure) deliver(self, to, channel, message);
      },
      receive(from, channel) {
        assert(from !== self, "a party does not receive from itself");
        if (failure) return Promise.reject(failure);
        const slot = slotOf(self, from, channel);
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
        fail(new PeerUnavailable("PEER_ABORTED", "a peer ended the run", { party: self, code }));
      },
      close() {
        fail(new PeerUnavailable("PEER_CLOSED", "a peer went away", { party: self }));
      },
    };
  };
  return [transport(0), transport(1), transport(2)];
}
