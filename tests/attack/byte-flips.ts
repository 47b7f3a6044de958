import { next } from "@symbolon/base/id";
import type { Profile } from "@symbolon/mpc/profile";
import {
  type Fate,
  fateWith,
  type Honest,
  honestRun,
  isFailure,
  lieAt,
  type Place,
} from "./judged-run.js";
import type { Piece } from "./pieces/piece.js";
import { soloFate, Tape } from "./solo-run.js";

export type Tally = Map<Fate, number>;

/**
 * How a byte is flipped: in the message alone, or in the liar's own memory as well, so that all it
 * sends, hashes and opens from then on fits the lie.
 */
export type Manner = "alone" | "fitting";
export const MANNERS: readonly Manner[] = ["alone", "fitting"];

/** What a byte is changed by: something drawn, its lowest bit, its highest bit, all its bits. */
export const KINDS = ["drawn", "lowest", "highest", "all"] as const;
export type Kind = (typeof KINDS)[number];

/** One change of one byte of one message. */
export interface Flip {
  readonly index: number;
  readonly byte: number;
  readonly manner: Manner;
  readonly kind: Kind;
}

/** An error that is never zero; one that is drawn differs from place to place. */
export function errorOf({ index, byte, kind }: Flip): number {
  if (kind === "lowest") return 1;
  if (kind === "highest") return 0x80;
  if (kind === "all") return 0xff;
  return 1 + ((Math.imul(index * 8191 + byte + 1, 2654435761) >>> 0) % 255);
}

/** A piece, an honest run of it to compare with, and the sizes it runs in. */
export interface Target {
  readonly piece: Piece;
  readonly honest: Honest;
  readonly tape: Tape;
  readonly profile: Profile | undefined;
}

export async function targetOf(piece: Piece, profile?: Profile): Promise<Target> {
  const honest = await honestRun(piece, profile);
  return { piece, honest, tape: new Tape(honest), profile };
}

/** Flips one byte: told from the receiver alone where that is exact, else by a run of all three. */
export async function flip(target: Target, at: Flip): Promise<Fate> {
  const { piece, honest, tape, profile } = target;
  if (at.manner === "alone") {
    const message = honest.messages[at.index].slice();
    message[at.byte] ^= errorOf(at);
    const lie = { place: honest.places[at.index], message };
    const fate = await soloFate(piece, honest, tape, lie, profile);
    if (fate) return fate;
  }
  return flipAmongAll(target, at);
}

/** Flips one byte in a run of all three parties. */
export function flipAmongAll({ piece, honest, profile }: Target, at: Flip): Promise<Fate> {
  const place = honest.places[at.index];
  const tamper = lieAt(place, (message) => {
    const changed = at.manner === "alone" ? message.slice() : message;
    changed[at.byte] ^= errorOf(at);
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
    new RegExp(`pair-${place.from}/rows-\\d+/message$`).test(place.channel) &&
    place.from < 2 &&
    place.to === next(place.from));

export interface Campaign {
  readonly tally: Tally;
  readonly failures: string[];
  flips: number;
  /** Bytes of all messages of one run. */
  readonly bytes: number;
}

/** A campaign in which nothing has been flipped yet. */
export const emptyCampaign = ({ honest }: Target): Campaign => ({
  tally: new Map(),
  failures: [],
  flips: 0,
  bytes: honest.places.reduce((sum, { size }) => sum + size, 0),
});

/** Flips once and books how that ended. */
export async function flipInto(campaign: Campaign, target: Target, at: Flip): Promise<void> {
  const fate = await flip(target, at);
  campaign.tally.set(fate, (campaign.tally.get(fate) ?? 0) + 1);
  campaign.flips += 1;
  const place = target.honest.places[at.index];
  const isUnnoticed = fate === "same output" && !isUnread(place, at.byte, at.manner);
  if (isFailure(fate) || isUnnoticed) {
    const { from, to, channel } = place;
    campaign.failures.push(
      `${fate}, ${at.manner}, ${at.kind}: P${from} to P${to}, ${channel}, byte ${at.byte}`,
    );
  }
}

/** Flips each of the given positions, each manner, one a run. */
export async function flipAt(
  target: Target,
  chosen: Iterable<readonly [index: number, byte: number]>,
  kinds: readonly Kind[] = ["drawn"],
): Promise<Campaign> {
  const campaign = emptyCampaign(target);
  for (const [index, byte] of chosen) {
    for (const manner of MANNERS) {
      for (const kind of kinds) await flipInto(campaign, target, { index, byte, manner, kind });
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
