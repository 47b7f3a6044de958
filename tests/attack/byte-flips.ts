import { bytesOf, toHex } from "@symbolon/base/bytes";
import { next, PARTIES, type PartyIndex, previous } from "@symbolon/base/id";
import { InputRefused, ProtocolAbort } from "@symbolon/mpc/error";
import type { Profile } from "@symbolon/mpc/profile";
import { addUp } from "@symbolon/mpc/ring/vector";
import type { Piece, PieceResult } from "./pieces/piece.js";
import { causeOf, Dealer, runTrio, type TrioOptions, type TrioResult } from "./trio.js";

/** Where a message went, and its size: public, the same in every honest run. */
export interface Place {
  readonly from: PartyIndex;
  readonly to: PartyIndex;
  readonly channel: string;
  readonly size: number;
}

/** How a run with a liar ended, as the honest parties see it. The last three are failures. */
export type Fate =
  | `abort ${string}`
  | `refused ${string}`
  | "same output"
  | "WRONG OUTPUT"
  | "HANG"
  | `CRASH ${string}`;

export const isFailure = (fate: Fate): boolean => /^(WRONG|HANG|CRASH)/.test(fate);

export type Tally = Map<Fate, number>;

/** What an honest run gives, and every message in it, in the order in which they are sent. */
export interface Honest {
  readonly output: string;
  readonly places: readonly Place[];
  readonly messages: readonly Uint8Array[];
  readonly rounds: readonly (number | undefined)[];
}

const SEED = "flips";

const attempt = (
  piece: Piece,
  options: Omit<TrioOptions, "seed">,
  seed = SEED,
  dealer = new Dealer(`${seed}/${piece.name}`),
) => runTrio<PieceResult>({ seed, ...options }, piece.prepare(dealer));

/** The output of a run as its two honest parties hold it; all the liar says of it is ignored. */
export function outputOf(result: TrioResult<PieceResult>, liar: PartyIndex = 2): string {
  const [a, b] = [result.endings[next(liar)], result.endings[previous(liar)]];
  if (!a || !b || !("value" in a) || !("value" in b)) return "none";
  const parts: string[] = [];
  if (a.value.told !== undefined || b.value.told !== undefined) {
    parts.push(a.value.told === b.value.told ? `${a.value.told}` : "two different answers");
  }
  if (a.value.shares && b.value.shares) {
    const [x, y] = [a.value.shares, b.value.shares];
    if (toHex(bytesOf(x.next)) !== toHex(bytesOf(y.own))) parts.push("two different copies");
    parts.push(toHex(bytesOf(addUp(a.value.adding ?? "xor", x.own, y.own, y.next))));
  }
  return parts.join("|");
}

/** An honest run of a piece, recorded. */
export async function honestRun(
  piece: Piece,
  profile?: Profile,
  seed = SEED,
  dealer?: Dealer,
): Promise<Honest> {
  const places: Place[] = [];
  const messages: Uint8Array[] = [];
  const result = await attempt(
    piece,
    {
      ...(profile ? { profile } : {}),
      tamper: (message, at) => {
        places.push({ ...at, size: message.length });
        messages.push(message.slice());
        return message;
      },
    },
    seed,
    dealer,
  );
  const error = causeOf(result);
  if (error) throw error;
  if (result.isStalled) throw new Error(`an honest run of ${piece.name} does not end`);
  const output = outputOf(result);
  for (const liar of PARTIES) {
    if (outputOf(result, liar) !== output) throw new Error(`${piece.name}: honest parties differ`);
  }
  const rounds = result.endings.map((one) =>
    one && "value" in one ? one.value.rounds : undefined,
  );
  return { output, places, messages, rounds };
}

/** Judges a run: only what honest parties found, and only what they would give out. */
export function fateOf(result: TrioResult<PieceResult>, liar: PartyIndex, honest: string): Fate {
  const error = causeOf(result, liar);
  if (error instanceof ProtocolAbort) return `abort ${error.code}`;
  if (error instanceof InputRefused) return `refused ${error.code}`;
  if (error) return `CRASH ${error.name}: ${error.message}`;
  if (result.isStalled) return "HANG";
  return outputOf(result, liar) === honest ? "same output" : "WRONG OUTPUT";
}

/** Runs a piece with one liar and judges it. */
export async function fateWith(
  piece: Piece,
  honest: Honest,
  liar: PartyIndex,
  options: Omit<TrioOptions, "seed" | "liar">,
  dealer?: Dealer,
): Promise<Fate> {
  const result = await attempt(piece, { ...options, liar }, SEED, dealer);
  return fateOf(result, liar, honest.output);
}

/** Changes one message, as its sender would. */
export const lieAt =
  (place: Place, change: (message: Uint8Array) => Uint8Array | undefined) =>
  (message: Uint8Array, at: Omit<Place, "size">): Uint8Array | undefined =>
    at.from === place.from && at.to === place.to && at.channel === place.channel
      ? change(message)
      : message;

/**
 * How a byte is flipped: in the message alone, or in the liar's own memory as well, so that all it
 * sends, hashes and opens from then on fits the lie.
 */
export type Manner = "alone" | "fitting";
export const MANNERS: readonly Manner[] = ["alone", "fitting"];

/** An error that is never zero, and differs from place to place. */
export const errorAt = (index: number, at: number): number =>
  1 + ((Math.imul(index * 8191 + at + 1, 2654435761) >>> 0) % 255);

/** Flips one byte of one message. */
export function flip(
  piece: Piece,
  honest: Honest,
  at: { readonly index: number; readonly byte: number; readonly manner: Manner },
  profile?: Profile,
): Promise<Fate> {
  const place = honest.places[at.index];
  const tamper = lieAt(place, (message) => {
    const changed = at.manner === "alone" ? message.slice() : message;
    changed[at.byte] ^= errorAt(at.index, at.byte);
    // Who receives must not read the liar's memory.
    return changed.slice();
  });
  return fateWith(piece, honest, place.from, { tamper, ...(profile ? { profile } : {}) });
}

/** Which bytes of a message of a size are flipped: first, last, and every `stride`-th between. */
export function positions(size: number, stride: number, offset: number): number[] {
  const chosen = new Set([0, size - 1]);
  for (let at = offset % stride; at < size; at += stride) chosen.add(at);
  return [...chosen].filter((at) => at >= 0 && at < size);
}

/**
 * Bytes that nobody reads: the fourth word of an element of GF(2^96), the upper halves of a product
 * that is checked mod 2^16, and, as long as the sender keeps the right copy, what P_j sends to
 * P_{j+1} in step j of a shuffle: in step j + 1 only P_j uses it. All other flips must be noticed.
 */
export const isUnread = (place: Place, byte: number, manner: Manner): boolean =>
  (/(g|claim|product|field-mul)\/message$/.test(place.channel) && byte % 16 >= 12) ||
  (/freivalds\/sacrifice\/product\/message$/.test(place.channel) && byte % 4 >= 2) ||
  (manner === "alone" &&
    place.channel.endsWith(`pair-${place.from}/message`) &&
    place.from < 2 &&
    place.to === next(place.from));

export interface Campaign {
  readonly tally: Tally;
  readonly failures: string[];
  flips: number;
  /** Bytes of all messages of one run. */
  readonly bytes: number;
}

/** Flips each of the given positions, each manner, one a run. */
export async function flipAt(
  piece: Piece,
  honest: Honest,
  chosen: Iterable<readonly [index: number, byte: number]>,
  profile?: Profile,
): Promise<Campaign> {
  const bytes = honest.places.reduce((sum, { size }) => sum + size, 0);
  const campaign: Campaign = { tally: new Map(), failures: [], flips: 0, bytes };
  for (const [index, byte] of chosen) {
    for (const manner of MANNERS) {
      const fate = await flip(piece, honest, { index, byte, manner }, profile);
      campaign.tally.set(fate, (campaign.tally.get(fate) ?? 0) + 1);
      campaign.flips += 1;
      const { from, to, channel } = honest.places[index];
      const isUnnoticed = fate === "same output" && !isUnread(honest.places[index], byte, manner);
      if (isFailure(fate) || isUnnoticed) {
        campaign.failures.push(`${fate}, ${manner}: P${from} to P${to}, ${channel}, byte ${byte}`);
      }
    }
  }
  return campaign;
}

/** First, last and every `stride`-th byte of every `every`-th message. */
export function* spread(
  honest: Honest,
  stride: number,
  every = 1,
): Generator<readonly [index: number, byte: number]> {
  for (let index = 0; index < honest.places.length; index += every) {
    const { size } = honest.places[index];
    for (const byte of positions(size, stride, index * 7)) yield [index, byte];
  }
}

/** `count` positions that depend on a seed alone: half by message, half by byte. */
export function* drawn(
  honest: Honest,
  count: number,
): Generator<readonly [index: number, byte: number]> {
  let state = 0x9e3779b9;
  const below = (bound: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0;
    return (state >>> 4) % bound;
  };
  const bytes = honest.places.reduce((sum, { size }) => sum + size, 0);
  for (let k = 0; k < count; k += 1) {
    let at = below(bytes);
    let index = 0;
    if (k % 2 === 0) index = below(honest.places.length);
    else while (at >= honest.places[index].size) at -= honest.places[index++].size;
    yield [index, at % honest.places[index].size];
  }
}

/** One line of the table that a long run prints. */
export const tallyLine = (name: string, { flips, bytes, tally }: Campaign): string =>
  `${name.padEnd(36)} ${String(flips).padStart(7)} flips, ${String(bytes).padStart(7)} bytes: ${[
    ...tally,
  ]
    .sort(([, a], [, b]) => b - a)
    .map(([fate, count]) => `${fate} ${count}`)
    .join(", ")}`;
