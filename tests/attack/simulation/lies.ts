import type { PartyIndex } from "@symbolon/base/id";
import type { Transport } from "@symbolon/mpc/transport/transport";
import type { Dice } from "@symbolon/sim/people/dice";

type Send = (message: Uint8Array) => void;
/** What a cheater does with one message; `before` is what it sent to the same party before. */
type Lie = (message: Uint8Array, send: Send, dice: Dice, before: Uint8Array) => void;

const flipped = (message: Uint8Array, dice: Dice): Uint8Array => {
  if (message.length > 0) message[dice.between(0, message.length - 1)] ^= dice.between(1, 255);
  return message;
};

/** In the message alone; `fitting` in the cheater's own memory too, so that all it says fits. */
const LIES: Readonly<Record<string, Lie>> = {
  alone: (message, send, dice) => send(flipped(message.slice(), dice)),
  fitting: (message, send, dice) => send(flipped(message, dice)),
  noise: (message, send, dice) => send(message.map(() => dice.between(0, 255))),
  zeros: (message, send) => send(new Uint8Array(message.length)),
  shorter: (message, send) => send(message.slice(0, Math.max(0, message.length - 1))),
  longer: (message, send) => send(Uint8Array.from([...message, 0])),
  nothing: () => undefined,
  twice: (message, send) => {
    send(message);
    send(message);
  },
  again: (message, send, _dice, before) => {
    const other = message.slice();
    other.set(before.subarray(0, other.length));
    send(other);
  },
};

/** A transport whose owner lies in some of its messages, about as many as it says. */
export function lyingTransport(
  transport: Transport,
  dice: Dice,
  chance: number,
  tell: (lie: string) => void,
): Transport {
  const before = new Map<PartyIndex, Uint8Array>();
  return {
    ...transport,
    self: transport.self,
    bytesSent: transport.bytesSent,
    receive: (from, channel) => transport.receive(from, channel),
    abort: () => undefined,
    close: () => transport.close(),
    send: (to, channel, message) => {
      const send: Send = (bytes) => transport.send(to, channel, bytes.slice());
      const last = before.get(to) ?? new Uint8Array(0);
      before.set(to, message.slice());
      if (!dice.chance(chance)) {
        send(message);
        return;
      }
      const kind = dice.chance(0.5) ? "fitting" : dice.pick(Object.keys(LIES));
      tell(`P${transport.self} lies (${kind}) to P${to} in ${channel}`);
      LIES[kind](message, send, dice, last);
    },
  };
}
