import { next, PARTIES, type PartyIndex } from "@symbolon/base/id";
import type { Transport } from "@symbolon/mpc/transport/transport";
import type { Target } from "../byte-flips.js";
import { lieAt, type Place } from "../judged-run.js";
import { mirrorCoins } from "../strategies.js";
import { messagesOf, roleOf, some } from "./messages.js";
import { addOne, readElements } from "./products.js";
import { type Attempt, type Attempts, changing, type Strategy } from "./strategy.js";

const NO_COIN = "it tosses no coin";
const NOTHING_OPENED = "it opens nothing and agrees on nothing";

const equivocates: Strategy = {
  number: "2",
  name: "tells its two peers different things",
  attempts: (target, liar, most) => {
    const places = messagesOf(target, liar, "opening", "agreed", "coin", "commitment");
    if (places.length === 0) return NOTHING_OPENED;
    const flip = (message: Uint8Array): void => {
      message[0] ^= 1;
    };
    const single = some(places, 2 * most).map((place) => ({
      options: changing(place, flip, false),
      mustAbort: true,
    }));
    return [...single, ...(hasCoin(target) ? [{ options: { isTwoFaced: true } }] : [])];
  },
};

const hasCoin = ({ honest }: Target): boolean =>
  honest.places.some((place) => roleOf(honest, place) === "coin");

/** Keeps messages back until both others have spoken on their channel; `say` may change them. */
const rushing =
  (
    isHeld: (channel: string) => boolean,
    say: (message: Uint8Array, to: PartyIndex, heard: readonly Uint8Array[]) => Uint8Array,
  ) =>
  (transport: Transport): Transport => {
    const heard = new Map<string, Uint8Array[]>();
    const kept = new Map<string, (() => void)[]>();
    const release = (channel: string): void => {
      if (heard.get(channel)?.filter(Boolean).length !== 2) return;
      for (const send of kept.get(channel)?.splice(0) ?? []) send();
    };
    return {
      ...transport,
      send: (to, channel, message) => {
        if (!isHeld(channel)) return transport.send(to, channel, message);
        const send = () =>
          transport.send(to, channel, say(message.slice(), to, heard.get(channel) ?? []));
        kept.set(channel, [...(kept.get(channel) ?? []), send]);
        release(channel);
      },
      receive: async (from, channel) => {
        const message = await transport.receive(from, channel);
        if (!isHeld(channel)) return message;
        const known = heard.get(channel) ?? [];
        known[from === next(transport.self) ? 0 : 1] = message;
        heard.set(channel, known);
        release(channel);
        return message;
      },
    };
  };

const rushes: Strategy = {
  number: "4",
  name: "speaks last and answers what it heard",
  attempts: (target, liar, most) => {
    const { honest } = target;
    const spoken = messagesOf(target, liar, "opening", "coin");
    if (spoken.length === 0) return "nothing is opened in it";
    const channels = new Set(spoken.map(({ channel }) => channel));
    const isHeld = (channel: string): boolean => channels.has(channel);
    const quiet: Attempt = { options: { liarTransport: rushing(isHeld, (message) => message) } };
    const isLast = (channel: string): boolean => channel === spoken[spoken.length - 1].channel;
    const other: Attempt = {
      options: {
        liarTransport: rushing(isLast, (message) => {
          message[0] ^= 1;
          return message;
        }),
      },
      mustAbort: true,
    };
    // After a lie, makes every short opening come to zero as if nothing were wrong.
    const isOpened = (channel: string): boolean =>
      honest.places.some((one) => one.channel === channel && roleOf(honest, one) === "opening");
    const hiding = some(
      messagesOf(target, liar, "share").filter((place) => readElements(place).length > 0),
      most,
    ).map((place) => ({
      options: {
        ...changing(place, addOne(place)),
        liarTransport: rushing(isOpened, (message, to, heard) =>
          to === next(liar) && heard[0]?.length === message.length
            ? message.map((_, k) => heard[0][k] ^ heard[1][k])
            : message,
        ),
      },
      mustAbort: true,
    }));
    return [quiet, other, ...hiding];
  },
};

const biased: Strategy = {
  number: "5",
  name: "biases a coin",
  attempts: (target) => {
    if (!hasCoin(target)) return NO_COIN;
    const isCoin = (channel: string): boolean => channel.endsWith("coin/open/message");
    const late: Attempt = {
      options: {
        liarTransport: rushing(isCoin, (message) => {
          message[7] ^= 1;
          return message;
        }),
      },
      mustAbort: true,
    };
    return [{ options: { liarTransport: mirrorCoins }, mustAbort: true }, late];
  },
};

/** The path of the step that tosses a coin, from the channel of its opening. */
const parentOf = (coin: string): string => coin.slice(0, -"/coin/open/message".length);

/**
 * Messages to one party that a coin challenges: all shares below the coin's step that no coin
 * further down is nearer to; for the coin of a whole check, all shares of the claims before it.
 */
function challengedBy(target: Target, coin: Place): Place[] {
  const { honest } = target;
  const step = parentOf(coin.channel);
  const isCheck = step.endsWith("/verify");
  const below = `${isCheck ? step.slice(0, -"/verify".length) : step}/`;
  const nearer = honest.places
    .filter((place) => roleOf(honest, place) === "coin")
    .map(({ channel }) => `${parentOf(channel)}/`)
    .filter((path) => path.startsWith(below) && path !== below);
  const before = honest.places.slice(0, honest.places.indexOf(coin));
  return before.filter(
    (place) =>
      place.to === coin.from &&
      roleOf(honest, place) === "share" &&
      place.channel.startsWith(below) &&
      !nearer.some((path) => place.channel.startsWith(path)),
  );
}

const early: Strategy = {
  number: "4, coins",
  name: "has a coin opened before it has sent what the coin challenges",
  attempts: (target, liar, most): Attempts => {
    const { honest } = target;
    if (!hasCoin(target)) return NO_COIN;
    const pairs = PARTIES.filter((party) => party !== liar).flatMap((victim) =>
      messagesOf(target, victim, "coin").flatMap((coin) =>
        challengedBy(target, coin)
          .filter(({ from }) => from === liar)
          .map((withheld) => ({ coin, withheld })),
      ),
    );
    if (pairs.length === 0)
      return honest.places.length > 0 ? "its coins challenge no share" : NO_COIN;
    return some(pairs, 2 * most).map(({ coin, withheld }) => {
      let isOpened = false;
      const withhold = lieAt(withheld, () => undefined);
      return {
        options: {
          tamper: (message, at) => {
            isOpened ||= at.from === coin.from && at.channel === coin.channel;
            return withhold(message, at);
          },
        },
        hasGained: () => isOpened,
      };
    });
  },
};

const stops: Strategy = {
  number: "11",
  name: "stops when it has what it wants",
  attempts: (target, liar, most) => {
    const own = target.honest.places.filter(({ from }) => from === liar);
    return some(own, 2 * most).map((place) => {
      let isSilent = false;
      return {
        options: {
          tamper: (message, at) => {
            isSilent ||= lieAt(place, () => undefined)(message, at) === undefined;
            return isSilent && at.from === liar ? undefined : message;
          },
        },
      };
    });
  },
};

/** Lies in what is made known. */
export const openingLies: readonly Strategy[] = [equivocates, rushes, early, biased, stops];
