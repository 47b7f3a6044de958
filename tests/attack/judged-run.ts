import { bytesOf, toHex } from "@symbolon/base/bytes";
import { next, PARTIES, type PartyIndex, previous } from "@symbolon/base/id";
import { InputRefused, ProtocolAbort } from "@symbolon/mpc/error";
import type { Profile } from "@symbolon/mpc/profile";
import { addUp } from "@symbolon/mpc/ring/vector";
import type { Tamper } from "@symbolon/mpc/transport/memory";
import type { Piece, PieceResult } from "./pieces/piece.js";
import {
  causeOf,
  Dealer,
  type Ending,
  runTrio,
  type TrioOptions,
  type TrioResult,
} from "./trio.js";

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

/** What an honest run gives, and every message in it, in the order in which they are sent. */
export interface Honest {
  readonly output: string;
  readonly places: readonly Place[];
  readonly messages: readonly Uint8Array[];
  readonly rounds: readonly (number | undefined)[];
  /** What each party has at the end, shares and all; to compare with. */
  readonly held: readonly string[];
}

export const SEED = "flips";

/** Who deals a piece its inputs. */
export const dealerOf = (piece: Piece, seed = SEED): Dealer => new Dealer(`${seed}/${piece.name}`);

/** Runs a piece once. */
export const runWith = (
  piece: Piece,
  options: Omit<TrioOptions, "seed">,
  dealer = dealerOf(piece),
  seed = SEED,
): Promise<TrioResult<PieceResult>> => runTrio({ seed, ...options }, piece.prepare(dealer));

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

/** All that a party has at the end. */
export function heldIn(ending: Ending<PieceResult>): string {
  if (!ending || !("value" in ending)) return "none";
  const { told, shares } = ending.value;
  const parts = shares ? [shares.own, shares.next].map((part) => toHex(bytesOf(part))) : [];
  return [told ?? "", ...parts].join("|");
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
  const tamper: Tamper = (message, at) => {
    places.push({ ...at, size: message.length });
    messages.push(message.slice());
    return message;
  };
  const options = { tamper, ...(profile ? { profile } : {}) };
  const result = await runWith(piece, options, dealer ?? dealerOf(piece, seed), seed);
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
  const held = result.endings.map(heldIn);
  return { output, places, messages, rounds, held };
}

/** What an error that an honest party found by itself means. */
export function fateOfError(error: Error): Fate {
  if (error instanceof ProtocolAbort) return `abort ${error.code}`;
  if (error instanceof InputRefused) return `refused ${error.code}`;
  return `CRASH ${error.name}: ${error.message}`;
}

/** Judges a run: only what honest parties found, and only what they would give out. */
export function fateOf(result: TrioResult<PieceResult>, liar: PartyIndex, honest: string): Fate {
  const error = causeOf(result, liar);
  if (error) return fateOfError(error);
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
  const result = await runWith(piece, { ...options, liar }, dealer);
  return fateOf(result, liar, honest.output);
}

/** Changes one message, as its sender would. */
export const lieAt =
  (place: Place, change: (message: Uint8Array) => Uint8Array | undefined) =>
  (message: Uint8Array, at: Omit<Place, "size">): Uint8Array | undefined =>
    at.from === place.from && at.to === place.to && at.channel === place.channel
      ? change(message)
      : message;
