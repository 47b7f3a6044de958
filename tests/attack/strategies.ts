import { bytesOf } from "@symbolon/base/bytes";
import { PARTIES, type PartyIndex, previous } from "@symbolon/base/id";
import type { Transport } from "@symbolon/mpc/transport/transport";
import { type Fate, fateWith, type Honest, honestRun, lieAt, type Place } from "./judged-run.js";
import type { Piece } from "./pieces/piece.js";

/** Adds to one little-endian element of a message. */
export function addTo(message: Uint8Array, element: number, bytes: 2 | 4, error: number): void {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  if (bytes === 2) {
    view.setUint16(2 * element, view.getUint16(2 * element, true) + error, true);
  } else view.setUint32(4 * element, view.getUint32(4 * element, true) + error, true);
}

/** Messages of a run by the end of their channel's name, one sender at a time. */
export const sentBy = (honest: Honest, liar: PartyIndex, channel: RegExp): Place[] =>
  honest.places.filter((place) => place.from === liar && channel.test(place.channel));

/** Each party in turn changes, in its own memory too, the message on each matching channel. */
export async function eachLiarChanges(
  piece: Piece,
  channel: RegExp,
  change: (message: Uint8Array, place: Place) => void,
): Promise<Fate[]> {
  const honest = await honestRun(piece);
  const fates: Fate[] = [];
  for (const liar of PARTIES) {
    for (const place of sentBy(honest, liar, channel)) {
      const tamper = lieAt(place, (message) => {
        change(message, place);
        return message.slice();
      });
      fates.push(await fateWith(piece, honest, liar, { tamper }));
    }
  }
  return fates;
}

/** Each party in turn sends something else in the place of each matching message. */
export async function eachLiarSends(
  piece: Piece,
  channel: RegExp,
  instead: (message: Uint8Array, place: Place, honest: Honest) => Uint8Array | undefined,
): Promise<Fate[]> {
  const honest = await honestRun(piece);
  const fates: Fate[] = [];
  for (const liar of PARTIES) {
    for (const place of sentBy(honest, liar, channel)) {
      const tamper = lieAt(place, (message) => instead(message, place, honest));
      fates.push(await fateWith(piece, honest, liar, { tamper }));
    }
  }
  return fates;
}

/**
 * A rushing party: keeps back its openings of coins until it has heard both of the others', and
 * may then say something else.
 */
export const openLast =
  (say: (message: Uint8Array) => Uint8Array) =>
  (transport: Transport): Transport => {
    const heard = new Map<string, number>();
    const kept = new Map<string, (() => void)[]>();
    return {
      ...transport,
      send: (to, channel, message) => {
        if (!channel.endsWith("coin/open/message")) return transport.send(to, channel, message);
        const waiting = kept.get(channel) ?? [];
        waiting.push(() => transport.send(to, channel, say(message.slice())));
        kept.set(channel, waiting);
        if (heard.get(channel) === 2) for (const send of waiting.splice(0)) send();
      },
      receive: async (from, channel) => {
        const message = await transport.receive(from, channel);
        if (!channel.endsWith("coin/open/message")) return message;
        heard.set(channel, (heard.get(channel) ?? 0) + 1);
        if (heard.get(channel) === 2) for (const send of kept.get(channel)?.splice(0) ?? []) send();
        return message;
      },
    };
  };

/**
 * A mirror: commits to a coin with its previous party's commitment and opens it with that party's
 * opening, so that the two would cancel out.
 */
export const mirrorCoins = (transport: Transport): Transport => {
  const { self } = transport;
  const kept = new Map<string, ((message: Uint8Array) => void)[]>();
  const heard = new Map<string, Uint8Array>();
  const isCoin = (channel: string): boolean => /coin\/(commit|open)\/message$/.test(channel);
  return {
    ...transport,
    send: (to, channel, message) => {
      if (!isCoin(channel)) return transport.send(to, channel, message);
      const copy = (theirs: Uint8Array) => {
        const mirrored = message.slice();
        mirrored.set(theirs.subarray(0, 32));
        // An opening repeats the commitments; the liar's own is the copied one.
        const committed = heard.get(channel.replace("/open/", "/commit/"));
        if (committed && mirrored.length === 128) mirrored.set(committed, 32 * (1 + self));
        transport.send(to, channel, mirrored);
      };
      const known = heard.get(channel);
      if (known) return copy(known);
      kept.set(channel, [...(kept.get(channel) ?? []), copy]);
    },
    receive: async (from, channel) => {
      const message = await transport.receive(from, channel);
      if (from === previous(self) && isCoin(channel)) {
        heard.set(channel, message);
        for (const send of kept.get(channel)?.splice(0) ?? []) send(message);
      }
      return message;
    },
  };
};

/** What must have been received before a coin may be opened, both by name of their channels. */
export interface Order {
  readonly piece: string;
  /** Messages that the coin challenges. */
  readonly challenged: RegExp;
  /** The coin, below the message's own step or a fixed path. */
  readonly coin: (channel: string) => string;
}

const besides = (step: RegExp, coin: string) => (channel: string) => channel.replace(step, coin);
const OPEN = "coin/open/message";

/** Every coin of the protocols, and the last message that it challenges. */
export const ORDERS: readonly Order[] = [
  { piece: "and", challenged: /\/and\/message$/, coin: () => `attack/verify/${OPEN}` },
  { piece: "sign", challenged: /\/sign\/.*\/and\/message$/, coin: () => `attack/verify/${OPEN}` },
  { piece: "dot and mul", challenged: /\/dot\/message$/, coin: () => `attack/verify/${OPEN}` },
  {
    piece: "field product",
    challenged: /\/field-mul\/message$/,
    coin: () => `attack/verify/${OPEN}`,
  },
  ...["and", "dot and mul", "field product", "inner product, field", "inner product, ring"].map(
    (piece): Order => ({
      piece,
      challenged: /\/g\/message$/,
      coin: besides(/g\/message$/, OPEN),
    }),
  ),
  ...["and", "dot and mul", "inner product, field", "matrix product"].map(
    (piece): Order => ({
      piece,
      challenged: /\/product\/message$/,
      coin: besides(/product\/message$/, OPEN),
    }),
  ),
  { piece: "matrix product", challenged: /\/tile\/message$/, coin: () => `attack/${OPEN}` },
  ...["matrix of bits", "second look"].map(
    (piece): Order => ({
      piece,
      challenged: /\/bit-matmul\/message$/,
      coin: () => `attack/${OPEN}`,
    }),
  ),
  {
    piece: "none match, 128 × 3",
    challenged: /\/tile-\d+\/message$/,
    coin: besides(/tile-\d+\/message$/, OPEN),
  },
  {
    piece: "shuffle",
    challenged: /\/pair-\d\/rows-\d+\/message$/,
    coin: () => `attack/shuffle/same-rows/${OPEN}`,
  },
  {
    piece: "validity",
    challenged: /\/presence\/mul\/dot\/message$/,
    coin: () => `attack/presence/${OPEN}`,
  },
];

/** Coins that the receiver opens although a message that they challenge is withheld from it. */
export async function openedTooEarly(piece: Piece, order: Order): Promise<string[]> {
  const honest = await honestRun(piece);
  const early: string[] = [];
  const challenged = honest.places.filter(({ channel }) => order.challenged.test(channel));
  if (challenged.length < 3) throw new Error(`no message of ${piece.name} is ${order.challenged}`);
  for (const place of challenged) {
    const coin = order.coin(place.channel);
    if (!honest.places.some(({ channel }) => channel === coin)) throw new Error(`no coin ${coin}`);
    await fateWith(piece, honest, place.from, {
      tamper: (message, at) => {
        if (at.channel === coin && at.from === place.to)
          early.push(`${place.channel}: P${at.from}`);
        const isWithheld = at.channel === place.channel && at.from === place.from;
        return isWithheld ? undefined : message;
      },
    });
  }
  return early;
}

/** All bytes of a vector of words changed by the same words. */
export function xorWords(message: Uint8Array, at: number, words: readonly number[]): void {
  const error = bytesOf(Uint32Array.from(words));
  for (let k = 0; k < error.length; k += 1) message[4 * at + k] ^= error[k];
}
