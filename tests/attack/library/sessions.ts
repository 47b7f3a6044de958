import { bytesOf } from "@symbolon/base/bytes";
import { type PartyIndex, previous } from "@symbolon/base/id";
import type { RunOptions } from "@symbolon/mpc/context";
import { isUnread, type Target } from "../byte-flips.js";
import { dealerOf, type Honest, honestRun, lieAt, runWith } from "../judged-run.js";
import type { Piece } from "../pieces/piece.js";
import type { Dealer } from "../trio.js";
import { messageAt, messagesOf, some } from "./messages.js";
import { type Attempt, changing, type Strategy } from "./strategy.js";

/** The crypto of a party whose random streams get other names. */
const renaming =
  (rename: (name: string) => string) =>
  (options: RunOptions): RunOptions => ({
    ...options,
    crypto: {
      ...options.crypto,
      hmac: (key, message) => {
        const name = Buffer.from(message).toString();
        const used = name.endsWith("/prss") ? rename(name) : name;
        return options.crypto.hmac(key, Buffer.from(used));
      },
    },
  });

/** How many random streams a party of this piece takes. */
async function streamsOf({ piece, profile }: Target): Promise<number> {
  const names = new Set<string>();
  const liarOptions = renaming((name) => {
    names.add(name);
    return name;
  });
  await runWith(piece, { liar: 0, liarOptions, ...(profile ? { profile } : {}) });
  return names.size;
}

const reusesRandomness: Strategy = {
  number: "8",
  name: "uses one random stream for everything",
  attempts: async (target) => {
    if ((await streamsOf(target)) < 2) return "takes fewer than two random streams";
    let first = "";
    const liarOptions = renaming((name) => {
      first ||= name;
      return first;
    });
    return [{ options: { liarOptions } }];
  },
};

const swapsKeys: Strategy = {
  number: "9",
  name: "changes its keys after they were agreed on",
  attempts: async (target) => {
    if ((await streamsOf(target)) === 0) return "takes no random stream";
    const swap = ({ keys, ...rest }: RunOptions): RunOptions => ({
      ...rest,
      keys: { own: keys.next, next: keys.own },
    });
    const fresh = ({ keys, ...rest }: RunOptions): RunOptions => ({
      ...rest,
      keys: { ...keys, own: keys.own.map((byte) => byte ^ 0x5a) },
    });
    return [swap, fresh].map((liarOptions) => ({ options: { liarOptions } }));
  },
};

const sessions = new Map<Piece, Promise<Honest>>();

/** An honest run with other keys, other coins and other shares of the same values. */
function previousSession({ piece, profile }: Target): Promise<Honest> {
  const known = sessions.get(piece) ?? honestRun(piece, profile, "another session");
  sessions.set(piece, known);
  return known;
}

const replays: Strategy = {
  number: "10",
  name: "sends what it sent in another session",
  attempts: async (target, liar, most) => {
    const { places, messages } = await previousSession(target);
    const old = (place: { channel: string; to: PartyIndex }): Uint8Array | undefined =>
      messages[
        places.findIndex(
          ({ from, to, channel }) => from === liar && to === place.to && channel === place.channel,
        )
      ];
    const own = target.honest.places.filter(({ from }) => from === liar);
    const single = some(own, 2 * most).map((place): Attempt => {
      const tamper = lieAt(place, (message) => old(place)?.slice() ?? message);
      return { options: { tamper } };
    });
    const all: Attempt = {
      options: {
        tamper: (message, at) => (at.from === liar ? (old(at)?.slice() ?? message) : message),
      },
    };
    return [...single, all];
  },
};

const macKey: Strategy = {
  number: "12",
  name: "brings a wrong share of a MAC key",
  attempts: () => "values carry no MAC: products are proved from their shares, there is no key",
};

/** Exchanges two rows of what a step of a shuffle hands over, as another permutation would. */
const permutesOtherwise: Strategy = {
  number: "13",
  name: "permutes otherwise than agreed",
  attempts: (target, liar) => {
    const places = messagesOf(target, liar, "share").filter(({ channel }) =>
      /pair-\d\/rows-\d+\/message$/.test(channel),
    );
    if (places.length === 0) return "nothing is permuted in it";
    return places.map((place) => {
      const swap = (message: Uint8Array): void => {
        const half = message.length >> 1;
        const first = message.slice(0, half);
        message.copyWithin(0, message.length - half);
        message.set(first, message.length - half);
      };
      return { options: changing(place, swap) };
    });
  },
};

/** A dealer whose every first element is off in what `holder` gets, in its own component. */
function forging(piece: Piece, holder: PartyIndex): { dealer: Dealer; readonly count: number } {
  let count = 0;
  const honest = dealerOf(piece);
  const dealer: Dealer = Object.assign(Object.create(honest) as Dealer, {
    share: (...args: Parameters<Dealer["share"]>) => {
      count += 1;
      const dealt = honest.share(...args);
      bytesOf(dealt[holder].own)[0] ^= 1;
      return dealt;
    },
  });
  return {
    dealer,
    get count() {
      return count;
    },
  };
}

const forgesInput: Strategy = {
  number: "14",
  name: "comes with a forged share of an input",
  attempts: (target, liar) => {
    const own = forging(target.piece, liar);
    target.piece.prepare(own.dealer);
    if (own.count === 0) return "takes no input";
    const attempts: Attempt[] = [{ options: {}, dealer: forging(target.piece, liar).dealer }];
    // A provider that sends two honest nodes different copies: what comparing inputs is for.
    if (target.piece.covers.includes("protocol/input")) {
      attempts.push({
        options: {},
        dealer: forging(target.piece, previous(liar)).dealer,
        mustAbort: true,
      });
    }
    return attempts;
  },
};

const wrongForm: Strategy = {
  number: "15",
  name: "sends a wrong length, or bits where none belong",
  attempts: (target, liar, most) => {
    const own = target.honest.places.filter(({ from }) => from === liar);
    const forms: readonly ((message: Uint8Array) => Uint8Array)[] = [
      (message) => message.slice(0, message.length - 1),
      (message) => Uint8Array.of(...message, 0),
      () => new Uint8Array(0),
    ];
    const lengths = some(own, most).flatMap((place) =>
      forms.map((form) => ({ options: { tamper: lieAt(place, form) }, mustAbort: true })),
    );
    const padded = own.filter((place) => isUnread(place, place.size - 1, "fitting"));
    const bits = some(padded, most).map((place) => ({
      options: changing(place, (message) => {
        for (let at = 0; at < message.length; at += 1) {
          if (isUnread(place, at, "fitting")) message[at] ^= 0xff;
        }
      }),
    }));
    return [...lengths, ...bits];
  },
};

const crossProtocol: Strategy = {
  number: "19",
  name: "sends a message of another protocol",
  attempts: (target, liar, most) => {
    const own = target.honest.places.filter(({ from }) => from === liar);
    if (new Set(own.map(({ channel }) => channel)).size < 2) return "it has a single message";
    return some(own, 2 * most).flatMap((place) => {
      const right = messageAt(target, place);
      const other = own
        .filter(({ channel }) => channel !== place.channel)
        .map((one) => fitted(messageAt(target, one), place.size))
        .find((bytes) => bytes.some((byte, k) => byte !== right[k]));
      return other ? [{ options: { tamper: lieAt(place, () => other.slice()) } }] : [];
    });
  },
};

/** A message cut or repeated to another length. */
const fitted = (message: Uint8Array, size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, k) => message[k % message.length]);

/** Lies in what a party brings along, and messages that belong elsewhere. */
export const sessionLies: readonly Strategy[] = [
  reusesRandomness,
  swapsKeys,
  replays,
  macKey,
  permutesOtherwise,
  forgesInput,
  wrongForm,
  crossProtocol,
];
