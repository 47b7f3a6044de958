import { sameBytes } from "@symbolon/base/bytes";
import type { PartyIndex } from "@symbolon/base/id";
import type { Profile } from "@symbolon/mpc/profile";
import type { Transport } from "@symbolon/mpc/transport/transport";
import {
  dealerOf,
  type Fate,
  fateOfError,
  type Honest,
  heldIn,
  type Place,
  SEED,
} from "./judged-run.js";
import type { Piece } from "./pieces/piece.js";
import { partyOptions } from "./trio.js";

/** The messages of an honest run, by who sent them where and on which channel. */
export class Tape {
  readonly #messages = new Map<string, Uint8Array>();

  constructor(honest: Honest) {
    honest.places.forEach((place, index) => {
      this.#messages.set(nameOf(place), honest.messages[index]);
    });
  }

  at(place: Omit<Place, "size">): Uint8Array | undefined {
    return this.#messages.get(nameOf(place));
  }
}

const nameOf = ({ from, to, channel }: Omit<Place, "size">): string => `${from}${to}${channel}`;

/**
 * How a run ends in which one message arrives changed, told from its receiver alone: everybody
 * else is a tape of the honest run. Exact as long as the receiver itself sends what the tape holds,
 * for then nobody else has noticed anything; `undefined` from the first message that differs.
 */
export async function soloFate(
  piece: Piece,
  honest: Honest,
  tape: Tape,
  lie: { readonly place: Place; readonly message: Uint8Array },
  profile?: Profile,
): Promise<Fate | undefined> {
  const self = lie.place.to;
  let differ: () => void = () => undefined;
  const differs = new Promise<undefined>((resolve) => {
    differ = () => resolve(undefined);
  });
  const transport = tapeTransport(self, tape, lie, differ);
  const options = partyOptions({ seed: SEED, ...(profile ? { profile } : {}) }, self, transport);
  const party = piece.prepare(dealerOf(piece))(options, self);
  const ended = party.then(
    (value) => (heldIn({ value }) === honest.held[self] ? ("same output" as const) : undefined),
    (error) => fateOfError(error as Error),
  );
  return Promise.race([ended, differs]);
}

function tapeTransport(
  self: PartyIndex,
  tape: Tape,
  lie: { readonly place: Place; readonly message: Uint8Array },
  differ: () => void,
): Transport {
  const nothing = new Promise<Uint8Array>(() => undefined);
  return {
    self,
    bytesSent: [0, 0, 0],
    send(to, channel, message) {
      const known = tape.at({ from: self, to, channel });
      if (!known || !sameBytes(known, message)) differ();
    },
    receive(from, channel) {
      if (from === lie.place.from && channel === lie.place.channel) {
        return Promise.resolve(lie.message);
      }
      const message = tape.at({ from, to: self, channel });
      if (message) return Promise.resolve(message.slice());
      differ();
      return nothing;
    },
    abort: () => undefined,
    close: () => undefined,
  };
}
