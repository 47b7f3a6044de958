import { bytesOf } from "@symbolon/base/bytes";
import type { PartyIndex } from "@symbolon/base/id";
import type { Transport } from "@symbolon/mpc/transport/transport";
import { isUnread, type Target } from "../byte-flips.js";
import { dealerOf, lieAt, type Place } from "../judged-run.js";
import type { Dealer } from "../trio.js";
import { addAt, elementSize, messagesOf, some } from "./messages.js";
import { type Attempt, type Attempts, changing, type Strategy } from "./strategy.js";

const NO_SHARES = "no share travels in it";

/** Where the elements of a message begin that somebody reads. */
export function readElements(place: Place): number[] {
  const bytes = elementSize(place.size);
  const starts = Array.from({ length: place.size / bytes }, (_, k) => k * bytes);
  return starts.filter((at) => !isUnread(place, at, "fitting"));
}

/** One attempt for each of some share messages. */
function eachShare(
  target: Target,
  liar: PartyIndex,
  most: number,
  attempt: (place: Place) => readonly Attempt[],
): Attempts {
  const places = messagesOf(target, liar, "share").filter((at) => readElements(at).length > 0);
  return places.length === 0 ? NO_SHARES : some(places, most).flatMap(attempt);
}

/** Adds one to the first element that is read. */
export const addOne = (place: Place) => (message: Uint8Array) => {
  addAt(message, readElements(place)[0], elementSize(place.size), 1);
};

/** A liar that hears what it would have heard in an honest run, so that its checks pass. */
const deafTo =
  ({ tape }: Target) =>
  (transport: Transport): Transport => ({
    ...transport,
    receive: async (from, channel) => {
      const message = await transport.receive(from, channel);
      return tape.at({ from, to: transport.self, channel })?.slice() ?? message;
    },
  });

const additive: Strategy = {
  number: "1",
  name: "adds an error to a product",
  attempts: (target, liar, most) =>
    eachShare(target, liar, most, (place) => [
      { options: changing(place, addOne(place)), mustAbort: true },
    ]),
};

const keepsWrong: Strategy = {
  number: "3",
  name: "sends the right share and keeps a wrong one",
  attempts: (target, liar, most) =>
    eachShare(target, liar, most, (place) => {
      const tamper = lieAt(place, (message) => {
        const right = message.slice();
        addOne(place)(message);
        return right;
      });
      return [{ options: { tamper } }];
    }),
};

const skipsCheck: Strategy = {
  number: "6",
  name: "skips its own checks after a lie",
  attempts: (target, liar, most) =>
    eachShare(target, liar, most, (place) => [
      {
        options: { ...changing(place, addOne(place)), liarTransport: deafTo(target) },
        mustAbort: true,
      },
    ]),
};

const liesAboutCheck: Strategy = {
  number: "7",
  name: "says in every check what an honest party would",
  attempts: (target, liar, most) =>
    eachShare(target, liar, most, (place) => {
      const options = changing(place, addOne(place), false);
      const isUnused = isUnread(place, readElements(place)[0], "alone");
      return [{ options: { ...options, liarTransport: deafTo(target) }, mustAbort: !isUnused }];
    }),
};

/** Deals as the piece's dealer, and keeps what one party gets. */
function overheard(target: Target, liar: PartyIndex): Uint8Array {
  let first: Uint8Array = new Uint8Array(0);
  const dealer = dealerOf(target.piece);
  const spy: Dealer = Object.assign(Object.create(dealer) as Dealer, {
    share: (...args: Parameters<Dealer["share"]>) => {
      const dealt = dealer.share(...args);
      if (first.length === 0) first = bytesOf(dealt[liar].own).slice();
      return dealt;
    },
  });
  target.piece.prepare(spy);
  return first;
}

const dataDependent: Strategy = {
  number: "16",
  name: "adds an error that depends on a share",
  attempts: (target, liar, most) => {
    const share = overheard(target, liar);
    if (share.length === 0) return "takes no input to depend on";
    return eachShare(target, liar, most, (place) => {
      const [at] = readElements(place);
      const size = Math.min(elementSize(place.size), share.length);
      const lie = (message: Uint8Array): void => {
        for (let k = 0; k < size; k += 1) message[at + k] ^= share[k];
      };
      return [{ options: changing(place, lie), mustAbort: share[0] !== 0 }];
    });
  },
};

const cancelling: Strategy = {
  number: "17",
  name: "adds errors that cancel out",
  attempts: (target, liar, most) =>
    eachShare(target, liar, most, (place) => {
      const [first, second] = readElements(place);
      if (second === undefined) return acrossMessages(target, liar, place);
      const bytes = elementSize(place.size);
      const inverse = (message: Uint8Array): void => {
        addAt(message, first, bytes, 5);
        addAt(message, second, bytes, -5);
      };
      const alike = (message: Uint8Array): void => {
        for (const at of [first, second]) message[at] ^= 0x81;
      };
      return [inverse, alike].map((lie) => ({ options: changing(place, lie), mustAbort: true }));
    }),
};

/** The same error in this message and in the next of its size. */
function acrossMessages(target: Target, liar: PartyIndex, place: Place): Attempt[] {
  const places = messagesOf(target, liar, "share").filter(({ size }) => size === place.size);
  const other = places[(places.indexOf(place) + 1) % places.length];
  const [at] = readElements(place);
  const lies = [place, other].map((one) =>
    lieAt(one, (message) => {
      message[at] ^= 0x81;
      return message.slice();
    }),
  );
  const tamper: Attempt["options"]["tamper"] = (message, where) =>
    lies.reduce<Uint8Array | undefined>(
      (changed, lie) => (changed ? lie(changed, where) : changed),
      message,
    );
  return [{ options: { tamper }, mustAbort: true }];
}

const highBits: Strategy = {
  number: "18",
  name: "adds an error to highest bits alone",
  attempts: (target, liar, most) =>
    eachShare(target, liar, most, (place) =>
      [2, 4, 8]
        .map((bytes) => readElements(place)[0] + bytes - 1)
        .filter((at) => at < place.size && !isUnread(place, at, "fitting"))
        .map((at) => ({
          options: changing(place, (message) => {
            message[at] ^= 0x80;
          }),
          mustAbort: true,
        })),
    ),
};

/** Lies in what is computed. */
export const productLies: readonly Strategy[] = [
  additive,
  keepsWrong,
  skipsCheck,
  liesAboutCheck,
  dataDependent,
  cancelling,
  highBits,
];
